"""The lines of a plan: what is bought or arranged, from whom, how much, at what price, how it is held.

Saving a line checks its shape only. What policy says of it is shown on the plan and stops it when it is
handed in.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from wherewithal.actions.record import action, day, locked
from wherewithal.core import plan_life
from wherewithal.core import plan_line as core
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import restriction
from wherewithal.records.models import Plan, PlanLine, PlanOutcome, User
from wherewithal.records.models.plan import Held
from wherewithal.records.reading import as_line


class LineNotWhole(Refusal):
    """A line without words or units, or of a kind that the policy does not know."""


class NotHeldSo(Refusal):
    """Money held in a way that this plan cannot have."""


class LineFields(TypedDict, total=False):
    """The columns of a line that a person writes; units in hours, days and so on, money in pence."""

    outcome: PlanOutcome | None
    what: str
    kind: str
    supplier: str
    relation: str
    same_household: bool
    exception_reason: str
    units: Decimal
    unit: str
    pence_per_unit: int
    how_often: str
    first: date
    last: date | None
    held: str
    term: str


@action("add line")
def add_line(*, plan: Plan, by: User, at: datetime, **fields: Unpack[LineFields]) -> PlanLine:
    """Needs at least what, kind, units, unit, pence_per_unit, how_often, first and held.

    Raises PlanNotOpen, LineNotWhole, NotMeant, NotACost, NotHeldSo.
    """
    plan = locked(plan)
    plan_life.may_change(plan.state)
    return _write(PlanLine(plan=plan, order=plan.lines.count()), fields, day(at))


@action("change line")
def change_line(*, line: PlanLine, by: User, at: datetime, **fields: Unpack[LineFields]) -> PlanLine:
    """Changes the columns that are given. Raises as ``add_line``."""
    line.plan = locked(line.plan)
    plan_life.may_change(line.plan.state)
    return _write(line, fields, day(at))


@action("remove line")
def remove_line(*, line: PlanLine, by: User, at: datetime) -> None:
    """Raises PlanNotOpen."""
    plan_life.may_change(locked(line.plan).state)
    line.delete()


def _write(line: PlanLine, fields: LineFields, on: date) -> PlanLine:
    for name, value in fields.items():
        setattr(line, name, value.strip() if isinstance(value, str) else value)
    _check_words(line)
    core.sum_each_time(line.units, line.pence_per_unit)
    core.days(line.first, line.last, on)
    _check_kind(line, on)
    _check_held(line)
    line.pence_per_week = as_line(line).pence_per_week
    line.save()
    return line


def _check_words(line: PlanLine) -> None:
    if not line.what:
        raise LineNotWhole("Say what it is.", field="what")
    if line.units <= 0:
        raise LineNotWhole("Say how much of it: more than 0.", field="units")
    if line.outcome is not None and line.outcome.plan_id != line.plan_id:
        raise LineNotWhole("This outcome belongs to another plan.", field="outcome")


def _check_kind(line: PlanLine, on: date) -> None:
    if line.kind not in {kind.id for kind in restriction.kinds(Used(on))}:
        raise LineNotWhole("Choose the kind of thing it is.", field="kind")


def _check_held(line: PlanLine) -> None:
    own = line.held == Held.OWN_MONEY
    if own and line.plan.allocation_id is not None:
        raise NotHeldSo(
            "This plan is paid for with a council budget. What the person buys besides is not part of it.",
            field="held",
        )
    if not own and line.plan.allocation_id is None:
        raise NotHeldSo("There is no council budget: the person pays for this.", field="held")
