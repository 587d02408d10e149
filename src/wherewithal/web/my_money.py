"""The figures of ``/my/`` for a direct payment: what is left, what comes next, where it goes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from wherewithal.core.arrangement import ArrangementLine
from wherewithal.core.left import Left, left_to_spend, planned_by
from wherewithal.core.money import pounds
from wherewithal.core.paid_ahead import ahead_pence, paid_ahead
from wherewithal.core.payments import OneOff, Terms, next_payment, period_at
from wherewithal.core.period import Period, written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.set_aside import set_aside
from wherewithal.core.settling import settle
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import PaymentRules, payment_rules
from wherewithal.records import holding
from wherewithal.records.holding import Spent, Supported
from wherewithal.records.models import Contribution, Payment, Person, Run
from wherewithal.records.models.plan import HowOften
from wherewithal.records.terms import entries_of, mode_on, terms_of

DAY = timedelta(days=1)
UNMATCHED = "Not linked to the plan yet"
NO_OUTCOME = "Other parts of the plan"
WHOLE_BILLS = (HowOften.MONTHLY, HowOften.QUARTERLY, HowOften.YEARLY)
GONE = (Payment.State.SETTLED, Payment.State.RETURNED)


@dataclass(frozen=True)
class Coming:
    """The next payment: the day it comes, the first day that it is for; ``pence`` None: not known yet.
    ``payment`` is its id where it stands in a run already.
    """

    on: date
    first: date
    pence: int | None
    payment: int | None = None


@dataclass(frozen=True)
class Share:
    """What the person still has to pay in for the days from ``first`` to ``last``. ``overdue``: its day is
    over; ``late``: so are the days of grace; ``payment``: the id of the payment that was made less by it,
    None for a bill.
    """

    pence: int
    first: date
    last: date
    due_on: date
    overdue: bool
    late: bool
    into_budget: bool
    payment: int | None


@dataclass(frozen=True)
class Outcome:
    """One outcome of the plan over the period, in pence."""

    text: str
    planned_pence: int
    spent_pence: int


@dataclass(frozen=True)
class Money:
    """``left`` is None once payments have stopped. ``planned_pence`` is what the plan would have spent up to
    yesterday, of ``total_pence`` over the whole ``period``: today is among what it still needs. ``support``
    is all that was ever arranged.
    """

    held_pence: int
    left: Left | None
    coming: Coming | None
    shares: list[Share]
    period: Period
    outcomes: list[Outcome]
    planned_pence: int
    support: list[Supported]

    @property
    def spent_pence(self) -> int:
        return sum(outcome.spent_pence for outcome in self.outcomes)

    @property
    def total_pence(self) -> int:
        return sum(outcome.planned_pence for outcome in self.outcomes)

    @property
    def until(self) -> str:
        """The sentence under the number: until when it lasts, and what comes next."""
        assert self.left is not None, "payments go on"
        words = f"until {weekday(self.left.until)}."
        if self.coming is None:
            return f"{words} No payment is planned after that."
        amount = pounds(self.coming.pence) if self.coming.pence is not None else "The next payment"
        words += f" {amount} comes on {weekday(self.coming.on, year=False)}"
        late = self.coming.first > self.coming.on
        return (
            f"{words}, for the time from {weekday(self.coming.first, year=False)}." if late else f"{words}."
        )

    @property
    def weeks(self) -> str:
        """``20 April to 17 May 2026``, ``2 to 29 November 2026``."""
        first, last = self.period.first, self.period.last or self.period.first
        month = f" {first:%B}" if first.month != last.month else ""
        year = f" {first.year}" if first.year != last.year else ""
        return f"{first.day}{month}{year} to {written(last)}"

    @property
    def short_pence(self) -> int:
        """What the plan needs more than there is, where it does; else 0."""
        return max(0, -self.left.pence) if self.left else 0

    @property
    def bills(self) -> list[str]:
        """What is paid whole by the month or longer, and is planned here by the day as all else is."""
        running = [one for one in self.support if one.held == "direct_payment" and one.state == "active"]
        return [one.what for one in running if one.how_often in WHOLE_BILLS]

    @property
    def paused(self) -> bool:
        """Is every part of the direct payment that has not ended suspended, as in a hospital stay?"""
        direct = [one.state for one in self.support if one.held == "direct_payment" and one.state != "ended"]
        return bool(direct) and set(direct) == {"suspended"}


def money(person: Person, on: date, *, running: bool) -> Money:
    """How the direct payment stands on ``on``; a dozen queries, however long its history.

    ``running``: an agreement is in force, so that there is a next payment.
    """
    rules = payment_rules(Used(on))
    period = period_at(rules.first_period_on, on)
    terms = terms_of([person.pk])[person.pk]
    held = holding.held_pence(person, on)
    shares = open_shares(person, on)
    spent = holding.spent(person, period)
    coming = left = None
    if running:
        coming, next_on = _coming(person, terms, rules, on)
        to_come = sum(share.pence for share in shares if share.into_budget and not share.late)
        left = left_to_spend(
            held, terms.lines, on=on, next_payment_on=next_on, contribution_to_come_pence=to_come
        )
        left = paid_ahead(left, _ahead(terms.lines, spent, period, on, left.until))
        left = set_aside(left, _to_buy(terms.one_offs, spent, next_on))
    support = holding.supported(person, on)
    return Money(
        held_pence=held,
        left=left,
        coming=coming,
        shares=shares,
        period=period,
        outcomes=_outcomes(support, terms, spent, period),
        planned_pence=_planned(terms.lines, terms.one_offs, period, on - DAY),
        support=support,
    )


def open_shares(person: Person, on: date) -> list[Share]:
    """What they were asked to pay in and have not, the oldest first."""
    asked = Contribution.objects.filter(
        person=person, state__in=[Contribution.State.DUE, Contribution.State.MISSED], transfer__on__lte=on
    )
    return _shares(asked, on)


def shares_of(payment: Payment, on: date) -> list[Share]:
    """What they are asked to pay in beside a payment that is on its way. One query."""
    return _shares(payment.contributions.filter(state=Contribution.State.DUE), on)


def _shares(asked: QuerySet[Contribution], on: date) -> list[Share]:
    return [
        Share(
            one.due_pence - one.paid_pence,
            one.first,
            one.last,
            one.due_on,
            one.due_on < on,
            one.state == Contribution.State.MISSED,
            mode_on(one.first) == "net",
            one.payment_id,
        )
        for one in asked.order_by("due_on", "pk")
        if one.due_pence > one.paid_pence
    ]


def weekday(day: date, *, year: bool = True) -> str:
    """``Monday 18 May 2026``, or without the year."""
    return f"{day:%A} {written(day)}" if year else f"{day:%A} {day.day} {day:%B}"


def _coming(person: Person, terms: Terms, rules: PaymentRules, on: date) -> tuple[Coming | None, date]:
    """The next payment, and the first day that what is held now need not last for any more.

    A payment that stands in a run is as the run has it; otherwise it is worked out as the next run would.
    """
    drafted = on_its_way(person, on)
    if drafted is not None:
        coming = Coming(drafted.run.pay_on, drafted.first, drafted.pence, drafted.pk)
        return coming, drafted.first if drafted.first > on else max(drafted.run.pay_on, on + DAY)
    entries = entries_of([person.pk]).get(person.pk, ())
    paid_until = max((entry.period.last or on for entry in entries if entry.pence > 0), default=on)
    holidays, after = bank_holidays(on.year - 1, on.year + 1), on
    while True:  # from run to run: a first payment can be for days of the next two
        period, after = next_payment(rules.first_period_on, after, holidays)
        last_until = max(period.first, paid_until + DAY)
        try:
            pence = settle(terms, entries, period.last or period.first, mode_on).pence
        except Refusal:  # what an officer has to put right first
            return Coming(after, period.first, None), last_until
        if pence or period.first > paid_until:
            return (Coming(after, period.first, pence) if pence else None), last_until


def on_its_way(person: Person, on: date) -> Payment | None:
    """The first payment that stands in a run and has not reached the account. One query."""
    ahead = Q(run__pay_on__gt=on) | Q(run__pay_on=on, run__sent_at=None)
    rows = Payment.objects.filter(ahead, person=person, pence__gt=0).exclude(run__state=Run.State.CANCELLED)
    rows = rows.exclude(state__in=GONE).select_related("run").only("pence", "first", "run__pay_on")
    return rows.order_by("run__pay_on", "pk").first()


def _ahead(
    lines: tuple[ArrangementLine, ...], spent: dict[str, Spent], period: Period, on: date, until: date
) -> list[tuple[str, int, int]]:
    """What each line still needs from ``on`` to ``until``, and how much of it is paid for already."""
    found = []
    for line in lines:
        needs = planned_by(until, [line], Period(on, until))
        before = planned_by(on - DAY, [line], period)
        paid = spent.get(line.reference, Spent()).in_period_pence
        found.append((line.what, needs, ahead_pence(paid, before, needs)))
    return found


def _to_buy(one_offs: tuple[OneOff, ...], spent: dict[str, Spent], before: date) -> list[tuple[str, int]]:
    """What was paid out to be bought once, less what was spent on it."""
    return [
        (item.what, item.pence - spent.get(item.reference, Spent()).ever_pence)
        for item in one_offs
        if item.on < before
    ]


def _outcomes(
    support: list[Supported], terms: Terms, spent: dict[str, Spent], period: Period
) -> list[Outcome]:
    """Planned and spent over the period by outcome; outcomes in the same words in two plans are one."""
    assert period.last is not None
    sums: dict[str, list[int]] = {}
    for one in support:
        lines = [line for line in terms.lines if line.reference == one.order_number]
        once = [item for item in terms.one_offs if item.reference == one.order_number]
        found = sums.setdefault(one.outcome or NO_OUTCOME, [0, 0])
        found[0] += _planned(lines, once, period, period.last)
        found[1] += spent.get(one.order_number, Spent()).in_period_pence
    sums[UNMATCHED] = [0, spent.get("", Spent()).in_period_pence]
    return [Outcome(text, *pence) for text, pence in sums.items() if any(pence)]


def _planned(
    lines: list[ArrangementLine] | tuple[ArrangementLine, ...],
    one_offs: list[OneOff] | tuple[OneOff, ...],
    period: Period,
    by: date,
) -> int:
    """What the plan has spent by the end of ``by``, of the period; what is bought once counts on its day."""
    once = sum(item.pence for item in one_offs if item.on in period and item.on <= by)
    return planned_by(by, lines, period) + once
