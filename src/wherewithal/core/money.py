"""Whole pence. Rounded once, at the end, half up; a week is 1/52 of a year, as councils budget."""

import re
from collections.abc import Sequence
from fractions import Fraction

from wherewithal.core.refusal import Refusal

WEEKS_A_YEAR = 52

_WRITTEN = re.compile(r"^-?£?\s*(\d{1,3}(,\d{3})+|\d+)(\.(\d{1,2}))?$")


class NotMoney(Refusal):
    """Text that cannot be read as an amount of money."""


def half_up(value: Fraction | int) -> int:
    """The whole number nearest to ``value``; a half goes away from zero (0.5 -> 1, -0.5 -> -1)."""
    value = Fraction(value)
    doubled = abs(value.numerator) * 2 + value.denominator
    whole = doubled // (2 * value.denominator)
    return whole if value >= 0 else -whole


def pence_per_year(pence_per_week: int) -> int:
    """A weekly amount over a year of 52 weeks."""
    return pence_per_week * WEEKS_A_YEAR


def pence_per_week(pence_per_year: int) -> int:
    """A yearly amount as pence a week, rounded half up."""
    return half_up(Fraction(pence_per_year, WEEKS_A_YEAR))


def pounds(pence: int) -> str:
    """Pence as people write money: ``£1,234.50``, ``-£3.00``."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def a_week(pence_per_week: int) -> str:
    """Pence a week in words: ``£214.50 a week``."""
    return f"{pounds(pence_per_week)} a week"


def pence(written: str) -> int:
    """Read ``£1,234.50``, ``1234.5`` or ``12`` as pence.

    Raises NotMoney for anything else: more than two decimals, words, misplaced commas.
    """
    text = written.strip()
    found = _WRITTEN.match(text)
    if not found:
        raise NotMoney(f"“{written}” is not an amount of money. Write it like 214.50.")
    whole = int(found[1].replace(",", ""))
    part = (found[4] or "").ljust(2, "0")
    total = whole * 100 + int(part)
    return -total if text.startswith("-") else total


def share_out(pence: int, weights: Sequence[int]) -> list[int]:
    """Whole pence in proportion to ``weights`` that add up to ``pence``; all weights 0: in equal parts.

    What rounding down leaves over goes to the largest remainders, the earlier first. ``pence`` is 0 or more.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        return share_out(pence, [1] * len(weights))
    shares = [pence * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-(pence * weights[index] % whole), index))
    for index in order[: pence - sum(shares)]:
        shares[index] += 1
    return shares
