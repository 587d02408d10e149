"""The English councils with adult social services responsibilities, year by year, and what became of each.

A council is known by its code in social care collections. Where councils were put together or taken apart no
count is divided by guess: what can be followed across the years is the whole ``Area`` that the old ones and
the new ones have in common.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from wherewithal.core.policy import NoPolicy
from wherewithal.policy.published import rows

ENGLAND = "England"
"""Stands where a council's code would, in figures of them all."""


@dataclass(frozen=True)
class CouncilRow:
    """One council: ``code`` in social care collections, ``ons`` its code in national statistics ('' where
    that is not on record).
    """

    code: str
    name: str
    type: str
    region: str
    ons: str


@dataclass(frozen=True)
class Succession:
    """``new`` took over from ``old`` with the year ``first``: all of it, or the part that ``what`` says."""

    old: str
    new: str
    first: str
    what: str


@dataclass(frozen=True)
class Area:
    """The least ground that the same councils held together in each of some years.

    ``name`` is what those of the last year are called, ``codes`` the councils of each year that are in it.
    """

    name: str
    codes: dict[str, tuple[str, ...]]


@cache
def years() -> tuple[str, ...]:
    """The years in which something about the councils changed, the first one on record first."""
    return tuple(sorted({row["first"] for row in rows("councils")}))


@cache
def councils(year: str = "") -> tuple[CouncilRow, ...]:
    """The councils of a year such as ``2010-11``, by code; of today without one.

    Raises NoPolicy for a year before the first on record.
    """
    if year and year < years()[0]:
        raise NoPolicy(f"The councils of {year} are not on record. The first year is {years()[0]}.")
    found = [
        _council(row)
        for row in rows("councils")
        if (row["first"] <= year and (not row["last"] or year <= row["last"]) if year else not row["last"])
    ]
    if len({row.code for row in found}) != len(found):
        raise NoPolicy(f"published/councils.csv has a code twice in {year or 'the newest year'}.")
    return tuple(found)


@cache
def every_council() -> tuple[CouncilRow, ...]:
    """Every council that there is or was, once for each of its shapes, the first ones first."""
    return tuple(map(_council, sorted(rows("councils"), key=lambda row: row["first"])))


def councils_on(day: date) -> tuple[CouncilRow, ...]:
    """The councils that there are on a day; a year of theirs begins on 1 April. Raises NoPolicy."""
    began = day.year - ((day.month, day.day) < (4, 1))
    return councils(f"{began}-{(began + 1) % 100:02d}")


def year_of(codes: Collection[str]) -> str:
    """The year whose councils these are, such as ``2009-10`` for the 152 of it and of nine years after: the
    newest of those that have all of them and fewest beside. Raises NoPolicy where no year has all.
    """
    of = {year: {one.code for one in councils(year)} for year in reversed(years())}
    holding = [year for year in of if of[year] >= set(codes)]
    if not holding:
        raise NoPolicy("There was no year in which all of these were councils.")
    return min(holding, key=lambda year: len(of[year]))


@cache
def rows_of(code: str) -> tuple[CouncilRow, ...]:
    """A council in every shape that it had, the first one first. Raises NoPolicy for a code that is none."""
    found = [row for row in rows("councils") if row["code"] == code]
    if not found:
        raise NoPolicy(f"“{code}” is no code of a council.")
    return tuple(map(_council, found))


def _council(row: Mapping[str, str]) -> CouncilRow:
    return CouncilRow(*(row[key] for key in ("code", "name", "type", "region", "ons")))


@cache
def _names() -> dict[str, str]:
    """What every code was last called."""
    return {row["code"]: row["name"] for row in rows("councils")}


def name_of(code: str) -> str:
    """A council's name, also of one that is no more; England is itself. Raises NoPolicy."""
    if code == ENGLAND:
        return ENGLAND
    if code not in _names():
        raise NoPolicy(f"“{code}” is no code of a council.")
    return _names()[code]


def called(code: str) -> str:
    """``Kent (820)``, or that a council is made up, as Exampleshire is."""
    return f"{_names()[code]} ({code})" if code in _names() else f"a made-up council ({code})"


def code_of(written: str) -> str:
    """A council's code from its code or its name, in small letters or capitals. Raises NoPolicy, naming those
    that are called alike.
    """
    wanted = written.strip().casefold()
    if wanted == ENGLAND.casefold():
        return ENGLAND
    for code, name in _names().items():
        if wanted in (code.casefold(), name.casefold()):
            return code
    near = sorted({name for name in _names().values() if wanted and wanted in name.casefold()})
    found = f" Is it {' or '.join(near[:5])}?" if near else ""
    raise NoPolicy(f"There is no council called “{written}”.{found}")


@cache
def successions() -> tuple[Succession, ...]:
    """Which council took over from which, in the order of the years."""
    return tuple(Succession(**row) for row in rows("council-successors"))


def areas(of: Sequence[str]) -> tuple[Area, ...]:
    """England in areas that have the same councils within them in each of the years ``of``, by name.

    The rule: councils that a succession between the first and the last of the years ties together are one
    area, whether all of one passed to another or a part of it only; every other council is an area by itself.
    """
    return _areas(tuple(sorted(set(of))))


@cache
def _areas(in_order: tuple[str, ...]) -> tuple[Area, ...]:
    at = {year: councils(year) for year in in_order}
    tied = _Ties({council.code for year in in_order for council in at[year]})
    for one in successions():
        if in_order[0] < one.first <= in_order[-1]:
            tied.tie(one.old, one.new)
    last = {council.code: council.name for council in at[in_order[-1]]}
    found = []
    for codes in tied.together():
        within = {year: tuple(one.code for one in at[year] if one.code in codes) for year in in_order}
        named = sorted(name for code, name in last.items() if code in codes)
        if all(within.values()):
            found.append(Area(" with ".join(named), within))
    return tuple(sorted(found, key=lambda area: area.name))


class _Ties:
    """What is tied to what, also by way of others."""

    def __init__(self, codes: set[str]) -> None:
        self._of = {code: {code} for code in codes}

    def tie(self, one: str, other: str) -> None:
        both = self._of.setdefault(one, {one}) | self._of.setdefault(other, {other})
        for code in both:
            self._of[code] = both

    def together(self) -> list[frozenset[str]]:
        return sorted({frozenset(codes) for codes in self._of.values()}, key=sorted)
