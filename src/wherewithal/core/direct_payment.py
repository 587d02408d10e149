"""The conditions of a direct payment, answered one by one; who holds it; when payments must stop.

Care Act 2014 s31 (an adult with capacity, who may nominate somebody), s32 (an authorised person for an adult
without) and s33. The same conditions hold for a carer with a personal budget of their own. The conditions are
policy (``policy.direct_payment``); here they are weighed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from wherewithal.core.refusal import Refusal

HeldBy = Literal["person", "nominated", "authorised"]

NOT_PROHIBITED = "not_prohibited"


class NotTheseRules(Refusal):
    """A day on which other rules stood, which are not encoded."""


class NoSuchCondition(Refusal):
    """An answer to a condition, or an order, that is not in the policy."""


class ReasonMissing(Refusal):
    """A condition answered no without saying why."""


class ConditionsUnanswered(Refusal):
    """A decision taken before every condition was answered."""


@dataclass(frozen=True)
class Condition:
    """``asks`` is put so that yes is in favour; ``failed`` says in words what a no means.

    ``ask_instead`` is what to think of before refusing, ``later`` what to know when it fails after payments
    began.
    """

    id: str
    label: str
    asks: str
    failed: str
    source: str
    ask_instead: str = ""
    later: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Conditions:
    """What must hold for a direct payment that ``held_by`` would hold, in the order it is asked."""

    held_by: HeldBy
    asked: tuple[Condition, ...]


@dataclass(frozen=True)
class Exclusion:
    """An order or licence under which needs must not be met by direct payments (SI 2014/2871 Sch 1)."""

    id: str
    says: str
    source: str
    verified: bool = True


@dataclass(frozen=True)
class Outcome:
    """``refusals`` are whole sentences with reason and source; ``unanswered`` and ``unverified`` are ids."""

    allowed: bool
    held_by: HeldBy
    refusals: tuple[str, ...]
    unanswered: tuple[str, ...]
    unverified: tuple[str, ...] = ()


def holder(*, has_capacity: bool, nominated: bool) -> HeldBy:
    """Who would hold the payment, and so which conditions are asked.

    An adult with capacity holds it or nominates somebody (s31); for one without, an authorised person (s32).
    """
    if not has_capacity:
        return "authorised"
    return "nominated" if nominated else "person"


def not_prohibited(exclusions: Collection[Exclusion], applying: Collection[str]) -> tuple[bool, str]:
    """The answer to the condition ``not_prohibited``, from the ids of the orders that the person is under.

    Raises NoSuchCondition for an id that the policy does not hold.
    """
    for id in applying:
        if id not in {exclusion.id for exclusion in exclusions}:
            raise NoSuchCondition(f"“{id}” is not among the orders that the policy lists.", field=id)
    found = [exclusion for exclusion in exclusions if exclusion.id in applying]
    if not found:
        return True, "The person is under none of the orders that the regulations list."
    unverified = "" if all(exclusion.verified for exclusion in found) else ", not verified"
    said = "; ".join(exclusion.says for exclusion in found)
    return False, f"The person is under {said} ({found[0].source}{unverified})."


def decide(conditions: Conditions, answers: Mapping[str, tuple[bool, str]]) -> Outcome:
    """Weigh one answer per condition: ``answers[id]`` is (does it hold, why).

    Allowed only when every condition was answered yes. Raises NoSuchCondition for an id that is not asked and
    ReasonMissing for a no without its reason. Source: Care Act 2014 s31(2), s32(2).
    """
    _check(conditions, answers)
    refusals = tuple(
        _failed(condition, answers[condition.id][1])
        for condition in conditions.asked
        if condition.id in answers and not answers[condition.id][0]
    )
    unanswered = tuple(condition.id for condition in conditions.asked if condition.id not in answers)
    unverified = tuple(condition.id for condition in conditions.asked if not condition.verified)
    return Outcome(not refusals and not unanswered, conditions.held_by, refusals, unanswered, unverified)


def conclude(conditions: Conditions, answers: Mapping[str, tuple[bool, str]]) -> Outcome:
    """``decide``, for the record: raises ConditionsUnanswered naming what is still open."""
    outcome = decide(conditions, answers)
    if outcome.unanswered:
        named = ", ".join(c.label for c in conditions.asked if c.id in outcome.unanswered)
        raise ConditionsUnanswered(
            f"Answer every condition before you decide. Still open: {named}.", field=outcome.unanswered[0]
        )
    return outcome


def must_stop(conditions: Conditions, answers: Mapping[str, tuple[bool, str]]) -> tuple[str, ...]:
    """Why payments already running must stop, one sentence a condition; empty when they go on.

    Only the conditions looked at again need an answer. Source: Care Act 2014 s33(4).
    """
    _check(conditions, answers)
    said = []
    for condition in conditions.asked:
        if condition.id in answers and not answers[condition.id][0]:
            failed = _failed(condition, answers[condition.id][1])
            said.append(
                " ".join(
                    filter(None, (failed, "Payments must stop (Care Act 2014 s33(4)).", condition.later))
                )
            )
    return tuple(said)


def _check(conditions: Conditions, answers: Mapping[str, tuple[bool, str]]) -> None:
    asked = {condition.id: condition for condition in conditions.asked}
    for id, (holds, reason) in answers.items():
        if id not in asked:
            raise NoSuchCondition(f"“{id}” is not a condition that is asked here.", field=id)
        if not holds and not reason.strip():
            condition = asked[id]
            raise ReasonMissing(
                f"Say why: {condition.failed} {condition.ask_instead}".strip(),
                field=id,
                source=condition.source,
            )


def _failed(condition: Condition, reason: str) -> str:
    unverified = "" if condition.verified else ", not verified"
    return f"{condition.label}: {condition.failed} Why: {_stopped(reason)} ({condition.source}{unverified})"


def _stopped(reason: str) -> str:
    text = reason.strip()
    return text if text[-1] in ".!?" else f"{text}."
