"""Outcomes of a plan and the lines under them; what a line costs while it is written."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import plan_line, plan_outcome
from wherewithal.core.costing import CostedLine
from wherewithal.core.policy import Used
from wherewithal.policy import direct_payment, restriction
from wherewithal.records.models import Household, Plan, PlanLine, PlanOutcome
from wherewithal.records.models.plan import Held, HowOften, Term
from wherewithal.records.reading import as_line
from wherewithal.web import access, plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, DateField, OneOf, PenceField, SomeOf
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan import removal, to_plan
from wherewithal.web.plan_sheet import Sheet, care_act_outcomes

UNITS = [
    ("hour", "hours"), ("day", "days"), ("night", "nights"), ("week", "weeks"), ("session", "sessions"),
    ("mile", "miles"), ("item", "items"), ("month", "months"), ("year", "years"),
]  # fmt: skip
HELD = {
    Held.DIRECT_PAYMENT: "The money goes to the person, or to who holds it for them",
    Held.COUNCIL_MANAGED: "The person chooses, the council pays",
    Held.FUND: "A provider holds the money and spends it as the person says",
    Held.COMMISSIONED: "The council buys it; it is not part of a personal budget",
    Held.IN_HOUSE: "The council’s own staff",
}


class OutcomeForm(EditForm):
    text = forms.CharField(
        label="What should be different?",
        max_length=200,
        help_text="In their own words, such as: I swim every week.",
    )
    serves = SomeOf(
        label="Which outcomes of the Care Act does it serve?",
        required=False,
        help_text="As many as it serves, or none. Whoever decides sees each need beside these outcomes",
    )

    def __init__(self, *args: Any, kind: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"].choices = list(care_act_outcomes(kind, on).items())  # type: ignore[attr-defined]


class LineForm(EditForm):
    outcome = forms.ChoiceField(label="Which outcome is it for?", required=False)
    what = forms.CharField(label="What is it?", max_length=120, help_text="Such as: swimming with help")
    kind = forms.ChoiceField(label="What kind of thing is it?")
    supplier = forms.CharField(label="Who supplies it?", max_length=100, required=False)
    relation = forms.ChoiceField(label="Are they related to the person?", required=False)
    same_household = forms.BooleanField(label="They live in the same household", required=False)
    exception_reason = forms.CharField(
        label="Why should it be agreed all the same?",
        required=False,
        widget=forms.Textarea,
        help_text="Only where the council restricts it, or where a relative is paid",
    )
    units = forms.DecimalField(
        label="How much each time?",
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        error_messages={"invalid": "Write how much as a number, such as 7.5"},
    )
    unit = forms.ChoiceField(label="Of what?", choices=UNITS)
    pence_per_unit = PenceField(label="Price of one", most=A_WEEK_AT_MOST)
    how_often = OneOf(HowOften.choices, label="How often?", initial=HowOften.WEEKLY)
    first = DateField(label="From")
    last = DateField(label="Until", required=False, help_text="Leave it empty while there is no end")
    held = OneOf(label="How is the money held?", hints={str(how): says for how, says in HELD.items()})
    term = OneOf(Term.choices, label="For how long?", initial=Term.LONG)

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Used(on)
        outcomes = [(str(one.pk), one.text) for one in plan.outcomes.all()]
        relations = [(one.id, one.title.capitalize()) for one in direct_payment.relations(used)]
        own = plan.allocation_id is None
        held = [(Held.OWN_MONEY, Held.OWN_MONEY.label)] if own else [(how, how.label) for how in HELD]
        choices: dict[str, list[tuple[str, str]]] = {
            "outcome": [("", "None yet"), *outcomes],
            "kind": [("", "Choose"), *((kind.id, kind.title) for kind in restriction.kinds(used))],
            "relation": [("", "No"), *relations],
            "held": cast(list[tuple[str, str]], held),
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        if own:
            self.initial.setdefault("held", Held.OWN_MONEY)

    def fields_for(self, plan: Plan) -> plan_line.LineFields:
        """The cleaned values as the action takes them."""
        said = dict(self.cleaned_data)
        wanted = said.pop("outcome")
        by_id = {str(one.pk): one for one in plan.outcomes.all()}
        return cast(plan_line.LineFields, said | {"outcome": by_id.get(wanted)})


@page("plan.write")
def plan_outcome_add(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    form = OutcomeForm(request.POST or None, kind=plan.kind, on=today())
    if form.is_valid():
        with refusals(form):
            plan_outcome.add_outcome(plan=plan, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The outcome is added. Now say what is bought or arranged for it.")
            return to_plan(plan)
    return render(request, "plan/outcome.html", {"person": person, "plan": plan, "form": form})


@page("plan.write")
def plan_outcome_edit(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    outcome = get_object_or_404(_outcomes(person.pk), pk=pk)
    form = OutcomeForm(
        request.POST or None, initial=_outcome_written(outcome), kind=outcome.plan.kind, on=today()
    )
    if form.is_valid():
        with refusals(form):
            form.must_stand(outcome, _outcome_written, under=outcome.plan)
            plan_outcome.change_outcome(outcome=outcome, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The outcome is changed.")
            return to_plan(outcome.plan)
    context = {"person": person, "plan": outcome.plan, "form": form, "outcome": outcome}
    return render(request, "plan/outcome.html", context)


@page("plan.write")
def plan_outcome_remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    outcome = get_object_or_404(_outcomes(person.pk), pk=pk)
    remove = partial(plan_outcome.remove_outcome, outcome=outcome, by=user_of(request), at=now())
    stay = reverse("plan_outcome_edit", args=[ref, pk])
    return removal(request, outcome.plan, "outcome", outcome.text, stay, remove)


@page("plan.write")
def plan_line_add(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    initial = {"outcome": request.GET.get("outcome", ""), "first": today()}
    return _line_page(request, plan, PlanLine(plan=plan), initial)


@page("plan.write")
def plan_line_edit(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    line = get_object_or_404(_lines(person.pk), pk=pk)
    return _line_page(request, line.plan, line, _line_written(line))


@page("plan.write")
def plan_line_remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    line = get_object_or_404(_lines(person.pk), pk=pk)
    remove = partial(plan_line.remove_line, line=line, by=user_of(request), at=now())
    return removal(request, line.plan, "line", line.what, reverse("plan_line_edit", args=[ref, pk]), remove)


@page("plan.write")
@require_POST
def plan_line_cost(request: HttpRequest, ref: str) -> HttpResponse:
    """What the line costs as it stands in the form: a piece of the page, asked for while somebody writes."""
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    editing = request.POST.get("editing", "")
    line = get_object_or_404(plan.lines, pk=editing) if editing.isdecimal() else PlanLine(plan=plan)
    form = LineForm(request.POST, plan=plan, on=today())
    return render(request, "plan/line_cost.html", {"cost": _cost(form, plan, line)})


def _line_page(request: HttpRequest, plan: Plan, line: PlanLine, initial: dict[str, Any]) -> HttpResponse:
    form = LineForm(request.POST or None, initial=initial, plan=plan, on=today())
    working_out = "work_out" in request.POST
    if request.method == "POST" and not working_out and form.is_valid():
        fields, by = form.fields_for(plan), user_of(request)
        with refusals(form):
            if line.pk:
                form.must_stand(line, _line_written, under=plan)
                plan_line.change_line(line=line, by=by, at=now(), **fields)
            else:
                plan_line.add_line(plan=plan, by=by, at=now(), **fields)
        if form.is_valid():
            messages.success(request, f"“{fields['what']}” is saved.")
            return to_plan(plan)
    cost = _cost(form, plan, line)
    if working_out:
        written, form = form, LineForm(initial=_as_written(form), plan=plan, on=today())
        form.goes_on_from(written)
    context = {
        "person": plan.person,
        "plan": plan,
        "form": form,
        "line": line if line.pk else None,
        "cost": cost,
        "household": Household.objects.filter(person=plan.person, until=None),
        "relations": {one.id: one.title for one in direct_payment.relations(Used(today()))},
    }
    return render(request, "plan/line.html", context)


def _as_written(form: LineForm) -> dict[str, Any]:
    """What stands in the form, to draw it again without its faults."""
    return {bound.name: bound.value() for bound in form}


def _cost(form: LineForm, plan: Plan, line: PlanLine) -> dict[str, Any] | None:
    """The line costed, and the plan's pence a week with it; None while it cannot be worked out."""
    if form.is_bound:
        form.is_valid()
        said = {
            name: form.cleaned_data.get(name) for name in ("units", "unit", "pence_per_unit", "how_often")
        }
    else:
        said = {name: getattr(line, name) for name in ("units", "unit", "pence_per_unit", "how_often")}
    if any(value in (None, "") for value in said.values()):
        return None
    written: CostedLine = as_line(PlanLine(plan=plan, what="It", first=today(), held="commissioned", **said))
    sheet = Sheet(plan, today())
    before = next((one.pence_per_week for one in sheet.value.lines if one.id == str(line.pk)), 0)
    with_it = sheet.value.cost.pence_per_week - before + written.pence_per_week
    return {
        "of": written,
        "plan_pence_per_week": with_it,
        "indicative_pence_per_week": plan.indicative_pence_per_week if sheet.has_budget else None,
        "difference": with_it - plan.indicative_pence_per_week,
    }


