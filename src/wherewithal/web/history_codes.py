"""What the codes of a noun are called: a mitigation, a kind of income, a reason why an offer was declined."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from wherewithal.core.assessment import EXPLANATIONS
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import delegation, direct_payment, mitigation, parameters, restriction
from wherewithal.policy.charging import expense_kinds, income_kinds
from wherewithal.policy.eligibility import rules
from wherewithal.records.history import Change
from wherewithal.records.models import (
    Arrangement,
    Assessment,
    Decision,
    FinancialAssessment,
    Household,
    Observation,
    Offer,
    Plan,
    PlanLine,
    PlanOutcome,
    Question,
    Review,
    Risk,
)
from wherewithal.web.card_lines import OUTCOMES
from wherewithal.web.clock import today
from wherewithal.web.plan_sheet import care_act_outcomes

Codes = Mapping[str, Mapping[str, str]]  # what a code is called, by the name that it stands under
KEYS = "what the keys of a mapping are called"  # the one entry of Codes that is no name of a value


def codes_of(change: Change) -> Codes:
    """What the codes in a change are called, by the policies of its row; nothing on a day that has none."""
    found = CODES.get(change.noun)
    try:
        return found(change.row) if found else {}
    except NoPolicy:  # of a day for which no policy is on record: the codes stand as they are
        return {}


def _of_findings(row: Any) -> Codes:
    rule = rules(row.kind, row.agreed_on or row.started_on)
    parts = {
        "unmet": "outcomes", "outcome": "outcomes", "limb": "limbs", "alone": "enough_alone",
        "wellbeing": "wellbeing",
    }  # fmt: skip
    explained = {one.code: one.title.lower() for one in EXPLANATIONS}
    return {
        KEYS: explained,
        **{key: {one.code: one.text for one in getattr(rule, part, ())} for key, part in parts.items()},
    }


def _of_tests(row: Any) -> Codes:
    return {KEYS: {one.id: one.asks for one in delegation.tests(Used(today()))}}


def _of_decisions(row: Any) -> Codes:
    titles = {one.name: one.title for one in parameters(delegation.FILE).values()}
    return {KEYS: titles | {one.id: one.asks for one in delegation.checks(Used(today()))}}


def _of_outcomes(row: Any) -> Codes:
    return {"serves": care_act_outcomes(Plan.objects.get(pk=row.plan_id).kind, today())}


def _of_what_was_seen(row: Any) -> Codes:
    outcomes = PlanOutcome.objects.filter(plan=row.plan_id).values_list("pk", "text")
    return {
        KEYS: {str(pk): text for pk, text in outcomes},
        "level": {level.value: level.label.lower() for level in Observation.Level},
        "change": {"none": "costs the same", "saved": "costs less", "added": "costs more"},
        "next_step": {step.value: step.label for step in Review.Next},
    }


def _of_means(row: Any) -> Codes:
    return {"kind": {one.kind: one.title for one in (*income_kinds(row.first), *expense_kinds(row.first))}}


def _of_lines(row: Any) -> Codes:
    used = Used(today())
    return {
        "kind": {one.id: one.title for one in restriction.kinds(used)},
        "relation": {one.id: one.title for one in direct_payment.relations(used)},
    }


# What the codes of a noun are called, from its row.
CODES: dict[type[Model], Callable[[Any], Codes]] = {
    Assessment: _of_findings,
    Plan: _of_tests,
    PlanOutcome: _of_outcomes,
    Decision: _of_decisions,
    Review: _of_what_was_seen,
    FinancialAssessment: _of_means,
    PlanLine: _of_lines,
    Arrangement: _of_lines,
    Household: _of_lines,
    Risk: lambda row: {"mitigation": {one.id: one.says for one in mitigation.library(Used(today()))}},
    Offer: lambda row: {
        "why_not": {one.id: one.title for one in direct_payment.reasons_declined(Used(today()))}
    },
    Question: lambda row: {"outcome": dict(OUTCOMES)},
}
