"""One fault of a report, and how its numbers are put."""

from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.rounding import rounded


@dataclass(frozen=True)
class Fault:
    """``kind`` is the rule's name, ``said`` the report's own words, ``why`` in sentences what is wrong."""

    kind: str
    place: str
    said: str
    why: str


def percent(count: int, base: int, decimals: int) -> str:
    """With one decimal more than it is printed with, and as it prints: ``94.8%, which prints as 95%``."""
    return f"{exact(count, base, decimals + 1)}, which prints as {exact(count, base, decimals)}"


def exact(count: int, base: int, decimals: int) -> str:
    """A share as it prints with the decimals: ``94.8%``."""
    return f"{float(rounded(Fraction(100 * count, base), decimals)):.{decimals}f}%"


def span(bases: tuple[int, int]) -> str:
    """``46 to 51``, or the one number."""
    return str(bases[0]) if bases[0] == bases[1] else f"{bases[0]} to {bases[1]}"
