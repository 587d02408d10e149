"""Support as it changes while it runs: its price, a stay in hospital, its end.

What was paid in advance for days that are no longer due comes back at once, to the penny, by transfers. What
a person is still owed goes out with the next run.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from wherewithal.actions.billing import put_right
from wherewithal.actions.posting import Posting, post
from wherewithal.actions.record import action, day, locked
from wherewithal.core import arrangement as core
from wherewithal.core import price_change
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.payments import Difference
from wherewithal.core.period import Period, written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.settling import Back, overpaid, statement
from wherewithal.policy.delegation import price_leeway
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Agreement, Arrangement, Person, Price, Suspension, User
from wherewithal.records.models import Transfer as TransferRow
from wherewithal.records.terms import agreed_price, bought_once, entries_of, mode_on, terms_of

State = Arrangement.State
DAY = timedelta(days=1)


class NotRunning(Refusal):
    """A change to support that has ended, or does not run on that day."""


class NotAPrice(Refusal):
    """A price of nothing, or one for something that is bought once."""


class NotADay(Refusal):
    """A day before support starts, or a stay that ends before it begins."""


class NothingToSuspend(Refusal):
    """A stay so short that all of it is paid, or support that is suspended already."""


class NotSuspended(Refusal):
    """Support taken up again that was not suspended."""


class NoReason(Refusal):
    """A change without its why."""


@action("change price")
def reprice(
    *, arrangement: Arrangement, first: date, pence_per_week: int, reason: str, by: User, at: datetime
) -> Difference:
    """A new price from ``first`` on; one that starts on the same day is put right.

    Gives the difference statement over what was paid already: above 0 it goes out with the next run, below 0
    it is taken off there. Raises NotRunning, NotADay, NotAPrice, NoReason, NeedsANewVersion.
    """
    row = _running(arrangement, first)
    _needs(reason)
    if pence_per_week <= 0:
        raise NotAPrice("A price is above £0.00 a week. To stop paying, end it.", field="pence_per_week")
    if bought_once(row) is not None:
        raise NotAPrice(
            "This is bought once, so it has no price a week. Change it in a new version of the plan."
        )
    if first < row.first:
        raise NotADay(f"Support starts on {written(row.first)}: a price cannot start earlier.", field="first")
    if (agreed := agreed_price(row)) is not None:
        price_change.check(agreed, first, pence_per_week, price_leeway(Used(day(at))))
    before = row.prices.filter(first__lte=first).last()
    if before is not None and before.pence_per_week == pence_per_week:
        raise NotAPrice("It costs that already on this day, so nothing changes.", field="pence_per_week")
    Price.objects.update_or_create(arrangement=row, first=first, defaults={"pence_per_week": pence_per_week})
    return _statement(row.person_id)


@action("suspend support")
def suspend(
    *,
    arrangement: Arrangement,
    first: date,
    by: User,
    at: datetime,
    last: date | None = None,
    why: str = "in hospital",
    hospital: bool = True,
    all_support: bool = False,
    reason: str = "",
) -> int:
    """Nothing is due from ``first`` until it is taken up again, or to ``last``; gives the pence coming back.

    In hospital, the first days are still paid, as many as policy says. ``all_support`` suspends all that the
    person holds the same way. Raises NotRunning, NotADay, NothingToSuspend, NoReason.
    """
    if not why.strip():
        raise NoReason("Say why nothing is needed for a while.", field="why")
    if last is not None and last < first:
        raise NotADay("The last day cannot come before the first.", field="last")
    row = _running(arrangement, first)
    paid_days = payment_rules(Used(first)).hospital_days_still_paid if hospital else 0
    stay = core.hospital(first, last, paid_days)
    if stay is None:
        raise NothingToSuspend(f"The first {paid_days} days of a stay are paid, so nothing is suspended.")
    for one in _alongside(row, all_support, (State.PLANNED, State.ACTIVE)):
        _suspend(one, stay.days, why.strip())
    return _bring_back(row.person, at)


@action("resume support")
def resume(
    *,
    arrangement: Arrangement,
    on: date,
    by: User,
    at: datetime,
    all_support: bool = False,
    reason: str = "",
) -> int:
    """Support runs again from ``on``; gives the pence that the person is owed, to go out with the next run.

    Raises NotSuspended.
    """
    row = locked(arrangement)
    open_ones = Suspension.objects.filter(
        arrangement__in=_alongside(row, all_support, (State.SUSPENDED,)), last=None
    )
    found = list(open_ones.select_related("arrangement").order_by("id"))
    if not found:
        raise NotSuspended(f"{row} is not suspended.")
    for suspension in found:
        _resume(suspension, on)
    return max(0, _statement(row.person_id).pence)


@action("end support")
def end(*, arrangement: Arrangement, on: date, because: str, by: User, at: datetime, reason: str = "") -> int:
    """``on`` is the last day that is paid for; gives the pence coming back. Raises NotRunning, NoReason."""
    row = _running(arrangement, arrangement.first)
    _needs(because, "because")
    _end(row, on, because, day(at))
    return _bring_back(row.person, at)


@action("end all support")
def end_all(*, person: Person, on: date, because: str, by: User, at: datetime, reason: str = "") -> int:
    """Somebody died, moved or needs no more support: all of it ends on ``on``, with the direct payment.

    Gives the pence coming back. Raises NoReason.
    """
    _needs(because, "because")
    running = Arrangement.objects.select_for_update().filter(person=person).exclude(state=State.ENDED)
    for row in running.order_by("id"):
        _end(row, on, because, day(at))
    for agreement in Agreement.objects.select_for_update().filter(person=person, ended_on=None):
        agreement.ended_on, agreement.end_reason = max(on, agreement.signed_on), because.strip()[:200]
        agreement.save(update_fields=["ended_on", "end_reason"])
    return _bring_back(person, at)


@action("take back what was paid ahead")
def take_back(*, person: Person, by: User, at: datetime, reason: str = "") -> int:
    """What was paid for days that are no longer due comes back; gives the pence (0: nothing was).

    For a direct payment that was stopped, or support that a new plan ended and nothing followed.
    """
    return _bring_back(person, at)


def _running(arrangement: Arrangement, on: date) -> Arrangement:
    row = locked(arrangement)
    if row.state == State.ENDED or (row.last is not None and on > row.last):
        ended = f" on {written(row.last)}" if row.last else ""
        raise NotRunning(f"{row} ended{ended}. Start a new version of the plan for new support.")
    return row


def _alongside(row: Arrangement, all_support: bool, states: Sequence[str]) -> list[Arrangement]:
    """The arrangement, or with ``all_support`` all in those states that the person holds the same way."""
    if not all_support:
        return [row]
    alike = Arrangement.objects.select_for_update().filter(
        person=row.person_id, held=row.held, state__in=states
    )
    return list(alike.order_by("id"))


def _suspend(row: Arrangement, stay: Period, why: str) -> None:
    if any(stay.shared_with(Period(one.first, one.last)) for one in row.suspensions.all()):
        raise NothingToSuspend(f"{row} is suspended on some of these days already.")
    Suspension.objects.create(arrangement=row, first=stay.first, last=stay.last, why=why[:200])
    if stay.last is None:
        row.state = State.SUSPENDED
        row.save(update_fields=["state"])


def _resume(suspension: Suspension, on: date) -> None:
    if on <= suspension.first:
        suspension.delete()
    else:
        suspension.last = on - DAY
        suspension.save(update_fields=["last"])
    suspension.arrangement.state = State.ACTIVE
    suspension.arrangement.save(update_fields=["state"])


def _end(row: Arrangement, on: date, because: str, today: date) -> None:
    """Support that had not begun is over on its first day, at a price of nothing."""
    if on < row.first:
        row.prices.update(pence_per_week=0)
    last = max(on, row.first)
    row.last = min(last, row.last) if row.last else last
    row.ended_because = because.strip()[:200]
    if row.last <= today or on < row.first:
        row.state = State.ENDED
    row.save(update_fields=["last", "ended_because", "state"])


def _statement(person: int) -> Difference:
    paid = entries_of([person], only_sent=True).get(person, ())
    return statement(terms_of([person])[person], paid, mode_on)


def _bring_back(person: Person, at: datetime) -> int:
    """Reclaim what went out for days that are no longer due, and put the bills for those days right."""
    list(Agreement.objects.select_for_update().filter(person=person).order_by("id").values_list("id"))
    entries = entries_of([person.pk], only_sent=True).get(person.pk, ())
    found = overpaid(terms_of([person.pk])[person.pk], entries, mode_on)
    before = TransferRow.objects.filter(kind="reclaim", credit__person=person).count()
    orders = {back.reference for back in found.back}
    ids = dict(Arrangement.objects.filter(order_number__in=orders).values_list("order_number", "id"))
    post(
        [
            _reclaim(person, back, ids[back.reference], before + place, at)
            for place, back in enumerate(found.back, 1)
        ]
    )
    put_right({person.pk: found.contributions}, cause=f"reclaim {before}", on=day(at), at=at)
    return found.pence


def _reclaim(person: Person, back: Back, arrangement: int, place: int, at: datetime) -> Posting:
    held = Account("held", person.ref)
    key = f"reclaim:{person.ref}:{place}"
    transfer = Transfer(key, COUNCIL, held, back.pence, day(at), at, "reclaim", back.reference)
    return Posting(transfer, back.period, arrangement)


def _needs(text: str, field: str = "reason") -> None:
    if not text.strip():
        raise NoReason("Say why.", field=field)
