"""Who waits for what, as one question to the database: the groups of ``web/next_step.py``, page by page."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Assessment,
    Decision,
    Person,
    Plan,
    PlanLine,
    Request,
    Review,
)
from wherewithal.records.models.plan import Held
from wherewithal.web.next_step import GROUPS, SOON

THEIRS = {"person": OuterRef("pk")}


def with_work(people: QuerySet[Person], on: date) -> QuerySet[Any]:
    """Those of ``people`` for whom something is to be done, with ``group`` (a key of GROUPS) and ``since``
    (a day: when it began to wait, or when it is due), the most pressing first.

    The same questions as ``journey.next_step``, put to the database, so that only a page is read.
    """
    ahead = Review.objects.filter(**THEIRS, state__in=[Review.State.DUE, Review.State.HELD])
    late, near = ahead.filter(latest_on__lt=on), ahead.filter(due_on__lte=on + SOON)
    undecided = Request.objects.filter(**THEIRS, outcome="")
    plans = Plan.objects.filter(**THEIRS)
    sent_back, draft = plans.filter(state=Plan.State.SENT_BACK), plans.filter(state=Plan.State.DRAFT)
    waiting = Decision.objects.filter(**THEIRS, state=Decision.State.ASKED)
    unpaid = Agreement.objects.filter(**THEIRS, ended_on=None, first_paid_on=None)
    arms: list[tuple[str, QuerySet[Any], str]] = [
        ("overdue", late, "latest_on"),
        ("requests", undecided, "received_on"),
        ("sent_back", sent_back, "started_on"),
        ("set_up", _to_set_up(plans), "agreed_on"),
        ("assess", Assessment.objects.filter(**THEIRS, state=Assessment.State.STARTED), "started_on"),
        ("assess", _to_assess(), "received_on"),
        ("assess", _to_assess_again(), "done_on"),
        ("plan", draft, "started_on"),
        ("plan", _to_plan_anew(), "done_on"),
        ("plan", _to_plan(), "agreed_on"),
        ("stop", _to_stop(), "done_on"),
        ("waiting", waiting, "asked_on"),
        ("pay", unpaid, "signed_on"),
        ("due", near, "due_on"),
    ]
    group = Case(*(When(Exists(rows), then=Value(key)) for key, rows, _ in arms), output_field=CharField())
    since = Case(
        *(When(Exists(rows), then=_first(rows, column)) for _, rows, column in arms), output_field=DateField()
    )
    order = Case(
        *(When(group=key, then=Value(at)) for at, key in enumerate(GROUPS)), output_field=IntegerField()
    )
    work = people.annotate(group=group).filter(group__isnull=False).annotate(since=since, pressing=order)
    return work.order_by("pressing", "since", "pk")


def _first(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by(column).values(column)[:1])


def _to_set_up(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Agreed, by direct payment, without an agreement that runs and without another plan on its way."""
    lines = PlanLine.objects.filter(plan=OuterRef("pk"), held=Held.DIRECT_PAYMENT)
    running = Agreement.objects.filter(person=OuterRef("person"), ended_on=None)
    another = Plan.objects.filter(person=OuterRef("person"), state__in=Plan.OPEN)
    return plans.filter(Exists(lines), ~Exists(running), ~Exists(another), state=Plan.State.AGREED)


def _to_assess() -> QuerySet[Request]:
    """Requests that went on to an assessment which nobody has started yet."""
    since = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED).filter(
        person=OuterRef("person"), started_on__gte=OuterRef("received_on")
    )
    return Request.objects.filter(~Exists(since), **THEIRS, outcome=Request.Outcome.ASSESSMENT)


def _reviewed(wanted: Review.Next) -> QuerySet[Review]:
    """The last finished review of each person, where that is what it asked for."""
    done = Review.objects.filter(person=OuterRef("person"), state=Review.State.DONE)
    latest = Subquery(done.order_by("-done_on", "-id").values("pk")[:1])
    return Review.objects.annotate(latest=latest).filter(**THEIRS, pk=F("latest"), next_step=wanted)


def _to_assess_again() -> QuerySet[Review]:
    since = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED).filter(
        person=OuterRef("person"), started_on__gte=OuterRef("done_on")
    )
    return _reviewed(Review.Next.ASSESS_AGAIN).filter(~Exists(since))


def _to_plan_anew() -> QuerySet[Review]:
    since = Plan.objects.filter(
        person=OuterRef("person"),
        started_on__gte=OuterRef("done_on"),
        state__in=[*Plan.OPEN, Plan.State.AGREED],
    )
    return _reviewed(Review.Next.CHANGE_PLAN).filter(~Exists(since))


def _to_stop() -> QuerySet[Review]:
    runs = Arrangement.objects.filter(
        plan=OuterRef("plan"), state__in=[Arrangement.State.ACTIVE, Arrangement.State.SUSPENDED]
    )
    return _reviewed(Review.Next.END).filter(Exists(runs))


def _to_plan() -> QuerySet[Assessment]:
    """Agreed assessments with eligible needs that no plan answers yet, the latest of each person."""
    answers = Plan.objects.filter(
        Q(assessment=OuterRef("pk")) | Q(started_on__gte=OuterRef("agreed_on")),
        person=OuterRef("person"),
        state__in=[*Plan.OPEN, Plan.State.AGREED],
    )
    on_file = Assessment.objects.exclude(state=Assessment.State.SUPERSEDED).filter(person=OuterRef("person"))
    latest = Subquery(on_file.order_by("-started_on", "-id").values("pk")[:1])
    return Assessment.objects.annotate(latest=latest).filter(
        ~Exists(answers), **THEIRS, pk=F("latest"), state=Assessment.State.AGREED, eligible=True
    )
