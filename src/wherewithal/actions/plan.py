"""A support plan being written: begun, as a first one or as the next version; described; tested."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from wherewithal.actions.record import action, day, locked
from wherewithal.core import offer as offers
from wherewithal.core import plan_life
from wherewithal.core.costing import unit_price_now
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation
from wherewithal.records.models import Allocation, Assessment, Person, Plan, PlanLine, Price, User
from wherewithal.records.models.plan import HowOften
from wherewithal.records.reading import as_line, offers_at


class NotTheirBudget(Refusal):
    """An indicative budget of somebody else, of another kind, or one that was replaced."""


class NoSuchTest(Refusal):
    """An answer to a test that the policy does not ask."""


@action("start plan")
def start(
    *,
    person: Person,
    written_by: str,
    by: User,
    at: datetime,
    kind: str = "adult",
    allocation: Allocation | None = None,
) -> Plan:
    """A draft; where a plan is agreed, its next version: words, lines and risks are copied.

    Without ``allocation`` the budget in force is used; only people who pay for themselves may have none.
    Raises PlanAlreadyOpen, NoBudgetYet, NotTheirBudget, PersonEnded, OfferMissing (found eligible, and
    no direct payment was offered).
    """
    person, on = locked(person), day(at)
    plan_life.may_draw(person.name, person.state == Person.State.ENDED, "There is nothing to plan.")
    plans = Plan.objects.filter(person=person, kind=kind)
    open_plan = plans.filter(state__in=Plan.OPEN).first()
    plan_life.may_start(open_plan.version if open_plan else None)
    allocation = _budget(allocation, person, kind)
    _refuse_unoffered(person, kind)
    previous = plans.filter(state=Plan.State.AGREED).first()
    plan = Plan.objects.create(
        person=person,
        kind=kind,
        allocation=allocation,
        assessment=allocation.assessment if allocation else None,
        previous=previous,
        version=(plans.aggregate(last=Max("version"))["last"] or 0) + 1,
        written_by=written_by,
        author=by,
        started_on=on,
        indicative_pence_per_week=allocation.pence_per_week if allocation else 0,
    )
    if previous is not None:
        _copy(previous, plan, on)
    return plan


@action("describe plan")
def describe(
    *,
    plan: Plan,
    summary: str,
    wishes: Sequence[str],
    contingency: str,
    contingency_pence_per_week: int,
    written_by: str,
    by: User,
    at: datetime,
) -> Plan:
    """What matters to the person, their wishes, what if support falls through. Raises PlanNotOpen."""
    plan = locked(plan)
    plan_life.may_change(plan.state)
    plan.summary = summary.strip()
    plan.wishes = [wish.strip() for wish in wishes if wish.strip()]
    plan.contingency = contingency.strip()
    plan.contingency_pence_per_week = contingency_pence_per_week
    plan.written_by = written_by
    plan.save()
    return plan


@action("answer the three tests")
def answer_tests(*, plan: Plan, answers: Mapping[str, tuple[bool, str]], by: User, at: datetime) -> Plan:
    """``answers`` by the test's id: (does it pass, why). Raises PlanNotOpen, NoSuchTest."""
    plan = locked(plan)
    plan_life.may_change(plan.state)
    known = {test.id for test in delegation.tests(Used(day(at)))}
    for id in answers:
        if id not in known:
            raise NoSuchTest(f"“{id}” is not one of the tests of a plan.")
    plan.tests = {**plan.tests, **{id: [yes, why.strip()] for id, (yes, why) in answers.items()}}
    plan.save()
    return plan


def _refuse_unoffered(person: Person, kind: str) -> None:
    """Who was found eligible is offered a direct payment before the plan, also who pays for themselves."""
    eligible = person.assessments.filter(kind=kind, state=Assessment.State.AGREED, eligible=True).first()
    if eligible is not None:
        moment, made = offers_at(eligible)
        offers.go_on(True, made, moment)


def _budget_in_force(person: Person, kind: str) -> Allocation | None:
    of_kind = Allocation.objects.filter(person=person, assessment__kind=kind)
    return of_kind.exclude(state=Allocation.State.SUPERSEDED).order_by("-id").first()


def _check_budget(allocation: Allocation | None, person: Person, kind: str) -> None:
    if allocation is None:
        return
    if allocation.person_id != person.pk or allocation.assessment.kind != kind:
        raise NotTheirBudget("This indicative budget was worked out for another plan. Choose the right one.")
    if allocation.state == Allocation.State.SUPERSEDED:
        raise NotTheirBudget("This indicative budget was replaced by a newer one. Start from that.")


def _budget(chosen: Allocation | None, person: Person, kind: str) -> Allocation | None:
    """The budget to plan with: the one chosen, else the one in force; None only for who pays themselves."""
    allocation = chosen or _budget_in_force(person, kind)
    _check_budget(allocation, person, kind)
    plan_life.may_go_unfunded(person.funding, allocation is not None)
    return allocation


def _copy(previous: Plan, plan: Plan, on: date) -> None:
    """Words, outcomes, risks, and lines that still run (not one-offs) at the last price that was set for
    each. The tests are new.
    """
    for name in ("summary", "wishes", "contingency", "contingency_pence_per_week"):
        setattr(plan, name, getattr(previous, name))
    plan.save()
    outcomes = {old.pk: _again(old, plan=plan) for old in previous.outcomes.all()}
    for outcome in outcomes.values():
        outcome.save()
    still = Q(last=None) | Q(last__gte=on)
    for line in previous.lines.filter(still).exclude(how_often=HowOften.ONE_OFF):
        copy = _again(line, plan=plan, outcome=outcomes.get(line.outcome_id or 0))
        _at_its_last_price(copy, line)
        copy.save()
    for risk in previous.risks.all():
        _again(risk, plan=plan).save()


def _at_its_last_price(copy: PlanLine, line: PlanLine) -> None:
    """What was uplifted since is planned on at that price, not at what it cost when it was agreed. One that
    is to come is taken too: the old line ends with the new version, and what was set must not end with it.
    """
    price = Price.objects.filter(arrangement__line=line).order_by("first").last()
    if price is None or price.pence_per_week in (0, line.pence_per_week):
        return
    copy.pence_per_unit = unit_price_now(line.pence_per_unit, line.pence_per_week, price.pence_per_week)
    copy.pence_per_week = as_line(copy).pence_per_week


def _again(row: Any, **changes: Any) -> Any:
    """A new row, not saved yet, with the values of ``row`` but for ``changes``."""
    kept = {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**{**kept, **changes})
