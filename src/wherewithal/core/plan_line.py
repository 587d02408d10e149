"""What nobody can mean who writes a line of a plan: days far off, a sum beyond anybody's support.

A slip of the pen is refused while it is written; what a plan may buy is held against policy when it is
handed in (``core/plan.py``).
"""

from datetime import date
from decimal import Decimal

from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

MOST_PENCE = 10_000_000
"""What a line may come to each time, in pence: more than anybody's support costs."""

EARLIEST = date(1997, 4, 1)
"""The first day of the Community Care (Direct Payments) Act 1996. Support that is older has no plan here."""

YEARS_AHEAD = 5
"""A line starts by the end of the calendar year so many ahead: a plan is looked at again every year."""

LASTS_YEARS = 100
"""A line ends by the end of the calendar year so many ahead: what has no end has no last day."""


class NotMeant(Refusal):
    """A day or a sum of a line that is a slip of the pen."""


def sum_each_time(units: Decimal, pence_per_unit: int) -> None:
    """Raises NotMeant when so many units at that price come to more than MOST_PENCE."""
    if (comes_to := round(units * pence_per_unit)) > MOST_PENCE:
        raise NotMeant(
            f"That comes to {pounds(comes_to)} each time, more than {pounds(MOST_PENCE)}. Check how "
            "much of it, and the price.",
            field="units",
        )


def days(first: date, last: date | None, on: date) -> None:
    """Raises NotMeant when a line written on ``on`` could not mean its days; ``last`` None: it has no end."""
    latest, ends_by = date(on.year + YEARS_AHEAD, 12, 31), date(on.year + LASTS_YEARS, 12, 31)
    if not EARLIEST <= first <= latest:
        raise NotMeant(
            f"It starts on {written(first)}. Give a day between {written(EARLIEST)} and {written(latest)}.",
            field="first",
        )
    if last is not None and last < first:
        raise NotMeant("It ends before it starts. Change one of the two days.", field="last")
    if last is not None and last > ends_by:
        raise NotMeant(
            f"It ends on {written(last)}, later than {written(ends_by)}. Leave the day empty while there is "
            "no end.",
            field="last",
        )
