"""What pages show of a payment's kept workings, for staff and for the person alike."""

from typing import Any

from wherewithal.core.payments import PAID_FOR
from wherewithal.core.payslip import payslip
from wherewithal.core.workings import Line, from_record
from wherewithal.records.models import Payment, Person


def workings_of(payment: Payment, total_says: str) -> dict[str, Any]:
    """For ``payslips.html``: lines that add up to ``total``, and the statements behind what was put right,
    each with its days in words.
    """
    slip = payslip(from_record(payment.workings))
    return {
        "lines": list(slip.lines),
        "total": [Line(total_says, payment.pence, "pence")],
        "statements": [(one[0].says.removeprefix(PAID_FOR), list(one)) for one in slip.statements],
    }


def by_run(person: Person) -> dict[int, tuple[str, int]]:
    """The person's payments by the id of their run: the run's number and the payment's id. One query."""
    rows = Payment.objects.filter(person=person).values_list("run_id", "run__number", "pk")
    return {run: (number, pk) for run, number, pk in rows}
