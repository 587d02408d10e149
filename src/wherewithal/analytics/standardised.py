"""Rates for each 100,000 people, age standardised: people by age band over the council's population, weighted
by England's.

The direct method: each band's own rate counts by the share that the band has of England's adults in the same
year. No band, no rate: without its population on record a council has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from wherewithal.analytics import ages, groups
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.counted import Counted, Key
from wherewithal.analytics.figures import Status
from wherewithal.analytics.groups import GROUPS, TOTAL, By, total
from wherewithal.analytics.measures import answer, collapse
from wherewithal.analytics.populations import AGES, OPEN, SERIES, TABLE, YEARS
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_kinds import Rate
from wherewithal.policy.series import series_table


def rates_of(asked: Sequence[Measure]) -> tuple[tuple[Measure, Rate], ...]:
    """The measures that are rates."""
    return tuple((one, one.counts) for one in asked if isinstance(one.counts, Rate))


def bands_asked(
    events: Any, beside: Any, asked: tuple[tuple[Measure, Rate], ...], period: YearAsked, by: By
) -> Any:
    """A row for each council: of each measure how many people are in its figure, by age band."""
    people = collapse(events, [one for one, _ in asked], period)
    found = {}
    for number, (one, _) in enumerate(asked):
        counted = answer(people, one, period).numerator
        for index, (youngest, oldest) in enumerate(AGES.values()):
            of_band = counted & ages.between(people, youngest, oldest)
            found[f"n{number}_{index}"] = total(of_band)
    return people.group_by(place=groups.place(people, by)).aggregate(**found)


def rates(
    rows: Iterable[Mapping[str, Any]],
    asked: Sequence[tuple[Measure, Rate]],
    period: ReportingYear,
    by: By,
) -> dict[Key, Counted]:
    """What ``bands_asked`` answered, over the newest estimate of the population that is no later than the
    year; one of an earlier year makes the rate an estimate.
    """
    counted = {}
    for row in rows:
        people = newest(row["place"], period.first.year)
        for number, (one, counts) in enumerate(asked):
            bands = {band: row[f"n{number}_{index}"] for index, band in enumerate(AGES)}
            for group in by.ages:
                counted[row["place"], one.id, group] = _rate(bands, people, group, counts, period)
    return counted


@dataclass(frozen=True)
class People:
    """The adults of a council by age band, by one year's estimate, and England's of the same year."""

    year: str
    here: Mapping[str, int]
    england: Mapping[str, int]


def newest(council: str, until: int) -> People | None:
    """Of the newest year up to ``until`` with all bands of the council on record; None without one."""
    for year in sorted(YEARS, reverse=True):
        here = _by_council(year).get(council, {})
        if int(year) <= until and set(AGES) <= set(here):
            england = {band: sum(each.get(band, 0) for each in _by_council(year).values()) for band in AGES}
            return People(year, here, england)
    return None


@cache
def _by_council(year: str) -> dict[str, dict[str, int]]:
    """By council and age band."""
    found: dict[str, dict[str, int]] = {}
    for point in series_table(TABLE).of(SERIES):
        people = point.value.number
        if point.year == year and point.council != ENGLAND and point.group in AGES and people is not None:
            found.setdefault(point.council, {})[point.group] = int(people)
    return found


def _rate(
    bands: Mapping[str, int], people: People | None, group: str, counts: Rate, period: ReportingYear
) -> Counted:
    of = [band for band, of_band in AGES.items() if _within(of_band, group)]
    part = sum(bands[band] for band in of)
    if people is None:
        said = f"no population of the council is on record for {period.first.year} or before"
        return Counted(part, 0, None, said)
    weight = sum(people.england[band] for band in of)
    exact = sum(
        (Fraction(people.england[band] * bands[band], weight * people.here[band]) for band in of), Fraction(0)
    )
    status: Status = "e" if int(people.year) < period.first.year else "ok"
    whole = sum(people.here[band] for band in of)
    return Counted(part, whole, exact * counts.per, f", mid-{people.year}", status)


def _within(of_band: tuple[int, int], group: str) -> bool:
    youngest, oldest = (0, OPEN) if group == TOTAL else GROUPS[group][:2]
    return youngest <= of_band[0] and of_band[1] <= oldest
