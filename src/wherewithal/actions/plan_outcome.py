"""The outcomes of a plan: what should be different in the person's life, in their words."""

from collections.abc import Sequence
from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core import plan_life
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Plan, PlanOutcome, User


class NoWords(Refusal):
    """An outcome without words."""


class OutcomeInUse(Refusal):
    """An outcome that lines are still for."""


@action("add outcome")
def add_outcome(*, plan: Plan, text: str, by: User, at: datetime, serves: Sequence[str] = ()) -> PlanOutcome:
    """``serves``: the codes of the Care Act outcomes towards which it works. Raises PlanNotOpen, NoWords."""
    plan = locked(plan)
    plan_life.may_change(plan.state)
    order = plan.outcomes.count()
    return PlanOutcome.objects.create(plan=plan, text=_words(text), serves=list(serves), order=order)


@action("change outcome")
def change_outcome(
    *, outcome: PlanOutcome, text: str, by: User, at: datetime, serves: Sequence[str] = ()
) -> PlanOutcome:
    """Raises PlanNotOpen, NoWords."""
    plan_life.may_change(locked(outcome.plan).state)
    outcome.text, outcome.serves = _words(text), list(serves)
    outcome.save()
    return outcome


@action("remove outcome")
def remove_outcome(*, outcome: PlanOutcome, by: User, at: datetime) -> None:
    """Raises PlanNotOpen, and OutcomeInUse while anything is bought or arranged for it."""
    plan_life.may_change(locked(outcome.plan).state)
    count = outcome.lines.count()
    if count:
        lines = "1 line is" if count == 1 else f"{count} lines are"
        raise OutcomeInUse(f"{lines} for this outcome. Move or remove what is bought for it first.")
    outcome.delete()


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise NoWords("Say what should be different, in the person's own words.", field="text")
    return words
