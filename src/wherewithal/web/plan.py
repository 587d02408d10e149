"""The plan of a person: its tab, starting, describing and testing it, its versions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions import plan as actions
from wherewithal.core.plan_versions import side_by_side
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation
from wherewithal.records.models import Allocation, Plan
from wherewithal.records.models.assessment import Kind
from wherewithal.web import access, plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, OneOf, PenceField, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan_sheet import Sheet

KINDS = [(Kind.ADULT, "Their own support"), (Kind.CARER, "Their life as a carer")]


class StartForm(Form):
    kind = OneOf(KINDS, label="What is the plan for?")
    written_by = OneOf(Plan.WrittenBy.choices, label="Who writes it?", initial=Plan.WrittenBy.WORKER)


class DescribeForm(EditForm):
    written_by = OneOf(Plan.WrittenBy.choices, label="Who writes it?")
    summary = forms.CharField(
        label="What matters to them", required=False, widget=forms.Textarea, help_text="In their own words"
    )
    first_wish = forms.CharField(label="First wish", required=False, max_length=200)
    second_wish = forms.CharField(label="Second wish", required=False, max_length=200)
    third_wish = forms.CharField(label="Third wish", required=False, max_length=200)
    contingency = forms.CharField(
        label="What happens when support falls through?",
        required=False,
        widget=forms.Textarea,
        help_text="Who steps in when somebody is ill, and whom to ring",
    )
    contingency_pence_per_week = PenceField(
        label="Money set aside for it, a week",
        most=A_WEEK_AT_MOST,
        required=False,
        help_text="The council keeps it until it is needed. To have it in the direct payment, add a line.",
    )

    @property
    def wishes(self) -> list[str]:
        return [self.cleaned_data[name] for name in ("first_wish", "second_wish", "third_wish")]


class TestsForm(EditForm):
    """A yes or no and its reason for each of the tests that the policy asks."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tests = delegation.tests(Used(on))
        for test in self.tests:
            self.fields[test.id] = YesNo(label=test.asks)
            self.fields[f"{test.id}_why"] = forms.CharField(label="Why?", widget=forms.Textarea)
            self.asks = {**self.asks, f"{test.id}_why": f"Say why you answered so: “{test.asks}”"}

    @property
    def answers(self) -> dict[str, tuple[bool, str]]:
        said = self.cleaned_data
        return {test.id: (said[test.id], said[f"{test.id}_why"]) for test in self.tests}


