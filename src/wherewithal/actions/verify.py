"""Does everything hold together? The books, the runs with their files, and the audit.

No action: it reads, at one moment, and changes nothing.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Sum

from wherewithal.core.ledger import reconcile_lines
from wherewithal.formats import pain001
from wherewithal.records.audit import audit
from wherewithal.records.books import (
    Check,
    accounts,
    budgets,
    card_lines,
    commitments,
    contributions,
    held,
    reversals,
)
from wherewithal.records.models import Payment, PaymentLine, Run, Transfer


def verify() -> Iterator[Check]:
    """Every check as it is done, with what it looked at and the faults that it found, as of one moment."""
    with _one_moment():
        for check in (
            accounts,
            held,
            reversals,
            commitments,
            contributions,
            card_lines,
            runs,
            payments,
            budgets,
        ):
            yield check()
        yield audit()


def runs() -> Check:
    """Each run that went out equals its file and its transfers: by payment, in all, by the file's hash."""
    faults: list[str] = []
    count = 0
    gone_out = Run.objects.filter(state__in=[Run.State.SENT, Run.State.SETTLED]).order_by("number")
    for run in gone_out.iterator(chunk_size=10):
        faults += [f"{run.number}: {fault}" for fault in _run_faults(run)]
        count += 1
    return Check("Runs equal their files and transfers", f"{count:,} runs", tuple(faults))


def payments() -> Check:
    """Each payment is the sum of its lines, and each run the sum of its payments."""
    summed = Payment.objects.annotate(lines_pence=Sum("lines__pence")).values_list(
        "end_to_end", "pence", "lines_pence", "run__number"
    )
    faults, totals, count = [], dict.fromkeys(Run.objects.values_list("number", flat=True), 0), 0
    for end_to_end, pence, lines_pence, number in summed.iterator():
        totals[number] += pence
        count += 1
        if pence != (lines_pence or 0):
            faults.append(f"{end_to_end} is not the sum of its lines")
    stated = dict(Run.objects.values_list("number", "total_pence"))
    faults += [
        f"{number} is not the sum of its payments" for number in totals if totals[number] != stated[number]
    ]
    lines = PaymentLine.objects.count()
    return Check("Payments are the sum of their lines", f"{count:,} payments, {lines:,} lines", tuple(faults))


def _run_faults(run: Run) -> Iterator[str]:
    if hashlib.sha256(run.file.encode()).hexdigest() != run.file_sha256:
        yield "the file is not the one that was sent"
    try:
        file = pain001.read(run.file.encode())
    except pain001.NotPain001 as refusal:
        yield refusal.says
        return
    if (file.run_id, file.pay_on, file.total_pence, file.count) != (
        run.number,
        run.pay_on,
        run.total_pence,
        run.payments_count,
    ):
        yield "the file’s number, day, total or count is not the run’s"
    paid = run.in_file
    ids = dict(paid.values_list("person_id", "end_to_end"))
    posted = Transfer.objects.filter(run=run, kind="payment").order_by()
    ledger = dict(posted.values_list("debit__person_id").annotate(Sum("pence")))
    yield from reconcile_lines(
        {
            "run": dict(paid.values_list("end_to_end", "pence")),
            "ledger": {ids.get(person, f"person {person}"): pence for person, pence in ledger.items()},
            "file": file.pence_by_id,
        }
    )


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is as it was at its start, whatever is written meanwhile."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
