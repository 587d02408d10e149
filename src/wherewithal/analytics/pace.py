"""How fast take-up grew: between two days, in the last half-year against the one before it.

Paces are points (of a percentage) a month. A month is counted by the calendar: from 30 September to 31 March
are six, and a part of a month is its days over all of that month's.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from wherewithal.analytics.rounding import rounded
from wherewithal.core.band import Band, exactly
from wherewithal.core.period import months_after, written
from wherewithal.core.target import Observation, Progress

NEAR_DAYS = 31
"""So far from six months before may a figure be, to stand for that day."""
MUCH = 2
"""“Much faster” is said from so many times the pace on: the sources do not say what they call so."""


@dataclass(frozen=True)
class Pace:
    """Points a month between two days on which it was seen."""

    since: Observation
    until: Observation

    @property
    def months(self) -> Fraction:
        return months_between(self.since.on, self.until.on)

    @property
    def change(self) -> Band:
        """In points."""
        return self.until.percent - self.since.percent

    @property
    def a_month(self) -> Band:
        return self.change.over(exactly(self.months))


@dataclass(frozen=True)
class Acceleration:
    """The second half-year against the first; ``times`` its pace is, None where the first had no growth."""

    first: Pace
    second: Pace
    times: Fraction | None
    certain: bool
    says: str


def months_between(first: date, last: date) -> Fraction:
    """Calendar months from the end of one day to the end of another, below zero where that is earlier."""
    return _position(last) - _position(first)


def day_after(day: date, months: Fraction) -> date:
    """The day by whose end so many months have passed, a part of a day taken as the whole."""
    position = _position(day) + months
    month = floor(position)
    part = position - month
    if part == 0:  # a month's end is the end of its last day, not the start of the next one's
        month, part = month - 1, Fraction(1)
    year, index = divmod(month, 12)
    return date(year, index + 1, ceil(part * calendar.monthrange(year, index + 1)[1]))


def half_year(progress: Progress, until: Observation | None = None) -> Pace | None:
    """The pace of the six months up to ``until`` (the last day seen); None where the start was not seen."""
    end = until or progress.last
    start = months_after(end.on, -6)
    before = [one for one in progress.observations if one.on < end.on]
    near = min(before, key=lambda one: abs((one.on - start).days), default=None)
    if near is None or abs((near.on - start).days) > NEAR_DAYS:
        return None
    return Pace(near, end)


def whole_time(progress: Progress) -> Pace | None:
    """The pace since it was first seen; None where it was seen once."""
    return Pace(progress.first, progress.last) if len(progress.observations) > 1 else None


def acceleration(progress: Progress) -> Acceleration | None:
    """None where the figures do not hold two half-years, one after the other."""
    second = half_year(progress)
    first = half_year(progress, second.since) if second else None
    if second is None or first is None:
        return None
    one, two = first.a_month, second.a_month
    times = two.central / one.central if one.central > 0 else None
    certain = two.low > one.high or two.high < one.low or (one.exact and two.exact)
    says = (
        f"From {written(second.since.on)} to {written(second.until.on)} it changed by "
        f"{points(second.change.central)}, in the half-year before by {points(first.change.central)}: "
        f"{_compared(one.central, two.central, times)}."
    )
    if not certain:
        says += " Within the bounds of the figures it may have been otherwise."
    return Acceleration(first, second, times, certain, says)


def points(number: Fraction) -> str:
    """``9.0 points``; ``-0.4 points``."""
    return f"{rounded(number, 1)} points"


def _compared(first: Fraction, second: Fraction, times: Fraction | None) -> str:
    if first == second:
        return "no faster and no slower"
    faster = "faster" if second > first else "slower"
    if times is None or times < 0:
        return f"{faster} in the second half"
    much = "much " if times >= MUCH else ""
    return f"{much}{faster} in the second half, {rounded(times, 1)} times the pace"


def _position(day: date) -> Fraction:
    """Months from the beginning of year 0 to the end of the day."""
    return day.year * 12 + day.month - 1 + Fraction(day.day, calendar.monthrange(day.year, day.month)[1])
