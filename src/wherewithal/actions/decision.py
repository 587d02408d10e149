"""Decisions: a plan agreed, sent back or refused; a budget, or a plan agreed alone, looked at by another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from wherewithal.actions.agreeing import agree
from wherewithal.actions.record import action, day, locked
from wherewithal.core import look_again, sign_off
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation
from wherewithal.records.models import Decision, Plan, User
from wherewithal.records.reading import as_plan, authority

ANSWERS = {
    Decision.Kind.LOOK_AGAIN: (Decision.Outcome.UPHELD, Decision.Outcome.CHANGED),
    Decision.Kind.SECOND_LOOK: (Decision.Outcome.AGREED, Decision.Outcome.CONCERNS),
    Decision.Kind.SIGN_OFF: (Decision.Outcome.AGREED, Decision.Outcome.SENT_BACK, Decision.Outcome.REFUSED),
}


class AlreadyDecided(Refusal):
    """A question that was answered or withdrawn."""


class NotAnAnswer(Refusal):
    """An answer that this kind of question does not have, or one without its reason."""


class BelowThePlan(Refusal):
    """A final budget that is less than the plan's own lines cost."""


class LookAgainTooEarly(Refusal):
    """A day to look again that is not after the decision."""


class TakePlanBack(Refusal):
    """A sign-off withdrawn on its own, without its plan."""


class HasToBeLooked(Refusal):
    """A plan picked to be looked at afterwards, withdrawn unseen."""


@action("decide")
def decide(
    *,
    decision: Decision,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
    options: str = "",
    conditions: str = "",
    dissent: str = "",
    look_again_on: date | None = None,
    final_pence_per_week: int | None = None,
    why_different: str = "",
    checked: Mapping[str, bool] | None = None,
) -> Decision:
    """Answer a question that waits: sign-off (agreed, sent_back, refused), look again (upheld, changed), a
    second look at a plan that a worker agreed alone (agreed, concerns).

    ``final_pence_per_week`` is the personal budget, by default what the plan costs; ``checked`` holds the
    answers to the checks of the route by id. Raises AlreadyDecided, NotAnAnswer, LookAgainTooEarly,
    BelowThePlan, PersonEnded, and what ``core.sign_off`` and ``core.look_again`` raise.
    """
    decision, on = _waiting(decision), day(at)
    _check_answer(decision, outcome, reason, look_again_on, on)
    decision.outcome, decision.decided_by, decision.decided_on = outcome, by, on
    decision.reasons, decision.options = reason.strip(), options.strip()
    decision.conditions, decision.dissent = conditions.strip(), dissent.strip()
    decision.look_again_on = look_again_on
    if decision.kind == Decision.Kind.SIGN_OFF:
        _sign_off(decision, final_pence_per_week, why_different.strip(), dict(checked or {}), by, on)
    else:
        may_answer(decision, by, Used(on))
    decision.state = Decision.State.DECIDED
    decision.save()
    return decision


def may_answer(
    decision: Decision, by: User, used: Used, pence_per_week: int | None = None, *, agrees: bool = True
) -> None:
    """Let ``by`` answer on ``used.on``, or raise what ``core.sign_off`` and ``core.look_again`` raise.

    ``pence_per_week`` is what would be agreed, by default what was asked; ``agrees`` is False for a sign-off
    that sends the plan back or refuses it. No action: it changes nothing.
    """
    scheme, power = delegation.delegation(used), authority(by, used.on)
    author, decider = str(decision.author_id), str(by.pk)
    if decision.kind == Decision.Kind.LOOK_AGAIN:
        look_again.may_look_again(scheme, roles=power.roles, author=author, decider=decider)
        return
    costs = decision.content["pence_per_week"] if pence_per_week is None else pence_per_week
    if decision.kind == Decision.Kind.SECOND_LOOK:
        look_again.may_look_afterwards(
            scheme, roles=power.roles, agreed_by=author, decider=decider, pence_per_week=costs
        )
        return
    sign_off.may_decide(
        scheme,
        roles=power.roles,
        own_limit_pence_per_week=power.own_limit_pence_per_week,
        author=author,
        decider=decider,
        pence_per_week=costs,
        route=cast(sign_off.RouteKind, decision.level),
        agrees=agrees,
    )


@action("withdraw question")
def withdraw(*, decision: Decision, by: User, at: datetime, reason: str = "") -> Decision:
    """A question nobody needs answered any more. Raises AlreadyDecided; TakePlanBack for a sign-off,
    HasToBeLooked for a second look.
    """
    decision = _waiting(decision)
    if decision.kind == Decision.Kind.SIGN_OFF:
        raise TakePlanBack("Take the plan back instead: then it can be changed and sent again.")
    if decision.kind == Decision.Kind.SECOND_LOOK:
        raise HasToBeLooked("This plan was picked to be looked at. Look at it, and say what you found.")
    decision.state = Decision.State.WITHDRAWN
    decision.save()
    return decision


