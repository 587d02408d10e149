"""Charging: what a person pays towards their care at home, after a financial assessment.

The Care and Support (Charging and Assessment of Resources) Regulations 2014 (SI 2014/2672), and for 2010-11
Fairer Charging. Capital above the upper limit: the full cost. Otherwise

    counted income + income assumed from savings
      - protected income - housing costs - costs of disability

and never more than the budget, never below 0. Whole pence a week throughout.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.core.capital import above_upper_limit, tariff_pence_per_week
from wherewithal.core.charging_rules import Reading, Rules, no_rates
from wherewithal.core.income import counted_income, disability_costs
from wherewithal.core.means import BadMeans, LightTouch, Means
from wherewithal.core.policy import Used
from wherewithal.core.protected_income import protected_pence_per_week
from wherewithal.core.workings import Workings


@dataclass(frozen=True)
class Contribution:
    """What the person pays a week, and how that was found.

    ``full_cost`` says that the person pays for all of it because of the rules, not because the sum came out
    so; ``policy`` and ``unverified`` (parameter names) list the values read.
    """

    pence_per_week: int
    full_cost: bool
    workings: Workings
    fingerprint: str
    policy: tuple[dict[str, Any], ...]
    unverified: tuple[str, ...]


def assess(rules: Rules, means: Means, *, budget_pence_per_week: int, on: date) -> Contribution:
    """The weekly contribution of a person with these means to a budget, by the rules of a day.

    Raises NoChargingRates for a day outside the rules, NoPolicy for a value that is not on record,
    UnknownKind for an income or expense that the rules do not name, BadMeans for impossible facts.
    """
    if on not in rules.period:
        raise no_rates(on)
    if budget_pence_per_week < 0:
        raise BadMeans("A budget cannot be below 0.")
    reading = Reading(rules, Used(on))
    if means.about == "carer" and not reading.value("carers_charged"):
        reading.line("The council does not charge carers for support to carers", 0, "carers_charged")
        return _contribution(reading, 0, full_cost=False)
    if means.assessed != "in_full":
        return _without_the_form(reading, means, budget_pence_per_week)
    if above_upper_limit(reading, means.capital_pence):
        return _in_full(reading, "upper_capital_limit", "Above the limit: full cost", budget_pence_per_week)
    return _from_income(reading, means, budget_pence_per_week)


def _from_income(reading: Reading, means: Means, budget: int) -> Contribution:
    counted, disability_benefits = counted_income(reading, means)
    available = counted + tariff_pence_per_week(reading, means.capital_pence)
    available -= protected_pence_per_week(reading, means)
    housing = means.housing_costs_pence_per_week
    if housing:
        available -= housing
        reading.line(reading.title("housing_costs"), -housing, "housing_costs")
    available -= disability_costs(reading, means.disability_expenses, disability_benefits)
    reading.workings.add(
        "Left over to pay with",
        available,
        "pence_per_week",
        answer="nothing to pay when this is below £0" if available < 0 else "",
    )
    return _within(reading, available, budget)


def _without_the_form(reading: Reading, means: Means, budget: int) -> Contribution:
    """The ways to a contribution without a full financial assessment."""
    if means.light_touch:
        return _light_touch(reading, means.light_touch, budget)
    if means.assessed == "declined":
        says = "The person chose not to say what they have, so the council treats them as able to pay in full"
        return _in_full(reading, "declined", says, budget)
    return _in_full(reading, "self_funder", "The person pays for their own care", budget)


def _light_touch(reading: Reading, light: LightTouch, budget: int) -> Contribution:
    if light.why == "ample":
        return _in_full(reading, "light_touch", "Light touch: plainly able to pay in full", budget)
    if light.why == "benefits_only":
        reading.line("Light touch: benefits show that the person cannot pay", 0, "light_touch")
        return _contribution(reading, 0, full_cost=False)
    agreed = light.agreed_pence_per_week
    reading.line("Light touch: a small charge, agreed with the person", agreed, "light_touch")
    return _within(reading, agreed, budget)


def _within(reading: Reading, pence: int, budget: int) -> Contribution:
    """A contribution of ``pence``, never below 0 and never above the budget."""
    if pence > budget:
        reading.workings.add("The budget: nobody pays more than it", budget, "pence_per_week")
    return _contribution(reading, max(0, min(pence, budget)), full_cost=False)


def _in_full(reading: Reading, rule: str, says: str, budget: int) -> Contribution:
    reading.line(says, budget, rule)
    return _contribution(reading, budget, full_cost=True)


def _contribution(reading: Reading, pence: int, *, full_cost: bool) -> Contribution:
    workings, used = reading.workings, reading.used
    workings.add("Contribution a week", pence, "pence_per_week", source=reading.rules.title)
    return Contribution(pence, full_cost, workings, used.fingerprint(), tuple(used.record()), used.unverified)
