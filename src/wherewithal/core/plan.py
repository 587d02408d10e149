"""A support plan: outcomes, costed lines, risks, three tests; and all that stands in its way, at once.

``problems`` gathers what a page shows beside each part; ``submit`` refuses while any of it blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wherewithal.core import relatives, restriction, risk
from wherewithal.core.costing import A_WEEK, Contingency, CostedLine, PlanCost, cost
from wherewithal.core.money import pounds
from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal

HOURS_A_WEEK = 7 * 24

WrittenBy = Literal["person", "family", "broker", "worker"]


class PlanBlocked(Refusal):
    """A plan handed in with problems that stop it; ``problems`` holds all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        stopping = [problem for problem in problems if problem.blocks]
        things = "1 thing" if len(stopping) == 1 else f"{len(stopping)} things"
        super().__init__(
            f"The plan cannot go for sign-off yet: {things} to put right. {stopping[0].says}",
            field=stopping[0].where,
            source=stopping[0].source,
        )
        self.problems = problems


@dataclass(frozen=True)
class PlanTest:
    """One of the three tests, put so that a no stops the plan."""

    id: str
    asks: str


@dataclass(frozen=True)
class Rules:
    """The policy that a plan is held against, on one day."""

    kinds: tuple[restriction.Kind, ...]
    restrictions: tuple[restriction.Restriction, ...]
    relations: tuple[relatives.Relation, ...]
    tests: tuple[PlanTest, ...]
    mitigations: tuple[risk.Mitigation, ...]


@dataclass(frozen=True)
class Plan:
    """``outcomes`` by id in the person's words; ``tests`` by id: (yes or no, why).

    ``indicative_pence_per_week`` is None where there is no council budget. ``direct_payment_allowed`` is None
    until its conditions were answered. ``if_it_breaks_down`` says in words what then happens.
    """

    first: date
    outcomes: Mapping[str, str]
    lines: tuple[CostedLine, ...]
    written_by: WrittenBy
    indicative_pence_per_week: int | None = None
    risks: tuple[risk.Risk, ...] = ()
    tests: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    contingency: Contingency | None = None
    if_it_breaks_down: str = ""
    direct_payment_allowed: bool | None = None

    @property
    def cost(self) -> PlanCost:
        return cost(self.lines, self.contingency)


def problems(plan: Plan, rules: Rules, on: date) -> list[Problem]:
    """Everything that stands in the plan's way or should be seen, in the order of the page.

    ``on`` is the day it is asked. Those that block come from the law, the council's policy or a gap in the
    plan itself; the others are for whoever decides.
    """
    found = _outcomes(plan)
    for line in plan.lines:
        found += _line(line, plan, rules)
    found += _money(plan) + _breakdown(plan)
    for one in plan.risks:
        found += risk.needs(one, rules.mitigations, on)
    return found + _tests(plan, rules)


def submit(found: list[Problem]) -> None:
    """Raises PlanBlocked when any of the problems blocks."""
    if any(problem.blocks for problem in found):
        raise PlanBlocked(found)


def _outcomes(plan: Plan) -> list[Problem]:
    if not plan.outcomes:
        return [
            Problem("plan", "The plan names no outcome. Say what should be different in the person's life.")
        ]
    worked_towards = {line.outcome for line in plan.lines}
    return [
        Problem(f"outcome:{id}", f"Nothing in the plan is bought or arranged for “{words}”.", blocks=False)
        for id, words in plan.outcomes.items()
        if id not in worked_towards
    ]


def _line(line: CostedLine, plan: Plan, rules: Rules) -> list[Problem]:
    where = f"line:{line.id}"
    found = []
    if line.outcome not in plan.outcomes and line.kind != "contingency":
        found.append(Problem(where, f"“{line.what}” names no outcome of the plan. Say what it is for."))
    if line.kind not in {kind.id for kind in rules.kinds}:
        found.append(Problem(where, f"“{line.what}”: choose the kind of thing it is."))
    if line.units == 0:
        found.append(Problem(where, f"“{line.what}” has no units. Say how much of it."))
    elif line.pence_per_unit == 0 and line.kind != "contingency":
        free = f"“{line.what}” has no price. If it is free, leave it so."
        found.append(Problem(where, free, blocks=False))
    if line.unit == "hour" and (hours := line.units * A_WEEK[line.how_often]) > HOURS_A_WEEK:
        many = (
            f"“{line.what}” is for {_figures(float(hours))} hours a week; a week has {HOURS_A_WEEK}. "
            "Check it, unless several people help at once."
        )
        found.append(Problem(where, many, blocks=False))
    found += _dates(line, plan)
    found += restriction.meets(line, rules.restrictions)
    if line.held == "direct_payment":
        found += _direct_payment(line, plan, rules)
    return found


def _figures(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _dates(line: CostedLine, plan: Plan) -> list[Problem]:
    if line.last is not None and line.last < line.first:
        return [Problem(f"line:{line.id}", f"“{line.what}” ends before it starts. Change one of its dates.")]
    if line.last is not None and line.last < plan.first:
        return [Problem(f"line:{line.id}", f"“{line.what}” ends before the plan starts. Leave it out.")]
    return []


def _direct_payment(line: CostedLine, plan: Plan, rules: Rules) -> list[Problem]:
    where, found = f"line:{line.id}", []
    if plan.direct_payment_allowed is None:
        says = f"“{line.what}” is held as a direct payment: answer its conditions first."
        found.append(Problem(where, says, "Care Act 2014 s31, s32"))
    elif not plan.direct_payment_allowed:
        says = f"“{line.what}” cannot be held as a direct payment: its conditions are not met."
        found.append(Problem(where, says, "Care Act 2014 s31, s32"))
    if line.payee is not None:
        found += relatives.may_be_paid(line.payee, rules.relations, where=where)
    return found


def _money(plan: Plan) -> list[Problem]:
    if plan.indicative_pence_per_week is None or not plan.lines:
        return []  # a plan with nothing in it is not cheaper than the budget: it is not written yet
    difference = plan.cost.pence_per_week - plan.indicative_pence_per_week
    if difference == 0:
        return []
    way = "more" if difference > 0 else "less"
    says = (
        f"The plan costs {pounds(abs(difference))} a week {way} than the indicative budget of "
        f"{pounds(plan.indicative_pence_per_week)}. The final budget will need a reason."
    )
    return [Problem("plan", says, blocks=False)]


def _breakdown(plan: Plan) -> list[Problem]:
    covered = (
        plan.contingency is not None
        or plan.if_it_breaks_down.strip()
        or any(line.kind == "contingency" for line in plan.lines)
    )
    if covered:
        return []
    return [Problem("plan", "The plan does not say what happens when support breaks down.", blocks=False)]


def _tests(plan: Plan, rules: Rules) -> list[Problem]:
    found = []
    for test in rules.tests:
        where = f"test:{test.id}"
        if test.id not in plan.tests:
            found.append(Problem(where, f"Answer: {test.asks}"))
            continue
        yes, why = plan.tests[test.id]
        if not why.strip():
            found.append(Problem(where, f"Give the reason for your answer: {test.asks}"))
        if not yes:
            found.append(Problem(where, f"{test.asks} The answer is no. {why}".strip()))
    return found
