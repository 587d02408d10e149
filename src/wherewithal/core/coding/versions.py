"""A codebook gets a new version: which codings go on, which under another name, which are looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from wherewithal.core.coding.book import Codebook
from wherewithal.core.coding.passages import Coding


class Fate(StrEnum):
    """What became of a code. Codings of the first two go on; those of the others are looked at again."""

    KEPT = "kept"
    RENAMED = "renamed"
    REWORDED = "reworded"
    SPLIT = "split"
    REMOVED = "removed"


GOES_ON = frozenset({Fate.KEPT, Fate.RENAMED})


@dataclass(frozen=True)
class Became:
    """What one code of the version before became, and the codes of the new one that it may now be."""

    fate: Fate
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """A coding of the version before that somebody must look at again, and why."""

    coding: Coding
    became: Became


@dataclass(frozen=True)
class Carried:
    """``codings`` as they stand in the new version, and those that do not until somebody decided."""

    codings: tuple[Coding, ...]
    again: tuple[Again, ...]


def became(code: str, before: Codebook, after: Codebook) -> Became:
    """The fate of a code of ``before``: by its id, and by the codes of ``after`` that say they were it.

    A new label or examples change nothing. Another definition, rule of use or standing alone makes a reworded
    code, renamed or not. A code of another question is no heir.
    """
    old = before.code[code]
    heirs = [one for one in after.codes if one.question == old.question and code in (one.id, *one.was)]
    ids = tuple(one.id for one in heirs)
    if not heirs:
        return Became(Fate.REMOVED, ())
    if len(heirs) > 1:
        return Became(Fate.SPLIT, ids)
    if heirs[0].means != old.means:
        return Became(Fate.REWORDED, ids)
    return Became(Fate.KEPT if heirs[0].id == code else Fate.RENAMED, ids)


def read_anew(before: Codebook, after: Codebook) -> frozenset[str]:
    """The questions whose answers are read again: a code is new, says something else, or is gone."""
    fates = {code.id: became(code.id, before, after) for code in before.codes}
    goes_on = {fate.codes[0] for fate in fates.values() if fate.fate in GOES_ON}
    new = {code.question for code in after.codes if code.id not in goes_on}
    return frozenset(new | {code.question for code in before.codes if fates[code.id].fate not in GOES_ON})


def carry(codings: Iterable[Coding], before: Codebook, after: Codebook) -> Carried:
    """The codings of one version, each by a code of it, in the next.

    A passage that two codes were on, which are one code now, has that once, with both memos.
    """
    fates = {code.id: became(code.id, before, after) for code in before.codes}
    on: dict[Coding, Coding] = {}
    again = []
    for one in codings:
        fate = fates[one.code]
        if fate.fate not in GOES_ON:
            again.append(Again(one, fate))
            continue
        moved = replace(one, code=fate.codes[0])
        key = replace(moved, memo="")
        there = on.get(key)
        on[key] = moved if there is None else replace(there, memo=memos((there, moved)))
    return Carried(tuple(on.values()), tuple(again))


def memos(codings: Iterable[Coding]) -> str:
    """What was noted about several codings that are now one, each note once."""
    return "\n".join(dict.fromkeys(one.memo for one in codings if one.memo))
