"""A release of a survey's report: from when anybody may read it, and what a later version changed.

Before its embargo ends only people who were named may open it. A version that was replaced before then was
never public, and never becomes so.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from wherewithal.core.refusal import Refusal
from wherewithal.core.report import Report


class CannotRelease(Refusal):
    """Something on the checklist does not hold, or a correction does not say what it corrects."""


class Version(Protocol):
    """One version that was built: its number from 1, when, and until when it is held back, if at all."""

    @property
    def version(self) -> int: ...
    @property
    def built_at(self) -> datetime: ...
    @property
    def embargo_until(self) -> datetime | None: ...


V = TypeVar("V", bound=Version)


def opens_at(one: Version) -> datetime:
    """When a version may be read by anybody, unless another replaced it before."""
    return max(one.built_at, one.embargo_until) if one.embargo_until else one.built_at


def public(versions: Iterable[V], at: datetime) -> list[V]:
    """Those that anybody may read at a moment, newest first."""
    rows = sorted(versions, key=lambda one: one.version, reverse=True)
    found: list[V] = []
    replaced_at: datetime | None = None
    for one in rows:
        opens = opens_at(one)
        if opens <= at and (replaced_at is None or replaced_at > opens):
            found.append(one)
        replaced_at = one.built_at
    return found


@dataclass(frozen=True)
class Change:
    """One thing that a new version tells otherwise; '' where it was not told, or is no more."""

    where: str
    before: str
    now: str


def content(of: Report) -> dict[str, Any]:
    """All that a report says, as it is written in JSON: what its hash is of."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(of), default=str))
    return plain


def content_hash(of: Report) -> str:
    """SHA-256 of everything that the report says, however it is written; it stands in every file."""
    said = json.dumps(content(of), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def hash_line(of: Report) -> str:
    """The line that stands in every file, so that anybody can tell which belong together."""
    return f"All files of this version have the same content. Its hash (SHA-256): {content_hash(of)}"


_OF_THE_ISSUE = ("version", "published_on", "embargo", "corrects")


def says_the_same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Do two versions differ in nothing but their number and their times? An embargo that was moved is a
    difference: the press notice tells it, and it says when the version opens.
    """
    moved = now["embargo"] is not None and now["embargo"] != before["embargo"]
    return not moved and all(before[name] == now[name] for name in now if name not in _OF_THE_ISSUE)


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """What two versions tell otherwise, in the order of the newer: sentences, and tables row by row.

    Both are as ``content`` gives them.
    """
    found = list(_texts("Headline", [before["headline"]], [now["headline"]]))
    found += _texts("Summary", before["summary"], now["summary"])
    was = {one["title"]: one["blocks"] for one in before["sections"]}
    for number, section in enumerate(now["sections"], 1):
        where = f"{number}. {section['title']}"
        old = was.pop(section["title"], [])
        found += _texts(where, list(_sentences(old)), list(_sentences(section["blocks"])))
        found += _tables(where, old, section["blocks"])
    for title, blocks in was.items():
        found += _texts(title, list(_sentences(blocks)), [])
        found += _tables(title, blocks, [])
    return found


def _texts(where: str, before: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Sentences that were taken out beside those that were put in, one for one as far as they go."""
    gone = [one for one in before if one not in now]
    new = [one for one in now if one not in before]
    for number in range(max(len(gone), len(new))):
        yield Change(
            where, gone[number] if number < len(gone) else "", new[number] if number < len(new) else ""
        )


def _sentences(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if "items" in block:
            yield from block["items"]
        elif "text" in block:
            yield from (block[name] for name in ("title", "text") if name in block)


def _tables(
    where: str, before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> Iterator[Change]:
    was, are = _rows(before), _rows(now)
    for place in dict.fromkeys((*was, *are)):
        if was.get(place, "") != are.get(place, ""):
            yield Change(f"{where}, {place}", was.get(place, ""), are.get(place, ""))


def _rows(blocks: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each row of each table: its figures, by the table's title and the row's name."""
    return {
        f"“{block['title']}”, “{row[0]}”": ", ".join(row[1:])
        for block in blocks
        if "rows" in block
        for row in block["rows"]
    }
