"""Take-up as published, council by council, ready to be held against a target of the same definition."""

from datetime import date
from fractions import Fraction

from wherewithal.core.band import Band
from wherewithal.core.period import written
from wherewithal.core.policy import NoPolicy
from wherewithal.core.take_up import rounded_count, rounded_percent, share
from wherewithal.core.target import NothingSeen, Observation, Progress
from wherewithal.policy.councils import code_of, name_of
from wherewithal.policy.series import ALL, Point, Series, SeriesTable


def published(table: SeriesTable, series: str, council: str) -> Progress:
    """A council's take-up as published, each year's on its last day. Raises NoPolicy for what is not there,
    NothingSeen where the series is no share or the council has no figure.
    """
    if series not in table.series:
        raise NoPolicy(f"{table.id} has no series “{series}”. There are: {', '.join(table.series)}.")
    kind, code = table.series[series], code_of(council)
    seen: list[Observation] = []
    not_seen: list[str] = []
    days = {_last_day(point.year) for point in table.of(series)}
    for point in sorted(table.of(series), key=lambda one: one.year):
        if point.council == code and point.group == ALL:
            band, on = _share(point, kind), _last_day(point.year)
            if band is None:
                not_seen.append(f"{written(on)}: {_instead(point, kind, table)}")
            else:
                seen.append(Observation(on, band, "" if band.exact else "it was rounded in print"))
    if not seen and not not_seen:
        raise NothingSeen(f"{table.id} has no figure of {name_of(code)}.")
    gaps = tuple(sorted(days - {one.on for one in seen}))
    return Progress(
        name_of(code), kind.definition, table.publication.publication, tuple(seen), (), tuple(not_seen), gaps
    )


def counts_behind(table: SeriesTable, series: str, council: str) -> dict[date, str]:
    """``1,764 of 4,990`` as printed, by the last day of its year, wherever both counts are numbers."""
    code = code_of(council)
    return {
        _last_day(point.year): f"{point.numerator.said} of {point.denominator.said}"
        for point in table.of(series)
        if point.council == code and point.group == ALL
        and point.numerator.number is not None and point.denominator.number is not None
    }  # fmt: skip


def _share(point: Point, kind: Series) -> Band | None:
    """By its counts where both are printed, else as its percentage is; None where neither is a number."""
    numerator, denominator, value = (one.number for one in (point.numerator, point.denominator, point.value))
    if numerator is not None and denominator is not None and kind.unit == "%":
        return share(
            rounded_count(Fraction(numerator), kind.rounded_to),
            rounded_count(Fraction(denominator), kind.of_rounded_to),
        )
    if value is not None and kind.unit == "%":
        return rounded_percent(Fraction(value), kind.decimals)
    return None


def _instead(point: Point, kind: Series, table: SeriesTable) -> str:
    """What is printed where no share is."""
    if point.value.number is not None:
        return f"{point.value} {kind.unit}, which is no share"
    mark = point.numerator.mark or point.value.mark
    return f"“{mark}”, {table.marks[mark]}" if mark else "nothing printed"


def _last_day(year: str) -> date:
    """A reporting year such as ``2010-11`` ends on 31 March. Raises NoPolicy for another year."""
    first, _, last = year.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        raise NoPolicy(f"“{year}” is no reporting year, such as 2010-11.")
    return date(int(first) + 1, 3, 31)
