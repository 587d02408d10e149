"""What people wait for, and since when: one rule, asked of the database at once for one person or thousands.

No list of thousands is read to show a page of it, and the page of one person says what the list says.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from wherewithal.core.policy import Used
from wherewithal.policy.review import soon
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Assessment,
    Decision,
    Offer,
    Payment,
    Person,
    Plan,
    PlanLine,
    Request,
    Review,
    Run,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.queries import ANYBODY, Statement, among

SAME = {"person": OuterRef("person")}
A_TEAM = 5_000  # up to so many people are named by their ids; beyond, by the query that finds them
ON_FILE = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED)


@dataclass(frozen=True)
class Work:
    """``what`` is to be done (a name of ``_questions``), the day when it began to wait, or when it is (or
    was) due, and the row that says so, by its id.
    """

    person_id: int
    what: str
    since: date
    row: int


def of_all(people: QuerySet[Person], on: date) -> list[Work]:
    """Everything that is to be done for any of ``people``, in no order; 2 queries."""
    ids = list(people.values_list("pk", flat=True)[: A_TEAM + 1])
    if len(ids) > A_TEAM:
        return _rows(_in_one(on, Q(person__in=people.values("pk"))), [])
    return of_these(ids, on)


def of_these(ids: list[int], on: date) -> list[Work]:
    """The same of these people; 1 query."""
    return _rows(_of_a_team(on), ids)


def _rows(asked: Statement, ids: list[int]) -> list[Work]:
    with connection.cursor() as cursor:
        cursor.execute(asked.words, asked.about(ids))
        return [Work(*row) for row in cursor.fetchall()]


@lru_cache(maxsize=8)
def _of_a_team(on: date) -> Statement:
    return _in_one(on, among(ANYBODY))


def _in_one(on: date, scope: Q) -> Statement:
    """Every question about whom ``scope`` names, as one statement."""
    rows = [
        rows.filter(scope).order_by().values_list("person_id", Value(what), column, F("pk"))
        for what, rows, column in _questions(on)
    ]
    return Statement.of(rows[0].union(*rows[1:], all=True))


def _questions(on: date) -> list[tuple[str, QuerySet[Any], str]]:
    """(what is to be done, the rows that ask for it, the column that says since when)."""
    ahead = Review.objects.filter(state__in=Review.AHEAD)
    asked = Decision.objects.filter(state=Decision.State.ASKED)
    return [
        ("overdue", ahead.filter(due_on__lt=on), "due_on"),
        ("request", Request.objects.filter(outcome=""), "received_on"),
        ("sent_back", Plan.objects.filter(state=Plan.State.SENT_BACK), "started_on"),
        ("set_up", _to_set_up(), "agreed_on"),
        ("assessing", Assessment.objects.filter(state=Assessment.State.STARTED), "started_on"),
        ("assess", _to_assess(), "received_on"),
        ("assess", _to_assess_again(), "done_on"),
        ("planning", Plan.objects.filter(state=Plan.State.DRAFT), "started_on"),
        ("plan_anew", _to_plan_anew(), "done_on"),
        ("plan", _to_plan(), "agreed_on"),
        ("stop", _to_stop(), "done_on"),
        ("decide", asked.exclude(kind=Decision.Kind.SECOND_LOOK), "asked_on"),
        ("pay", _to_pay(), "signed_on"),
        ("due", ahead.filter(_presses(on)), "due_on"),
        ("ask_again", _to_ask_again(on), "ask_again_on"),
        ("look", asked.filter(kind=Decision.Kind.SECOND_LOOK), "asked_on"),
    ]


def _presses(on: date) -> Q:
    """A review that is being held, or open and due soon, as ``is_pressing`` says of a row."""
    return Q(state=Review.State.HELD) | Q(opens_on__lte=on, due_on__lte=on + soon(Used(on)))


def _to_ask_again(on: date) -> QuerySet[Offer]:
    """The newest offer of each person where they wanted time to think until a day that has come."""
    offers = Offer.objects.filter(what=Offer.What.DIRECT_PAYMENT)
    newest = Subquery(offers.filter(**SAME).order_by("-made_on", "-id").values("pk")[:1])
    running = Agreement.objects.filter(**SAME, ended_on=None)
    return offers.filter(~Exists(running), pk=newest, answer=Offer.Answer.LATER, ask_again_on__lte=on)


def _to_set_up() -> QuerySet[Plan]:
    """Agreed, by direct payment, without an agreement that runs and without another plan on its way."""
    lines = PlanLine.objects.filter(plan=OuterRef("pk"), held=Held.DIRECT_PAYMENT)
    running = Agreement.objects.filter(**SAME, ended_on=None)
    another = Plan.objects.filter(**SAME, state__in=Plan.OPEN)
    return Plan.objects.filter(Exists(lines), ~Exists(running), ~Exists(another), state=Plan.State.AGREED)


def _to_pay() -> QuerySet[Agreement]:
    """Running without a payment yet, but for those of whom a run found that their own share covers it all."""
    covered = Payment.objects.filter(~Payment.IN_FILE, agreement=OuterRef("pk"))
    covered = covered.exclude(run__state=Run.State.CANCELLED)
    return Agreement.objects.filter(~Exists(covered), ended_on=None, first_paid_on=None)


def _to_assess() -> QuerySet[Request]:
    """Requests that went on to an assessment which nobody has started yet."""
    since = ON_FILE.filter(**SAME, started_on__gte=OuterRef("received_on"))
    return Request.objects.filter(~Exists(since), outcome=Request.Outcome.ASSESSMENT)


def _reviewed(wanted: Review.Next) -> QuerySet[Review]:
    """The last finished review of each person, where that is what it asked for."""
    done = Review.objects.filter(**SAME, state=Review.State.DONE)
    latest = Subquery(done.order_by("-done_on", "-id").values("pk")[:1])
    return Review.objects.filter(state=Review.State.DONE, next_step=wanted, pk=latest)


def _to_assess_again() -> QuerySet[Review]:
    since = ON_FILE.filter(**SAME, started_on__gte=OuterRef("done_on"))
    return _reviewed(Review.Next.ASSESS_AGAIN).filter(~Exists(since))


def _to_plan_anew() -> QuerySet[Review]:
    since = Plan.objects.filter(
        **SAME, started_on__gte=OuterRef("done_on"), state__in=[*Plan.OPEN, Plan.State.AGREED]
    )
    return _reviewed(Review.Next.CHANGE_PLAN).filter(~Exists(since))


def _to_stop() -> QuerySet[Review]:
    runs = Arrangement.objects.filter(
        plan=OuterRef("plan"), state__in=[Arrangement.State.ACTIVE, Arrangement.State.SUSPENDED]
    )
    return _reviewed(Review.Next.END).filter(Exists(runs))


def _to_plan() -> QuerySet[Assessment]:
    """Agreed assessments with eligible needs that no plan answers yet, the latest of each person."""
    alive = Plan.objects.filter(state__in=[*Plan.OPEN, Plan.State.AGREED])
    answers = alive.filter(assessment=OuterRef("pk"))
    later = alive.filter(**SAME, started_on__gte=OuterRef("agreed_on"))
    newer = ON_FILE.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        **SAME,
    )
    agreed = Assessment.objects.filter(state=Assessment.State.AGREED, eligible=True)
    return agreed.filter(~Exists(answers), ~Exists(later), ~Exists(newer))
