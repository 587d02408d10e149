"""Income and the costs of disability: what of each counts, by kinds that are policy."""

from typing import Any

from wherewithal.core.charging_rules import Reading
from wherewithal.core.means import Expense, Income, Means
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal


class UnknownKind(Refusal):
    """An income or an expense of a kind that the rules in force say nothing about."""


def counted_income(reading: Reading, means: Means) -> tuple[int, int]:
    """(all income that counts, the disability benefits in it), pence a week, with a line for each income.

    A kind's rule is a ``treatment``: counted; disregarded; partly (its first ``first_pence_per_week`` is left
    out, once for the kind); night_care (counted only where night care is arranged).
    """
    total = disability = 0
    left_out: dict[str, int] = {}
    for income in means.incomes:
        rule = _rule(reading, "income", income.kind)
        treatment = reading.value(rule)
        counted, answer = _counted(income, treatment, means.night_care, left_out)
        reading.line(reading.title(rule), counted, rule, answer=answer)
        total += counted
        disability += counted if treatment.get("disability_benefit") else 0
    return total, disability


def disability_costs(reading: Reading, expenses: tuple[Expense, ...], disability_benefits: int) -> int:
    """What is left to the person for the costs of disability, pence a week, with a line for each.

    The council's standard amount, where it is more than the listed costs, goes to whoever has a disability
    benefit that counts, up to that benefit.
    """
    for expense in expenses:
        rule = _rule(reading, "expense", expense.kind)
        reading.line(reading.title(rule), -expense.pence_per_week, rule, answer="cost of disability")
    listed = sum(expense.pence_per_week for expense in expenses)
    standard = min(reading.value("standard_disability_expenses"), disability_benefits)
    if standard > listed:
        answer = "the council allows this much without bills"
        reading.line(
            "Costs of disability, up to the standard amount",
            listed - standard,
            "standard_disability_expenses",
            answer=answer,
        )
    return int(max(listed, standard))


def _counted(
    income: Income, treatment: dict[str, Any], night_care: bool, left_out: dict[str, int]
) -> tuple[int, str]:
    amount = income.pence_per_week
    match treatment["treatment"]:
        case "disregarded":
            return 0, f"{pounds(amount)} a week, not counted"
        case "night_care" if not night_care:
            return 0, f"{pounds(amount)} a week, not counted: no night care is arranged"
        case "partly":
            first = treatment["first_pence_per_week"]
            part = min(amount, first - left_out.get(income.kind, 0))
            left_out[income.kind] = left_out.get(income.kind, 0) + part
            return amount - part, f"{pounds(amount)} a week, the first {pounds(first)} not counted"
        case "counted" | "night_care":
            return amount, f"{pounds(amount)} a week, counted"
        case other:
            raise UnknownKind(
                f"The rules treat “{income.kind}” as “{other}”, which means nothing. Mend them."
            )


def _rule(reading: Reading, family: str, kind: str) -> str:
    name = f"{family}_{kind}"
    if name not in reading.rules.parameters:
        raise UnknownKind(
            f"The rules of {written(reading.used.on)} ({reading.rules.title}) do not say how to treat the "
            f"{family} “{kind}”. Choose one of their kinds, or ask whoever keeps the policy to add it, with "
            "its source."
        )
    return name
