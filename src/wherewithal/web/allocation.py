"""A person's budget: the indicative one with its workings, what they pay, and asking again; their letters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import allocation as actions
from wherewithal.core.money import a_week
from wherewithal.core.questions import score
from wherewithal.policy.circumstances import circumstances
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.models import Allocation, Assessment, Offer, Person, Plan
from wherewithal.records.reading import gave_own_answers
from wherewithal.web import access, budgets, plan_meant
from wherewithal.web.address import address, open_to
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.field_kinds import YesNo
from wherewithal.web.forms import Form
from wherewithal.web.my import whose
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan_sheet import Sheet

CARE = {"none": "None", "some": "Some", "a_lot": "A lot", "most": "Most of it"}


class ProposeForm(Form):
    sparse_place = YesNo(
        label="Does support have far to travel to where they live?",
        help_text="The questions do not ask this. The scheme may add something for it.",
    )


class AskAgainForm(Form):
    who = forms.CharField(label="Who asks?", max_length=100, help_text="The person, or whoever asks for them")
    words = forms.CharField(
        label="What is not right, or what was missed?",
        widget=forms.Textarea,
        help_text="In their own words, where they said it",
    )


class MyAskAgainForm(Form):
    words = forms.CharField(label="What is not right, or what did we miss?", widget=forms.Textarea)


@page("budget.see")
def person_budget(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    live = budgets.live(person)
    agreed = plan_meant.plans().filter(person=person, state=Plan.State.AGREED)
    context = {
        "person": person,
        "budgets": [_shown(one) for one in live],
        "waiting": _waiting(person, {one.assessment_id for one in live}),
        "agreed": [Sheet(plan, today()) for plan in agreed.order_by("kind")],
        "pays": [
            (one, budgets.contribution_slip(one), budgets.unverified(one)) for one in budgets.pays(person)
        ],
        "plan_href": href if open_to(request.user, href := address("person_plan", ref)) else "",
    }
    return render(request, "allocation/person.html", context)


@page("allocation.propose")
def allocation_propose(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    assessment = _assessment(request, person)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and assessment:
        with refusals(form):
            made = actions.propose(
                assessment=assessment, by=access.user_of(request), at=now(), **form.cleaned_data
            )
        if form.is_valid():
            messages.success(request, f"The indicative budget is {a_week(made.pence_per_week)}.")
            return redirect("person_budget", ref)
    context: dict[str, Any] = {"person": person, "assessment": assessment, "form": form}
    return render(request, "allocation/propose.html", context | _made_from(assessment))


@page("allocation.propose")
def allocation_ask_again(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    allocation = _budget(request, person)
    form = AskAgainForm(request.POST if request.method == "POST" else None, initial={"who": person.name})
    if form.is_valid():
        with refusals(form):
            actions.ask_again(
                allocation=allocation, by=access.user_of(request), at=now(), **form.cleaned_data
            )
        if form.is_valid():
            messages.success(request, "A manager is asked to look at the budget again.")
            return redirect("person_budget", ref)
    context = {"person": person, "form": form, "allocation": allocation}
    return render(request, "allocation/ask_again.html", context)


@page("answers.see")
def budget_letter(request: HttpRequest, ref: str) -> HttpResponse:
    return _letter(_budget(request, access.person(request, ref)))


@page("my.see")
def my_budget_letter(request: HttpRequest) -> HttpResponse:
    return _letter(_budget(request, access.mine(request)))


@page("my.answer")
def my_ask_again(request: HttpRequest) -> HttpResponse:
    mine = whose(request)
    allocation = _budget(request, mine.person)
    form = MyAskAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.ask_again(
                allocation=allocation,
                who=str(request.user),
                by=access.user_of(request),
                at=now(),
                **form.cleaned_data,
            )
        if form.is_valid():
            messages.success(request, "We will look at it again and write to you.")
            return redirect("my")
    context = {"whose": mine, "form": form, "allocation": allocation}
    return render(request, "my/ask_again.html", context)


def _letter(allocation: Allocation) -> HttpResponse:
    name = f"indicative-budget-{allocation.person.ref}.pdf"
    return pdf_answer(budgets.budget_letter(allocation, today()), name)


def _budget(request: HttpRequest, person: Person) -> Allocation:
    """The budget in force that ``?of=`` names, else the first; raises Http404 where there is none."""
    wanted = request.GET.get("of", "")
    found = [one for one in budgets.live(person) if not wanted or str(one.pk) == wanted]
    if not found:
        raise Http404("There is no indicative budget yet.")
    return found[0]


def _shown(one: Allocation) -> dict[str, Any]:
    asked = sorted(one.decisions.all(), key=lambda decision: decision.pk)
    return {
        "of": one,
        "slip": budgets.budget_slip(one),
        "would_change": budgets.would_change(one),
        "differs": [
            (row["text"], row["before_text"], row["after_text"], f"{row['points_change']:+d}")
            for row in one.inputs["differences"]
        ],
        "guide": budgets.guide(one),
        "heard": gave_own_answers(one.assessment),
        "asked": [decision for decision in asked if decision.kind == "look_again"],
    }


def _waiting(person: Person, done: set[int]) -> list[tuple[Assessment, bool]]:
    """Eligible assessments in force without a budget, and whether a direct payment was offered at each."""
    agreed = person.assessments.filter(state=Assessment.State.AGREED, eligible=True).exclude(pk__in=done)
    made = person.offers.filter(what=Offer.What.DIRECT_PAYMENT).values_list("assessment_id", flat=True)
    offered = set(made)
    return [(one, one.pk in offered) for one in agreed.order_by("kind")]


def _assessment(request: HttpRequest, person: Person) -> Assessment | None:
    """The agreed assessment that ``?of=`` names, else one that waits for its budget, else the adult's."""
    agreed = list(person.assessments.filter(state=Assessment.State.AGREED, eligible=True).order_by("kind"))
    if wanted := request.GET.get("of", ""):
        return next((one for one in agreed if str(one.pk) == wanted), None)
    waiting = _waiting(person, {one.assessment_id for one in budgets.live(person)}) if agreed else []
    return next(iter([*(one for one, _ in waiting), *agreed]), None)


def _made_from(assessment: Assessment | None) -> dict[str, Any]:
    """What the proposal will be worked out from: the scored answers and the circumstances."""
    response = assessment.responses.filter(view="worker").first() if assessment else None
    if response is None:
        return {}
    beside = circumstances(response.answers)
    care = CARE[beside.unpaid_care]
    if beside.unpaid_care != "none" and not beside.willing:
        care += ", but it cannot be relied on to go on, so nothing is taken off"
    return {
        "score": score(questionnaire_version(response.questionnaire, response.version), response.answers),
        "care": care,
        "shares": beside.lives_with_someone,
    }


urlpatterns = [
    path("people/<ref>/budget/", person_budget, name="person_budget"),
    path("people/<ref>/budget/propose/", allocation_propose, name="allocation_propose"),
    path("people/<ref>/budget/ask-again/", allocation_ask_again, name="allocation_ask_again"),
    path("people/<ref>/budget/letter.pdf", budget_letter, name="budget_letter"),
    path("my/budget-letter.pdf", my_budget_letter, name="my_budget_letter"),
    path("my/ask-again/", my_ask_again, name="my_ask_again"),
]