def _waiting(decision: Decision) -> Decision:
    if decision.plan is not None:
        locked(decision.plan)  # before its question, as the verbs of a plan do: two never wait for each other
    decision = locked(decision)
    if decision.state != Decision.State.ASKED:
        ended = "withdrawn" if decision.state == Decision.State.WITHDRAWN else "decided already"
        raise AlreadyDecided(
            f"This question was {ended}. Open it again from the list to see what came of it."
        )
    return decision


def _check_answer(
    decision: Decision, outcome: str, reason: str, look_again_on: date | None, on: date
) -> None:
    answers = ANSWERS[Decision.Kind(decision.kind)]
    if outcome not in answers:
        labels = ", ".join(str(answer.label) for answer in answers)
        raise NotAnAnswer(f"Choose one of: {labels}.", field="outcome")
    said_by_core = decision.kind == Decision.Kind.SIGN_OFF and outcome != Decision.Outcome.REFUSED
    if not said_by_core and not reason.strip():
        raise NotAnAnswer("Say why.", field="reason")
    if look_again_on is not None and look_again_on <= on:
        raise LookAgainTooEarly(f"Give a day after {written(on)} to look again.", field="look_again_on")


def _sign_off(
    decision: Decision, final: int | None, why_different: str, checked: dict[str, bool], by: User, on: date
) -> None:
    """What a plan's decision changes, and what is kept with it of the final budget and the checks."""
    assert decision.plan is not None, "a sign-off is about a plan"
    plan, used = locked(decision.plan), Used(on)
    decision.plan = plan
    cost = as_plan(plan).cost.pence_per_week
    final = cost if final is None else final
    agrees = decision.outcome == Decision.Outcome.AGREED
    may_answer(decision, by, used, max(cost, final), agrees=agrees)
    _check_whole(decision, cost, final, why_different, checked, used)
    if agrees:
        _check_pays_for(cost, final)
        _agree(decision, plan, final, why_different, by, used)
    else:
        _not_agreed(plan, decision.outcome, on)
    decision.content |= {"checked": checked, "final_pence_per_week": final, "decided_under": used.record()}


def _check_whole(
    decision: Decision, cost: int, final: int, why_different: str, checked: dict[str, bool], used: Used
) -> None:
    """A refused plan is asked what one that is sent back is asked."""
    assert decision.plan is not None, "a sign-off is about a plan"
    agreed = decision.outcome == Decision.Outcome.AGREED
    sign_off.check(
        sign_off.Decision(
            answer="agreed" if agreed else "sent_back",
            route=cast(sign_off.RouteKind, decision.level),
            final_pence_per_week=final,
            reason=decision.reasons,
            conditions=decision.conditions,
            dissent=decision.dissent,
            why_different=why_different,
            checked=checked,
        ),
        delegation.checks(used),
        plan_pence_per_week=cost,
        indicative_pence_per_week=decision.plan.indicative_pence_per_week,
    )


def _check_pays_for(cost: int, final: int) -> None:
    if final < cost:
        raise BelowThePlan(
            "The final budget would not pay for the plan’s own lines. To agree less, send the plan back "
            "and say which line should change.",
            field="final_pence_per_week",
        )


def _agree(decision: Decision, plan: Plan, final: int, why_different: str, by: User, used: Used) -> None:
    """The plan begins; where it is one of those picked, somebody is asked to look at it afterwards."""
    decision.sampled = _sampled(decision, by, used)
    agree(plan, final, why_different, used.on)
    if decision.sampled:
        _ask_second_look(decision, final, by, used)


def _sampled(decision: Decision, by: User, used: Used) -> bool:
    """Is this one of the plans that a worker agreed alone and somebody looks at afterwards?"""
    if decision.level != Decision.Level.OWN:
        return False
    before = Decision.objects.filter(decided_by=by, level=Decision.Level.OWN, outcome=Decision.Outcome.AGREED)
    return sign_off.sampled(before.count(), delegation.delegation(used).sample_every)


def _ask_second_look(agreed: Decision, final: int, by: User, used: Used) -> None:
    """A manager is asked to look at what ``by`` agreed alone; the plan runs meanwhile."""
    every = delegation.delegation(used).sample_every
    Decision.objects.create(
        kind=Decision.Kind.SECOND_LOOK,
        level=Decision.Level.MANAGER,
        person=agreed.person,
        plan=agreed.plan,
        author=by,
        asked_by=by,
        asked_on=used.on,
        asks=f"Was it right to agree {agreed.person.name}’s plan at {pounds(final)} a week?",
        content={
            "pence_per_week": final,
            "indicative_pence_per_week": agreed.content["indicative_pence_per_week"],
            "limit_pence_per_week": agreed.content["limit_pence_per_week"],
            "reasons": [f"One in {every} of the plans that a worker agrees alone is looked at afterwards."],
            "policy": used.record(),
            "fingerprint": used.fingerprint(),
        },
    )


def _not_agreed(plan: Plan, outcome: str, on: date) -> None:
    if outcome == Decision.Outcome.SENT_BACK:
        plan.state = Plan.State.SENT_BACK
    else:
        plan.state, plan.ended_on = Plan.State.ENDED, on
    plan.save()
