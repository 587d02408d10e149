"""What follows when a plan is agreed: it becomes support.

No action of its own: it runs inside the transaction of ``actions/decision.py``. What the plan before arranged
ends the day before, each line gets its own purchase order number and first price, and the first review is put
in the calendar.
"""

from datetime import date, timedelta

from wherewithal.actions.record import locked, next_id, order_number
from wherewithal.core import plan_life, starting
from wherewithal.core.period import Period
from wherewithal.core.policy import Used
from wherewithal.policy.service import service
from wherewithal.records.models import (
    Agreement,
    Allocation,
    Arrangement,
    Person,
    Plan,
    PlanLine,
    Price,
    Review,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.reading import as_line
from wherewithal.records.reviewing import next_review


def agree(plan: Plan, final: int, why_different: str, on: date) -> None:
    """The plan is in force: what it replaces ends, its lines start, its review is put in the calendar.

    Raises PersonEnded.
    """
    _start_drawing(plan)
    takes_over_on = starting.takes_over_on([as_line(line) for line in plan.lines.all()], on)
    agreed = Plan.objects.filter(person=plan.person, kind=plan.kind, state=Plan.State.AGREED).first()
    replaced = locked(agreed) if agreed else None
    if replaced is not None:
        _replace(replaced, plan, takes_over_on, on)
    plan.state, plan.agreed_on = Plan.State.AGREED, on
    plan.final_pence_per_week, plan.final_reason = final, why_different
    plan.save()
    if plan.allocation is not None:
        plan.allocation.state = Allocation.State.USED
        plan.allocation.save()
    for line in plan.lines.all():
        days = starting.runs(as_line(line), takes_over_on if replaced else None)
        if days is not None:
            _arrange(line, plan, days, on)
    _schedule_review(plan)


def _start_drawing(plan: Plan) -> None:
    person = locked(plan.person)
    has_ended = person.state == Person.State.ENDED
    plan_life.may_draw(person.name, has_ended, "Open the record again first.")
    person.state = Person.State.DRAWING
    person.save(update_fields=["state"])
    plan.person = person


def _replace(replaced: Plan, plan: Plan, takes_over_on: date, on: date) -> None:
    """What the replaced plan arranged ends the day before, but for what was bought once."""
    last = takes_over_on - timedelta(days=1)
    running = replaced.arrangements.exclude(state=Arrangement.State.ENDED).exclude(line__how_often="one-off")
    for one in running:
        if one.first > last:
            _never_begins(one)
            continue
        one.last = min(one.last or last, last)
        one.ended_because = f"Replaced by version {plan.version} of the plan"
        one.state = Arrangement.State.ENDED if one.last < on else one.state
        one.save()
    replaced.state, replaced.ended_on = Plan.State.SUPERSEDED, last
    replaced.save()
    for review in replaced.reviews.filter(state=Review.State.DUE, kind=Review.Kind.PLAN):
        review.state = Review.State.CANCELLED
        review.save()
    _hand_over(replaced, plan, last)


def _hand_over(replaced: Plan, plan: Plan, last: date) -> None:
    """The direct payment goes on under the new plan with its own review, or ends where nothing is held so."""
    direct = plan.person.arrangements.filter(held=Held.DIRECT_PAYMENT).exclude(state=Arrangement.State.ENDED)
    goes_on = plan.lines.filter(held=Held.DIRECT_PAYMENT).exists() or direct.exclude(plan=replaced).exists()
    for review in replaced.reviews.filter(state=Review.State.DUE, kind=Review.Kind.DIRECT_PAYMENT):
        review.plan, review.state = plan, review.state if goes_on else Review.State.CANCELLED
        review.save()
    for agreement in replaced.agreements.filter(ended_on=None):
        agreement.plan = plan
        if not goes_on:
            agreement.ended_on = max(last, agreement.signed_on)
            agreement.end_reason = "The new plan holds nothing as a direct payment"
        agreement.save()


def _never_begins(arrangement: Arrangement) -> None:
    """Replaced before its first day: it goes, or costs nothing where a payment already names it."""
    if arrangement.payment_lines.exists() or arrangement.commitments.exists():
        for price in arrangement.prices.all():
            price.pence_per_week = 0
            price.save()
        arrangement.state, arrangement.last = Arrangement.State.ENDED, arrangement.first
        arrangement.ended_because = "Replaced before it began"
        arrangement.save()
        return
    arrangement.prices.all().delete()
    arrangement.delete()


def _arrange(line: PlanLine, plan: Plan, days: Period, on: date) -> None:
    """One line as it runs: planned until its first day; a direct payment until its agreement is signed."""
    waits = line.held == Held.DIRECT_PAYMENT and not _direct_payment_runs(plan)
    state = Arrangement.State.PLANNED if waits or days.first > on else Arrangement.State.ACTIVE
    id = next_id(Arrangement)
    arrangement = Arrangement.objects.create(
        id=id,
        order_number=order_number(id),
        person=plan.person,
        plan=plan,
        line=line,
        what=line.what,
        kind=line.kind,
        supplier=line.supplier,
        held=line.held,
        term=line.term,
        service=service(Used(on), line.kind, for_carer=plan.kind == "carer"),
        state=state,
        first=days.first,
        last=days.last,
    )
    Price.objects.create(arrangement=arrangement, first=days.first, pence_per_week=line.pence_per_week)


def _direct_payment_runs(plan: Plan) -> bool:
    return Agreement.objects.filter(person=plan.person, ended_on=None).exists()


def _schedule_review(plan: Plan) -> None:
    due = next_review(plan.person, plan, Review.Kind.PLAN)
    assert due is not None, "a plan in force is reviewed"
    due.save()
