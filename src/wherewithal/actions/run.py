"""Payment runs: drafted, checked, approved by another officer, sent with their file, settled or sent back.

Each step is one transaction that can be asked for again: after a crash it either happened or it did not.
Money moves when a run is sent, under keys that name the run, so that nothing is paid twice.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from wherewithal.actions.drafting import DoesNotAddUp as DoesNotAddUp
from wherewithal.actions.drafting import NothingToPay as NothingToPay
from wherewithal.actions.drafting import Outdated as Outdated
from wherewithal.actions.drafting import as_order, check_due, check_sums, draft
from wherewithal.actions.record import action, day, locked
from wherewithal.actions.run_days import OWED as OWED
from wherewithal.actions.run_days import (
    drafted_days,
    first_of,
    from_today,
    holidays,
    why_again,
    why_until,
)
from wherewithal.actions.sending import of_run, post_contributions, post_payments, take_back
from wherewithal.actions.traces import leave_traces
from wherewithal.core.payments import (
    has_come,
    pay_day,
    period_at,
)
from wherewithal.core.period import Period, working_days_after, written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.formats import pain001
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Agreement, Commitment, Contribution, Payment, Run, User
from wherewithal.records.terms import entries_of
from wherewithal.records.traces import of_file, paid_by

State = Run.State


class NotAPeriod(Refusal):
    """A first day on which no four-weekly period starts."""


class DraftedAlready(Refusal):
    """A second run for a period, or a first payment for somebody who was paid."""


class NotThatState(Refusal):
    """A step that does not follow from where the run stands."""


class TooSoon(Refusal):
    """A run told as paid before the day on which the bank pays it."""


class NotOneself(Refusal):
    """An approval by the officer who drafted the run."""


class NotSent(Refusal):
    """A payment that the bank cannot have sent back: it has not gone out, or came back already."""


class NoReason(Refusal):
    """A run cancelled, or a payment sent back, without why."""


@action("draft first payment")
def draft_first(*, agreement: Agreement, by: User, at: datetime) -> Run:
    """A run of its own for a new direct payment, paid within the days that policy gives from agreement.

    It covers the days until the first four-weekly run that can still take the person in. Raises
    DraftedAlready, NothingToPay.
    """
    on = day(at)
    if agreement.payments.exclude(run__state=State.CANCELLED).exists():
        raise DraftedAlready("A first payment was made or drafted already. Pay what is owed instead.")
    found = first_of(agreement, on)
    assert found.period.last, "a first payment is for a closed period"
    starts_on, next_run_on = found.period.first, found.period.last + timedelta(days=1)
    pay_on = from_today(found.pay_by, on)
    one = Agreement.objects.filter(pk=agreement.pk, ended_on=None)
    because = why_until(next_run_on, [one for one in drafted_days(on) if starts_on < one < next_run_on])
    return draft(Run.Kind.OFF_CYCLE, found.period, one, pay_on=pay_on, by=by, at=at, because=because)


@action("draft what is owed")
def draft_owed(*, agreement: Agreement, by: User, at: datetime, reason: str = "") -> Run:
    """A run of its own for what should have been paid by now: a payment that came back, a back-dated price.

    It pays no day ahead of those that were paid already. Raises NothingToPay.
    """
    on, person = day(at), agreement.person_id
    paid = [entry.period.last or on for entry in entries_of([person]).get(person, ())]
    if not paid:
        raise NothingToPay("Nothing was paid before. Draft the first payment instead.")
    period = Period(min(on, max(paid)), max(paid))
    one = Agreement.objects.filter(pk=agreement.pk)
    pay_on = working_days_after(on, 1, holidays(on))
    return draft(Run.Kind.OFF_CYCLE, period, one, pay_on=pay_on, by=by, at=at, because=OWED)


@action("draft payment run")
def draft_period(*, first: date, by: User, at: datetime) -> Run:
    """The four-weekly run of the period that starts on ``first``: every running agreement, paid in advance.

    Raises NotAPeriod, DraftedAlready, NothingToPay.
    """
    period = period_at(payment_rules(Used(first)).first_period_on, first)
    if period.first != first:
        raise NotAPeriod(
            f"No four-weekly period starts on {written(first)}. The one that holds it starts on "
            f"{written(period.first)}.",
            field="first",
        )
    before = Run.objects.filter(kind=Run.Kind.FOUR_WEEKLY, first=first).exclude(state=State.CANCELLED).first()
    if before is not None:
        raise DraftedAlready(f"{before.number} pays this period already.", field="first")
    assert period.last
    running = Agreement.objects.filter(ended_on=None, signed_on__lte=period.last)
    pay_on = from_today(pay_day(period, holidays(first)), day(at))
    return draft(Run.Kind.FOUR_WEEKLY, period, running, pay_on=pay_on, by=by, at=at)


@action("draft payment run anew")
def draft_again(*, run: Run, reason: str, by: User, at: datetime) -> Run:
    """A run that has not gone out is cancelled, and drafted anew for its period as things stand now.

    Raises NotThatState, NoReason, NothingToPay.
    """
    run, on = _drop(run, reason), day(at)
    held = Agreement.objects.filter(ended_on=None)
    if run.kind == Run.Kind.FOUR_WEEKLY:
        held, because = held.filter(signed_on__lte=run.last), ""
    else:
        held, because = held.filter(pk__in=run.payments.values("agreement")), why_again(run, on)
    pay_on = from_today(run.pay_on, on)
    period = Period(run.first, run.last)
    return draft(Run.Kind(run.kind), period, held, pay_on=pay_on, by=by, at=at, because=because)


@action("check payment run")
def check(*, run: Run, by: User, at: datetime) -> Run:
    """A draft that adds up, is still what is due and can be written as a bank file is checked.

    Raises NotThatState, DoesNotAddUp, Outdated, NotPain001.
    """
    run = _at(run, State.DRAFT, "checked")
    payments = _held(run)
    check_sums(run)
    check_due(run, payments)
    pain001.write(as_order(run, payments, at))
    run.state, run.checked_by, run.checked_at = State.CHECKED, by, at
    run.save(update_fields=["state", "checked_by", "checked_at"])
    return run


@action("approve payment run")
def approve(*, run: Run, by: User, at: datetime) -> Run:
    """Another officer than the one who drafted it lets it go out. Raises NotThatState, NotOneself."""
    run = _at(run, State.CHECKED, "approved")
    if run.drafted_by_id == by.pk:
        raise NotOneself(
            "You drafted this run, so you cannot approve it.", who_could="any other finance officer"
        )
    run.state, run.approved_by, run.approved_at = State.APPROVED, by, at
    run.save(update_fields=["state", "approved_by", "approved_at"])
    return run


@action("send payment run")
def send(*, run: Run, by: User, at: datetime) -> Run:
    """The file is written and kept, commitments become transfers, contributions are asked for.

    A day that has passed by then becomes the next on which a bank can pay.
    Raises NotThatState, Outdated, DoesNotAddUp, NotPain001.
    """
    run = _at(run, State.APPROVED, "sent")
    payments = _held(run)
    check_sums(run)
    check_due(run, payments)
    run.pay_on = from_today(run.pay_on, day(at))
    file = pain001.write(as_order(run, payments, at))
    run.file, run.file_name = file.decode(), f"{run.number}.xml"
    run.file_sha256 = hashlib.sha256(file).hexdigest()
    run.state, run.sent_by, run.sent_at = State.SENT, by, at
    run.save(update_fields=["pay_on", "file", "file_name", "file_sha256", "state", "sent_by", "sent_at"])
    post_payments(run, at)
    post_contributions(run, at)
    Payment.objects.filter(run=run).update(state=Payment.State.SENT)
    Agreement.objects.filter(payments__run=run, payments__pence__gt=0, first_paid_on=None).update(
        first_paid_on=run.pay_on
    )
    return run


@action("take bank file")
def take_file(*, run: Run, by: User, at: datetime) -> str:
    """The bank file as it was sent; whoever takes it leaves a trace on each person whose account is in it.

    Raises NotThatState before it is sent.
    """
    if not run.file:
        raise NotThatState(f"{run.number} has no bank file yet: it is written when the run is sent.")
    leave_traces(paid_by(run), by=by, at=at, page=of_file(run))
    return run.file


@action("settle payment run")
def settle(*, run: Run, by: User, at: datetime) -> Run:
    """The bank has paid: all payments but those that came back. Raises NotThatState, TooSoon."""
    run = _at(run, State.SENT, "settled")
    if not has_come(run.pay_on, day(at)):
        raise TooSoon(f"The bank pays {run.number} on {written(run.pay_on)}. Say so on that day or later.")
    run.state, run.settled_by, run.settled_at = State.SETTLED, by, at
    run.save(update_fields=["state", "settled_by", "settled_at"])
    Payment.objects.filter(run=run, state=Payment.State.SENT).update(state=Payment.State.SETTLED)
    return run


@action("return payment")
def return_payment(*, payment: Payment, reason: str, by: User, at: datetime) -> Payment:
    """The bank sent one payment back: its transfers are undone, and its days are unpaid again.

    What is owed goes out with the next run, or sooner by ``draft_owed``. Raises NotSent, NoReason.
    """
    payment = locked(payment)
    if payment.state not in (Payment.State.SENT, Payment.State.SETTLED):
        raise NotSent(f"This payment is “{payment.get_state_display()}”: the bank cannot have sent it back.")
    if not reason.strip():
        raise NoReason("Write down why the bank sent it back.", field="reason")
    take_back(payment, at)
    payment.state, payment.returned_because = Payment.State.RETURNED, reason.strip()[:140]
    payment.save(update_fields=["state", "returned_because"])
    agreement = locked(payment.agreement)
    paid = Payment.objects.filter(
        agreement=agreement, pence__gt=0, state__in=[Payment.State.SENT, Payment.State.SETTLED]
    ).order_by("run__pay_on")
    agreement.first_paid_on = paid.values_list("run__pay_on", flat=True).first()
    agreement.save(update_fields=["first_paid_on"])
    return payment


@action("cancel payment run")
def cancel(*, run: Run, reason: str, by: User, at: datetime) -> Run:
    """A run that has not gone out is dropped whole: its days can be drafted anew.

    Raises NotThatState, NoReason.
    """
    return _drop(run, reason)


def _drop(run: Run, reason: str) -> Run:
    run = _at(run, (State.DRAFT, State.CHECKED, State.APPROVED), "cancelled")
    if not reason.strip():
        raise NoReason("Say why the run is cancelled.", field="reason")
    pending = Commitment.objects.filter(of_run(run), state=Commitment.State.PENDING)
    pending.update(state=Commitment.State.VOIDED)
    Contribution.objects.filter(payment__run=run, transfer=None).delete()
    run.state = State.CANCELLED
    run.save(update_fields=["state"])
    return run


def _at(run: Run, wanted: str | Sequence[str], done: str) -> Run:
    run = locked(run)
    if run.state not in ([wanted] if isinstance(wanted, str) else wanted):
        raise NotThatState(f"{run.number} is “{run.get_state_display()}”, so it cannot be {done} now.")
    return run


def _held(run: Run) -> list[Payment]:
    """The run's payments, their agreements held so that nothing about them changes meanwhile."""
    payments = Payment.objects.filter(run=run).select_related("agreement", "person").order_by("end_to_end")
    list(Agreement.objects.select_for_update().filter(payments__run=run).order_by("id").values_list("id"))
    return list(payments)
