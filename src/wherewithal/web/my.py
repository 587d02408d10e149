"""The person's own page: their budget at a glance; for somebody who acts for others, whose it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.core.money import a_week, pounds
from wherewithal.core.period import written
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records import holding
from wherewithal.records.models import Actual, Agreement, Decision, Person, PlanLine, Question, Review
from wherewithal.records.models.plan import Held
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.budgets import live
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer, plain
from wherewithal.web.my_money import Money, money, on_its_way, shares_of, weekday
from wherewithal.web.my_steps import ahead
from wherewithal.web.page import page, render

LAST_PAYMENTS = 5
TAGS = {
    Actual.State.ASKED: ("We ask about this", "yellow"),
    Actual.State.EXPLAINED: ("Explained", "grey"),
    Actual.State.RECLAIMED: ("To be paid back", "red"),
}
ENDED = {
    Person.EndReason.DIED: "We are sorry that {name} died on {day}. Support and payments have ended.",
    Person.EndReason.MOVED: "{They} moved to another council. Support from us ended on {day}.",
    Person.EndReason.NHS: "The NHS looks after {your} care now. Support from us ended on {day}.",
    Person.EndReason.NOT_ELIGIBLE: "Support from us ended on {day}. Ask us if {they} need help again.",
}
# The page's name, what it is called for oneself, and for somebody else.
LINKS = (
    ("my_plan", "My plan", "The plan"),
    ("my_review", "My review", "The review"),
    ("my_held", "How my budget is held", "How the budget is held"),
    ("my_people", "People who help me", "People who help"),
    ("my_letters", "Letters", "Letters"),
    ("my_looked", "Who looked at my record", "Who looked at the record"),
)


YOURS = {
    "your": "your", "Your": "Your", "you": "you", "they": "you", "They": "You", "their": "your",
    "Their": "Your", "them": "you", "themselves": "yourself",
}  # fmt: skip


def _theirs(name: str) -> dict[str, str]:
    itself = {word: word for word in ("they", "They", "their", "Their", "them", "themselves")}
    return {"your": f"{name}’s", "Your": f"{name}’s", "you": name, **itself}


@dataclass(frozen=True)
class Whose:
    """Whose pages these are. ``others``: those whom the same user may look at as well."""

    person: Person
    yours: bool
    others: tuple[Person, ...] = ()

    def says(self, text: str, **more: str) -> str:
        """``text`` as it is put to whoever reads it: {your}, {you}, {they}, {their}, {them}, {themselves} are
        the person's, who is named where somebody else looks. "They" takes the verb that "you" takes.
        """
        return text.format(**(YOURS if self.yours else _theirs(self.person.name)), **more)


def whose(request: HttpRequest, theirs: list[Person] | None = None) -> Whose:
    """The person of these pages; a representative's opening leaves a trace. Raises Http404."""
    person = access.mine(request, theirs)
    others = tuple(one for one in theirs or () if one.pk != person.pk)
    return Whose(person, person.user_id == access.user_of(request).pk, others)


@page("my.see")
def my(request: HttpRequest) -> HttpResponse:
    """What is left and what comes next; how far things are, where no money runs yet."""
    theirs = access.people_of(access.user_of(request), now())
    if not theirs:
        return render(request, "my/no_record.html")
    mine, on = whose(request, theirs), today()
    person = mine.person
    agreements = list(person.agreements.order_by("pk"))
    running = any(one.ended_on is None for one in agreements)
    if _paid(agreements, on) or (agreements and not running and holding.held_pence(person, on)):
        context = _with_money(person, on, money(person, on, running=running))
        context["stopped"] = None if running else agreements[-1]
    else:
        context = _without_money(mine, on, running)
    context |= {"whose": mine, "person": person, "ended": _ended(mine)}
    context["links"] = _links(mine, context)
    context["look_again"] = [] if context["ended"] else _look_again(mine)
    return render(request, "my/home.html", context)


@page("my.see")
def my_where(request: HttpRequest) -> HttpResponse:
    """Where the money of these four weeks goes, as a spreadsheet."""
    person = access.mine(request)
    stands = money(person, today(), running=person.agreements.filter(ended_on=None).exists())
    first, last = stands.period.first.isoformat(), (stands.period.last or today()).isoformat()
    rows = [
        (one.text, first, last, plain(one.planned_pence), plain(one.spent_pence)) for one in stands.outcomes
    ]
    made = to_csv(("Outcome", "First day", "Last day", "Planned (£)", "Spent so far (£)"), rows)
    return csv_answer(made, f"where-it-goes-{first}.csv")


@page("my.see")
@require_POST
def my_switch(request: HttpRequest) -> HttpResponse:
    """Whom to look at from now on: oneself, or somebody for whom one acts. Else raises Http404."""
    theirs = access.people_of(access.user_of(request), now())
    chosen = next((one for one in theirs if str(one.pk) == request.POST.get("person")), None)
    if chosen is None:
        raise Http404("You do not act for this person.")
    request.session["acting_for"] = chosen.pk
    return redirect("my")


def asked(person: Person) -> QuerySet[Question]:
    """The questions about money that wait for the person's answer, the oldest first."""
    return not_closed(person).filter(state=Question.State.OPEN)


