"""The risks of a plan: scored, mitigated, scored again, taken knowingly where it is worth it."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from wherewithal.actions.record import action, locked
from wherewithal.core import plan_life
from wherewithal.core.refusal import Refusal
from wherewithal.core.risk import Score
from wherewithal.records.models import Plan, Risk, User


class RiskNotWhole(Refusal):
    """A risk without words, or scored again by half."""


class RiskFields(TypedDict, total=False):
    """The columns of a risk that are written. Scores are 1 to 5; ``mitigation`` is an id of the library."""

    kind: str
    what: str
    likelihood: int
    impact: int
    mitigation: str
    mitigation_words: str
    likelihood_after: int | None
    impact_after: int | None
    accepted_because: str
    owner: str
    look_again_on: date | None


@action("add risk")
def add_risk(*, plan: Plan, by: User, at: datetime, **fields: Unpack[RiskFields]) -> Risk:
    """Needs at least kind, what, likelihood and impact; what else is missing is shown on the plan.

    Raises PlanNotOpen, RiskNotWhole, NotAScore.
    """
    plan = locked(plan)
    plan_life.may_change(plan.state)
    return _write(Risk(plan=plan), fields)


@action("change risk")
def change_risk(*, risk: Risk, by: User, at: datetime, **fields: Unpack[RiskFields]) -> Risk:
    """Changes the columns that are given. Raises as ``add_risk``."""
    plan_life.may_change(locked(risk.plan).state)
    return _write(risk, fields)


@action("remove risk")
def remove_risk(*, risk: Risk, by: User, at: datetime) -> None:
    """Raises PlanNotOpen."""
    plan_life.may_change(locked(risk.plan).state)
    risk.delete()


def _write(risk: Risk, fields: RiskFields) -> Risk:
    for name, value in fields.items():
        setattr(risk, name, value.strip() if isinstance(value, str) else value)
    if not risk.what:
        raise RiskNotWhole("Say what could go wrong.", field="what")
    Score(risk.likelihood, risk.impact)
    after = (risk.likelihood_after, risk.impact_after)
    if (after[0] is None) != (after[1] is None):
        missing = "likelihood_after" if after[0] is None else "impact_after"
        raise RiskNotWhole("Score both again: how likely and how bad.", field=missing)
    if after[0] is not None and after[1] is not None:
        Score(after[0], after[1])
    risk.save()
    return risk
