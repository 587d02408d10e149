"""An arrangement as it costs: dated weekly prices over the days on which it runs.

A week's price over some days is price x days / 7. The exact sum is rounded once, half up, and its parts are
written so that they add up to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from wherewithal.core.money import pounds
from wherewithal.core.period import Period, written
from wherewithal.core.refusal import Refusal

EndReason = Literal[
    "died", "moved", "nhs_continuing_healthcare", "no_longer_eligible", "payment_stopped", "plan_changed"
]

DAY = timedelta(days=1)


class NotPayable(Refusal):
    """Terms from which no amount can be worked out: a day without a price, prices out of order."""


@dataclass(frozen=True)
class Price:
    """``pence_per_week`` from ``first`` until the next price starts."""

    first: date
    pence_per_week: int


@dataclass(frozen=True)
class Suspension:
    """Days for which nothing is due, and why in words that follow a comma: "in hospital"."""

    days: Period
    why: str = "in hospital"


@dataclass(frozen=True)
class Ending:
    """``on`` is the last day that is paid for: someone who dies on a day drew on support on that day."""

    on: date
    reason: EndReason


@dataclass(frozen=True)
class ArrangementLine:
    """One arrangement of a plan that is held as a direct payment.

    ``reference`` is its purchase order number, ``what`` what it buys; it runs on the days of ``active``.
    ``as_carer``: it is of the plan that the person has as a carer, which has its own contribution.
    Raises NotPayable when the prices are not in order of their start or below 0.
    """

    reference: str
    what: str
    prices: tuple[Price, ...]
    active: tuple[Period, ...]
    suspended: tuple[Suspension, ...] = ()
    ended: Ending | None = None
    as_carer: bool = False

    def __post_init__(self) -> None:
        starts = [price.first for price in self.prices]
        if not starts or starts != sorted(set(starts)):
            raise NotPayable(f"“{self.what}” needs prices that start on different days, in order.")
        if any(price.pence_per_week < 0 for price in self.prices):
            raise NotPayable(f"“{self.what}” has a price below £0.00. A price is what it costs a week.")


@dataclass(frozen=True)
class Stretch:
    """Days in a row at one rate; ``why_nothing`` is said where support would have run."""

    days: Period
    pence_per_week: int
    why_nothing: str = ""


def stretches_of(line: ArrangementLine, period: Period) -> list[Stretch]:
    """The period cut where the line's rate changes: price, start, stop, suspension, end."""

    def rate_on(day: date) -> tuple[int, str]:
        if not any(day in active for active in line.active):
            return 0, ""
        if line.ended is not None and day > line.ended.on:
            return 0, f"ended on {written(line.ended.on)}"
        for suspension in line.suspended:
            if day in suspension.days:
                return 0, suspension.why
        return _price_on(line, day), ""

    runs = [*line.active, *(suspension.days for suspension in line.suspended)]
    changes = [price.first for price in line.prices]
    changes += [run.first for run in runs] + [run.last + DAY for run in runs if run.last is not None]
    changes += [line.ended.on + DAY] if line.ended is not None else []
    return cut_up(period, changes, rate_on)


def in_pence(stretches: Iterable[Stretch]) -> list[int]:
    """Whole pence for each stretch, such that together they are the exact sum rounded once, half up."""
    sevenths, rounded, pence = 0, 0, []
    for stretch in stretches:
        sevenths += stretch.pence_per_week * stretch.days.days
        before, rounded = rounded, (2 * sevenths + 7) // 14  # half up in whole numbers: none is below 0
        pence.append(rounded - before)
    return pence


def hospital(first: date, last: date | None, days_still_paid: int) -> Suspension | None:
    """A stay in hospital: paid for its first ``days_still_paid`` days, so that a personal assistant can be
    kept, then suspended. None when the stay is no longer than that. ``last`` None: still there.
    """
    unpaid_from = first + timedelta(days=days_still_paid)
    if last is not None and unpaid_from > last:
        return None
    return Suspension(Period(unpaid_from, last))


def cut_up(
    period: Period, changes: Iterable[date], rate_on: Callable[[date], tuple[int, str]]
) -> list[Stretch]:
    """A closed period cut at the days in ``changes``, each part at the rate (and reason) of its first day;
    parts in a row that are alike are one. Raises NotPayable for an open period.
    """
    if period.last is None:
        raise NotPayable(f"The period from {written(period.first)} is open. A payment needs its last day.")
    firsts = sorted({period.first, *(day for day in changes if day in period)})
    lasts = [*(day - DAY for day in firsts[1:]), period.last]
    found: list[Stretch] = []
    for first, last in zip(firsts, lasts, strict=True):
        weekly, why = rate_on(first)
        if found and (found[-1].pence_per_week, found[-1].why_nothing) == (weekly, why):
            first = found.pop().days.first
        found.append(Stretch(Period(first, last), weekly, why))
    return found


def rate(stretch: Stretch) -> str:
    """``28 days at £214.50 a week``."""
    return f"{in_days(stretch.days.days)} at {pounds(stretch.pence_per_week)} a week"


def in_days(count: int) -> str:
    """``1 day``, ``28 days``."""
    return "1 day" if count == 1 else f"{count} days"


def span(period: Period) -> str:
    """``6 April 2026 to 3 May 2026``."""
    return f"{written(period.first)} to {written(period.last or period.first)}"


def _price_on(line: ArrangementLine, day: date) -> int:
    in_force = [price.pence_per_week for price in line.prices if price.first <= day]
    if not in_force:
        raise NotPayable(f"“{line.what}” has no price on {written(day)}. Add the price it started at.")
    return in_force[-1]
