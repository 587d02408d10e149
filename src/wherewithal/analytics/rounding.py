"""A share as it is printed: rounded once, halves up."""

from decimal import Decimal
from fractions import Fraction

from wherewithal.core.money import half_up


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """``exact`` with so many decimals, halves up, and as many shown: 1/2 with 2 is ``0.50``."""
    return Decimal(half_up(exact * 10**decimals)).scaleb(-decimals)
