"""How far somebody has come, from first contact to review: the latest row of each noun, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Case, Exists, F, Model, OuterRef, QuerySet, Subquery, Sum, Value, When

from wherewithal.core.journey import Asked, Wait, wait
from wherewithal.records.models import (
    Agreement,
    Allocation,
    Arrangement,
    Assessment,
    Decision,
    FinancialAssessment,
    Offer,
    Person,
    Plan,
    PlanLine,
    Request,
    Review,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.queries import ANYBODY, Statement, among
from wherewithal.records.work import Work, of_these

# Of an adult's and a carer's plan, both open, the one that is with the writer comes first.
_PRESSING = Case(
    When(state=Plan.State.SENT_BACK, then=Value(0)),
    When(state=Plan.State.DRAFT, then=Value(1)),
    default=Value(2),
)


@dataclass
class Standing:
    """The latest of each noun, None where there is none. Plans carry ``costs_pence_per_week`` (None: no
    lines yet) and ``by_direct_payment``; ``running`` is the first day of each support that runs; ``asked``
    are the questions that wait for a decision; ``work`` is all that is to be done for them.
    """

    person: Person
    requests: list[Request] = field(default_factory=list)
    assessment: Assessment | None = None
    offer: Offer | None = None
    allocation: Allocation | None = None
    finance: FinancialAssessment | None = None
    open_plan: Any = None
    agreed_plan: Any = None
    asked: list[Decision] = field(default_factory=list)
    conditions: Decision | None = None
    agreements: list[Agreement] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    running: list[date] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)

    @property
    def agreement(self) -> Agreement | None:
        """The direct payment that runs."""
        return next((one for one in self.agreements if one.ended_on is None), None)

    @property
    def wait(self) -> Wait:
        """From asking to the first direct payment, also one that is on its way."""
        asked = [Asked(one.received_on, one.outcome == Request.Outcome.ASSESSMENT) for one in self.requests]
        return wait(asked, [one.first_paid_on for one in self.agreements if one.first_paid_on])

    @property
    def review(self) -> Review | None:
        """The review that must be held first."""
        return self.reviews[0] if self.reviews else None

    @property
    def paying_since(self) -> date | None:
        """The first day of the oldest support that runs."""
        return min(self.running, default=None)


def standings(people: Iterable[Person], on: date) -> dict[int, Standing]:
    """The standing of each person by id, as it is on ``on``; a dozen queries, however many people."""
    found = {person.pk: Standing(person) for person in people}
    if not found:
        return found
    ids = list(found)
    for name, asked in _lists().items():
        for row in asked.rows(ids):
            getattr(found[row.person_id], name).append(row)
    for name, asked in _latest().items():
        for row in asked.rows(ids):
            setattr(found[row.person_id], name, row)
    for person_id, first in _running(ids):
        found[person_id].running.append(first)
    for one in of_these(ids, on):
        found[one.person_id].work.append(one)
    return found


@dataclass(frozen=True)
class _Asked:
    """Rows of a noun that are asked about people."""

    noun: type[Model]
    statement: Statement

    def rows(self, ids: list[int]) -> Iterable[Any]:
        return self.noun._default_manager.raw(self.statement.words, self.statement.about(ids))


@cache
def _lists() -> dict[str, _Asked]:
    """The fields of a standing that hold every row, in order."""
    ahead = Review.objects.filter(state__in=Review.AHEAD)
    ordered = {
        "requests": Request.objects.order_by("received_on", "id"),
        "reviews": ahead.order_by("due_on", "id"),
        "agreements": Agreement.objects.order_by("id"),
        "asked": Decision.objects.filter(state=Decision.State.ASKED).order_by("asked_on", "id"),
    }
    return {
        name: _Asked(rows.model, Statement.of(rows.filter(among(ANYBODY)))) for name, rows in ordered.items()
    }


@cache
def _latest() -> dict[str, _Asked]:
    """The fields of a standing that hold one row, each person's first in the order of its rows."""
    found = {}
    for name, rows in _nouns().items():
        one_each = rows.order_by("person_id", *rows.query.order_by).distinct("person_id")
        found[name] = _Asked(rows.model, Statement.of(one_each.filter(among(ANYBODY))))
    return found


def _nouns() -> dict[str, QuerySet[Any]]:
    """Each field of a standing with its rows, the one that counts first."""
    on_file = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED)
    lines = PlanLine.objects.filter(plan=OuterRef("pk")).order_by()
    plans = Plan.objects.annotate(
        costs_pence_per_week=F("contingency_pence_per_week")
        + Subquery(lines.values("plan").annotate(all=Sum("pence_per_week")).values("all")),
        by_direct_payment=Exists(lines.filter(held=Held.DIRECT_PAYMENT)),
    )
    return {
        "assessment": on_file.order_by("-started_on", "-id"),
        "offer": Offer.objects.filter(what=Offer.What.DIRECT_PAYMENT).order_by("-made_on", "-id"),
        "allocation": Allocation.objects.exclude(state=Allocation.State.SUPERSEDED).order_by("-id"),
        "finance": FinancialAssessment.objects.filter(state=FinancialAssessment.State.CURRENT).order_by(
            "kind"
        ),
        "open_plan": plans.filter(state__in=Plan.OPEN).alias(pressing=_PRESSING).order_by("pressing", "-id"),
        "agreed_plan": plans.filter(state=Plan.State.AGREED).order_by("-by_direct_payment", "-id"),
        "conditions": Decision.objects.filter(
            state=Decision.State.DECIDED, kind=Decision.Kind.DIRECT_PAYMENT
        ).order_by("-id"),
    }


def _running(ids: list[int]) -> QuerySet[Any, tuple[int, date]]:
    rows = Arrangement.objects.filter(
        person__in=ids, state__in=[Arrangement.State.ACTIVE, Arrangement.State.SUSPENDED]
    )
    return rows.values_list("person_id", "first")
