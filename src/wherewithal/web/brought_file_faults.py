"""What is wrong with a file that was brought, field by field, as its page and its downloads say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wherewithal.core.return_check import LEVELS
from wherewithal.policy.measure import Measure, measures
from wherewithal.web.submission_words import field_words
from wherewithal.web.templating import plural

ROWS_SHOWN, LETTERS_SHOWN = 5, 60
Level = tuple[str, str, list["FieldTold"]]  # how grave, in a word and in words; field by field


@dataclass(frozen=True)
class FaultTold:
    """Faults that are alike, in words; ``kept`` is all that is on record of them."""

    stood: str
    expected: str
    times: str
    rows: str
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Does:
    """What the faults of a field do together, in how many rows, and to which measures."""

    says: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class FieldTold:
    """The faults of one field, as people call it; ``of`` says of which rows alone ('' of any)."""

    name: str
    of: str
    faults: tuple[FaultTold, ...]
    does: tuple[Does, ...]


def levels(faults: Sequence[Mapping[str, Any]]) -> list[Level]:
    """A file's faults, as they are kept, by how grave they are; those of a field together."""
    found = []
    for level, heading in LEVELS.items():
        ours = [one for one in faults if one["level"] == level]
        ours.sort(key=lambda one: (one["field"], one["of"]))
        fields = [
            _field(name, of, list(alike))
            for (name, of), alike in groupby(ours, key=lambda one: (one["field"], one["of"]))
        ]
        if fields:
            found.append((level, heading, fields))
    return found


def _field(name: str, of: str, faults: list[Mapping[str, Any]]) -> FieldTold:
    faults = sorted(faults, key=lambda one: (-one["times"], one["rows"]))
    whole = "The headings" if all(one["rows"][:1] == [1] for one in faults) else "Whole rows"
    words = field_words(name) if name else whole
    return FieldTold(words, of, tuple(map(_fault, faults)), _does(faults, of))


def _fault(one: Mapping[str, Any]) -> FaultTold:
    more = " …" if one["times"] > ROWS_SHOWN else ""
    expected = one["expected"]
    return FaultTold(
        stood=f"“{one['value'][:LETTERS_SHOWN]}”" if one["value"] else "Nothing",
        expected=f"Read as “{one['now']}”" if one["now"] else expected[:1].upper() + expected[1:],
        times=f"{one['times']:,}",
        rows=", ".join(f"{row:,}" for row in one["rows"][:ROWS_SHOWN]) + more,
        kept=one,
    )


def _does(faults: list[Mapping[str, Any]], of: str) -> tuple[Does, ...]:
    """What the faults of a field do together."""
    rows: dict[str, int] = {}
    effects: dict[str, Mapping[str, Any]] = {}
    for on in (on for one in faults for on in one["effects"]):
        rows[on["id"]] = rows.get(on["id"], 0) + on["rows"]
        effects[on["id"]] = on
    return tuple(_effect(effects[id], many, of) for id, many in rows.items())


def _effect(one: Mapping[str, Any], rows: int, of: str) -> Does:
    whose = f", {one['of']}" if one["of"] and not of else ""
    changed = tuple(measures()[id] for id in one["measures"] if id in measures())
    return Does(f"In {plural(rows, 'row')}{whose}: {one['says']}", changed)
