"""A share from its printed parts, within the bounds that rounding and marks leave."""

from fractions import Fraction

from wherewithal.core.band import Band, exactly
from wherewithal.core.refusal import Refusal


class NoShare(Refusal):
    """Parts of which no share can be made."""


def rounded_count(printed: int | Fraction, to: int) -> Band:
    """People, as printed after rounding to the nearest ``to`` (0: not rounded); never below nobody."""
    half = Fraction(to, 2)
    return Band(max(Fraction(0), printed - half), Fraction(printed), printed + half)


def rounded_percent(printed: Fraction, decimals: int) -> Band:
    """Percent, as printed with so many decimals; never outside 0 to 100."""
    half = Fraction(1, 2 * 10**decimals)
    return within(Band(printed - half, printed, printed + half))


def share(numerator: Band, denominator: Band) -> Band:
    """In percent. Raises NoShare for a numerator above its denominator, or for a base that may be nobody."""
    if denominator.low <= 0:
        raise NoShare("The denominator may be nobody, so there is no share.")
    if numerator.low > denominator.high:
        raise NoShare("The numerator is above the denominator, so they are no share.")
    return within(numerator.over(denominator) * exactly(100))


def within(percent: Band) -> Band:
    """The same, cut off at 0 and at 100."""
    return Band(*(min(Fraction(100), max(Fraction(0), one)) for one in
                  (percent.low, percent.central, percent.high)))  # fmt: skip
