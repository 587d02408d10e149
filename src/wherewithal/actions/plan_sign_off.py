"""A plan handed in, taken back, heard by the panel; or, paid for by the person, simply kept."""

from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core import plan as core
from wherewithal.core import plan_life, sign_off
from wherewithal.core.money import pounds
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation, mitigation
from wherewithal.policy.plan import rules
from wherewithal.records.models import Decision, Plan, User
from wherewithal.records.reading import as_plan, authority


class NoSignOffNeeded(Refusal):
    """A plan without a council budget handed in, or one with a council budget kept without sign-off."""


class TooLateForThePanel(Refusal):
    """The panel called about a plan that is decided."""


class SayWhy(Refusal):
    """The panel called without saying what it should hear."""


@action("submit plan")
def submit(*, plan: Plan, by: User, at: datetime) -> Decision:
    """Hand the plan in: the question goes to whoever the scheme of delegation names.

    Raises PlanBlocked with all that stands in its way, PlanNotOpen, NoSignOffNeeded.
    """
    plan, on = locked(plan), day(at)
    plan_life.may_change(plan.state)
    if plan.allocation_id is None:
        raise NoSignOffNeeded(
            "No council budget pays for this plan, so nobody signs it off. Keep it instead."
        )
    value, used = _whole(plan, on), Used(on)
    own_limit = authority(by, on).own_limit_pence_per_week
    scheme = delegation.delegation(used)
    route = sign_off.route(
        scheme,
        mitigation.bands(used),
        pence_per_week=value.cost.pence_per_week,
        risks=value.risks,
        called_by=plan.panel_called_by,
        own_limit_pence_per_week=own_limit,
    )
    plan.state, plan.submitted_on = Plan.State.SUBMITTED, on
    plan.save()
    limit = _limit(scheme, route.kind, own_limit)
    return _asked(plan, route, value.cost.pence_per_week, limit, by, used)


@action("keep plan")
def keep(*, plan: Plan, by: User, at: datetime) -> Plan:
    """A plan that the person pays for is theirs: it is agreed as it stands, without decision or payments.

    Raises PlanBlocked, PlanNotOpen, NoSignOffNeeded (a council budget needs a decision).
    """
    plan, on = locked(plan), day(at)
    plan_life.may_change(plan.state)
    if plan.allocation_id is not None:
        raise NoSignOffNeeded("A council budget pays for this plan. Send it for sign-off.")
    _whole(plan, on)
    if plan.previous is not None and plan.previous.state == Plan.State.AGREED:
        previous = locked(plan.previous)
        previous.state, previous.ended_on = Plan.State.SUPERSEDED, on
        previous.save()
    plan.state, plan.agreed_on, plan.final_pence_per_week = Plan.State.AGREED, on, 0
    plan.save()
    return plan


@action("take plan back")
def take_back(*, plan: Plan, by: User, at: datetime) -> Plan:
    """A plan that waits for sign-off becomes a draft again; its question is withdrawn. Raises NotWaiting."""
    plan = locked(plan)
    plan_life.may_take_back(plan.state)
    for decision in plan.decisions.filter(kind=Decision.Kind.SIGN_OFF, state=Decision.State.ASKED):
        decision.state = Decision.State.WITHDRAWN
        decision.save()
    plan.state, plan.submitted_on = Plan.State.DRAFT, None
    plan.save()
    return plan


@action("call panel")
def call_panel(*, plan: Plan, called_by: str, reason: str, by: User, at: datetime) -> Plan:
    """Any party may have the risk panel hear an open plan, the person too; it then goes nowhere else.

    ``called_by`` says who in words (100 letters at most). Raises TooLateForThePanel, SayWhy.
    """
    plan = locked(plan)
    if plan.state not in Plan.OPEN:
        raise TooLateForThePanel(
            "This plan is decided already. Ask for a review, and call the panel on its plan."
        )
    if not reason.strip():
        raise SayWhy("Say what the panel should hear.", field="reason")
    plan.panel_called_by, plan.panel_called_because = called_by, reason.strip()
    plan.save()
    for decision in plan.decisions.filter(kind=Decision.Kind.SIGN_OFF, state=Decision.State.ASKED):
        decision.level = Decision.Level.PANEL
        decision.content["limit_pence_per_week"] = delegation.delegation(Used(day(at))).limits.get("panel", 0)
        decision.content["reasons"] = [
            f"Called by {called_by}.",
            f"Why the panel was called: {plan.panel_called_because}",
            *decision.content.get("reasons", []),
        ]
        decision.save()
    return plan


def _whole(plan: Plan, on: date) -> core.Plan:
    """The plan as a value; raises PlanBlocked with everything that stops it."""
    value = as_plan(plan)
    direct = any(line.held == "direct_payment" for line in value.lines)
    in_force = rules(Used(on), council_budget=plan.allocation_id is not None, direct_payments=direct)
    core.submit(core.problems(value, in_force, on))
    return value


def _asked(
    plan: Plan, route: sign_off.Route, pence_per_week: int, limit_pence_per_week: int, by: User, used: Used
) -> Decision:
    """The question of sign-off, with what it is decided by."""
    return Decision.objects.create(
        kind=Decision.Kind.SIGN_OFF,
        level=route.kind,
        person=plan.person,
        plan=plan,
        author=plan.author,
        asked_by=by,
        asked_on=used.on,
        asks=f"Agree {plan.person.name}’s plan at {pounds(pence_per_week)} a week?",
        content={
            "pence_per_week": pence_per_week,
            "indicative_pence_per_week": plan.indicative_pence_per_week,
            "limit_pence_per_week": limit_pence_per_week,
            "reasons": _reasons(route, plan),
            "policy": used.record(),
            "fingerprint": used.fingerprint(),
        },
    )


def _limit(scheme: sign_off.Delegation, kind: sign_off.RouteKind, own_limit_pence_per_week: int) -> int:
    if kind == "own":
        return own_limit_pence_per_week
    return scheme.limits.get("panel" if kind == "panel" else "manager", 0)


def _reasons(route: sign_off.Route, plan: Plan) -> list[str]:
    because = [f"Why the panel was called: {plan.panel_called_because}"] if plan.panel_called_because else []
    return [*route.reasons, *because]
