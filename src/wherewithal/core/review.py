"""Reviews: two clocks, of the plan and of the direct payment, by the pattern in force when each began.

Plan: Care Act 2014 s27 and statutory guidance chapter 13. Direct payment: SI 2014/2871 reg 7. The patterns
are policy (``policy.review``), also the one that councils kept in 2011.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from wherewithal.core.period import months_after, written
from wherewithal.core.refusal import Refusal

Clock = Literal["plan", "direct_payment"]


class HeldTooEarly(Refusal):
    """A review dated before what it reviews began."""


@dataclass(frozen=True)
class Step:
    """One review counted from the start: due by so many weeks or months, not before ``from_weeks``.

    Without ``from_weeks`` it opens the day after the step before it falls due (the first one at the start).
    """

    by_weeks: int = 0
    by_months: int = 0
    from_weeks: int | None = None


@dataclass(frozen=True)
class Pattern:
    """The steps, then a review at most every ``then_months`` after the last one held; ``rule`` in short."""

    clock: Clock
    steps: tuple[Step, ...]
    then_months: int
    rule: str = ""


@dataclass(frozen=True)
class Due:
    """A review falls due on ``due_on``; one held before ``opens_on`` does not count for it."""

    opens_on: date
    due_on: date


@dataclass(frozen=True)
class Trigger:
    """Something that makes a review due on the day it is known."""

    id: str
    clock: Clock
    says: str
    source: str


def due_dates(pattern: Pattern, started_on: date, upto: date) -> tuple[date, ...]:
    """The calendar if each review is held on the day it falls due, up to and with ``upto``."""
    held: list[date] = []
    while (due := next_due(pattern, started_on, held).due_on) <= upto:
        held.append(due)
    return tuple(held)


def next_due(pattern: Pattern, started_on: date, held: Collection[date]) -> Due:
    """When the next review falls due, given the days on which reviews were held (in any order).

    A review counts for every step that had opened by then, so a late one also settles the step it overtook.
    ``started_on`` is the day that the plan was agreed or the first payment made. Raises HeldTooEarly.
    """
    for day in held:
        if day < started_on:
            raise HeldTooEarly(
                f"A review of {written(day)} is before the start on {written(started_on)}. Check the dates."
            )
    steps = _steps(pattern, started_on)
    last = max(held, default=None)
    open_steps = [due for due in steps if last is None or due.opens_on > last]
    if open_steps:
        return open_steps[0]
    since = last or started_on
    return Due(since, months_after(since, pattern.then_months))


def presses(due: Due, on: date, soon: timedelta) -> bool:
    """Is it work of today: open, and overdue or due ``soon``?"""
    return due.opens_on <= on and due.due_on <= on + soon


def overdue(due_on: date, on: date) -> bool:
    """Is a review late on ``on``? On the day itself it is not."""
    return on > due_on


def days_overdue(due_on: date, on: date) -> int:
    """Days since it fell due; 0 while it is not late."""
    return max(0, (on - due_on).days)


def _steps(pattern: Pattern, started_on: date) -> Sequence[Due]:
    found: list[Due] = []
    opens = started_on
    for step in pattern.steps:
        if step.from_weeks is not None:
            opens = started_on + timedelta(weeks=step.from_weeks)
        due_on = months_after(started_on + timedelta(weeks=step.by_weeks), step.by_months)
        found.append(Due(opens, due_on))
        opens = due_on + timedelta(days=1)
    return found
