"""What is due as a direct payment: weekly prices over the days of a period, four weeks in advance.

A week's price over some days is price x days / 7. Each arrangement is rounded once a period, half up, and so
is the contribution; the payment is their sum, so that what is shown adds up to the penny. Cut a period into
n parts and each arrangement, and the contribution, can differ from the whole by at most (n + 1) / 2 pence.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from wherewithal.core.arrangement import (
    DAY,
    ArrangementLine,
    NotPayable,
    Price,
    Stretch,
    cut_up,
    in_days,
    in_pence,
    rate,
    span,
    stretches_of,
)
from wherewithal.core.money import pounds
from wherewithal.core.period import Period, working_days_after, written
from wherewithal.core.refusal import Refusal
from wherewithal.core.workings import Line, Workings

Mode = Literal["net", "gross"]
FOUR_WEEKS = timedelta(days=28)
PAID_FOR = "Paid for "  # how the statement of one period's difference begins
TAKEN_OFF = "Less your contribution"  # how a line on the contribution begins: it speaks to the person
BILLED = "Your contribution"


class PaidTwice(Refusal):
    """Payments whose periods overlap without being the same period."""


@dataclass(frozen=True)
class OneOff:
    """Something bought once with a direct payment, such as equipment: due in the period that holds ``on``.

    No contribution is asked towards it. Raises NotPayable for an amount of 0 or less.
    """

    reference: str
    what: str
    on: date
    pence: int

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise NotPayable(f"“{self.what}” is paid once: give what it costs, above £0.00.")


@dataclass(frozen=True)
class Terms:
    """All that a person's direct payment is worked out from.

    ``contribution`` is what the person pays a week towards their own support, ``carer_contribution`` towards
    what they have as a carer; with ``mode`` "net" they are taken off the payment, with "gross" billed. Each
    is asked only for days on which support of its kind is paid, and is never more than that costs then.
    """

    lines: tuple[ArrangementLine, ...]
    contribution: tuple[Price, ...] = ()
    mode: Mode = "net"
    one_offs: tuple[OneOff, ...] = ()
    carer_contribution: tuple[Price, ...] = ()

    def asked(self, day: date, *, as_carer: bool) -> int:
        """Pence a week that the person pays on a day towards their own support, or towards a carer's."""
        prices = self.carer_contribution if as_carer else self.contribution
        return next((price.pence_per_week for price in reversed(prices) if price.first <= day), 0)

    @property
    def contribution_changes_on(self) -> list[date]:
        return [price.first for price in (*self.contribution, *self.carer_contribution)]


@dataclass(frozen=True)
class Due:
    """``pence`` is what the council pays for the period; ``by_reference`` holds each arrangement before the
    contribution, and sums to ``gross_pence``. ``contribution_pence`` is asked, taken off or billed apart.
    """

    period: Period
    pence: int
    gross_pence: int
    contribution_pence: int
    by_reference: dict[str, int]
    lines: tuple[Line, ...]

    @property
    def taken_off_pence(self) -> int:
        """The contribution where it is paid net, 0 where it is billed apart."""
        return self.gross_pence - self.pence


@dataclass(frozen=True)
class Paid:
    """``pence`` that went out for ``period``; below 0 for money that came back."""

    period: Period
    pence: int


@dataclass(frozen=True)
class PeriodDifference:
    period: Period
    paid_pence: int
    due: Due

    @property
    def pence(self) -> int:
        return self.due.pence - self.paid_pence


