"""Who waits for what, asked of the database in one go: the groups of ``web/next_step.py``.

The same questions as ``next_step`` answers for one person, each as one query over everybody, so that a list
of thousands is not read to show a page of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from wherewithal.core.policy import Used
from wherewithal.policy.review import soon
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Assessment,
    Decision,
    Offer,
    Person,
    Plan,
    PlanLine,
    Request,
    Review,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.queries import ANYBODY, Statement, among
from wherewithal.web.next_step import GROUPS

SAME = {"person": OuterRef("person")}
A_TEAM = 5_000  # up to so many people are named by their ids; beyond, by the query that finds them
ON_FILE = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED)


@dataclass(frozen=True)
class Item:
    """One person in the most pressing group that they are in; ``since`` is the day when it began to wait, or
    when it is (or was) due.
    """

    person_id: int
    group: str
    since: date


def worklist(people: QuerySet[Person], on: date, order: Sequence[str] = tuple(GROUPS)) -> list[Item]:
    """Everybody of ``people`` for whom something is to be done, the first of ``order`` first; 2 queries."""
    found: dict[int, Item] = {}
    places = {group: order.index(group) for group in GROUPS}
    for group, person_id, since in _waiting(people.order_by(), on):
        before = found.get(person_id)
        if before is None or (places[group], since) < (places[before.group], before.since):
            found[person_id] = Item(person_id, group, since)
    return sorted(found.values(), key=lambda item: (places[item.group], item.since, item.person_id))


def _waiting(people: QuerySet[Person], on: date) -> list[tuple[str, int, date]]:
    """(group, person, since when), several of somebody who waits for several things."""
    ids = list(people.values_list("pk", flat=True)[: A_TEAM + 1])
    if len(ids) > A_TEAM:
        asked, ids = _in_one(on, Q(person__in=people.values("pk"))), []
    else:
        asked = _of_a_team(on)
    with connection.cursor() as cursor:
        cursor.execute(asked.words, asked.about(ids))
        rows: list[tuple[str, int, date]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=8)
def _of_a_team(on: date) -> Statement:
    return _in_one(on, among(ANYBODY))


def _in_one(on: date, scope: Q) -> Statement:
    """Every question about whom ``scope`` names, as one statement."""
    rows = [
        rows.filter(scope).order_by().values_list(Value(group), "person_id", column)
        for group, rows, column in _questions(on)
    ]
    return Statement.of(rows[0].union(*rows[1:], all=True))


def _questions(on: date) -> list[tuple[str, QuerySet[Any], str]]:
    """(group, the rows that put somebody in it, the column that says since when)."""
    ahead = Review.objects.filter(state__in=Review.AHEAD)
    asked = Decision.objects.filter(state=Decision.State.ASKED)
    return [
        ("overdue", ahead.filter(due_on__lt=on), "due_on"),
        ("requests", Request.objects.filter(outcome=""), "received_on"),
        ("sent_back", Plan.objects.filter(state=Plan.State.SENT_BACK), "started_on"),
        ("set_up", _to_set_up(), "agreed_on"),
        ("assess", Assessment.objects.filter(state=Assessment.State.STARTED), "started_on"),
        ("assess", _to_assess(), "received_on"),
        ("assess", _to_assess_again(), "done_on"),
        ("plan", Plan.objects.filter(state=Plan.State.DRAFT), "started_on"),
        ("plan", _to_plan_anew(), "done_on"),
        ("plan", _to_plan(), "agreed_on"),
        ("stop", _to_stop(), "done_on"),
        ("waiting", asked.exclude(kind=Decision.Kind.SECOND_LOOK), "asked_on"),
        ("pay", Agreement.objects.filter(ended_on=None, first_paid_on=None), "signed_on"),
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
