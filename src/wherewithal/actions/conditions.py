"""The conditions of a direct payment answered one by one: Care Act 2014 s31 and s32; SI 2014/2871."""

from collections.abc import Collection, Mapping
from datetime import datetime

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
    on = day(at)
    used = Used(on)
    check_holder(plan.person, held_by, representation, on)
    conditions = policy.conditions(used, held_by)
    prohibited = core.not_prohibited(policy.exclusions(used), orders)
    outcome = core.conclude(conditions, {**answers, core.NOT_PROHIBITED: prohibited})
    met = ["Every condition is met."] if outcome.allowed else []
    answered = {id: [yes, why] for id, (yes, why) in {**answers, core.NOT_PROHIBITED: prohibited}.items()}
    return decided(
        plan,
        used,
        by,
        {
            "held_by": held_by,
            "representation": representation.pk if representation else None,
            "holder": representation.name if representation else plan.person.name,
            "answers": answered,
            "orders": sorted(orders),
            "refusals": list(outcome.refusals),
            "unverified": list(outcome.unverified),
        },
        asks=f"May {plan.person.name} have a direct payment?",
        outcome=Decision.Outcome.AGREED if outcome.allowed else Decision.Outcome.REFUSED,
        reasons=" ".join(filter(None, [*met, *outcome.refusals, reason.strip()])),
        options=options.strip(),
    )
