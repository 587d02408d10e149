"""From rows to the core's values, in one place for actions and pages: a plan, its lines and risks; authority.

Nothing here decides anything. Prefetch ``outcomes``, ``lines`` and ``risks`` when you read many plans.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from django.db.models import Q, QuerySet

from wherewithal.core import offer as core_offer
from wherewithal.core import plan as core
from wherewithal.core import risk as core_risk
from wherewithal.core.costing import Contingency, CostedLine, Held, HowOften, Term, Unit
from wherewithal.core.questions import is_answered
from wherewithal.core.relatives import Payee
from wherewithal.records.models import (
    Agreement,
    Assessment,
    Decision,
    Household,
    Offer,
    Plan,
    PlanLine,
    Response,
    Risk,
    User,
)


@dataclass(frozen=True)
class Authority:
    """The roles that somebody held on a day, and the limit of their own (pence a week, 0: none)."""

    roles: frozenset[str]
    own_limit_pence_per_week: int


def authority(user: User, on: date) -> Authority:
    """What ``user`` could decide on that day, from the memberships that held then."""
    held = user.memberships.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)
    rows = list(held.values_list("role", "own_limit_pence_per_week"))
    return Authority(frozenset(role for role, _ in rows), max([limit for _, limit in rows], default=0))


def gave_own_answers(assessment: Assessment) -> bool:
    """Is any answer of the person's own on record with it? Prefetch ``responses`` for many."""
    own = [one for one in assessment.responses.all() if one.view == Response.View.OWN]
    return any(is_answered(answer) for one in own for answer in one.answers.values())


def as_plan(plan: Plan) -> core.Plan:
    """The plan as the core weighs it: outcomes by id, lines, risks, tests, whether money may be direct."""
    return core.Plan(
        first=plan.started_on,
        outcomes={str(outcome.pk): outcome.text for outcome in plan.outcomes.all()},
        lines=_lines(plan),
        written_by=cast(core.WrittenBy, plan.written_by),
        indicative_pence_per_week=plan.indicative_pence_per_week if plan.allocation_id else None,
        risks=tuple(as_risk(risk) for risk in plan.risks.all()),
        tests={id: (yes, why) for id, (yes, why) in plan.tests.items()},
        contingency=as_contingency(plan),
        if_it_breaks_down=plan.contingency,
        direct_payment_allowed=direct_payment_allowed(plan),
    )


def _lines(plan: Plan) -> tuple[CostedLine, ...]:
    """The lines; one that pays somebody who is on record as living with the person, or as a partner, is held
    against the rule on relatives though its writer did not say so. A query where that may be.
    """
    lines, lives = list(plan.lines.all()), {}
    if any(line.supplier and not line.relation and line.held == "direct_payment" for line in lines):
        lives = {_name(one.name): one for one in plan.person.household.filter(until=None)}
    return tuple(as_line(line, lives.get(_name(line.supplier))) for line in lines)


def _name(text: str) -> str:
    return " ".join(text.casefold().split())


def as_line(line: PlanLine, on_record: Household | None = None) -> CostedLine:
    """One line. Its reason for an exception serves the council's restrictions and the rule on relatives;
    ``on_record``: who it pays, as the person's household has them, where the line does not say.

    Raises NotACost.
    """
    payee, related = None, line if line.relation else on_record
    if related:
        payee = Payee(
            relation=related.relation,
            same_household=related.same_household,
            necessary_for="managing" if line.kind == "managing" else "care",
            reason=line.exception_reason,
        )
    return CostedLine(
        id=str(line.pk or "new"),
        outcome=str(line.outcome_id or ""),
        what=line.what,
        kind=line.kind,
        units=Fraction(line.units),
        unit=cast(Unit, line.unit),
        pence_per_unit=line.pence_per_unit,
        how_often=cast(HowOften, line.how_often),
        first=line.first,
        last=line.last,
        held=cast(Held, line.held),
        term=cast(Term, line.term),
        supplier=line.supplier,
        exception=line.exception_reason,
        payee=payee,
    )


def as_risk(risk: Risk) -> core_risk.Risk:
    """One risk: scored, mitigated, scored again where it was, accepted where there is a reason to."""
    after = None
    if risk.likelihood_after and risk.impact_after:
        after = core_risk.Score(risk.likelihood_after, risk.impact_after)
    accepted = None
    if risk.accepted_because:
        accepted = core_risk.Acceptance(risk.accepted_because, risk.look_again_on)
    return core_risk.Risk(
        id=str(risk.pk or "new"),
        says=risk.what,
        kind=cast(core_risk.RiskKind, risk.kind),
        before=core_risk.Score(risk.likelihood, risk.impact),
        mitigations=(risk.mitigation,) if risk.mitigation else (),
        own_words=risk.mitigation_words,
        after=after,
        accepted=accepted,
    )


def as_contingency(plan: Plan) -> Contingency | None:
    """What is set aside: the council keeps it until it is needed, so it is no part of a direct payment."""
    if not plan.contingency_pence_per_week:
        return None
    held: Held = "council_managed" if plan.allocation_id else "own_money"
    return Contingency(plan.contingency_pence_per_week, held)


def direct_payment_allowed(plan: Plan) -> bool | None:
    """What was last decided about the conditions, for this plan or for the direct payment that is running."""
    decision = conditions_decided(plan)
    return None if decision is None else decision.outcome == Decision.Outcome.AGREED


def offers_at(assessment: Assessment) -> tuple[core_offer.Moment, list[core_offer.Offer]]:
    """An agreed assessment as a moment at which an offer is due, and the direct payments offered at it."""
    assert assessment.agreed_on, "an offer is due once the assessment is agreed"
    moment = core_offer.Moment("assessment", str(assessment.pk), assessment.agreed_on)
    return moment, as_offers(assessment.offers.all(), moment)


def as_offers(rows: QuerySet[Offer], moment: core_offer.Moment) -> list[core_offer.Offer]:
    """The direct payments among ``rows``, as offered at that moment."""
    made = rows.filter(what=Offer.What.DIRECT_PAYMENT).select_related("made_by")
    return [core_offer.Offer(moment, one.made_on, str(one.made_by), one.format) for one in made]


def conditions_decided(plan: Plan) -> Decision | None:
    """The last decision on the conditions that counts here: this plan's, else the running agreement's."""
    decided = Decision.objects.filter(
        kind=Decision.Kind.DIRECT_PAYMENT, state=Decision.State.DECIDED, person=plan.person_id
    )
    own = decided.filter(plan=plan).order_by("-id").first()
    if own is not None:
        return own
    running = Agreement.objects.filter(person=plan.person_id, ended_on=None)
    return decided.filter(agreements__in=running).order_by("-id").first()
