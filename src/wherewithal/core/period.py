"""Days, weeks and periods. A period holds both its first and its last day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from wherewithal.core.refusal import Refusal


class NoSuchPeriod(Refusal):
    """A period that ends before it starts."""


@dataclass(frozen=True, order=True)
class Period:
    """From ``first`` to ``last``, both included; ``last`` is None while it is open."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise NoSuchPeriod(
                f"A period cannot end ({written(self.last)}) before it starts ({written(self.first)})."
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def days(self) -> int:
        """Days in a closed period, both ends counted."""
        if self.last is None:
            raise NoSuchPeriod(f"The period from {written(self.first)} is open: it has no length yet.")
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> Fraction:
        """Weeks as Client Level Data counts them: days, both ends included, over seven."""
        return Fraction(self.days, 7)

    def shared_with(self, other: "Period") -> "Period | None":
        """The days that both hold, or None when they do not meet."""
        first = max(self.first, other.first)
        ends = [end for end in (self.last, other.last) if end is not None]
        last = min(ends) if ends else None
        return None if last is not None and last < first else Period(first, last)


def four_weekly(anchor: date, upto: date) -> Iterator[Period]:
    """Periods of 28 days from ``anchor``, in order, while they start on or before ``upto``."""
    first = anchor
    while first <= upto:
        yield Period(first, first + timedelta(days=27))
        first += timedelta(days=28)


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The ``count``-th working day after ``day``; Saturdays, Sundays and ``holidays`` do not count."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def years_old(born_on: date, on: date) -> int:
    """Age in whole years; someone born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for day_of_month in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, day_of_month)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def month(day: date) -> str:
    """The month of a day as people write it: ``April 2026``."""
    return f"{day:%B %Y}"


def written(day: date) -> str:
    """A date as people write it: ``6 April 2026``."""
    return f"{day.day} {day:%B %Y}"
