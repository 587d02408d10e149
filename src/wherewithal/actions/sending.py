"""What a run moves when it goes out, and what moves back when the bank returns a payment.

No action of its own: it runs inside the transaction of ``actions/run.py``.
"""

from datetime import datetime

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from wherewithal.actions.billing import bill
from wherewithal.actions.posting import Posting, as_transfer, post, transfer_id
from wherewithal.actions.record import day
from wherewithal.core.ledger import COUNCIL, Account, Transfer, sent_back
from wherewithal.core.period import Period
from wherewithal.records.models import Commitment, Contribution, Payment, Run
from wherewithal.records.models import Transfer as TransferRow


def of_run(run: Run) -> Q:
    """The commitments of a run, by their keys."""
    return Q(key__startswith=f"run:{run.number}:")


def post_payments(run: Run, at: datetime) -> None:
    """Every pending commitment of the run becomes its transfer, under the same key."""
    pending = Commitment.objects.filter(of_run(run), state=Commitment.State.PENDING)
    rows = pending.values_list(
        "key", "debit__person__ref", "pence", "arrangement__order_number", "arrangement_id", "first", "last"
    )
    post(
        [
            Posting(
                Transfer(key, Account("held", ref), COUNCIL, pence, run.pay_on, at, "payment", order),
                Period(first, last),
                arrangement,
                run.pk,
            )
            for key, ref, pence, order, arrangement, first, last in rows
        ]
    )
    posted = TransferRow.objects.filter(key=OuterRef("key")).values("id")
    pending.update(state=Commitment.State.POSTED, transfer_id=Subquery(posted))


def post_contributions(run: Run, at: datetime) -> None:
    """What the run asks people to pay in is owed from now on."""
    rows = list(
        Contribution.objects.filter(payment__run=run, transfer=None, due_pence__gt=0).select_related("person")
    )
    keys = {row.pk: f"run:{run.number}:contribution:{row.person.ref}:{row.first.isoformat()}" for row in rows}
    post([bill(row, key=keys[row.pk], on=run.pay_on, at=at) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE records_contribution AS asked SET transfer_id = posted.id
               FROM unnest(%s::bigint[], %s::uuid[]) AS posted (row, id) WHERE asked.id = posted.row""",
            [list(keys), [transfer_id(key) for key in keys.values()]],
        )


def take_back(payment: Payment, at: datetime) -> None:
    """The bank sent the payment back: each of its transfers is undone."""
    went = TransferRow.objects.filter(run=payment.run_id, kind="payment", debit__person=payment.person_id)
    sides = went.select_related("debit__person", "credit__person")
    post([_returned(row, at) for row in sides.order_by("key")])


def _returned(row: TransferRow, at: datetime) -> Posting:
    back = sent_back(as_transfer(row), f"returned:{row.pk}", at, on=day(at))
    days = Period(row.first, row.last) if row.first else None
    return Posting(back, days, row.arrangement_id, row.run_id, row.pk)
