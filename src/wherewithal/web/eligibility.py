"""The last steps of an assessment, for staff: what was explained, and who qualifies, decided with reasons."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst

from wherewithal.actions import assessment as actions
from wherewithal.core.assessment import EXPLANATIONS
from wherewithal.core.eligibility import (
    BandFindings,
    BandRule,
    Findings,
    OutcomeFindings,
    OutcomeRule,
    Rule,
    Unmet,
    suggested,
)
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.eligibility import rules
from wherewithal.web import access
from wherewithal.web.case import Case, needed
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import OneOf, SomeOf, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

NONE = "none"


class ExplainForm(Form):
    """What was not explained yet."""

    what = SomeOf(label="What did you explain?", help_text="Choose all that you explained today.")

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data)
        self.left = [one for one in EXPLANATIONS if one.code not in case.of.explained]
        field = self.fields["what"]
        field.choices = [(one.code, one.title) for one in self.left]  # type: ignore[attr-defined]
        field.hints = {one.code: one.says for one in self.left}  # type: ignore[attr-defined]


class OutcomesForm(Form):
    """Each outcome of the rule: able or unable, and in which way; ``suggestions`` stand beside it."""

    def __init__(self, rule: OutcomeRule, suggestions: dict[str, list[str]], data: Any = None) -> None:
        super().__init__(data)
        self.rule, self.asks = rule, {}
        self._add(
            "cause",
            YesNo(label="Is this so?", help_text=capfirst(rule.cause.hint)),
            f"Say whether {rule.cause.hint.removesuffix('.')}",
        )
        for outcome in rule.outcomes:
            seen = [f"The answers suggest this: {says}." for says in suggestions.get(outcome.code, [])]
            choice = OneOf(
                [("able", "Able"), ("unable", "Unable")],
                label=outcome.text,
                help_text=" ".join([outcome.hint, *seen]),
            )
            self._add(f"outcome_{outcome.code}", choice, f"Choose able or unable for “{outcome.text}”")
            limbs = [(limb.code, capfirst(limb.text)) for limb in rule.limbs]
            why = SomeOf(limbs, label=f"Why unable: {outcome.text.lower()}", required=False)
            self._add(f"limbs_{outcome.code}", why)
        if rule.enough_alone:
            alone = [(one.code, one.text) for one in rule.enough_alone]
            seen = [
                f"The answers suggest this: {says}."
                for one in rule.enough_alone
                for says in suggestions.get(one.code, [])
            ]
            self._add(
                "alone", SomeOf(alone, label="Is one of these so?", required=False, help_text=" ".join(seen))
            )
        self._add(
            "impact", YesNo(label="Does this have a big effect on their well-being, or is it likely to?")
        )
        areas = [(one.code, capfirst(one.text)) for one in rule.wellbeing]
        self._add("wellbeing", SomeOf(areas, label="On what?", required=False))
        looked = forms.CharField(
            label="If their needs come and go: over what time did you look?", required=False, max_length=200
        )
        self._add("looked_at", looked)

    def _add(self, name: str, field: forms.Field, ask: str = "") -> None:
        self.fields[name] = field
        if ask:
            self.asks = {**self.asks, name: ask}

    def outcomes(self) -> list[tuple[str, str]]:
        """The names of each outcome's two fields."""
        return [(f"outcome_{one.code}", f"limbs_{one.code}") for one in self.rule.outcomes]

    def clean(self) -> dict[str, Any]:
        for outcome in self.rule.outcomes:
            unable = self.cleaned_data.get(f"outcome_{outcome.code}") == "unable"
            if unable and not self.cleaned_data.get(f"limbs_{outcome.code}"):
                self.add_error(f"limbs_{outcome.code}", f"Choose why they are unable: {outcome.text.lower()}")
        return self.cleaned_data

    def findings(self) -> Findings:
        kept = self.cleaned_data
        unmet = [
            Unmet(one.code, limb)
            for one in self.rule.outcomes
            if kept[f"outcome_{one.code}"] == "unable"
            for limb in kept[f"limbs_{one.code}"]
        ]
        return OutcomeFindings(
            cause=kept["cause"],
            unmet=tuple(unmet),
            alone=tuple(kept.get("alone", ())),
            impact=kept["impact"],
            wellbeing=tuple(kept["wellbeing"]) if kept["impact"] else (),
            looked_at=kept["looked_at"],
        )


class BandsForm(Form):
    """The bands of the rule in which a risk was found."""

    def __init__(self, rule: BandRule, data: Any = None) -> None:
        super().__init__(data)
        bands = [(band.code, band.code.capitalize()) for band in rule.bands]
        self.fields["bands"] = SomeOf(
            [*bands, (NONE, "None of these")],
            hints={band.code: band.hint for band in rule.bands},
            label="In which bands did you find a risk to their independence?",
        )

    def clean_bands(self) -> list[str]:
        bands: list[str] = self.cleaned_data["bands"]
        if NONE in bands and len(bands) > 1:
            raise forms.ValidationError("Choose “None of these” or bands, not both")
        return bands

    def findings(self) -> Findings:
        return BandFindings(tuple(band for band in self.cleaned_data["bands"] if band != NONE))


@page("assessment.write")
def assessment_explain(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    case = needed(request, person)
    form = ExplainForm(case, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.explain(
                assessment=case.of, what=form.cleaned_data["what"], by=access.user_of(request), at=now()
            )
        if form.is_valid():
            messages.success(request, "It is on record that this was explained.")
            return redirect(case.href("person_assessment"))
    return render(request, "assessment/explain.html", {"person": person, "case": case, "form": form})


@page("assessment.write")
def assessment_agree(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    case = needed(request, person)
    try:
        rule = rules(case.of.kind, today())
    except NoPolicy as refusal:
        messages.warning(request, refusal.says)
        return redirect(case.href("person_assessment"))
    form = _form(rule, case, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            done = actions.agree(
                assessment=case.of,
                findings=form.findings(),
                reason=form.cleaned_data.get("reason", ""),
                by=access.user_of(request),
                at=now(),
            )
        if form.is_valid():
            messages.success(request, _outcome(done.eligible, person.name))
            return redirect(case.href("person_assessment"))
    context = {"person": person, "case": case, "form": form, "rule": rule}
    return render(request, "assessment/agree.html", context)


def _form(rule: Rule, case: Case, data: Any) -> OutcomesForm | BandsForm:
    """The worker's findings; and, where the person gave no answer of their own, why."""
    form = _findings(rule, case, data)
    if not case.is_heard:
        form.fields["reason"] = forms.CharField(
            label="Why are there none of their own answers?",
            help_text="It is kept with the assessment, and shown with it",
            max_length=200,
        )
    return form


def _findings(rule: Rule, case: Case, data: Any) -> OutcomesForm | BandsForm:
    if isinstance(rule, BandRule):
        return BandsForm(rule, data)
    seen: dict[str, list[str]] = {}
    for one in suggested(case.worker.questionnaire, case.worker.answers):
        seen.setdefault(one.outcome, []).append(f"{one.text}, “{one.answer_text}”")
    return OutcomesForm(rule, seen, data)


def _outcome(eligible: bool | None, name: str) -> str:
    if eligible:
        return f"The assessment is agreed. {name} qualifies for support. Offer a direct payment next."
    return f"The assessment is agreed. {name} does not qualify; tell them the reasons and what else can help."


urlpatterns = [
    path("people/<ref>/assessment/explain/", assessment_explain, name="assessment_explain"),
    path("people/<ref>/assessment/agree/", assessment_agree, name="assessment_agree"),
]
