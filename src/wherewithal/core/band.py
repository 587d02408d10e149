"""A number that is known only within bounds: what comes of it is known no better."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.core.money import half_up
from wherewithal.core.refusal import Refusal


class NoBand(Refusal):
    """Bounds that are not in order."""


@dataclass(frozen=True)
class Band:
    """From ``low`` to ``high``, both possible; ``central`` is what one reckons with. Exact fractions."""

    low: Fraction
    central: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not self.low <= self.central <= self.high:
            raise NoBand("A band's low value is at most its central one, and this at most the high one.")

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def width(self) -> Fraction:
        return self.high - self.low

    @property
    def grain(self) -> int:
        """To the nearest so many it is printed, 1 or 10 or 100 ..., so that its width has two digits."""
        return int(10 ** max(0, len(str(half_up(self.width))) - 2))

    @property
    def in_print(self) -> tuple[int, int, int]:
        """Low, central and high as whole numbers, no finer than two digits of their width."""
        return self.to_nearest(self.grain)

    def to_nearest(self, grain: int) -> tuple[int, int, int]:
        """Low, central and high, each rounded for itself."""
        low, central, high = (half_up(one / grain) * grain for one in (self.low, self.central, self.high))
        return low, central, high

    def said(self, sign: str = "", grain: int = 0) -> str:
        """``3,750 (3,300 to 4,200)``, to the nearest ``grain``; with 0 no finer than its own bounds bear."""
        low, central, high = (f"{sign}{one:,}" for one in self.to_nearest(grain or self.grain))
        return central if low == high else f"{central} ({low} to {high})"

    def __add__(self, other: "Band") -> "Band":
        return Band(self.low + other.low, self.central + other.central, self.high + other.high)

    def __sub__(self, other: "Band") -> "Band":
        return Band(self.low - other.high, self.central - other.central, self.high - other.low)

    def __mul__(self, other: "Band") -> "Band":
        """Of two bands that may each lie anywhere within its bounds, also below zero."""
        corners = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Band(min(corners), self.central * other.central, max(corners))

    def over(self, divisor: "Band") -> "Band":
        """Raises NoBand where the divisor may be zero or below."""
        if divisor.low <= 0:
            raise NoBand("What is divided by may be zero.")
        corners = [one / two for one in (self.low, self.high) for two in (divisor.low, divisor.high)]
        return Band(min(corners), self.central / divisor.central, max(corners))


ROUNDED_APART = "Each figure is rounded for itself, so rows and columns may not add up exactly."
"""What is said beside bands that are parts of each other."""


def coarsest(bands: Iterable[Band]) -> int:
    """The one grain for all figures of a column: what the widest of them bears."""
    return max((one.grain for one in bands), default=1)


def exactly(number: int | Fraction) -> Band:
    """What is known without bounds."""
    return Band(Fraction(number), Fraction(number), Fraction(number))
