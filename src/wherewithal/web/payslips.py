"""What pages show of a payment's kept workings, for staff and for the person alike."""

from datetime import date
from typing import Any

from wherewithal.core.arrangement import in_days, span
from wherewithal.core.payments import PAID_FOR, has_come
from wherewithal.core.payslip import payslip, told_of
from wherewithal.core.period import Period, written
from wherewithal.core.workings import Line, from_record
from wherewithal.records.models import Payment, Person, Run


def workings_of(payment: Payment, total_says: str, of: str = "") -> dict[str, Any]:
    """For ``payslips.html``: lines that add up to ``total``, and the statements behind what was put right,
    each with its days in words. ``of``: the person's name, where somebody else reads it.
    """
    lines = from_record(payment.workings)
    slip = payslip(told_of(of, lines) if of else lines)
    return {
        "lines": list(slip.lines),
        "total": [Line(total_says, payment.pence, "pence")],
        "statements": [(one[0].says.removeprefix(PAID_FOR), list(one)) for one in slip.statements],
    }


def how_far(payment: Payment, on: date) -> str:
    """Whether a payment is being prepared, on its way, paid or back, and on which day, as staff read it."""
    pay_on = written(payment.run.pay_on)
    if payment.run.state == Run.State.CANCELLED:
        return "Dropped with its run, not paid"
    if payment.state == Payment.State.RETURNED:
        return f"Returned by the bank: {payment.returned_because}"
    if not payment.pence:
        return "Nothing to pay: the contribution covers all of it"
    if payment.state == Payment.State.DUE:
        return f"Not sent yet, to be paid on {pay_on}"
    return f"{'Paid' if has_come(payment.run.pay_on, on) else 'On its way, will be paid'} on {pay_on}"


def days_paid(of: Payment | Run) -> str:
    """``20 April 2026 to 17 May 2026, 28 days``."""
    days = Period(of.first, of.last)
    return f"{span(days)}, {in_days(days.days)}"


def by_run(person: Person) -> dict[int, tuple[str, int]]:
    """The person's payments by the id of their run: the run's number and the payment's id. One query."""
    rows = Payment.objects.filter(person=person).values_list("run_id", "run__number", "pk")
    return {run: (number, pk) for run, number, pk in rows}
