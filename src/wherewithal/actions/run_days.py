"""The days of a run: which it pays for and why, on which the bank can pay.

No action of its own: it says what ``actions/run.py`` asks, inside its transaction.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from wherewithal.actions.drafting import NothingToPay
from wherewithal.core.payments import FOUR_WEEKS, FirstPayment, first_payment, next_payment, period_at
from wherewithal.core.period import working_days_after, written
from wherewithal.core.policy import Used
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import PaymentRules, payment_rules
from wherewithal.records.models import Agreement, Payment, Run
from wherewithal.records.terms import terms_of

OWED = "It pays what is owed for days that a run took in before, and no day ahead of them."


def next_run_day(rules: PaymentRules, on: date) -> date:
    """The first day of the next period whose run was not drafted yet and can still be paid in time."""
    drafted = drafted_days(on)
    period, _ = next_payment(rules.first_period_on, on, holidays(on))
    while period.first in drafted:
        period = period_at(rules.first_period_on, period.first + FOUR_WEEKS)
    return period.first


def drafted_days(on: date) -> list[date]:
    """The first days of the four-weekly periods that a run pays already, from the one of ``on``, in order."""
    runs = Run.objects.filter(kind=Run.Kind.FOUR_WEEKLY, last__gte=on).exclude(state=Run.State.CANCELLED)
    return list(runs.order_by("first").values_list("first", flat=True))


def why_until(next_run_on: date, drafted: Sequence[date]) -> str:
    """Why a first payment lasts until the day before ``next_run_on``, in words for whoever reads it.
    ``drafted``: the first days of the runs that would have been sooner.
    """
    because = (
        f"It lasts until the day before {written(next_run_on)}: "
        "the four-weekly run from that day is the first that can still take the payments over."
    )
    before = [f"The run from {written(on)} was drafted already." for on in drafted]
    return " ".join([because, *before])


def why_again(dropped: Run, on: date) -> str:
    """Why a run of its own has the days of the one that it replaces, as things stand on ``on``."""
    others = Payment.objects.filter(agreement__payments__run=dropped, first__lte=dropped.last)
    if others.exclude(run__state=Run.State.CANCELLED).exists():
        return OWED
    next_run_on = dropped.last + timedelta(days=1)
    if next_run_day(payment_rules(Used(on)), on) < next_run_on:  # a run it made way for was cancelled since
        return f"Its days are those of {dropped.number}, which was drafted anew."
    return why_until(next_run_on, [one for one in drafted_days(on) if dropped.first < one < next_run_on])


def start_of(agreement: Agreement) -> date:
    """The first day of support held as a direct payment, not before it was signed. Raises NothingToPay."""
    terms = terms_of([agreement.person_id])[agreement.person_id]
    starts = [run.first for line in terms.lines for run in line.active] + [one.on for one in terms.one_offs]
    if not starts:
        raise NothingToPay("Nothing in the plan is held as a direct payment.")
    return max(min(starts), agreement.signed_on)


def first_of(agreement: Agreement, on: date) -> FirstPayment:
    """What a run of its own, drafted on a day, would pay first of a direct payment: the days until the first
    four-weekly run that can still take it in, and by when. Raises NothingToPay, with why.
    """
    rules, starts_on = payment_rules(Used(on)), start_of(agreement)
    next_run_on = next_run_day(rules, on)
    found = first_payment(
        agreement.signed_on, starts_on, next_run_on, holidays(on), rules.first_payment_working_days
    )
    if found is None:
        raise NothingToPay(
            f"Support starts on {written(starts_on)}. The run from {written(next_run_on)} pays it."
        )
    return found


def from_today(pay_on: date, on: date) -> date:
    """The day, or where it has passed, the next on which a bank can pay."""
    return pay_on if pay_on >= on else working_days_after(on, 1, holidays(on))


def holidays(on: date) -> frozenset[date]:
    """The bank holidays of the years around the day."""
    return bank_holidays(on.year - 1, on.year + 1)
