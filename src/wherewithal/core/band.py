"""A number that is known only within bounds: what comes of it is known no better."""

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
    def in_print(self) -> tuple[int, int, int]:
        """Low, central and high as whole numbers, no finer than two digits of their width."""
        digits = max(0, len(str(half_up(self.width))) - 2)
        low, central, high = (
            half_up(one / 10**digits) * 10**digits for one in (self.low, self.central, self.high)
        )
        return low, central, high

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


def exactly(number: int | Fraction) -> Band:
    """What is known without bounds."""
    return Band(Fraction(number), Fraction(number), Fraction(number))
