"""Every published share and mean cost worked out again from the numbers printed beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

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
        gives = _rounded(_value(series, n, d), series)
        least, most = _limits(series, n, d)
        near = least <= value and (most is None or value <= most)
        verdict: Verdict = (
            "agrees" if gives == value else "agrees within rounding" if near else "does not agree"
        )
        yield Recounted(point, gives, least, most, verdict)


def _value(series: Series, numerator: Decimal, denominator: Decimal) -> Decimal:
    """A percentage; or pounds a week, of thousands of pounds in a year."""
    share = numerator / denominator
    return share * 100 if series.unit == "%" else share * 1000 / _WEEKS


def _limits(series: Series, numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal | None]:
    """The least and the most that the parts may have given; no most where the denominator may be none."""
    n, d = (Decimal(to) / 2 for to in (series.rounded_to or 1, series.of_rounded_to))
    if series.unit == "%":
        n = Decimal(series.rounded_to) / 2
    least = _rounded(_value(series, max(numerator - n, Decimal()), denominator + d), series)
    most = _rounded(_value(series, numerator + n, denominator - d), series) if denominator > d else None
    return least, most


def _rounded(value: Decimal, series: Series) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-series.decimals), ROUND_HALF_UP)
