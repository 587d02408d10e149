"""Every published share and mean cost worked out again from the numbers printed beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from wherewithal.analytics.rounding import rounded
from wherewithal.policy.series import Point, Series, SeriesTable

Verdict = Literal["agrees", "agrees within rounding", "does not agree"]
_WEEKS = 52  # of a year, as the unit costs of the returns divide it


@dataclass(frozen=True)
class Recounted:
    """A figure; what its parts give, and the least and the most that they may give before rounding."""

    point: Point
    gives: Decimal
    least: Decimal
    most: Decimal | None
    verdict: Verdict

    @property
    def why(self) -> str:
        """What the verdict rests on, in words."""
        if self.verdict == "agrees":
            return ""
        most = "any number" if self.most is None else f"{self.most:f}"
        between = f"its parts, before they were rounded, give {self.least:f} to {most}"
        return between if self.verdict != "does not agree" else f"{between}, and {self.gives:f} as printed"


def recounted(table: SeriesTable) -> Iterator[Recounted]:
    """Every figure of a table of which numerator, denominator and value are numbers; of a share in per cent
    or a cost in pounds a week. A denominator of none gives nothing to work out.
    """
    for point in table.points:
        series = table.series[point.series]
        n, d, value = (part.number for part in (point.numerator, point.denominator, point.value))
        if n is None or d is None or value is None or not d or series.unit not in ("%", "£ a week"):
            continue
        gives = _value(series, n, d)
        least, most = _limits(series, n, d)
        near = least <= value and (most is None or value <= most)
        verdict: Verdict = (
            "agrees" if gives == value else "agrees within rounding" if near else "does not agree"
        )
        yield Recounted(point, gives, least, most, verdict)


def _value(series: Series, numerator: Decimal, denominator: Decimal) -> Decimal:
    """As the series prints it: a percentage, or pounds a week of thousands of pounds in a year."""
    share = Fraction(numerator) / Fraction(denominator)
    return rounded(share * 100 if series.unit == "%" else share * 1000 / _WEEKS, series.decimals)


def _limits(series: Series, numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal | None]:
    """The least and the most that the parts may have given; no most where the denominator may be none."""
    whole = 0 if series.unit == "%" else 1  # money comes in whole thousands
    n, d = (Decimal(to) / 2 for to in (series.rounded_to or whole, series.of_rounded_to))
    least = _value(series, max(numerator - n, Decimal()), denominator + d)
    return least, _value(series, numerator + n, denominator - d) if denominator > d else None
