"""The indicative budget: proposed from the worker's answers, worked out again, looked at again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from wherewithal.actions.record import action, day, locked
from wherewithal.core import offer as offers
from wherewithal.core import plan_life
from wherewithal.core.allocation import Allocation as Budget
from wherewithal.core.allocation import allocate
from wherewithal.core.questions import Change, Questionnaire, Score, differences, score
from wherewithal.core.refusal import Refusal
from wherewithal.core.workings import Line
from wherewithal.policy.allocation import scheme_in_force
from wherewithal.policy.circumstances import circumstances
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.models import Allocation, Assessment, Decision, Person, Plan, Response, User
from wherewithal.records.reading import offers_at


class NotAgreed(Refusal):
    """A budget for an assessment that is not agreed, or no longer in force."""


class NotEligible(Refusal):
    """A budget for somebody whose needs do not qualify."""


class PlanWaits(Refusal):
    """A new budget while a plan made with the one before waits for sign-off."""


class NoLongerProposed(Refusal):
    """A budget that was replaced cannot be asked about."""


class AlreadyAsked(Refusal):
    """A second request to look at a budget again while one waits."""


class SayWhat(Refusal):
    """A request without who asks, or without words."""


@action("propose budget")
def propose(*, assessment: Assessment, by: User, at: datetime, sparse_place: bool = False) -> Allocation:
    """The indicative budget of an agreed assessment under the scheme of the day, from the worker's answers.

    Keeps inputs, workings, policy and fingerprint. Every budget of that kind (adult or carer) that the
    person had before is superseded, and a plan in writing takes up the new one. ``sparse_place``: support
    has far to travel to the person. Raises NotAgreed, NotEligible, OfferMissing (no direct payment was
    offered at this assessment), PlanWaits, SchemeNotInForce.
    """
    assessment = locked(assessment)
    _refuse_unready(assessment)
    plan = _open_plan(assessment)
    views = _handed_in(assessment)
    worker = views[Response.View.WORKER]
    asked_of = questionnaire_version(worker.questionnaire, worker.version)
    scored = score(asked_of, worker.answers)
    beside = circumstances(worker.answers, sparse_place=sparse_place)
    budget = allocate(
        scheme_in_force(day(at), "carer" if assessment.kind == "carer" else "adult"),
        points=scored.points,
        score_lines=scored.lines,
        circumstances=beside,
        on=day(at),
    )
    seen = _seen_differently(asked_of, views)
    inputs = _inputs(worker, scored, asdict(beside), day(at).isoformat()) | {
        "differences": [asdict(change) for change in seen]
    }
    _supersede_those_before(assessment)
    made = _keep(assessment, budget, inputs, [*budget.workings.record(), *map(_line, seen)], by, at)
    if plan:
        _take_up(plan, made)
    return made


@action("ask for budget to be looked at again")
def ask_again(*, allocation: Allocation, words: str, who: str, by: User, at: datetime) -> Decision:
    """A manager is asked to look at the budget again; ``who`` asks, ``words`` say what is not right.

    Raises SayWhat, PersonEnded, NoLongerProposed, AlreadyAsked.
    """
    person, allocation = locked(allocation.person), locked(allocation)
    if not who.strip():
        raise SayWhat("Say who asks.", field="who")
    if not words.strip():
        raise SayWhat("Say what is not right, or what was missed.", field="words")
    plan_life.may_draw(person.name, person.state == Person.State.ENDED, "There is no budget to look at.")
    if allocation.state == Allocation.State.SUPERSEDED:
        raise NoLongerProposed("This budget was replaced by a newer one. Ask about that one.")
    if allocation.decisions.filter(kind=Decision.Kind.LOOK_AGAIN, state=Decision.State.ASKED).exists():
        raise AlreadyAsked("Somebody was asked to look at this budget again already. They will answer.")
    return Decision.objects.create(
        kind=Decision.Kind.LOOK_AGAIN,
        level=Decision.Level.MANAGER,
        person=person,
        allocation=allocation,
        author=allocation.by,
        asked_by=by,
        asked_on=day(at),
        asks=words.strip(),
        content={"who": who.strip(), "pence_per_week": allocation.pence_per_week},
    )


def _refuse_unready(assessment: Assessment) -> None:
    if assessment.state != Assessment.State.AGREED or assessment.agreed_on is None:
        raise NotAgreed("The assessment is not in force. A budget is worked out from the agreed assessment.")
    if not assessment.eligible:
        raise NotEligible(
            f"{assessment.person.name} was not found eligible, so no budget is worked out. "
            "They can be assessed again when things change."
        )
    moment, made = offers_at(assessment)
    offers.go_on(True, made, moment)


def _open_plan(assessment: Assessment) -> Plan | None:
    """The plan that is being written, which takes up the new budget; raises PlanWaits for one on its way."""
    plan = (
        Plan.objects.select_for_update()
        .filter(person=assessment.person, kind=assessment.kind, state__in=Plan.OPEN)
        .first()
    )
    if plan and plan.state == Plan.State.SUBMITTED:
        raise PlanWaits(
            "A plan with the budget of before waits for sign-off. Take it back, or wait for the decision, "
            "then work the budget out again."
        )
    return plan


def _handed_in(assessment: Assessment) -> dict[str, Response]:
    """The views that were handed in, the worker's among them; raises NotAgreed without it."""
    views = {one.view: one for one in assessment.responses.filter(state=Response.State.HANDED_IN)}
    if Response.View.WORKER not in views:
        raise NotAgreed(
            "This assessment has no worker’s answers, so there is nothing to work a budget out from."
        )
    return views


