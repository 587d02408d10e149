"""What was published of a council after a figure: by the same definition, by another, or past a break."""

from collections.abc import Iterable, Iterator, Sequence

from wherewithal.analytics.below import figure_of
from wherewithal.analytics.rates import Rated, Unrated, rates
from wherewithal.core.conversation import Figure, Later
from wherewithal.policy.series import ALL, SeriesTable, series_table
from wherewithal.policy.trend import Break, trend, trends


def later(then: Figure, code: str) -> tuple[Later, ...]:
    """Of the council of that code, in the order of time: the years of its own series, and of those that a
    trend sets after it.
    """
    for id in trends():
        of = trend(id)
        if (then.table, then.series) in [(part.table, part.series) for part in of.parts]:
            tables = [(series_table(part.table), part.series) for part in of.parts]
            return tuple(after(then, code, tables, of.breaks))
    return tuple(after(then, code, [(series_table(then.table), then.series)], ()))


def after(
    then: Figure, code: str, parts: Sequence[tuple[SeriesTable, str]], breaks: Iterable[Break]
) -> Iterator[Later]:
    """The figures of these series, in their order, later than ``then``, with the break before each."""
    gaps = tuple(breaks)
    for table, series in parts:
        for year in sorted({point.year for point in table.of(series)}):
            if year <= then.year:
                continue
            broken = next((gap.reason for gap in gaps if then.year <= gap.before and gap.after <= year), "")
            of = rates(table, series, year, ALL)
            every: tuple[Rated | Unrated, ...] = (*of.rated, *of.unrated)
            definition = table.series[series].definition
            for one in (it for it in every if it.codes == (code,)):
                if isinstance(one, Rated):
                    yield Later(year, definition, figure_of(of, one), broken=broken)
                else:
                    yield Later(year, definition, None, one.mark, broken)
