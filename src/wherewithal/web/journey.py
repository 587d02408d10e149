"""The journey of a person, from asking to review, each step with its day or its money."""

from dataclasses import dataclass
from datetime import date

from wherewithal.core.money import a_week
from wherewithal.core.period import written
from wherewithal.records.models import Person
from wherewithal.records.standing import Standing, standings
from wherewithal.web.address import address
from wherewithal.web.templating import plural


@dataclass(frozen=True)
class Step:
    """``state`` is done, now or next; ``on`` and ``pence_per_week`` as far as they are known."""

    name: str
    state: str
    on: date | None = None
    pence_per_week: int | None = None
    detail: str = ""
    href: str = ""


def journey(person: Person, day: date, standing: Standing | None = None) -> list[Step]:
    """Asked, assessed, indicative, plan, agreed, paying, review, as they are on ``day``: each with its day or
    its money. What has its day still ahead is not done.
    """
    at = standing or standings([person], day)[person.pk]
    plan = at.agreed_plan or at.open_plan
    assessed = at.assessment if at.assessment and at.assessment.agreed_on else None
    facts: list[tuple[str, str, date | None, int | None, str]] = [
        ("Asked", "person", _asked_on(at), None, ""),
        ("Assessed", "person_assessment", assessed.agreed_on if assessed else None, None,
         "no eligible needs" if assessed and not assessed.eligible else ""),
        ("Indicative", "person_budget", None, at.allocation.pence_per_week if at.allocation else None, ""),
        ("Plan", "person_plan", None, plan.costs_pence_per_week if plan else None, ""),
        ("Agreed", "person_plan", at.agreed_plan.agreed_on if at.agreed_plan else None, None, ""),
        ("Paying", "person_money", _paying(at), None, ""),
    ]  # fmt: skip
    open_end = person.state != Person.State.ENDED and (assessed is None or bool(assessed.eligible))
    steps = []
    for name, page, on, pence, note in facts:
        done = pence is not None or (on is not None and on <= day)
        state = "done" if done else "now" if open_end else "next"
        open_end = open_end and done
        parts = [
            written(on) if on and done else f"on {written(on)}" if on else "",
            a_week(pence) if pence is not None else "",
            note,
        ]
        detail = ", ".join(part for part in parts if part)
        steps.append(Step(name, state, on, pence, detail, address(page, person.ref) if detail else ""))
    return [*steps, _review_step(at, "now" if open_end else "next")]


def asked_days_ago(at: Standing, on: date) -> str:
    """The clock from contact to first payment as it stands on ``on``, in words; '' when nobody has asked."""
    wait = at.wait
    if wait.days is not None and wait.paid_on:
        if wait.paid_on > on:
            paid_on = written(wait.paid_on)
            return f"The first payment is on its way: {paid_on}, {plural(wait.days, 'day')} after they asked"
        return f"First paid {plural(wait.days, 'day')} after they asked"
    asked_on = _asked_on(at)
    if asked_on is None:
        return ""
    days = (on - asked_on).days
    return f"Asked {plural(days, 'day')} ago" if days else "Asked today"


def _asked_on(at: Standing) -> date | None:
    """The day that the clock counts from; of who was paid before they ever asked, the last request."""
    return at.wait.asked_on or max((one.received_on for one in at.requests), default=None)


def _paying(at: Standing) -> date | None:
    if at.agreement:
        return at.agreement.first_paid_on
    return at.paying_since if at.agreed_plan and not at.agreed_plan.by_direct_payment else None


def _review_step(at: Standing, state: str) -> Step:
    href = address("person_reviews", at.person.ref)
    if at.review is None:
        return Step("Review", "next")
    return Step("Review by", state, at.review.due_on, None, written(at.review.due_on), href)
