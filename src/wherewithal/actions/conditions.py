"""The conditions of a direct payment answered one by one: Care Act 2014 s31 and s32; SI 2014/2871."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from wherewithal.actions.answered import check_holder, decided
from wherewithal.actions.record import action, day
from wherewithal.core import direct_payment as core
from wherewithal.core.policy import Used
from wherewithal.policy import direct_payment as policy
from wherewithal.records.models import Decision, Plan, Representation, User

Answers = Mapping[str, tuple[bool, str]]


@action("decide conditions of direct payment")
def decide(
    *,
    plan: Plan,
    held_by: core.HeldBy,
    answers: Answers,
    by: User,
    at: datetime,
    orders: Collection[str] = (),
    representation: Representation | None = None,
    options: str = "",
    reason: str = "",
) -> Decision:
    """Every condition that is asked of ``held_by``: (does it hold, why). Decided at once, agreed or refused.

    ``orders`` are the ids of the court orders that the person is under: they answer ``not_prohibited``.
    ``options`` says what help was thought of. Raises NobodyToHold, ConditionsUnanswered, ReasonMissing,
    NoSuchCondition, NotTheseRules.
    """
    used = Used(day(at))
    check_holder(plan.person, held_by, representation, used.on)
    prohibited = core.not_prohibited(policy.exclusions(used), orders)
    answers = {**answers, core.NOT_PROHIBITED: prohibited}
    outcome = core.conclude(policy.conditions(used, held_by), answers)
    met = ["Every condition is met."] if outcome.allowed else []
    return decided(
        plan,
        used,
        by,
        _content(plan, held_by, representation, answers, orders, outcome),
        asks=f"May {plan.person.name} have a direct payment?",
        outcome=Decision.Outcome.AGREED if outcome.allowed else Decision.Outcome.REFUSED,
        reasons=" ".join(filter(None, [*met, *outcome.refusals, reason.strip()])),
        options=options.strip(),
    )


def _content(
    plan: Plan,
    held_by: core.HeldBy,
    representation: Representation | None,
    answers: Answers,
    orders: Collection[str],
    outcome: core.Outcome,
) -> dict[str, Any]:
    """What is kept with the decision: who holds the money, what was answered, and what came of it."""
    return {
        "held_by": held_by,
        "representation": representation.pk if representation else None,
        "holder": representation.name if representation else plan.person.name,
        "answers": {id: [yes, why] for id, (yes, why) in answers.items()},
        "orders": sorted(orders),
        "refusals": list(outcome.refusals),
        "unverified": list(outcome.unverified),
    }
