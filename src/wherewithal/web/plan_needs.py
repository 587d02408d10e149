"""What a plan must meet, for whoever decides on it: each need that was found, and what the plan says."""

from dataclasses import dataclass

from wherewithal.core.eligibility import OutcomeRule
from wherewithal.policy.eligibility import rules
from wherewithal.records.models import Plan


@dataclass(frozen=True)
class Need:
    """A need in the words of the rule by which it was found, and the plan's outcomes that name it."""

    text: str
    outcomes: tuple[str, ...]


def eligible_needs(plan: Plan) -> list[Need]:
    """In the order of the rule; none where nobody was assessed, or by a rule that names no needs."""
    assessment = plan.assessment
    if assessment is None or not assessment.eligible or assessment.agreed_on is None:
        return []
    rule = rules(assessment.kind, assessment.agreed_on)
    if not isinstance(rule, OutcomeRule):
        return []
    found = {*assessment.eligibility.get("unmet", ()), *assessment.findings.get("alone", ())}
    served: dict[str, tuple[str, ...]] = {}
    for outcome in plan.outcomes.all():
        for code in outcome.serves:
            served[code] = (*served.get(code, ()), outcome.text)
    return [
        Need(one.text, served.get(one.code, ()))
        for one in (*rule.outcomes, *rule.enough_alone)
        if one.code in found
    ]
