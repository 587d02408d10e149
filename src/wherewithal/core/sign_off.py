"""Sign-off: who may agree a plan, by which route, and what a decision must carry.

Money goes up a dated scheme of delegation: a role has a limit, no limit means no authority. A named worker
may have a limit of their own, within which they may agree even a plan that they wrote; some of those are
looked at afterwards. Above it the author never decides. The risk panel hears risk and agrees or sends back:
it does not change the money (Care and support statutory guidance, 10.85).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wherewithal.core import risk
from wherewithal.core.money import pounds
from wherewithal.core.refusal import Refusal

RouteKind = Literal["own", "light", "manager", "panel"]
Answer = Literal["agreed", "sent_back"]


class NoAuthority(Refusal):
    """Somebody who has no limit under the scheme."""


class AboveTheLimit(Refusal):
    """A plan that costs more than the decider's limit."""


class AuthorDecides(Refusal):
    """The plan's own author, above their own limit."""


class PanelChangesMoney(Refusal):
    """A panel that agreed another amount than the plan's."""


class DifferenceNeedsAReason(Refusal):
    """A final budget that differs from the indicative one without saying why."""


class DecisionNotWhole(Refusal):
    """A decision without its reason, or with checks unanswered."""


@dataclass(frozen=True)
class Delegation:
    """The scheme on one day. ``limits`` is pence a week by role; a role that is not in it has no authority.

    ``light_below_pence_per_week`` is our reading of one council's practice; ``panel_band`` is a risk band.
    """

    limits: Mapping[str, int]
    sample_every: int
    light_below_pence_per_week: int
    panel_band: str


@dataclass(frozen=True)
class Check:
    """One question that whoever decides answers; ``light`` when it is asked on the light route too."""

    id: str
    asks: str
    light: bool


