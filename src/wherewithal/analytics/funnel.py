"""Which councils differ by more than chance: a funnel of control limits for shares, with overdispersion.

Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005;
limits before overdispersion by the normal approximation, after it on the arcsine scale. Near 0 and 1 the two
scales part, so the limits after are the outer of both: taking in what councils differ by never narrows them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, quantiles

from wherewithal.analytics.rates import Rated, Rates

LEVELS = {"95%": NormalDist().inv_cdf(0.975), "99.8%": NormalDist().inv_cdf(0.999)}
"""The two limits, each with how many standard deviations it is away."""

WINSORISED = 10  # percent of the councils at each end, whose distance is cut to that of the next


@dataclass(frozen=True)
class Overdispersion:
    """How much more ``councils`` differ than by chance: ``phi`` is 1 where they do not.

    ``tau_squared`` is the variance between them on the arcsine scale, 0 where chance explains it all.
    """

    councils: int
    phi: float
    tau_squared: float


@dataclass(frozen=True)
class Placed:
    """A council with its limits by level, before and after overdispersion, as shares from 0 to 1."""

    of: Rated
    before: dict[str, tuple[float, float]]
    after: dict[str, tuple[float, float]]

    def outside(self, limits: dict[str, tuple[float, float]]) -> str:
        """The widest of the limits that it lies outside, and on which side: ``above 99.8%``; '' for none."""
        share = float(self.of.share)
        for level in reversed(LEVELS):
            low, high = limits[level]
            if share < low or share > high:
                return f"{'above' if share > high else 'below'} {level}"
        return ""


@dataclass(frozen=True)
class Funnel:
    """``middle`` is the pooled share; ``placed`` from the smallest denominator to the largest."""

    rates: Rates
    middle: float
    overdispersion: Overdispersion
    placed: tuple[Placed, ...]


def funnel(rates: Rates) -> Funnel:
    """The funnel of the councils that have a share."""
    counts = [(one.numerator, one.denominator) for one in rates.rated]
    middle = pooled(counts)
    found = overdispersion(counts)
    placed = []
    for one in sorted(rates.rated, key=lambda one: (one.denominator, one.name)):
        before = {level: limits(middle, one.denominator, z) for level, z in LEVELS.items()}
        after = {
            level: wider_limits(middle, one.denominator, z, found.tau_squared) for level, z in LEVELS.items()
        }
        placed.append(Placed(one, before, after))
    return Funnel(rates, middle, found, tuple(placed))


def pooled(counts: Sequence[tuple[int, int]]) -> float:
    """All numerators by all denominators."""
    return sum(count for count, _ in counts) / sum(size for _, size in counts)


def limits(middle: float, size: int, z: float) -> tuple[float, float]:
    """p0 +/- z sqrt(p0 (1 - p0) / n), within 0 and 1."""
    away = z * math.sqrt(middle * (1 - middle) / size)
    return max(0.0, middle - away), min(1.0, middle + away)


def wider_limits(middle: float, size: int, z: float, tau_squared: float) -> tuple[float, float]:
    """sin^2(arcsin sqrt p0 +/- z sqrt(s^2 + tau^2)), s^2 = 1 / 4n, the angle from 0 to a right one; or the
    end of ``limits`` where that lies further out.

    Councils that differ in general cannot differ less than by chance alone. Near 0 and 1 the arcsine scale
    would say so of a small council, whose limits are flat there on one scale and not on the other.
    """
    angle = _angle(middle)
    away = z * math.sqrt(1 / (4 * size) + tau_squared)
    low, high = max(0.0, angle - away), min(math.pi / 2, angle + away)
    lowest, highest = limits(middle, size, z)
    return min(lowest, math.sin(low) ** 2), max(highest, math.sin(high) ** 2)


def overdispersion(counts: Sequence[tuple[int, int]]) -> Overdispersion:
    """Of numerators and denominators. With k councils, y = arcsin sqrt p, s = 1 / (2 sqrt n), w = 1 / s^2:
    phi is the mean of the winsorised z^2, and

        tau^2 = (k phi - (k - 1)) / (sum w - sum w^2 / sum w), or 0 where that is less.
    """
    k, angle = len(counts), _angle(pooled(counts))
    distances = [(_angle(count / size) - angle) * 2 * math.sqrt(size) for count, size in counts]
    phi = sum(z * z for z in winsorised(distances)) / k
    weights = [4 * size for _, size in counts]
    below = sum(weights) - sum(w * w for w in weights) / sum(weights)
    tau_squared = max(0.0, (k * phi - (k - 1)) / below) if k > 1 else 0.0
    return Overdispersion(k, phi, tau_squared)


def winsorised(values: Sequence[float], percent: int = WINSORISED) -> list[float]:
    """The values with so many percent at each end brought in to the percentile there, which lies on the line
    between two values (Hyndman and Fan, 1996, definition 7).
    """
    if len(values) < 2:
        return list(values)
    cuts = quantiles(values, n=100, method="inclusive")
    low, high = cuts[percent - 1], cuts[99 - percent]
    return [min(max(value, low), high) for value in values]


def _angle(share: float) -> float:
    return math.asin(math.sqrt(share))
