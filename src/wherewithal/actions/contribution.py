"""What people pay in: received, missed, let go. It was asked for when the run of its period was sent."""

from datetime import date, datetime

from wherewithal.actions.posting import Posting, post
from wherewithal.actions.record import action, day, locked
from wherewithal.core.contribution import Bill, Receipt, standing
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.money import pounds
from wherewithal.core.period import Period, written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Contribution, Person, User
from wherewithal.records.models import Transfer as TransferRow
from wherewithal.records.terms import mode_on

State = Contribution.State
OPEN = (State.DUE, State.MISSED)


class NotAReceipt(Refusal):
    """Money of £0.00, more than was asked for, or from a day still to come."""


class NotOpen(Refusal):
    """A contribution that was paid or let go already, or was not asked for yet."""


class NoReason(Refusal):
    """A contribution let go without why."""


@action("receive contribution")
def receive(*, person: Person, pence: int, on: date, by: User, at: datetime, key: str = "") -> int:
    """The person paid in: the oldest bill is settled first. Gives the pence that are still unpaid.

    ``key`` names the receipt (a bank line, a form), so that the same one counts once however often it comes.
    Into the budget where the payment was net, to the council where it was gross. Raises NotAReceipt.
    """
    bills = list(
        Contribution.objects.select_for_update()
        .filter(person=person, state__in=OPEN, transfer__isnull=False)
        .order_by("due_on", "first")
    )
    unpaid = sum(_unpaid(bill) for bill in bills)
    prefix = f"paid in:{person.ref}:{key or f'{on.isoformat()}:{unpaid}'}:"
    if TransferRow.objects.filter(key__startswith=prefix).exists():
        return unpaid
    if on > day(at):
        raise NotAReceipt("Money cannot come from a day ahead. Check the date.", field="on")
    if not 0 < pence <= unpaid:
        raise NotAReceipt(
            f"{person.name} has {pounds(unpaid)} to pay in. Enter an amount above £0.00 and up to that.",
            field="pence",
        )
    postings, left = [], pence
    for bill in bills:
        part = min(left, _unpaid(bill))
        if part:
            postings.append(_paid_in(bill, person, part, f"{prefix}{bill.pk}", on, at))
            _settle(bill, part, on)
            left -= part
    post(postings)
    return unpaid - pence


@action("mark missed contributions")
def mark_missed(*, on: date, by: User, at: datetime) -> int:
    """Every bill that is unpaid so long after its day that it counts as missed; gives how many are new."""
    grace = payment_rules(Used(on)).contribution_grace_days
    due = Contribution.objects.select_for_update().filter(
        state=State.DUE, transfer__isnull=False, due_on__lt=on
    )
    missed = [bill.pk for bill in due.order_by("id") if _is_missed(bill, on, grace)]
    return Contribution.objects.filter(pk__in=missed).update(state=State.MISSED)


@action("let contribution go")
def waive(*, contribution: Contribution, reason: str, by: User, at: datetime) -> Contribution:
    """The council asks no more for what is unpaid of a bill. Raises NotOpen, NoReason."""
    bill = locked(contribution)
    if bill.state not in OPEN or bill.transfer_id is None:
        raise NotOpen(f"This contribution is “{bill.get_state_display()}”: there is nothing to let go.")
    if not reason.strip():
        raise NoReason("Say why the council lets it go.", field="reason")
    asked, own = Account("contribution", bill.person.ref), Account("own_share", bill.person.ref)
    key = f"contribution:{bill.pk}:let go"
    less = Transfer(key, own, asked, _unpaid(bill), day(at), at, "contribution_waived", "contribution let go")
    post([Posting(less, Period(bill.first, bill.last))])
    bill.state = State.WAIVED
    bill.save(update_fields=["state"])
    return bill


def _unpaid(bill: Contribution) -> int:
    return bill.due_pence - bill.paid_pence


def _paid_in(bill: Contribution, person: Person, pence: int, key: str, on: date, at: datetime) -> Posting:
    into = Account("held", person.ref) if mode_on(bill.first) == "net" else COUNCIL
    asked = Account("contribution", person.ref)
    about = f"contribution from {written(bill.first)}"
    return Posting(
        Transfer(key, into, asked, pence, on, at, "contribution_paid", about), Period(bill.first, bill.last)
    )


def _settle(bill: Contribution, pence: int, on: date) -> None:
    bill.paid_pence += pence
    bill.paid_on = on
    if not _unpaid(bill):
        bill.state = State.PAID
    bill.save(update_fields=["paid_pence", "paid_on", "state"])


def _is_missed(bill: Contribution, on: date, grace_days: int) -> bool:
    asked = Bill(Period(bill.first, bill.last), bill.due_pence, bill.due_on)
    came = [Receipt(bill.paid_on, bill.paid_pence)] if bill.paid_on and bill.paid_pence else []
    return standing([asked], came, on=on, grace_days=grace_days).rows[0].state == "missed"