@page("plan.see")
def person_plan(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.find(request, person)
    others = [one for one in person.plans.order_by("-id") if one != plan]
    context = {
        "person": person,
        "sheet": Sheet(plan, today()) if plan else None,
        "others": [(one.get_state_display().lower(), one) for one in others],
        "may_start": not any(one.state in Plan.OPEN for one in [*others, *([plan] if plan else [])]),
        "agreement": person.agreements.filter(ended_on=None).first(),
    }
    return render(request, "plan/person.html", context)


@page("plan.write")
def plan_start(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    budgets = person.allocations.exclude(state=Allocation.State.SUPERSEDED).select_related("assessment")
    newest = budgets.order_by("-id").first()
    agreed = person.plans.filter(state=Plan.State.AGREED).order_by("-id").first()
    kind = newest.assessment.kind if newest else agreed.kind if agreed else Kind.ADULT
    form = StartForm(request.POST or None, initial={"kind": kind})
    if form.is_valid():
        with refusals(form):
            actions.start(person=person, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The plan is started.")
            return redirect("person_plan", ref)
    context = {"person": person, "form": form, "budgets": list(budgets.order_by("-id")), "agreed": agreed}
    return render(request, "plan/start.html", context)


@page("plan.write")
def plan_describe(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    form = DescribeForm(request.POST or None, initial=_described(plan))
    if form.is_valid():
        said = dict(form.cleaned_data)
        with refusals(form):
            form.must_stand(plan, _described)
            actions.describe(
                plan=plan,
                summary=said["summary"],
                wishes=form.wishes,
                contingency=said["contingency"],
                contingency_pence_per_week=said["contingency_pence_per_week"] or 0,
                written_by=said["written_by"],
                by=user_of(request),
                at=now(),
            )
        if form.is_valid():
            messages.success(request, "Saved.")
            return to_plan(plan)
    return render(request, "plan/describe.html", {"person": person, "plan": plan, "form": form})


@page("plan.write")
def plan_tests(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    form = TestsForm(request.POST or None, initial=_tested(plan), on=today())
    if form.is_valid():
        with refusals(form):
            form.must_stand(plan, _tested)
            actions.answer_tests(plan=plan, answers=form.answers, by=user_of(request), at=now())
        if form.is_valid():
            messages.success(request, "The three tests are answered.")
            return to_plan(plan)
    return render(request, "plan/tests.html", {"person": person, "plan": plan, "form": form})


@page("plan.see")
def plan_versions(request: HttpRequest, ref: str) -> HttpResponse:
    """Two versions beside each other: ``?before=`` and ``?after=``, by default the last two of a kind."""
    person = access.person(request, ref)
    rows = list(plan_meant.plans().filter(person=person).order_by("kind", "version"))
    after = _chosen(rows, request.GET.get("after", "")) or (rows[-1] if rows else None)
    of_kind = [plan for plan in rows if after and plan.kind == after.kind and plan != after]
    before = _chosen(of_kind, request.GET.get("before", "")) or (of_kind[-1] if of_kind else None)
    context: dict[str, Any] = {"person": person, "plans": rows, "before": None, "after": None, "pairs": []}
    if before and after:
        one, other = Sheet(before, today()), Sheet(after, today())
        pairs = side_by_side(one.value.lines, other.value.lines)
        context |= {"before": one, "after": other, "pairs": pairs}
    return render(request, "plan/versions.html", context)


def to_plan(plan: Plan) -> HttpResponse:
    """Back to the tab, on the same plan."""
    return redirect(reverse("person_plan", args=[plan.person.ref]) + f"?of={plan.pk}")


@contextmanager
def told(request: HttpRequest, done: str) -> Iterator[None]:
    """An action behind a button of its own: its refusal, or ``done``, is told on the next page."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        messages.error(request, refusal.says)
    else:
        messages.success(request, done)


def removal(
    request: HttpRequest, plan: Plan, noun: str, says: str, stay: str, remove: Callable[[], None]
) -> HttpResponse:
    """Ask before something of a plan is removed, then remove it; ``stay`` is the page to go back to."""
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            remove()
        if form.is_valid():
            messages.success(request, f"The {noun} is removed: {says}")
            return to_plan(plan)
    context = {"person": plan.person, "form": form, "noun": noun, "says": says, "stay": stay}
    return render(request, "plan/remove.html", context)


def _described(plan: Plan) -> dict[str, Any]:
    wishes = dict(zip(("first_wish", "second_wish", "third_wish"), plan.wishes, strict=False))
    names = ("written_by", "summary", "contingency")
    told = {name: getattr(plan, name) for name in names}
    return told | wishes | {"contingency_pence_per_week": plan.contingency_pence_per_week or None}


def _tested(plan: Plan) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for id, (yes, why) in plan.tests.items():
        told |= {id: yes, f"{id}_why": why}
    return told


def _chosen(rows: list[Plan], wanted: str) -> Plan | None:
    if not wanted:
        return None
    for plan in rows:
        if str(plan.pk) == wanted:
            return plan
    raise Http404("There is no such version.")


urlpatterns = [
    path("people/<ref>/plan/", person_plan, name="person_plan"),
    path("people/<ref>/plan/start/", plan_start, name="plan_start"),
    path("people/<ref>/plan/describe/", plan_describe, name="plan_describe"),
    path("people/<ref>/plan/tests/", plan_tests, name="plan_tests"),
    path("people/<ref>/plan/versions/", plan_versions, name="plan_versions"),
]