@dataclass(frozen=True)
class Route:
    """Where a plan goes, and why in words."""

    kind: RouteKind
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What was decided; ``checked`` holds the answers to the checks by id; a no needs ``conditions``."""

    answer: Answer
    route: RouteKind
    final_pence_per_week: int
    reason: str = ""
    conditions: str = ""
    dissent: str = ""
    why_different: str = ""
    checked: Mapping[str, bool] = field(default_factory=dict)


def may_decide(
    delegation: Delegation,
    *,
    roles: Collection[str],
    own_limit_pence_per_week: int,
    author: str,
    decider: str,
    pence_per_week: int,
    route: RouteKind = "manager",
    agrees: bool = True,
) -> None:
    """Let ``decider`` answer a plan of that cost, or raise NoAuthority, AboveTheLimit or AuthorDecides.

    ``author`` and ``decider`` are staff references. Equal to the limit is within it; an own limit of 0
    is none. A plan whose ``route`` is the panel is decided by the panel. ``agrees`` is False for a plan that
    is sent back or refused: no money goes out, so whoever's role has a limit may, whatever the plan costs.
    """
    if route == "panel" and "panel" not in roles:
        raise NoAuthority("This plan is for the risk panel to hear.", who_could="the risk panel")
    could = who_could(delegation, pence_per_week)
    within_own = 0 < own_limit_pence_per_week >= pence_per_week
    if decider == author and (route == "panel" or not within_own):
        raise AuthorDecides(_wrote_it(own_limit_pence_per_week, pence_per_week, could), who_could=could)
    limit = max([own_limit_pence_per_week] + [delegation.limits.get(role, 0) for role in roles])
    if limit <= 0:
        says = f"You have no limit in the scheme of delegation. This plan can be agreed by {could}."
        raise NoAuthority(says, who_could=could)
    if not agrees and any(delegation.limits.get(role, 0) > 0 for role in roles):
        return
    if pence_per_week > limit:
        costs = f"This plan costs {pounds(pence_per_week)} a week; your limit is {pounds(limit)}."
        raise AboveTheLimit(f"{costs} {_send_on(delegation, pence_per_week, could)}", who_could=could)


def who_could(delegation: Delegation, pence_per_week: int) -> str:
    """Who may agree that much, in words: the role with the lowest limit that is enough."""
    enough = _enough(delegation, pence_per_week)
    if not enough:
        return f"somebody to whom the council gives a limit of {pounds(pence_per_week)} a week or more"
    role = min(enough)[1]
    if role == "panel":
        return "the risk panel"
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role.replace('_', ' ')}"


def route(
    delegation: Delegation,
    bands: Sequence[risk.Band],
    *,
    pence_per_week: int,
    risks: Collection[risk.Risk],
    called_by: str = "",
    own_limit_pence_per_week: int = 0,
) -> Route:
    """Where a plan goes: its author's own limit, the light route, a manager, or the risk panel.

    ``called_by`` says who called the panel ('' when nobody did): any party may, the person too. Every
    plan has exactly one route.
    """
    costs = f"The plan costs {pounds(pence_per_week)} a week"
    most = max(delegation.limits.values(), default=0)
    above_all = f"{costs}, above the limit of every role; the highest is {pounds(most)}."
    if to_panel := _for_the_panel(delegation, bands, risks, called_by):
        return Route("panel", to_panel if pence_per_week <= most else (*to_panel, above_all))
    if 0 < own_limit_pence_per_week >= pence_per_week:
        own = pounds(own_limit_pence_per_week)
        return Route("own", (f"{costs}, within the worker's own limit of {own}.",))
    if pence_per_week < delegation.light_below_pence_per_week:
        return Route("light", (f"{costs}, below {pounds(delegation.light_below_pence_per_week)}.",))
    manager = delegation.limits.get("manager", 0)
    if pence_per_week <= manager:
        return Route("manager", (f"{costs}, within a manager's limit of {pounds(manager)}.",))
    if pence_per_week <= most:
        return Route("panel", (f"{costs}, above a manager's limit of {pounds(manager)}.",))
    return Route("panel", (above_all,))


def checks_for(kind: RouteKind, checks: Sequence[Check]) -> tuple[Check, ...]:
    """What is asked on a route: all of it by a manager or the panel, the light ones otherwise."""
    return tuple(check for check in checks if check.light or kind in ("manager", "panel"))


def sampled(already_decided: int, every: int) -> bool:
    """Is a worker's next plan within their own limit one that is looked at afterwards? Every ``every``-th is.

    ``already_decided`` counts those that the worker decided before. Raises DecisionNotWhole when ``every`` is
    not 1 or more.
    """
    if every < 1:
        raise DecisionNotWhole("The scheme must say one in how many plans is looked at: 1 or more.")
    return (already_decided + 1) % every == 0


def check(
    decision: Decision,
    checks: Sequence[Check],
    *,
    plan_pence_per_week: int,
    indicative_pence_per_week: int | None,
) -> None:
    """Refuse a decision that is not whole; only the reason is asked of a plan that is sent back.

    Raises DecisionNotWhole, PanelChangesMoney, or DifferenceNeedsAReason when the final budget is not the
    plan's cost, or not the indicative budget, and gives no reason (R (KM) v Cambridgeshire [2012] UKSC 23).
    ``indicative_pence_per_week`` is None without one.
    """
    sent_back = decision.answer == "sent_back"
    if not decision.reason.strip():
        what = "what should change before the plan comes back" if sent_back else "why the plan is agreed"
        raise DecisionNotWhole(f"Say {what}.", field="reason")
    if sent_back:
        return
    _answered(decision, checks_for(decision.route, checks))
    if decision.route == "panel" and decision.final_pence_per_week != plan_pence_per_week:
        raise PanelChangesMoney(
            f"The panel hears risk; it does not change the money. Agree {pounds(plan_pence_per_week)} a week "
            "or send the plan back.",
            source="Care and support statutory guidance, 10.85",
        )
    _explained(decision, "the plan costs", plan_pence_per_week)
    if indicative_pence_per_week is not None:
        _explained(decision, "the indicative budget", indicative_pence_per_week)


def _enough(delegation: Delegation, pence_per_week: int) -> list[tuple[int, str]]:
    """The limits that such a plan is within, each with its role."""
    return [(limit, role) for role, limit in delegation.limits.items() if limit >= pence_per_week]


def _send_on(delegation: Delegation, pence_per_week: int, could: str) -> str:
    if _enough(delegation, pence_per_week):
        return f"Send it to {could}."
    return f"No role has a limit so high: only {could} could agree it."


def _for_the_panel(
    delegation: Delegation, bands: Sequence[risk.Band], risks: Collection[risk.Risk], called_by: str
) -> tuple[str, ...]:
    called = (f"Called by {called_by}.",) if called_by else ()
    return called + tuple(
        f"“{one.says}” scores {(one.after or one.before).value} after its mitigation."
        for one in risks
        if risk.reaches(one, delegation.panel_band, bands)
    )


def _answered(decision: Decision, checks: Sequence[Check]) -> None:
    for one in checks:
        if one.id not in decision.checked:
            raise DecisionNotWhole(f"Answer before you agree the plan: {one.asks}", field=one.id)
        if not decision.checked[one.id] and not decision.conditions.strip():
            raise DecisionNotWhole(
                f"You answered no: {one.asks} Send the plan back, or set a condition that mends this.",
                field="conditions",
            )


def _explained(decision: Decision, other: str, other_pence_per_week: int) -> None:
    difference = decision.final_pence_per_week - other_pence_per_week
    if difference and not decision.why_different.strip():
        way = "more" if difference > 0 else "less"
        raise DifferenceNeedsAReason(
            f"The final budget is {pounds(abs(difference))} a week {way} than {other}. Say why.",
            field="why_different",
            source="R (KM) v Cambridgeshire County Council [2012] UKSC 23",
        )


def _wrote_it(own_limit_pence_per_week: int, pence_per_week: int, could: str) -> str:
    above = ""
    if 0 < own_limit_pence_per_week < pence_per_week:
        own = pounds(own_limit_pence_per_week)
        above = f", and it costs {pounds(pence_per_week)} a week, above your own limit of {own}"
    return f"You wrote this plan{above}, so you cannot agree it. It can be agreed by somebody else: {could}."
