"""The national picture year by year: what was printed of England, what follows from it, where a line breaks,
and what no table on record tells.

Every figure stands as printed, or is worked out from printed ones and says how. No growth is told across a
break: the break's reason stands in its place.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

from wherewithal.analytics.national_printed import (
    DIRECT,
    DIRECTED,
    PAYMENTS,
    Fact,
    not_on_record,
    printed_facts,
)
from wherewithal.analytics.rates import rates
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.trend import Figure, Stretch, Trend, trend
from wherewithal.analytics.variation import OVER, UNDER, spread
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.published import Publication
from wherewithal.policy.series import ALL, Point, Series, SeriesTable, series_table
from wherewithal.policy.trend import TrendDefinition
from wherewithal.policy.trend import trend as trend_definition

_COSTS = "direct-payment-costs"
_NOT_APART = "Managed by the council and held by a provider are not apart in print."


@cache
def facts() -> tuple[Fact, ...]:
    """All of every topic: by topic in the order of the report, then by year."""
    order = list(not_on_record())
    found = [*printed_facts(), *_people(), *_money(), *_growth(), *_held(), *_councils()]
    return tuple(sorted(found, key=lambda one: (order.index(one.topic), one.year[:4])))


def _people() -> Iterator[Fact]:
    for id in (PAYMENTS, DIRECTED, DIRECT):
        for one, stretch in _figures(id):
            count = one.numerator if stretch.series.of else one.value
            what = stretch.series.counts
            table = _table(trend_definition(id), stretch)
            source, marked = _source(table.publication), _marked(count.mark, table)
            people = f"{count.said} people" if count.number is not None else ""
            rounding = _rounding(stretch.series)
            yield Fact("people", one.year, _first(what), people, "", marked or rounding, source)
            if stretch.series.of and one.value.number is not None:
                yield Fact("people", one.year, f"{_first(what)}, as a share", f"{one.value.said}%", "",
                           f"Of {one.denominator.said} {stretch.series.of}.", source)  # fmt: skip


def _money() -> Iterator[Fact]:
    table = series_table(_COSTS)
    for series in table.series.values():
        for point in _england(table, series.id):
            spent = point.numerator
            written = f"£{_exactly(spent.number * 1000)}" if spent.number is not None else ""
            caveat = _marked(spent.mark, table) or (
                "Direct payments only: what councils spend on budgets that they manage is not apart in print."
            )
            yield Fact("money", point.year, "Spent in the year on direct payments, gross", written,
                       "printed in thousands of pounds", caveat, _source(table.publication))  # fmt: skip
            mean = f"£{point.value.said} a week" if point.value.number is not None else ""
            caveat = _marked(point.value.mark, table) or (
                "Who had one in the year and none at its end is paid for and not counted, so it is too high "
                "where many left."
            )
            yield Fact("money", point.year, f"Mean of a direct payment, by {series.of}", mean, "",
                       caveat, _source(table.publication))  # fmt: skip


def _growth() -> Iterator[Fact]:
    for id in (PAYMENTS, DIRECTED, DIRECT):
        yield from growth(trend(trend_definition(id), ENGLAND))


def growth(found: Trend) -> Iterator[Fact]:
    """From each year to the next: worked out within a stretch, a share's in points and a count's in percent;
    across a break, or where a mark stands in place of a figure, why not.
    """
    reasons = {(gap.before, gap.after): gap.reason for gap in found.breaks}
    everyone = [(one, stretch) for stretch in found.stretches for one in stretch.figures]
    for (one, at), (other, then) in pairwise(everyone):
        source = _source(_table(found.definition, then).publication)
        what = f"{found.definition.title}: {one.year} to {other.year}"
        if at is not then:
            yield Fact("growth", other.year, what, "", "", reasons[one.year, other.year], source)
        elif one.value.number is None or other.value.number is None:
            yield Fact("growth", other.year, what, "", "", "One of the two years has no figure.", source)
        else:
            written = _grew(one.value.number, other.value.number, at.series.unit == "%")
            how, without = ("from the two figures", "") if written else ("", "From nobody no growth is told.")
            yield Fact("growth", other.year, what, written, how, without, source)


def _grew(before: Decimal, after: Decimal, is_share: bool) -> str:
    if is_share:
        return f"{rounded(Fraction(after) - Fraction(before), 1):+} points"
    return f"{rounded((Fraction(after) / Fraction(before) - 1) * 100, 1):+}%" if before else ""


def _held() -> Iterator[Fact]:
    """Of those with self-directed support, how many by direct payment: two counts of one source and year."""
    payments = {one.year: one for one, _ in _figures(DIRECT)}
    for one, stretch in _figures(DIRECTED):
        every, by_payment = one.numerator.number, payments[one.year].numerator.number
        if every is None or by_payment is None:
            continue
        source = _source(_table(trend_definition(DIRECTED), stretch).publication)
        caveat = _rounding(stretch.series)
        other = every - by_payment
        for what, count in (
            ("By direct payment, all or a part of it", by_payment),
            ("In another way", other),
        ):
            share = rounded(Fraction(count) / Fraction(every) * 100, 1)
            yield Fact("held", one.year, what, f"{share}%",
                       f"{_exactly(count)} of {_exactly(every)} clients with self-directed support",
                       caveat if count is by_payment else _NOT_APART, source)  # fmt: skip


def _councils() -> Iterator[Fact]:
    """The range and the quartiles of councils' shares, in each year printed council by council."""
    for id in (DIRECTED, DIRECT):
        for part in trend_definition(id).parts:
            for year in part.years:
                of = rates(series_table(part.table), part.series, year)
                found = spread(of.rated, Fraction(UNDER, 100), Fraction(OVER, 100), of.unrated)
                low, lower, upper, high = (
                    rounded(one * 100, 1)
                    for one in (found.minimum, found.lower_quartile, found.upper_quartile, found.maximum)
                )
                marks = sum(found.marks.values())
                without = f"; {marks} with a mark in place of a figure left out" if marks else ""
                yield Fact("councils", year, f"{_first(part.of.counts)}, by council", f"{low}% to {high}%",
                           f"from the figures of {found.councils} councils{without}",
                           f"Half of the councils lie between {lower}% and {upper}%.",
                           _source(series_table(part.table).publication))  # fmt: skip


def _figures(id: str) -> Iterator[tuple[Figure, Stretch]]:
    for stretch in trend(trend_definition(id), ENGLAND).stretches:
        yield from ((one, stretch) for one in stretch.figures)


def _england(table: SeriesTable, series: str) -> Iterator[Point]:
    return (one for one in table.of(series) if one.council == ENGLAND and one.group == ALL)


def _table(of: TrendDefinition, stretch: Stretch) -> SeriesTable:
    part = next(one for one in of.parts if one.series == stretch.series.id)
    return series_table(part.table)


def _marked(mark: str, table: SeriesTable) -> str:
    return f"“{mark}”: {table.marks[mark]}." if mark else ""


def _rounding(series: Series) -> str:
    return f"Rounded to the nearest {series.rounded_to} in print." if series.rounded_to else ""


def _source(of: Publication) -> str:
    return f"{of.publisher}: {of.publication}"


def _exactly(number: Decimal) -> str:
    return f"{number:,.0f}"


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
