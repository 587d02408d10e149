"""Risks of a plan: what could go wrong, what is done about it, what is left, and why it is worth taking."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from wherewithal.actions import risk as actions
from wherewithal.core.policy import Used
from wherewithal.policy import mitigation
from wherewithal.records.models import Plan, Risk
from wherewithal.web import access, plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField, OneOf
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan import removal, to_plan

LIKELIHOOD = [
    (1, "1, very unlikely"), (2, "2, unlikely"), (3, "3, possible"), (4, "4, likely"),
    (5, "5, almost certain"),
]  # fmt: skip
IMPACT = [
    (1, "1, hardly any"), (2, "2, small"), (3, "3, moderate"), (4, "4, serious"), (5, "5, very serious"),
]  # fmt: skip


def _score(label: str, choices: list[tuple[int, str]], required: bool = True) -> forms.TypedChoiceField:
    rows: list[tuple[int | str, str]] = [("", "Choose"), *choices]
    return forms.TypedChoiceField(label=label, choices=rows, coerce=int, empty_value=None, required=required)


class RiskForm(EditForm):
    what = forms.CharField(label="What could go wrong?", widget=forms.Textarea)
    kind = OneOf(label="What kind of risk is it?")
    likelihood = _score("How likely?", LIKELIHOOD)
    impact = _score("How bad?", IMPACT)
    mitigation = forms.ChoiceField(label="From the library", required=False)
    mitigation_words = forms.CharField(label="In your own words", required=False, widget=forms.Textarea)
    owner = forms.CharField(label="Who sees to it?", required=False, max_length=100)
    likelihood_after = _score("How likely then?", LIKELIHOOD, required=False)
    impact_after = _score("How bad then?", IMPACT, required=False)
    accepted_because = forms.CharField(
        label="Why is it worth taking?",
        required=False,
        widget=forms.Textarea,
        help_text="Where a risk is taken knowingly, for what it gives the person",
    )
    look_again_on = DateField(label="When is it looked at again?", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Used(on)
        kinds = [(id, title.capitalize()) for id, title in mitigation.kind_titles(used).items()]
        library = [("", "None of these"), *((one.id, one.says) for one in mitigation.library(used))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["mitigation"].choices = library  # type: ignore[attr-defined]


@page("risk.write")
def plan_risk(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    return _risk_page(request, plan, None)


@page("risk.write")
def plan_risk_edit(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    risk = get_object_or_404(Risk.objects.select_related("plan__person").filter(plan__person=person), pk=pk)
    return _risk_page(request, risk.plan, risk)


@page("risk.write")
def plan_risk_remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    risk = get_object_or_404(Risk.objects.select_related("plan__person").filter(plan__person=person), pk=pk)
    remove = partial(actions.remove_risk, risk=risk, by=user_of(request), at=now())
    return removal(request, risk.plan, "risk", risk.what, reverse("plan_risk_edit", args=[ref, pk]), remove)


def _risk_page(request: HttpRequest, plan: Plan, risk: Risk | None) -> HttpResponse:
    form = RiskForm(request.POST or None, initial=_written(risk) if risk else {}, on=today())
    if form.is_valid():
        who: dict[str, Any] = {"by": user_of(request), "at": now()}
        with refusals(form):
            if risk:
                form.must_stand(risk, _written, under=plan)
                actions.change_risk(risk=risk, **form.cleaned_data, **who)
            else:
                actions.add_risk(plan=plan, **form.cleaned_data, **who)
        if form.is_valid():
            messages.success(request, "The risk is saved.")
            return to_plan(plan)
    context = {"person": plan.person, "plan": plan, "form": form, "risk": risk}
    return render(request, "plan/risk.html", context)


def _written(risk: Risk) -> dict[str, Any]:
    return {name: getattr(risk, name) for name in RiskForm.base_fields}


urlpatterns = [
    path("people/<ref>/plan/risks/add/", plan_risk, name="plan_risk"),
    path("people/<ref>/plan/risks/<int:pk>/", plan_risk_edit, name="plan_risk_edit"),
    path("people/<ref>/plan/risks/<int:pk>/remove/", plan_risk_remove, name="plan_risk_remove"),
]
