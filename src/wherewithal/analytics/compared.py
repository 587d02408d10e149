"""One published series with all that councils are compared by, worked out once for each choice.

The tables do not change while a process runs, so what follows from them is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from wherewithal.analytics.funnel import Funnel, Placed, funnel
from wherewithal.analytics.rates import NOT_THERE, Rated, Rates, Unrated, per, rates
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.variation import Standing, Variation, variation
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.series import ALL, Point, series_table, series_tables
from wherewithal.policy.trend import Part, trend, trends

NOT_WORKED_OUT = "not worked out"


@dataclass(frozen=True)
class Compared:
    """Of the councils of one series, year and group."""

    rates: Rates
    variation: Variation
    funnel: Funnel

    def standing(self, code: str) -> Standing | None:
        """A council's place, with its span of ranks; None where it has no share, or was no council."""
        return next((one for one in self.variation.standings if code in one.of.codes), None)

    def placed(self, code: str) -> Placed | None:
        """A council in the funnel."""
        return next((one for one in self.funnel.placed if code in one.of.codes), None)

    def unrated(self, code: str) -> Unrated | None:
        """A council that has a mark in place of its share."""
        return next((one for one in self.rates.unrated if code in one.codes), None)


@lru_cache(maxsize=64)
def compared(table: str, series: str, year: str = "", group: str = ALL, by: str = "") -> Compared:
    """``by`` names the population that counts are divided by (``analytics.rates.per``).

    Raises NoRate and NoPolicy, in words.
    """
    found = rates(series_table(table), series, year, group, per(by) if by else None)
    return Compared(found, variation(found), funnel(found))


def together(of: Rates, ground: frozenset[str]) -> Rated | Unrated | None:
    """The councils that hold a ground, given by every code that it ever had, as one: their counts added up.

    Where one of several has a mark, or a share is of more than the ground, it is NOT_WORKED_OUT; None where
    the series' year had no council of it.
    """
    every: tuple[Rated | Unrated, ...] = (*of.rated, *of.unrated)
    there = [one for one in every if ground & set(one.codes)]
    rated = [one for one in there if isinstance(one, Rated)]
    codes = tuple(code for one in there for code in one.codes)
    if len(there) < 2 and ground >= set(codes):
        return there[0] if there else None
    name, region, type = (
        " and ".join(sorted({getattr(one, key) for one in there})) for key in ("name", "region", "type")
    )
    if len(rated) < len(there) or not ground >= set(codes):
        return Unrated(name, codes, region, type, NOT_WORKED_OUT)
    numerator, denominator = (sum(getattr(one, key) for one in rated) for key in ("numerator", "denominator"))
    return Rated(name, codes, region, type, numerator, denominator)


def is_share(part: Part) -> bool:
    """Does the series divide people by people?"""
    return part.of.unit == "%" and bool(part.of.of)


@lru_cache(maxsize=1)
def shares() -> tuple[Part, ...]:
    """Every published series that is a share of people, by table."""
    every = (Part(table, series) for table in series_tables() for series in series_table(table).series)
    return tuple(part for part in every if is_share(part))


@lru_cache(maxsize=1)
def latest_shares() -> tuple[Part, ...]:
    """The shares that no later series of the same subject follows."""
    followed = {part for id in trends() for part in trend(id).parts[:-1]}
    return tuple(part for part in shares() if part not in followed)


def subject(part: Part) -> str:
    """The id of the trend that a series is in; '' where it is in none."""
    return next((id for id in trends() if part in trend(id).parts), "")


def england(part: Part, year: str, group: str = ALL) -> Point | None:
    """England's figure as printed; None where there is none."""
    wanted = (year, group, ENGLAND)
    points = series_table(part.table).of(part.series)
    return next((one for one in points if (one.year, one.group, one.council) == wanted), None)


def in_unit(of: Rates, share: Fraction | float) -> str:
    """Percent with one decimal; so many per 1,000 with two."""
    return _in_unit(of.scale, share)


@lru_cache(maxsize=32768)
def _in_unit(scale: int, share: Fraction | float) -> str:
    """Kept, since a page tells hundreds of the same numbers each time."""
    return str(rounded(Fraction(share) * scale, 1 if scale == 100 else 2))


def remarks(of: Rates) -> Iterator[str]:
    """Who has no share and why, and what no interval knows, in sentences."""
    for mark, count in of.marks.items():
        names = ", ".join(one.name for one in of.unrated if one.mark == mark)
        means = "" if mark == NOT_THERE else f" ({of.table.marks.get(mark, 'a mark of the population')})"
        yield f"{count} without a share, “{mark}”{means}: {names}."
    if of.series.rounded_to:
        yield f"Counts were rounded to the nearest {of.series.rounded_to} in print, which no interval knows."
    if len(of.definitions) > 1:
        yield "Two definitions of two publications: one counted what is divided, another the whole."
