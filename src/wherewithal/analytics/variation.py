"""How much councils differ in one share: range, quartiles, two means kept apart, and an order with intervals.

The mean of rates counts every council once, the pooled rate every person once. A rank is never told alone: it
is the span of ranks that the intervals allow.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import quantiles

from wherewithal.analytics.interval import wilson
from wherewithal.analytics.rates import Rated, Rates, Unrated

UNDER, OVER = 10, 20
"""Percent. What was told of 2009-10: half of councils under 10%, one in eight over 20%."""


@dataclass(frozen=True)
class Spread:
    """Of some councils. All are shares from 0 to 1, exact but for the pooled one's interval (95%, Wilson).

    ``lowest`` and ``highest`` are names, several where they are level. ``under`` and ``over`` count councils,
    ``marks`` those that have no share, by what stands there; these are in nothing else.
    """

    councils: int
    lowest: tuple[str, ...]
    minimum: Fraction
    lower_quartile: Fraction
    median: Fraction
    upper_quartile: Fraction
    maximum: Fraction
    highest: tuple[str, ...]
    mean: Fraction
    numerator: int
    denominator: int
    interval: tuple[float, float]
    under: int
    over: int
    marks: Mapping[str, int]

    @property
    def pooled(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Standing:
    """A council in the order, highest first. It may stand anywhere from the rank ``first`` to ``last``."""

    of: Rated
    interval: tuple[float, float]
    first: int
    last: int


@dataclass(frozen=True)
class Variation:
    """``under`` and ``over`` are the thresholds, in the rates' own unit."""

    rates: Rates
    under: Fraction
    over: Fraction
    everywhere: Spread
    by_region: dict[str, Spread]
    by_type: dict[str, Spread]
    standings: tuple[Standing, ...]


def variation(rates: Rates, under: Fraction = Fraction(UNDER), over: Fraction = Fraction(OVER)) -> Variation:
    """How the councils of ``rates`` differ; ``under`` and ``over`` in the rates' unit, % or per 1,000."""
    low, high = (threshold / rates.scale for threshold in (under, over))

    def by(key: str) -> dict[str, Spread]:
        def of(name: str) -> Spread:
            rated = [one for one in rates.rated if getattr(one, key) == name]
            unrated = [one for one in rates.unrated if getattr(one, key) == name]
            return spread(rated, low, high, unrated)

        return {name: of(name) for name in sorted({getattr(one, key) for one in rates.rated})}

    everywhere = spread(rates.rated, low, high, rates.unrated)
    return Variation(rates, under, over, everywhere, by("region"), by("type"), standings(rates.rated))


def spread(of: Sequence[Rated], under: Fraction, over: Fraction, unrated: Sequence[Unrated] = ()) -> Spread:
    """Of one council or more. Quartiles lie on the line between two councils (Hyndman and Fan, The American
    Statistician 50, 1996, definition 7); ``under`` and ``over`` are shares, and not met by what is level.
    """
    shares = sorted(one.share for one in of)
    quartiles = quantiles(shares, n=4, method="inclusive") if len(shares) > 1 else shares * 3
    numerator, denominator = sum(one.numerator for one in of), sum(one.denominator for one in of)
    return Spread(
        councils=len(shares),
        lowest=tuple(one.name for one in of if one.share == shares[0]),
        minimum=shares[0], lower_quartile=quartiles[0], median=quartiles[1], upper_quartile=quartiles[2],
        maximum=shares[-1], highest=tuple(one.name for one in of if one.share == shares[-1]),
        mean=sum(shares, Fraction()) / len(shares), numerator=numerator, denominator=denominator,
        interval=wilson(numerator, denominator),
        under=bisect_left(shares, under), over=len(shares) - bisect_right(shares, over),
        marks=Counter(one.mark for one in unrated),
    )  # fmt: skip


def standings(of: Sequence[Rated]) -> tuple[Standing, ...]:
    """Highest share first, each with its 95% interval (Wilson) and its span of ranks.

    Another council is certainly ahead where its whole interval lies higher, certainly behind where it lies
    lower; what overlaps may be either. Two intervals that do not overlap is a stricter test than one at 5%,
    so the spans are wide rather than narrow (Goldstein and Healy, JRSS A 158, 1995).
    """
    found = [(one, wilson(one.numerator, one.denominator)) for one in of]
    lows, highs = (sorted(interval[end] for _, interval in found) for end in (0, 1))
    placed = []
    for one, (low, high) in found:
        ahead = len(found) - bisect_right(lows, high)
        behind = bisect_left(highs, low)
        placed.append(Standing(one, (low, high), ahead + 1, len(found) - behind))
    return tuple(sorted(placed, key=lambda standing: (-standing.of.share, standing.of.name)))
