"""The first NI130, a rate: people by age band over the population, by plain Python and by DuckDB."""

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

from spec.events import person
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy import HERE

BORN = {"18-64": "1980-06-01", "65-74": "1955-06-01", "75-84": "1943-06-01", "85-over": "1930-06-01"}
POPULATION = Path(HERE) / "published" / "population.csv"


@cache
def _population(year: str) -> dict[str, dict[str, int]]:
    """By council and band, from the file as it lies there."""
    found: dict[str, dict[str, int]] = {}
    with POPULATION.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["year"] == year and row["council"] != "England":
                found.setdefault(row["council"], {})[row["group"]] = int(row["value"])
    return found


def _plain(people: dict[str, int], council: str, year: str) -> Fraction:
    """The direct method, band by band."""
    everywhere = _population(year)
    weights = {band: sum(each[band] for each in everywhere.values()) for band in people}
    rates = {band: Fraction(people[band], everywhere[council][band]) for band in people}
    return sum(weights[band] * rates[band] for band in people) / sum(weights.values()) * 100_000


def _rows(council: str, period: ReportingYear, numbers: tuple[int, ...]) -> list[dict]:
    rows, key = [], 0
    first = period.first.isoformat()
    for band, many in zip(BORN, numbers, strict=True):
        for _ in range(many):
            key += 1
            rows += person(f"direct payment since {first}", key, born=BORN[band], council=council)
    return rows or person(f"request {first} to {first}", council=council)


def _figures(council: str, year: str, *numbers: int) -> list[Figure]:
    period = ReportingYear(year)
    return count(_rows(council, period, numbers), ["ni130-first"], period)


def _rate(council: str, year: str, *numbers: int) -> tuple[str, str, str]:
    figure, younger, older = _figures(council, year, *numbers)
    people = dict(zip(BORN, numbers, strict=True))
    if figure.denominator:
        used = figure.base[-4:]
        assert figure.value == rounded(_plain(people, council, used), 1)
        old = {band: many for band, many in people.items() if band != "18-64"}
        assert older.value == rounded(_plain(old, council, used), 1)
        assert younger.value == rounded(_plain({"18-64": numbers[0]}, council, used), 1)
        assert figure.denominator == sum(_population(used)[council].values())
    return str(figure.value) if figure.value is not None else "none", figure.status, figure.base


def _who(support: str, born: str) -> int | None:
    rows = person(support, born=born, council="102")
    [figure] = count(rows, ["ni130-first"], ReportingYear("2020-21"), by=("council",))
    return figure.numerator


RATE = Table(
    title="The rate of a council",
    says="""People with a direct payment in the year, by age band, for each 100,000 adults, weighted as
England's adults of the same year are. The population is the newest mid-year estimate on record that is no
later than the year; one of an earlier year makes the figure an estimate, `e`. A council without one, or a
year before the first, has no figure, `x`, and never 0. 102 and 204 are real councils' codes, and these
people are made up; 999 is no council's.""",
    given=("Council", "Year", "18 to 64", "65 to 74", "75 to 84", "85 and over"),
    then=("For each 100,000", "Status", "Base"),
    rows=(
        ("102", "2020-21", 30, 10, 5, 5, "11.9", "ok", "407,408 adults in the council’s area, mid-2020"),
        ("102", "2025-26", 30, 10, 5, 5, "11.9", "e", "407,408 adults in the council’s area, mid-2020"),
        ("204", "2020-21", 30, 10, 5, 5, "25.4", "ok", "196,450 adults in the council’s area, mid-2020"),
        ("102", "2020-21", 0, 0, 0, 0, "0.0", "ok", "407,408 adults in the council’s area, mid-2020"),
        ("102", "2008-09", 30, 10, 5, 5, "none", "x",
         "no population of the council is on record for 2008 or before"),
        ("999", "2025-26", 30, 10, 5, 5, "none", "x",
         "no population of the council is on record for 2025 or before"),
    ),
    run=_rate,
)  # fmt: skip

WHO = Table(
    title="Who counts in the rate",
    says="""People with support and carers alike, once each, with a direct payment at some time in the year;
budgets that the council manages do not count. Who has no known age is in no band, and so in no figure. In
2020-21.""",
    given=("Support", "Born"),
    then=("Counted",),
    rows=(
        ("direct payment 2020-05-01 to 2020-05-31", "1980-06-01", 1),
        ("carer's direct payment since 2020-05-01", "1980-06-01", 1),
        ("direct payment since 2020-05-01; carer's direct payment since 2020-05-01", "1980-06-01", 1),
        ("managed budget since 2020-05-01", "1980-06-01", 0),
        ("direct payment since 2021-04-01", "1980-06-01", 0),
        ("direct payment since 2020-05-01", "", 0),
        ("direct payment since 2020-05-01", "2010-06-01", 0),
    ),
    run=_who,
)

PAGE = Page(
    slug="rates",
    title="The first NI130: direct payments for each 100,000 people",
    says="""NI130 of 2008-09 was a rate, age standardised; from 2009-10 it is a percentage, so neither
stands in one line with the other. Which age bands and which standard were used then was not found: this is
our reading.""",
    tables=(RATE, WHO),
)
