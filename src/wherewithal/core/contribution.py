"""What the person pays in: due, paid and missed, period by period. Money settles the oldest bill first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from wherewithal.core.period import Period, written
from wherewithal.core.refusal import Refusal

BillState = Literal["paid", "waiting", "missed"]


class NotAContribution(Refusal):
    """A bill below 0, or a receipt of 0 or less."""


@dataclass(frozen=True)
class Bill:
    """What the person is asked to pay for ``period``, by ``due_on``. A bill of 0 is paid."""

    period: Period
    pence: int
    due_on: date

    def __post_init__(self) -> None:
        if self.pence < 0:
            raise NotAContribution(
                "A contribution is £0.00 or more. Give money back as a payment of its own."
            )


@dataclass(frozen=True)
class Receipt:
    """Money that the person paid in."""

    on: date
    pence: int

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise NotAContribution(
                f"What was paid in on {written(self.on)} must be above £0.00. Leave out what was undone."
            )


@dataclass(frozen=True)
class BillStanding:
    """One bill: what of it is paid, and ``state``. ``settled_on`` is the day on which it was paid in full."""

    bill: Bill
    paid_pence: int
    state: BillState
    settled_on: date | None

    @property
    def unpaid_pence(self) -> int:
        return self.bill.pence - self.paid_pence


@dataclass(frozen=True)
class Standing:
    """All bills on a day. due = paid + waiting + missed; ``ahead_pence`` was paid in before it was asked."""

    rows: tuple[BillStanding, ...]
    due_pence: int
    paid_pence: int
    waiting_pence: int
    missed_pence: int
    ahead_pence: int


def standing(bills: Iterable[Bill], receipts: Iterable[Receipt], *, on: date, grace_days: int) -> Standing:
    """How the contribution stands at the end of ``on``.

    A bill is missed when something of it is unpaid more than ``grace_days`` after the day it was due.
    Receipts after ``on`` are left out; those before it settle the bills in the order of their due days.
    """
    came = [receipt for receipt in sorted(receipts, key=lambda one: one.on) if receipt.on <= on]
    rows, before = [], 0
    for bill in sorted(bills, key=lambda one: (one.due_on, one.period.first)):
        paid, settled_on = _settled(bill.pence, before, came)
        before += bill.pence
        rows.append(BillStanding(bill, paid, _state(bill, paid, on, grace_days), settled_on))
    paid_pence = sum(row.paid_pence for row in rows)
    return Standing(
        tuple(rows),
        due_pence=sum(row.bill.pence for row in rows),
        paid_pence=paid_pence,
        waiting_pence=sum(row.unpaid_pence for row in rows if row.state == "waiting"),
        missed_pence=sum(row.unpaid_pence for row in rows if row.state == "missed"),
        ahead_pence=sum(receipt.pence for receipt in came) - paid_pence,
    )


def _settled(pence: int, before_pence: int, receipts: list[Receipt]) -> tuple[int, date | None]:
    """Of a bill that stands after ``before_pence`` of other bills: what is paid, and when the last came."""
    total, paid = 0, 0
    for receipt in receipts:
        total += receipt.pence
        paid = min(pence, max(0, total - before_pence))
        if total >= before_pence + pence:
            return pence, receipt.on
    return paid, None


def _state(bill: Bill, paid_pence: int, on: date, grace_days: int) -> BillState:
    if paid_pence == bill.pence:
        return "paid"
    return "missed" if on > bill.due_on + timedelta(days=grace_days) else "waiting"
