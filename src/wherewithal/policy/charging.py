"""Charging rules by day: the national rules and rates, with Exampleshire's own choices beside them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from wherewithal.core.charging_rules import Rules, no_rates
from wherewithal.core.period import Period
from wherewithal.core.policy import Parameter, Used
from wherewithal.policy import parameters, table

NATIONAL = ("national/charging", "national/charging-2011")
LOCAL = "local/charging"


@dataclass(frozen=True)
class Kind:
    """A kind of income or of disability cost that the rules name: what to call it and how it is treated."""

    kind: str
    title: str
    treatment: str


def rules_on(on: date) -> Rules:
    """The charging rules of a day; raises NoChargingRates naming the year when none are on record."""
    for name in NATIONAL:
        if on in (rules := _rules(name)).period:
            return rules
    raise no_rates(on)


def income_kinds(on: date) -> tuple[Kind, ...]:
    """The kinds of income to offer on a form on a day, in the order of the policy file."""
    return _kinds(on, "income_")


def expense_kinds(on: date) -> tuple[Kind, ...]:
    """The kinds of disability cost to offer on a form on a day, in the order of the policy file."""
    return _kinds(on, "expense_")


def _kinds(on: date, family: str) -> tuple[Kind, ...]:
    used = Used(on)
    found = {name: one for name, one in rules_on(on).parameters.items() if name.startswith(family)}
    return tuple(
        Kind(name.removeprefix(family), one.title, used.value(found, name)["treatment"])
        for name, one in found.items()
    )


@cache
def _rules(name: str) -> Rules:
    head = table(name)["rules"]
    national: dict[str, Parameter] = {}
    for file in head["files"]:
        national |= parameters(file)
    # Where both name a parameter, the law's stands.
    merged = national | {key: one for key, one in parameters(LOCAL).items() if key not in national}
    return Rules(
        head["id"], head["title"], head["protected_title"], Period(head["from"], head["until"]), merged
    )
