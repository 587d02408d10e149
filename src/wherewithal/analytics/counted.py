"""What was counted of one measure, one council and one group, before it is a figure."""

from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.figures import Status


@dataclass(frozen=True)
class Counted:
    """``exact`` is in the measure's unit, None where there is nothing to divide by; ``numerator`` is None
    where the value has none. ``note`` is told after the base, and in place of a base of
    nobody; ``status`` stands where there is a value.
    """

    numerator: int | None
    denominator: int
    exact: Fraction | None
    note: str = ""
    status: Status = "ok"


Key = tuple[str, str, str]  # council, measure, group


def share(part: int, whole: int) -> Counted:
    """Of people: so many of so many, in percent."""
    return Counted(part, whole, Fraction(100 * part, whole) if whole else None)