def not_closed(person: Person) -> QuerySet[Question]:
    """Those, and what was answered and may still be put better."""
    rows = person.questions.exclude(state=Question.State.CLOSED).select_related("actual")
    return rows.order_by("raised_on", "pk")


def question_href(question: Question | None) -> str:
    return address("my_explain", question.pk) if question else ""


def _paid(agreements: list[Agreement], on: date) -> bool:
    """Has a payment of the running agreement reached the person?"""
    return any(
        one.ended_on is None and one.first_paid_on is not None and one.first_paid_on <= on
        for one in agreements
    )


def _with_money(person: Person, on: date, stands: Money) -> dict[str, Any]:
    rows = list(not_closed(person))
    questions = [one for one in rows if one.state == Question.State.OPEN]
    answered = [one for one in rows if one.state == Question.State.ANSWERED]
    by_line = {one.actual_id: one for one in questions}
    return {
        "money": stands,
        "shares": stands.shares,
        "questions": [(in_short(one), question_href(one)) for one in questions],
        "answered": [(in_short(one), question_href(one)) for one in answered],
        "payments": [
            (line, TAGS.get(Actual.State(line.state)), question_href(by_line.get(line.pk)))
            for line in holding.last_payments(person, LAST_PAYMENTS)
        ],
        "support": [
            one for one in stands.support if one.held != Held.DIRECT_PAYMENT and one.state != "ended"
        ],
        "review": _review(person),
    }


def _without_money(mine: Whose, on: date, running: bool) -> dict[str, Any]:
    person = mine.person
    far = ahead(person, on, mine.says)
    plan = far.standing.agreed_plan
    own = PlanLine.objects.filter(plan=plan, held=Held.OWN_MONEY) if plan else PlanLine.objects.none()
    first = on_its_way(person, on) if running else None
    return {
        "ahead": far,
        "coming": (first.pence, weekday(first.run.pay_on), first.pk) if first else None,
        "shares": shares_of(first, on) if first else [],
        "moved": _moved(person, on) if running else (0, 0),
        "starts_before": weekday(first.first) if first and first.first < first.run.pay_on else "",
        "plan": plan,
        "own": [(line.what, a_week(line.pence_per_week)) for line in own],
        "support": [one for one in holding.supported(person, on) if one.state != "ended"],
        "review": far.standing.review,
    }


def _moved(person: Person, on: date) -> tuple[int, int]:
    """What came in and what went out so far, in pence: their own share, or what was bought on the card."""
    account = holding.held_account(person)
    return holding.totals(account, on) if account else (0, 0)


def in_short(question: Question) -> str:
    """``What was £48.00 to Corner Stores for?``; a question about the whole account as it was asked."""
    line = question.actual
    if line is None:
        return question.asks
    return f"What was {pounds(abs(line.pence))} to {line.merchant} for?"


def _ended(mine: Whose) -> str:
    person = mine.person
    if person.state != Person.State.ENDED or person.ended_on is None:
        return ""
    says = ENDED[Person.EndReason(person.end_reason)]
    return mine.says(says, name=person.name, day=written(person.ended_on))


def _review(person: Person) -> Review | None:
    """The review ahead that must be held first."""
    ahead = person.reviews.filter(state__in=Review.AHEAD)
    return ahead.order_by("due_on", "pk").first()


@dataclass(frozen=True)
class LookAgain:
    """A budget in force and what was asked about it: ``says`` and ``href`` are the button's, ``waiting`` the
    request that waits, ``answered`` the last one that was answered.
    """

    says: str
    href: str
    waiting: Decision | None
    answered: Decision | None


def _look_again(mine: Whose) -> list[LookAgain]:
    whose_is = "my" if mine.yours else "the"
    found = []
    for one in live(mine.person):
        asked = [each for each in one.decisions.all() if each.kind == Decision.Kind.LOOK_AGAIN]
        waiting = [each for each in asked if each.state == Decision.State.ASKED]
        answered = [each for each in asked if each.state == Decision.State.DECIDED]
        carer = " as a carer" if one.assessment.kind == "carer" else ""
        says = f"Ask for {whose_is} budget{carer} to be looked at again"
        last = max(answered, key=lambda each: (each.decided_on or date.min, each.pk), default=None)
        found.append(
            LookAgain(says, f"{address('my_ask_again')}?of={one.pk}", next(iter(waiting), None), last)
        )
    return found


def _links(mine: Whose, shown: dict[str, Any]) -> list[tuple[str, str]]:
    """(what it says, address) of the pages that this deployment has and that would not be empty."""
    review, found = shown["review"], []
    empty = {"my_review": review is None, "my_held": not shown["support"] and "money" not in shown}
    for name, yours, theirs in LINKS:
        says = yours if mine.yours else theirs
        if name == "my_review" and review:
            says += f", by {written(review.due_on)}"
        if not empty.get(name) and (href := address(name)):
            found.append((says, href))
    return found


urlpatterns = [
    path("my/", my, name="my"),
    path("my/where-it-goes.csv", my_where, name="my_where"),
    path("my/switch/", my_switch, name="my_switch"),
]