@dataclass(frozen=True)
class Difference:
    """What was paid beside what is due now. ``pence`` above 0 is owed to the person, below 0 comes back."""

    pence: int
    rows: tuple[PeriodDifference, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FirstPayment:
    """An off-cycle payment for ``period``, in the person's hands by ``pay_by``."""

    period: Period
    pay_by: date


def due(period: Period, terms: Terms) -> Due:
    """What is due for ``period`` (closed), with its workings. Never below 0; 0 outside the active days.

    Raises NotPayable when an active day has no price.
    """
    workings = Workings()
    by_reference: dict[str, int] = {}
    stretches = [stretches_of(line, period) for line in terms.lines]
    for line, parts in zip(terms.lines, stretches, strict=True):
        pence = _write(workings, line.what, parts)
        by_reference[line.reference] = by_reference.get(line.reference, 0) + pence
    weekly_pence = sum(by_reference.values())
    for item in terms.one_offs:
        if item.on in period:
            by_reference[item.reference] = by_reference.get(item.reference, 0) + item.pence
            workings.add(f"{item.what}, paid once", item.pence, "pence", answer=written(item.on))
    gross = sum(by_reference.values())
    asked = contribution_of(period, terms, stretches)
    contribution = min(weekly_pence, sum(in_pence(asked)))
    _write_contribution(workings, asked, contribution, terms.mode)
    pence = gross - contribution if terms.mode == "net" else gross
    return Due(period, pence, gross, contribution, by_reference, tuple(workings.lines))


def contribution_of(period: Period, terms: Terms, stretches: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    """The person's weekly contribution over the period: 0 on days without support, never above its cost."""

    def rate_on(day: date) -> tuple[int, str]:
        costs = {False: 0, True: 0}
        for line, parts in zip(terms.lines, stretches, strict=True):
            costs[line.as_carer] += sum(part.pence_per_week for part in parts if day in part.days)
        return sum(min(cost, terms.asked(day, as_carer=kind)) for kind, cost in costs.items()), ""

    changes = [part.days.first for parts in stretches for part in parts]
    return cut_up(period, changes + terms.contribution_changes_on, rate_on)


def period_at(anchor: date, day: date) -> Period:
    """The four-weekly period that holds ``day``; periods run from ``anchor`` both ways."""
    first = anchor + FOUR_WEEKS * ((day - anchor) // FOUR_WEEKS)
    return Period(first, first + FOUR_WEEKS - DAY)


def pay_day(period: Period, holidays: Collection[date]) -> date:
    """The day on which a period is paid in advance: its first, or the last working day before it."""
    day = period.first
    while day.weekday() > 4 or day in holidays:
        day -= DAY
    return day


def has_come(pay_on: date, on: date) -> bool:
    """Has the day come on which the bank pays what was sent? Before it, money is on its way and not paid."""
    return pay_on <= on


def next_payment(anchor: date, after: date, holidays: Collection[date]) -> tuple[Period, date]:
    """The first four-weekly period whose pay day comes after ``after``, and that pay day."""
    period = period_at(anchor, after)
    while pay_day(period, holidays) <= after:
        period = period_at(anchor, period.first + FOUR_WEEKS)
    return period, pay_day(period, holidays)


def first_payment(
    agreed_on: date, starts_on: date, next_run_on: date, holidays: Collection[date], working_days: int = 2
) -> FirstPayment | None:
    """The off-cycle payment of a new direct payment, so that it does not wait for the four-weekly run.

    It covers ``starts_on`` to the day before ``next_run_on``: the first day of the first four-weekly period
    whose run can still take the person in. It is paid within ``working_days`` of agreement. None when support
    starts on ``next_run_on`` or later: then that run pays it in advance.
    """
    if starts_on >= next_run_on:
        return None
    return FirstPayment(
        Period(starts_on, next_run_on - DAY), working_days_after(agreed_on, working_days, holidays)
    )


def difference_statement(paid: Iterable[Paid], terms: Terms) -> Difference:
    """What was paid, period by period, beside what the terms say now: for a back-dated price, a suspension
    or an ending. Payments of one period are taken together. Raises PaidTwice when periods overlap.
    """
    by_period: dict[Period, int] = {}
    for payment in paid:
        by_period[payment.period] = by_period.get(payment.period, 0) + payment.pence
    periods = sorted(by_period, key=lambda period: period.first)
    for earlier, later in pairwise(periods):
        if earlier.shared_with(later):
            raise PaidTwice(
                f"The days from {written(later.first)} were paid in two periods. Undo one of them first."
            )
    rows = tuple(PeriodDifference(period, by_period[period], due(period, terms)) for period in periods)
    return Difference(sum(row.pence for row in rows), rows, tuple(_difference_lines(rows)))


def _write(workings: Workings, what: str, stretches: Sequence[Stretch]) -> int:
    amounts = in_pence(stretches)
    for stretch, pence in zip(stretches, amounts, strict=True):
        if stretch.pence_per_week:
            workings.add(f"{what}: {rate(stretch)}", pence, "pence", answer=span(stretch.days))
        elif stretch.why_nothing:
            days = in_days(stretch.days.days)
            workings.add(f"{what}: nothing for {days}, {stretch.why_nothing}", 0, "pence",
                         answer=span(stretch.days))  # fmt: skip
    return sum(amounts)


def _write_contribution(
    workings: Workings, asked: Sequence[Stretch], contribution_pence: int, mode: Mode
) -> None:
    charged = [stretch for stretch in asked if stretch.pence_per_week]
    if not contribution_pence:
        return
    words = ", then ".join(rate(stretch) for stretch in charged)
    if mode == "net":
        workings.add(f"{TAKEN_OFF}: {words}", -contribution_pence, "pence")
    else:
        workings.add(f"{BILLED} of {pounds(contribution_pence)} is billed apart: {words}")


def _difference_lines(rows: Iterable[PeriodDifference]) -> Iterable[Line]:
    for row in rows:
        yield Line(f"{PAID_FOR}{span(row.period)}", row.paid_pence, "pence")
        yield from row.due.lines
        yield Line(f"Due for {span(row.period)}", row.due.pence, "pence")
        yield Line("Difference", row.pence, "pence")
