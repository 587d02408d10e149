"""What a person has and pays: the facts of a financial assessment, in whole pence."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wherewithal.core.refusal import Refusal

Household = Literal["single", "lone_parent", "couple"]
Assessed = Literal["in_full", "light_touch", "declined", "self_funder"]


class BadMeans(Refusal):
    """Facts that no contribution can be worked out from."""


@dataclass(frozen=True)
class Income:
    """One income after tax; ``kind`` is a kind that the rules in force name (``income_<kind>``)."""

    kind: str
    pence_per_week: int


@dataclass(frozen=True)
class Expense:
    """One cost of disability; ``kind`` is a kind that the rules in force name (``expense_<kind>``)."""

    kind: str
    pence_per_week: int


@dataclass(frozen=True)
class LightTouch:
    """Assessed without the full form, with the person's agreement, and why.

    ``ample``: plainly able to pay in full; ``benefits_only``: plainly unable to pay anything;
    ``small_charge``: so small that the form would cost more than it brings, and then how much was agreed.
    """

    why: Literal["ample", "benefits_only", "small_charge"]
    agreed_pence_per_week: int = 0


@dataclass(frozen=True)
class Means:
    """The facts, all pence a week except capital. Of a couple, only the person's own share counts."""

    born_on: date
    capital_pence: int = 0
    incomes: tuple[Income, ...] = ()
    housing_costs_pence_per_week: int = 0
    disability_expenses: tuple[Expense, ...] = ()
    household: Household = "single"
    partner_at_pension_age: bool = False
    dependent_children: int = 0
    disability_premium: bool = False
    enhanced_disability_premium: bool = False
    carer_premium: bool = False
    night_care: bool = False
    about: Literal["adult", "carer"] = "adult"
    assessed: Assessed = "in_full"
    light_touch: LightTouch | None = None

    def __post_init__(self) -> None:
        amounts = {
            "Capital": self.capital_pence,
            "Housing costs": self.housing_costs_pence_per_week,
            "The number of children": self.dependent_children,
            "Each income": min((income.pence_per_week for income in self.incomes), default=0),
            "Each expense": min((expense.pence_per_week for expense in self.disability_expenses), default=0),
        }
        for what, amount in amounts.items():
            if amount < 0:
                raise BadMeans(f"{what} cannot be below 0. Write what there is, or 0.")
        if (self.assessed == "light_touch") != (self.light_touch is not None):
            raise BadMeans("A light-touch assessment needs its reason, and only a light-touch one has it.")
        if self.light_touch and self.light_touch.agreed_pence_per_week < 0:
            raise BadMeans("The agreed contribution cannot be below 0. Write what was agreed, or 0.")
