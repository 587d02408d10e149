"""Money out and contributions in: the agreement, the first payment, and the council's four-weekly runs."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import groupby

from wherewithal.actions import contribution as contributions
from wherewithal.actions import direct_payment, drafting
from wherewithal.actions import run as runs
from wherewithal.core.payments import pay_day, period_at
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Agreement, Contribution, Decision, Payment, Run, User
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import after, before, moment
from wherewithal.simulate.persona import chance
from wherewithal.simulate.town import One, Town

FOUR_WEEKS = timedelta(days=28)
CHANGED = "What is due has changed since it was drafted."
SENT_BACK = "The account was closed."
LET_GO = "Could not pay while costs at home were high. The manager agreed to ask no more for these weeks."
RUNG_AFTER_MISSED = 3  # bills, or twelve weeks
DRAFTED_BEFORE, SENT_BEFORE = 7, 3  # working days before the pay day


def sign(one: One, allowed: Decision, at: datetime) -> Life:
    """The agreement within days of the plan, onto a card or into a bank account; then the first payment."""
    rng = one.is_.rng("sign")
    officer = one.staff(Role.DIRECT_PAYMENT_OFFICER, "sign")
    on_card = rng.random() < 0.85 or one.is_.number == 1
    holder = allowed.content["holder"]
    signed = direct_payment.sign(
        decision=allowed,
        paid_to=Agreement.PaidTo.CARD if on_card else Agreement.PaidTo.BANK,
        payee_name=holder,
        sort_code="00-00-00",  # no bank has it
        account_number=f"{10_000_000 + one.is_.number}",
        card=card_of(one.is_.number) if on_card else "",
        signed_on=at.date(),
        by=officer,
        at=at,
    )
    one.has_direct_payment = True
    yield from _first_payment(one, signed, officer, after(at, rng, 0))


def card_of(number: int) -> str:
    """The card provider's number for a person's card; no full card number, which is kept nowhere."""
    return f"EXC-{number:06d}"


def _first_payment(one: One, signed: Agreement, officer: User, at: datetime) -> Life:
    """Within two working days of agreement, or of when something falls due: a run of its own, unless a
    four-weekly one comes first.
    """
    rng = one.is_.rng("first payment")
    while True:
        at = yield at
        signed.refresh_from_db()
        if signed.ended_on:
            return
        try:
            run = runs.draft_first(agreement=signed, by=officer, at=at)
            break
        except runs.DraftedAlready:
            return
        except drafting.NothingToPay:
            at = after(at, rng, 1, 2)
    checker, approver = one.town.cast.all(Role.FINANCE)[:2]
    runs.check(run=run, by=checker, at=at + timedelta(minutes=20))
    at = yield at + timedelta(minutes=50)
    runs.approve(run=run, by=approver, at=at)
    _send(run, approver, at + timedelta(minutes=5))
    at = yield moment(max(run.pay_on, at.date() + timedelta(days=1)), 15)
    runs.settle(run=run, by=checker, at=at)


def four_weekly(town: Town) -> Life:
    """Every four weeks: drafted, checked, approved by the other officer, sent, settled on the pay day."""
    drafter, approver = town.cast.all(Role.FINANCE)[:2]
    anchor = payment_rules(Used(town.last_day)).first_period_on
    first = period_at(anchor, town.years.first).first
    while True:
        first += FOUR_WEEKS
        pay_on = _paid_on(first)
        at = yield moment(before(pay_on, DRAFTED_BEFORE), 10)
        try:
            run = runs.draft_period(first=first, by=drafter, at=at)
        except drafting.NothingToPay:
            continue
        runs.check(run=run, by=drafter, at=at + timedelta(minutes=40))
        at = yield moment(before(pay_on, SENT_BEFORE), 10)
        run = _sent(run, drafter, approver, at)
        at = yield moment(run.pay_on, 16)
        runs.settle(run=run, by=drafter, at=at)
        _send_back(town, run, drafter, at)


def _paid_on(first: date) -> date:
    return pay_day(period_at(first, first), bank_holidays(first.year - 1, first.year + 1))


def _sent(run: Run, drafter: User, approver: User, at: datetime) -> Run:
    runs.approve(run=run, by=approver, at=at)
    try:
        return _send(run, approver, at + timedelta(minutes=5))
    except runs.Outdated:
        again = _anew(run, drafter, at + timedelta(minutes=20))
        runs.approve(run=again, by=approver, at=at + timedelta(minutes=60))
        return _send(again, approver, at + timedelta(minutes=65))


def _send(run: Run, by: User, at: datetime) -> Run:
    """Sent, and its file downloaded for the bank a minute later."""
    sent = runs.send(run=run, by=by, at=at)
    runs.take_file(run=sent, by=by, at=at + timedelta(minutes=1))
    return sent


def _anew(run: Run, by: User, at: datetime) -> Run:
    """Somebody went into hospital or died since the draft: it is dropped, drafted and checked again."""
    again = runs.draft_again(run=run, reason=CHANGED, by=by, at=at)
    return runs.check(run=again, by=by, at=at + timedelta(minutes=20))


def _send_back(town: Town, run: Run, by: User, at: datetime) -> None:
    """The bank returns a payment of whoever that befalls, once; it goes out again under its own run."""
    numbers = [pk for pk, number in town.numbers.items() if town.twist(number) == "returned"]
    ready = run.payments.filter(person__in=numbers, pence__gt=0, person__payments__returned_because="")
    payment = ready.exclude(person__payments__state=Payment.State.RETURNED).first()
    if payment is None:
        return
    runs.return_payment(payment=payment, reason=SENT_BACK, by=by, at=at)
    town.calendar.add(_pay_again(town, payment.agreement, after(at, town.rng(f"again {run.number}"), 2, 4)))


def _pay_again(town: Town, agreement: Agreement, at: datetime) -> Life:
    checker, approver = town.cast.all(Role.FINANCE)[:2]
    at = yield at
    try:
        run = runs.draft_owed(agreement=agreement, by=checker, at=at)
    except drafting.NothingToPay:
        return
    runs.check(run=run, by=checker, at=at + timedelta(minutes=20))
    runs.approve(run=run, by=approver, at=at + timedelta(minutes=40))
    _send(run, approver, at + timedelta(minutes=45))
    at = yield moment(max(run.pay_on, at.date() + timedelta(days=1)), 15)
    runs.settle(run=run, by=checker, at=at)


def contributions_come_in(town: Town, at: datetime) -> None:
    """Most people pay what they are asked, some late, a few not at all."""
    officer, numbers = town.cast.all(Role.FINANCE)[0], town.numbers
    due = Contribution.objects.filter(state="due", due_pence__gt=0, transfer__isnull=False)
    for bill in due.filter(due_on__lte=at.date()).select_related("person").order_by("person_id", "first"):
        number = numbers[bill.person_id]
        pays = 0.25 if town.twist(number) == "idle" else 0.88
        if chance(town.seed, number, f"contribution {bill.first} {at.date()}").random() < pays:
            contributions.receive(
                person=bill.person, pence=bill.due_pence - bill.paid_pence, on=at.date(),
                key=f"bank {bill.pk}",
                by=officer, at=at,
            )  # fmt: skip
    contributions.mark_missed(on=at.date(), by=officer, at=at)
    act_on_missed(town, at)


def act_on_missed(town: Town, at: datetime) -> None:
    """Whoever has missed so many is rung: most then pay all of it, the others are let off with a reason."""
    officer = town.cast.all(Role.FINANCE)[0]
    missed = (
        Contribution.objects.filter(state="missed").select_related("person").order_by("person_id", "first")
    )
    for _, rows in groupby(missed, key=lambda bill: bill.person_id):
        bills = list(rows)
        if len(bills) < RUNG_AFTER_MISSED:
            continue
        person, number = bills[0].person, town.numbers[bills[0].person_id]
        if chance(town.seed, number, f"rung {bills[0].first}").random() < 0.8:
            contributions.receive(
                person=person, pence=sum(bill.due_pence - bill.paid_pence for bill in bills), on=at.date(),
                key=f"rung {bills[-1].pk}", by=officer, at=at,
            )  # fmt: skip
            continue
        for bill in bills:
            contributions.waive(contribution=bill, reason=LET_GO, by=officer, at=at)


def waiting_at_the_end(town: Town) -> Life:
    """Something for the second finance officer: the next run, drafted and checked, unless one waits."""
    at = yield town.until - timedelta(hours=1)
    drafter = town.cast.all(Role.FINANCE)[0]
    runs_so_far = Run.objects.exclude(state=Run.State.CANCELLED)
    if runs_so_far.filter(state__in=(Run.State.DRAFT, Run.State.CHECKED)).exists():
        return
    last = runs_so_far.filter(kind=Run.Kind.FOUR_WEEKLY).order_by("first").last()
    if last is not None:
        with suppress(drafting.NothingToPay):
            run = runs.draft_period(first=last.first + FOUR_WEEKS, by=drafter, at=at)
            runs.check(run=run, by=drafter, at=at + timedelta(minutes=15))
