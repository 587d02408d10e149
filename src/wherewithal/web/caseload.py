"""Today's work: who waits for what, the most pressing first, with the one next step for each person."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
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
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.records.models import (
    Agreement,
    Assessment,
    Decision,
    Person,
    Plan,
    PlanLine,
    Request,
    Review,
    User,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.standing import standings
from wherewithal.web import access
from wherewithal.web.address import open_to
from wherewithal.web.clock import today
from wherewithal.web.journey import GROUPS, SOON, next_step
from wherewithal.web.page import page, render

A_PAGE = 25
WHO = {"mine": "My people", "team": "My teams"}
THEIRS = {"person": OuterRef("pk")}


@page("caseload.see")
def caseload(request: HttpRequest) -> HttpResponse:
    """``who`` (mine or team) and ``group`` narrow it, and stay in the address."""
    user, on = access.user_of(request), today()
    who = request.GET.get("who", "")
    if who not in WHO:
        who = "mine" if Person.objects.filter(looked_after_by(user)).exists() else "team"
    people = access.visible(user).exclude(state=Person.State.ENDED)
    work = with_work(people.filter(looked_after_by(user)) if who == "mine" else people, on)
    counts = dict(work.order_by().values_list("group").annotate(Count("pk")))
    group = request.GET.get("group", "")
    if group in GROUPS:
        work = work.filter(group=group)
    found = Paginator(work.select_related("worker", "broker", "team"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "who": who,
        "whose": [(label, f"?{urlencode({'who': key})}", key == who) for key, label in WHO.items()],
        "groups": [
            (title, counts[key], f"?{urlencode({'who': who, 'group': key})}", key == group)
            for key, title in GROUPS.items()
            if key in counts
        ],
        "everything": (sum(counts.values()), f"?{urlencode({'who': who})}", group not in GROUPS),
        "found": found,
        "sections": sections(user, list(found), on),
        "query": urlencode({"who": who, **({"group": group} if group in GROUPS else {})}),
    }
    return render(request, "caseload/caseload.html", context)


def looked_after_by(user: User) -> Q:
    return Q(worker=user) | Q(broker=user)


def sections(user: User, people: list[Any], on: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """The people of one page under the heading of their group, each with their next step; ``href`` is '' for
    a step that somebody else takes.
    """
    known = standings(people)
    found: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        step = next_step(person, on, known[person.pk])
        href = step.href if step and step.href and open_to(user, step.href) else ""
        row = {"person": person, "step": step, "href": href, "days": (on - person.since).days}
        found.setdefault(GROUPS[person.group], []).append(row)
    return list(found.items())


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
        ("plan", draft, "started_on"),
        ("plan", _to_plan(), "agreed_on"),
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


urlpatterns = [path("caseload/", caseload, name="caseload")]
