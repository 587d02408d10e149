"""What a person's summary shows: how far they are, outcomes, money, risks, the people around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, Sum
from django.db.models.functions import Coalesce

from wherewithal.core.money import a_week, pounds
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.policy import mitigation
from wherewithal.records import holding
from wherewithal.records.models import (
    Actual,
    Arrangement,
    Observation,
    Payment,
    Person,
    Plan,
    PlanOutcome,
    Risk,
)
from wherewithal.records.models.plan import Held
from wherewithal.records.standing import Standing, standings
from wherewithal.web.budgets import unsure
from wherewithal.web.journey import asked_days_ago, journey
from wherewithal.web.next_step import next_step
from wherewithal.web.plan_rows import what_is_done
from wherewithal.web.reviews import LEVELS

GONE_OUT = (Payment.State.SENT, Payment.State.SETTLED)


@dataclass(frozen=True)
class Outcome:
    """One outcome of the plan with the last thing seen about it."""

    text: str
    tag: tuple[str, str]
    note: str
    seen_on: date | None


@dataclass(frozen=True)
class RiskRow:
    """Likelihood x impact before and (where it was rescored) after what is done about it."""

    what: str
    score: str
    mitigation: str
    owner: str
    until: date | None


def summary(person: Person, on: date, order: Sequence[str]) -> dict[str, Any]:
    """The context of ``people/person.html``, with what is next in the ``order`` of whoever reads
    (``order_for``); the same number of queries for everybody.
    """
    standing = standings([person], on)[person.pk]
    plan = standing.agreed_plan or standing.open_plan
    return {
        "steps": journey(person, on, standing),
        "next": next_step(person, on, standing, order),
        "clock": asked_days_ago(standing, on),
        "requests": list(reversed(standing.requests)),
        "plan": plan,
        "outcomes": outcomes(plan) if plan else [],
        "budget": budget(standing, on),
        "risks": risks(plan, on) if plan else [],
        "support": support(person),
        **circle(person),
    }


def outcomes(plan: Plan) -> list[Outcome]:
    seen = Prefetch("observations", Observation.objects.order_by("-seen_on", "-id"), to_attr="seen")
    found = []
    for outcome in PlanOutcome.objects.filter(plan=plan).prefetch_related(seen):
        last = outcome.seen[0] if outcome.seen else None
        tag = LEVELS[last.level] if last else ("Not looked at yet", "grey")
        found.append(Outcome(outcome.text, tag, last.note if last else "", last.seen_on if last else None))
    return found


def budget(standing: Standing, on: date) -> list[tuple[str, str]]:
    """Indicative, plan, personal budget, contribution; for a direct payment what was paid by the end of
    ``on``, is on its way, was spent and is held.
    """
    plan = standing.agreed_plan or standing.open_plan
    weekly = [
        ("Indicative budget", standing.allocation.pence_per_week if standing.allocation else None),
        ("Plan", plan.costs_pence_per_week if plan else None),
        ("Personal budget", standing.agreed_plan.final_pence_per_week if standing.agreed_plan else None),
    ]
    rows = [(label, a_week(pence)) for label, pence in weekly if pence is not None]
    if standing.finance:
        rows.append(("They pay", a_week(standing.finance.pence_per_week) + unsure(standing.finance)))
    return rows + _direct_payment(standing.person, on)


def _direct_payment(person: Person, on: date) -> list[tuple[str, str]]:
    if holding.held_account(person) is None:
        return []
    gone_out = Payment.objects.filter(person=person, state__in=GONE_OUT)
    sums = gone_out.aggregate(
        paid=Coalesce(Sum("pence", filter=Q(run__pay_on__lte=on)), 0),
        ahead=Coalesce(Sum("pence", filter=Q(run__pay_on__gt=on)), 0),
    )
    spent = Actual.objects.filter(person=person).exclude(state=Actual.State.UNDONE)
    return [
        ("Paid so far", pounds(sums["paid"])),
        *([("On its way", pounds(sums["ahead"]))] if sums["ahead"] else []),
        ("Spent so far", pounds(spent.aggregate(pence=Coalesce(Sum("pence"), 0))["pence"])),
        ("Held now", pounds(holding.held_pence(person, on))),
    ]


def risks(plan: Plan, on: date) -> list[RiskRow]:
    library = {one.id: one.says for one in mitigation.library(Used(on))}
    found = []
    for risk in Risk.objects.filter(plan=plan).order_by("-likelihood", "-impact", "id"):
        score = str(risk.likelihood * risk.impact)
        if risk.likelihood_after and risk.impact_after:
            score += f" before, {risk.likelihood_after * risk.impact_after} after"
        done = what_is_done(risk, library)
        found.append(RiskRow(risk.what, score, done, risk.owner, risk.look_again_on))
    return found


def support(person: Person) -> list[tuple[str, str, str, str]]:
    """What runs now: what, how it is held, since when, until when."""
    running = Arrangement.objects.filter(person=person).exclude(state=Arrangement.State.ENDED)
    return [
        (
            one.what,
            Held(one.held).label,
            written(one.first),
            one.get_state_display() if one.last is None else f"until {written(one.last)}",
        )
        for one in running.order_by("first", "id")
    ]


def circle(person: Person) -> dict[str, Any]:
    """Carers, those they care for, representatives and the household, of today."""
    return {
        "carers": list(person.carers.filter(until=None).select_related("carer").order_by("id")),
        "cares_for": list(person.caring_for.filter(until=None).select_related("cared_for").order_by("id")),
        "representatives": list(
            person.representations.filter(until=None).select_related("user").order_by("id")
        ),
        "household": list(person.household.filter(until=None).order_by("id")),
    }