def _outcome_written(outcome: PlanOutcome) -> dict[str, Any]:
    return {"text": outcome.text, "serves": outcome.serves}


def _line_written(line: PlanLine) -> dict[str, Any]:
    names = LineForm.base_fields.keys() - {"outcome"}
    written = {"outcome": str(line.outcome_id or ""), "units": f"{line.units.normalize():f}"}
    return {name: getattr(line, name) for name in names} | written


def _outcomes(person_pk: int) -> Any:
    return PlanOutcome.objects.select_related("plan__person").filter(plan__person=person_pk)


def _lines(person_pk: int) -> Any:
    return (
        PlanLine.objects.select_related("plan__person", "plan__allocation")
        .prefetch_related("plan__outcomes", "plan__lines", "plan__risks")
        .filter(plan__person=person_pk)
    )


urlpatterns = [
    path("people/<ref>/plan/outcomes/add/", plan_outcome_add, name="plan_outcome"),
    path("people/<ref>/plan/outcomes/<int:pk>/", plan_outcome_edit, name="plan_outcome_edit"),
    path("people/<ref>/plan/outcomes/<int:pk>/remove/", plan_outcome_remove, name="plan_outcome_remove"),
    path("people/<ref>/plan/lines/add/", plan_line_add, name="plan_line"),
    path("people/<ref>/plan/lines/cost/", plan_line_cost, name="plan_line_cost"),
    path("people/<ref>/plan/lines/<int:pk>/", plan_line_edit, name="plan_line_edit"),
    path("people/<ref>/plan/lines/<int:pk>/remove/", plan_line_remove, name="plan_line_remove"),
]
