"""The financial assessment: what a person pays towards their budget, from a day on."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from wherewithal.actions.record import action, day, locked
from wherewithal.core import charging
from wherewithal.core.means import Means
from wherewithal.core.refusal import Refusal
from wherewithal.policy.charging import rules_on
from wherewithal.records.models import Allocation, FinancialAssessment, Person, Plan, User


class NoBudget(Refusal):
    """A contribution towards a budget that there is not."""


@action("assess finances")
def assess(*, person: Person, means: Means, first: date, by: User, at: datetime) -> FinancialAssessment:
    """The contribution from ``first`` on, by the charging rules of that day, towards the current budget.

    The budget is that of the agreed plan, else the indicative one, of the kind that ``means.about`` names.
    The assessment before of that kind is superseded; the person's funding becomes the council, or themselves
    where they pay the full cost. Of somebody who is both, only the adult's says so. Raises NoBudget,
    NoChargingRates (a year without rates, by name), NoPolicy, UnknownKind, BadMeans.
    """
    person = locked(person)
    budget = current_budget(person, means.about)
    if budget is None:
        raise NoBudget(
            f"{person.name} has no {means.about} budget yet, so there is nothing to pay towards. "
            "Work out the indicative budget first."
        )
    found = charging.assess(rules_on(first), means, budget_pence_per_week=budget, on=first)
    _supersede_the_one_before(person, means.about)
    if means.about == "adult" or not person.financial_assessments.filter(kind="adult").exists():
        _set_funding(person, found.full_cost)
    return FinancialAssessment.objects.create(
        person=person,
        kind=means.about,
        first=first,
        assessed_on=day(at),
        by=by,
        means=_kept(means),
        budget_pence_per_week=budget,
        pence_per_week=found.pence_per_week,
        full_cost=found.full_cost,
        workings=found.workings.record(),
        policy=list(found.policy),
        unverified=list(found.unverified),
        fingerprint=found.fingerprint,
    )


def current_budget(person: Person, kind: str) -> int | None:
    """Pence a week of the agreed plan of that kind, else of the indicative budget in force; None without."""
    agreed = person.plans.filter(kind=kind, state=Plan.State.AGREED).first()
    if agreed:
        return agreed.final_pence_per_week
    proposed = person.allocations.filter(assessment__kind=kind).exclude(state=Allocation.State.SUPERSEDED)
    newest = proposed.order_by("-proposed_on", "-pk").first()
    return newest.pence_per_week if newest else None


def _supersede_the_one_before(person: Person, kind: str) -> None:
    for former in person.financial_assessments.filter(kind=kind, state=FinancialAssessment.State.CURRENT):
        former.state = FinancialAssessment.State.SUPERSEDED
        former.save(update_fields=["state"])


def _set_funding(person: Person, full_cost: bool) -> None:
    person.funding = Person.Funding.SELF_FUNDER if full_cost else Person.Funding.COUNCIL
    person.save(update_fields=["funding"])


def _kept(means: Means) -> dict[str, Any]:
    """The facts as they are kept: JSON, the birth date as 1960-04-06."""
    return asdict(means) | {"born_on": means.born_on.isoformat()}