def _take_up(plan: Plan, made: Allocation) -> None:
    """A plan in writing goes on with the new budget."""
    plan.allocation, plan.assessment = made, made.assessment
    plan.indicative_pence_per_week = made.pence_per_week
    plan.save(update_fields=["allocation", "assessment", "indicative_pence_per_week"])


def _seen_differently(asked_of: Questionnaire, views: Mapping[str, Response]) -> tuple[Change, ...]:
    """Where the person's own answers, once handed in, differ from the worker's."""
    own = views.get(Response.View.OWN)
    return differences(asked_of, own.answers, views[Response.View.WORKER].answers) if own else ()


def _line(change: Change) -> dict[str, Any]:
    """A difference as a line of the workings. It explains and counts nothing: the worker's answer counts."""
    points = abs(change.points_change)
    size = "the same points" if not points else f"{points} {'point' if points == 1 else 'points'}"
    size += " more" if change.points_change > 0 else " fewer" if change.points_change < 0 else ""
    says = f"{change.before_text} (their own view); {change.after_text} (the worker’s view: {size})"
    return asdict(Line(f"Seen differently: {change.text}", answer=says))


def _inputs(worker: Response, scored: Score, beside: dict[str, Any], on: str) -> dict[str, Any]:
    return {
        "on": on,
        "points": scored.points,
        "lines": [asdict(line) for line in scored.lines],
        "circumstances": beside,
        "questionnaire": worker.questionnaire,
        "version": worker.version,
        "response": worker.pk,
    }


def _supersede_those_before(assessment: Assessment) -> None:
    for former in (
        Allocation.objects.select_for_update()
        .filter(person=assessment.person, assessment__kind=assessment.kind)
        .exclude(state=Allocation.State.SUPERSEDED)
    ):
        former.state = Allocation.State.SUPERSEDED
        former.save(update_fields=["state"])


def _keep(
    assessment: Assessment,
    budget: Budget,
    inputs: dict[str, Any],
    workings: list[dict[str, Any]],
    by: User,
    at: datetime,
) -> Allocation:
    return Allocation.objects.create(
        person=assessment.person,
        assessment=assessment,
        scheme=budget.scheme_id,
        scheme_version=budget.scheme_version,
        points=inputs["points"],
        pence_per_week=budget.pence_per_week,
        pence_per_year=budget.pence_per_year,
        inputs=inputs,
        workings=workings,
        policy=list(budget.policy),
        fingerprint=budget.fingerprint,
        proposed_on=day(at),
        by=by,
    )
