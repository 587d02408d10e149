"""Councils whose published share lies below a threshold, each with its interval; marks are told apart."""

from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.compared import shares
from wherewithal.analytics.interval import wilson
from wherewithal.analytics.rates import NoRate, Rated, Rates, Unrated, rates
from wherewithal.core.conversation import UNDER, Figure, Reach, reach
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.series import ALL, series_table


@dataclass(frozen=True)
class Share:
    """A published share of one year that councils can be compared by."""

    table: str
    series: str
    year: str
    title: str

    @property
    def id(self) -> str:
        return f"{self.table}:{self.series}:{self.year}"


@dataclass(frozen=True)
class Placed:
    """A council with its figure, and where that lies beside the threshold."""

    of: Rated
    figure: Figure
    reach: Reach


@dataclass(frozen=True)
class Below:
    """``under`` holds those whose share is lower than ``threshold`` (percent), the lowest first: they are
    below, or may not be; ``near`` those at or above it whose interval reaches under it; ``unrated`` those
    with a mark, who are in neither.
    """

    rates: Rates
    threshold: Fraction
    under: tuple[Placed, ...]
    near: tuple[Placed, ...]

    @property
    def unrated(self) -> tuple[Unrated, ...]:
        return self.rates.unrated


def shares_by_year() -> tuple[Share, ...]:
    """Every published share of people in each year, the newest year first."""
    found = [
        Share(part.table, part.series, year, part.of.title)
        for part in shares()
        for year in {point.year for point in series_table(part.table).of(part.series)}
    ]
    return tuple(sorted(sorted(found, key=lambda one: one.title), key=lambda one: one.year, reverse=True))


def below(of: Rates, threshold: Fraction) -> Below:
    """``threshold`` in percent, above 0 and at most 100. Raises NoRate for another one."""
    if not 0 < threshold <= 100:
        raise NoRate("The threshold is above 0% and at most 100%.")
    placed = [place(of, one, threshold) for one in of.rated]
    in_order = sorted(placed, key=lambda one: (one.of.share, one.of.name))
    under = tuple(one for one in in_order if one.reach in UNDER)
    near = tuple(one for one in in_order if one.reach == Reach.MAY_BE)
    return Below(of, threshold, under, near)


def place(of: Rates, one: Rated, threshold: Fraction) -> Placed:
    """A council beside a threshold in percent."""
    figure = figure_of(of, one)
    return Placed(one, figure, reach(one.share, (figure.low, figure.high), threshold / 100))


def figure_of(of: Rates, one: Rated) -> Figure:
    """As it stands: printed, with its counts and its interval (95%, Wilson)."""
    low, high = wilson(one.numerator, one.denominator)
    printed = next(
        str(point.value)
        for point in of.table.of(of.series.id)
        if (point.year, point.group, point.council) == (of.year, of.group, one.codes[0])
    )
    return Figure(
        table=of.table.id, series=of.series.id, title=of.series.title, definition=of.series.definition,
        counts=of.series.counts, of=of.series.of, year=of.year, numerator=one.numerator,
        denominator=one.denominator, percent=printed, low=low, high=high,
    )  # fmt: skip


def published(table: str, series: str, year: str) -> Rates:
    """The shares of a series' year. Raises NoRate and NoPolicy for what is no published share."""
    of = series_table(table)
    if series not in of.series or of.series[series].unit != "%":
        raise NoRate(f"{table} has no share “{series}”.")
    return rates(of, series, year, ALL)


def of_council(of: Rates, code: str) -> Rated:
    """The council of that code. Raises NoRate for one that has a mark or is not there."""
    found = next((one for one in of.rated if one.codes == (code,)), None)
    if found is None:
        unrated = next((one for one in of.unrated if code in one.codes and code != ENGLAND), None)
        says = f"{unrated.name} has “{unrated.mark}”" if unrated else f"“{code}” has nothing"
        raise NoRate(f"{says} in {of.series.title}, {of.year}: there is no figure to talk about.")
    return found
