"""Around the person's money: how it is held, who helps, and the letters there are."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.money import pounds
from wherewithal.records import holding
from wherewithal.records.models import Person, Plan
from wherewithal.records.models.person import Format
from wherewithal.records.models.plan import Held
from wherewithal.web.address import address
from wherewithal.web.budgets import contribution_letter, live, paid_towards, pays
from wherewithal.web.clock import today
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.my import whose
from wherewithal.web.page import page, render
from wherewithal.web.plan_meant import plans
from wherewithal.web.plan_sheet import Sheet

# Each way to hold a budget: its name, and what it means.
WAYS = {
    Held.DIRECT_PAYMENT: (
        "Direct payment",
        "We pay {you} the money. {They} arrange and pay for {their} support.",
    ),
    Held.COUNCIL_MANAGED: (
        "The council looks after the money",
        "We keep the money and arrange the support that {they} chose.",
    ),
    Held.FUND: (
        "Individual service fund",
        "A care organisation keeps the money and uses it as it is told.",
    ),
    Held.COMMISSIONED: (
        "Arranged by the council",
        "We chose and pay for this support. It is not a personal budget. {They} can ask us for one.",
    ),
    Held.IN_HOUSE: ("Run by the council", "People who work for the council give {you} this support."),
    Held.OWN_MONEY: ("Paid by {you}", "{They} pay for this with {their} own money."),
}


@dataclass(frozen=True)
class Letter:
    title: str
    says: str
    href: str
    on: date | None = None


@page("my.see")
def my_held(request: HttpRequest) -> HttpResponse:
    """Each way in which the budget is held, in words, with what is arranged that way."""
    mine = whose(request)
    person = mine.person
    support = [one for one in holding.supported(person, today()) if one.state != "ended"]
    plan = plans().filter(person=person, state=Plan.State.AGREED).order_by("kind", "pk").first()
    ways = [(WAYS[held], [one for one in support if one.held == held]) for held in Held]
    context = {
        "whose": mine,
        "person": person,
        "agreement": person.agreements.filter(ended_on=None).select_related("representation").first(),
        "sheet": Sheet(plan, today()) if plan else None,
        "pays": pays(person),
        "ways": [(words, rows) for words, rows in ways if rows],
    }
    return render(request, "my/held.html", context)


@page("my.see")
def my_people(request: HttpRequest) -> HttpResponse:
    """The worker, the broker, unpaid carers, and who acts for the person."""
    mine = whose(request)
    person = Person.objects.select_related("worker", "broker", "team").get(pk=mine.person.pk)
    context = {
        "whose": mine,
        "person": person,
        "carers": list(person.carers.filter(until=None).select_related("carer").order_by("pk")),
        "cares_for": list(person.caring_for.filter(until=None).select_related("cared_for").order_by("pk")),
        "representatives": list(person.representations.filter(until=None).order_by("pk")),
    }
    return render(request, "my/people.html", context)


@page("my.see")
def my_letters(request: HttpRequest) -> HttpResponse:
    """The letters there are, in large print where that is how the person reads."""
    mine = whose(request)
    found = [one for one in _letters(mine.person) if one.href]
    other = mine.person.format not in (Format.STANDARD, Format.LARGE_PRINT)
    context = {"whose": mine, "person": mine.person, "letters": found, "other_format": other}
    return render(request, "my/letters.html", context)


@page("my.see")
def my_contribution_letter(request: HttpRequest) -> HttpResponse:
    """What the person pays, as a letter: the one that ``?of=`` names, else the first. Raises Http404."""
    person = whose(request).person
    assessed = paid_towards(person, request.GET.get("of", ""))
    return pdf_answer(contribution_letter(assessed, today()), f"contribution-{person.ref}.pdf")


def _letters(person: Person) -> list[Letter]:
    """Those that apply to this person; one whose page is missing has no address."""
    found = []
    for one in live(person):
        href = address("my_budget_letter")
        says = f"About {pounds(one.pence_per_week)} a week to plan with, and how we worked it out."
        found.append(
            Letter("{Your} budget to plan with", says, href and f"{href}?of={one.pk}", one.proposed_on)
        )
    for assessed in pays(person):
        says = f"{{They}} pay {pounds(assessed.pence_per_week)} a week, and how we worked it out."
        title = "What {they} pay as a carer" if assessed.kind == "carer" else "What {they} pay"
        href = address("my_contribution_letter")
        found.append(Letter(title, says, href and f"{href}?of={assessed.pk}", assessed.assessed_on))
    for plan in person.plans.filter(state=Plan.State.AGREED).order_by("kind"):
        title = "{Your} support plan as a carer" if plan.kind == "carer" else "{Your} support plan"
        says = "What matters to {you}, what is arranged, and what it costs."
        href = address("my_plan_pdf")
        found.append(Letter(title, says, href and f"{href}?of={plan.pk}", plan.agreed_on))
    agreement = person.agreements.filter(ended_on=None).first()
    if agreement:
        says = "What {they} agreed with us, and what we agreed with {them}."
        found.append(
            Letter("{Your} direct payment agreement", says, address("my_agreement"), agreement.signed_on)
        )
    says = "For everybody, in large print."
    return [*found, Letter("What a personal budget is", says, address("budgets_explained_pdf"))]


urlpatterns = [
    path("my/held/", my_held, name="my_held"),
    path("my/people/", my_people, name="my_people"),
    path("my/letters/", my_letters, name="my_letters"),
    path("my/contribution-letter.pdf", my_contribution_letter, name="my_contribution_letter"),
]
