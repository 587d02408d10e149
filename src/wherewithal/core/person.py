"""Days that can be in somebody's record."""

from datetime import date

from wherewithal.core.refusal import Refusal

# Years. Nobody on record has lived longer: whoever seems older is a slip, such as 1848 for 1948.
OLDEST = 125


class NotThatDay(Refusal):
    """A day that cannot be: still to come, before the birth, or so long ago that it must be a slip."""


def check_born(born_on: date, today: date) -> None:
    """Raises NotThatDay for a birth still to come, or longer ago than anybody lives."""
    if born_on > today:
        raise NotThatDay("The birth date has not come yet. Check the year.", field="born_on")
    if born_on.year < today.year - OLDEST:
        raise NotThatDay(f"{born_on.year} is too long ago. Check the year.", field="born_on")


def check_happened(on: date, today: date, born_on: date | None) -> None:
    """Raises NotThatDay for what has not happened yet, or would have happened before they were born."""
    if on > today:
        raise NotThatDay("That day has not come yet. Enter it when it has happened.", field="on")
    if born_on and on < born_on:
        raise NotThatDay("That is before they were born. Check the year.", field="on")
