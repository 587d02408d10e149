"""How a payment run is drafted, and whether a draft is still what is due.

No action of its own: it runs inside the transaction of ``actions/run.py``, and with a fixed
number of statements however many people are paid.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from wherewithal.actions.billing import put_right
from wherewithal.actions.posting import accounts
from wherewithal.actions.record import day, next_id
from wherewithal.core.bank import BankAccount
from wherewithal.core.ledger import COUNCIL, Account
from wherewithal.core.money import pounds
from wherewithal.core.period import Period
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.settling import OFF, Settlement, settle
from wherewithal.core.workings import Workings
from wherewithal.formats.pain001 import Credit, Order
from wherewithal.policy.bank import paying_account
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Commitment,
    Contribution,
    Payment,
    PaymentLine,
    Run,
    User,
)  # fmt: skip
from wherewithal.records.terms import entries_of, mode_on, terms_of

_BATCH = 5000  # rows a statement

_SHOWN = 5  # references that a refusal names

Owed = Mapping[int, Settlement]  # by agreement


class NothingToPay(Refusal):
    """A run in which no money would go out."""


class Outdated(Refusal):
    """A draft by which too much would be paid now, or into another account."""


class DoesNotAddUp(Refusal):
    """A run whose total is not that of its payments, or a payment that is not the sum of its lines."""


def draft(
    kind: Run.Kind,
    period: Period,
    agreements: QuerySet[Agreement],
    *,
    pay_on: date,
    by: User,
    at: datetime,
    because: str = "",
) -> Run:
    """A run that pays each agreement all that is due up to the end of ``period`` (closed) and was not paid.
    ``because``: why it pays these days, in a sentence or two for everybody to read.

    Raises NothingToPay, PaidTwice, NotPayable.
    """
    held = list(agreements.select_for_update(of=("self",)).select_related("person").order_by("id"))
    owed = {pk: one for pk, one in owed_to(held, period).items() if one.parts}
    if not any(one.pence for one in owed.values()):
        raise NothingToPay("There is nothing to pay: everybody is paid up to that day already.")
    number = next_id(Run)
    run = Run.objects.create(
        id=number,
        number=f"RUN-{number:06d}",
        kind=kind,
        first=period.first,
        last=_last(period),
        days_because=because,
        pay_on=pay_on,
        drafted_by=by,
        drafted_at=at,
        total_pence=sum(one.pence for one in owed.values()),
        payments_count=sum(one.pence > 0 for one in owed.values()),
    )
    paid = sorted((one for one in held if one.pk in owed), key=lambda one: one.person.ref)
    payments = Payment.objects.bulk_create(
        [_payment(run, place, one, owed[one.pk]) for place, one in enumerate(paid, 1)], batch_size=_BATCH
    )
    _write_lines(payments, owed)
    _commit(run, payments, owed)
    _ask_contributions(run, payments, owed, at)
    return run


def check_due(run: Run, payments: Sequence[Payment]) -> None:
    """Raises Outdated where too much would go out now, or to an account that is no longer theirs.

    Where more has fallen due since, the rest goes out with the next run.
    """
    if changed := _outdated(run, payments):
        others = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise Outdated(
            f"Since this run was drafted, less is due to {', '.join(changed[:_SHOWN])}{others}, or their "
            "bank account has changed. Draft it anew."
        )


def check_sums(run: Run) -> None:
    """Raises DoesNotAddUp."""
    payments = Payment.objects.filter(run=run)
    total = payments.aggregate(total=Sum("pence"))["total"] or 0
    if total != run.total_pence:
        raise DoesNotAddUp(f"The payments come to {pounds(total)}, the run to {pounds(run.total_pence)}.")
    summed = payments.annotate(lines_pence=Coalesce(Sum("lines__pence"), 0))
    if wrong := summed.exclude(lines_pence=F("pence")).first():
        raise DoesNotAddUp(f"Payment {wrong.end_to_end} is not the sum of its lines. Cancel and draft anew.")


def as_order(run: Run, payments: Iterable[Payment], at: datetime) -> Order:
    """The run as its bank file says it; a payment of nothing stays out. Raises NoPolicy, NotBankDetails.

    The payee sees the person's reference at the council, and never a name.
    """
    credits = [
        Credit(
            payment.end_to_end,
            BankAccount(payment.payee_name, payment.sort_code, payment.account_number),
            payment.pence,
            payment.person.ref,
        )
        for payment in payments
        if payment.pence
    ]
    return Order(run.number, run.number, at, run.pay_on, paying_account(Used(run.pay_on)), credits)


def owed_to(held: Sequence[Agreement], period: Period, besides: Run | None = None) -> Owed:
    """What each is due up to the end of ``period`` and was not paid by a run other than ``besides``."""
    people = [one.person_id for one in held]
    terms, entries = terms_of(people), entries_of(people, besides=besides)
    return {
        one.pk: settle(terms[one.person_id], entries.get(one.person_id, ()), _last(period), mode_on)
        for one in held
    }


def _outdated(run: Run, payments: Sequence[Payment]) -> list[str]:
    """The references of the people concerned."""
    owed = owed_to([payment.agreement for payment in payments], Period(run.first, run.last), run)
    return [
        payment.person.ref
        for payment in payments
        if payment.pence > owed[payment.agreement_id].pence or _moved(payment)
    ]


def _payment(run: Run, place: int, agreement: Agreement, owed: Settlement) -> Payment:
    days = _days(owed)
    workings = Workings(list(owed.lines))
    return Payment(
        run=run,
        agreement=agreement,
        person=agreement.person,
        end_to_end=f"{run.number}-{place:06d}",
        pence=owed.pence,
        gross_pence=owed.gross_pence,
        contribution_pence=owed.taken_off_pence,
        first=days.first,
        last=_last(days),
        payee_name=agreement.payee_name,
        sort_code=agreement.sort_code,
        account_number=agreement.account_number,
        workings=workings.record(),
    )


def _days(owed: Settlement) -> Period:
    """The days that are paid for the first time, or where there are none, those that differ."""
    fresh = [part.period for part in owed.parts if part.lines] or [part.period for part in owed.parts]
    return Period(min(one.first for one in fresh), max(_last(one) for one in fresh))


def _last(period: Period) -> date:
    assert period.last, "what is paid is a closed period"
    return period.last


def _write_lines(payments: Iterable[Payment], owed: Owed) -> None:
    arrangements = _arrangements(owed)
    PaymentLine.objects.bulk_create(
        [
            PaymentLine(
                payment=payment,
                arrangement_id=arrangements.get(part.reference),
                pence=part.pence,
                first=part.period.first,
                last=_last(part.period),
                workings=Workings(list(part.lines)).record(),
            )
            for payment in payments
            for part in owed[payment.agreement_id].parts
        ],
        batch_size=_BATCH,
    )


def _commit(run: Run, payments: Sequence[Payment], owed: Owed) -> None:
    """A commitment for each arrangement that carries a share of the money, by its purchase order number."""
    arrangements = _arrangements(owed)
    sides = accounts([COUNCIL, *(Account("held", payment.person.ref) for payment in payments)])
    Commitment.objects.bulk_create(
        [
            Commitment(
                key=f"run:{run.number}:{order}:{payment.first.isoformat()}",
                arrangement_id=arrangements[order],
                debit_id=sides[Account("held", payment.person.ref)],
                credit_id=sides[COUNCIL],
                pence=pence,
                first=payment.first,
                last=payment.last,
            )
            for payment in payments
            for order, pence in owed[payment.agreement_id].by_reference().items()
            if pence
        ],
        batch_size=_BATCH,
    )


def _ask_contributions(run: Run, payments: Sequence[Payment], owed: Owed, at: datetime) -> None:
    """A bill for each period that is paid for the first time; bills of earlier periods are put right."""
    days = timedelta(days=payment_rules(Used(run.first)).contribution_due_days)
    fresh: list[Contribution] = []
    before: dict[int, dict[Period, int]] = {}
    for payment in payments:
        new = {part.period for part in owed[payment.agreement_id].parts if part.lines}
        for period, pence in owed[payment.agreement_id].contributions.items():
            if period not in new:
                before.setdefault(payment.person_id, {})[period] = pence
            elif pence:
                fresh.append(
                    Contribution(
                        person=payment.person,
                        payment=payment,
                        first=period.first,
                        last=_last(period),
                        due_on=period.first + days,
                        due_pence=pence,
                    )
                )
    put_right(before, cause=run.number, on=day(at), at=at)
    Contribution.objects.bulk_create(fresh, batch_size=_BATCH)


def _arrangements(owed: Owed) -> dict[str, int]:
    orders = {part.reference for one in owed.values() for part in one.parts} - {OFF}
    return dict(Arrangement.objects.filter(order_number__in=orders).values_list("order_number", "id"))


def _moved(payment: Payment) -> bool:
    now, then = payment.agreement, payment
    return (now.payee_name, now.sort_code, now.account_number) != (
        then.payee_name,
        then.sort_code,
        then.account_number,
    )
