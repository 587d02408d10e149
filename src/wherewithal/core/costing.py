"""What a plan's lines cost: a week, a year, by how they are held. Each line is rounded once, half up.

A week's cost adds all lines as if they ran together, which is the most that a week can cost. A year's cost is
worked from the line, not from the rounded week: £100.00 a month is £1,200.00 a year. The factors are those by
which Client Level Data turns a cost into a weekly one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from wherewithal.core.money import WEEKS_A_YEAR, half_up, pence_per_year, pounds
from wherewithal.core.refusal import Refusal
from wherewithal.core.relatives import Payee
from wherewithal.core.workings import Workings

Unit = Literal["hour", "day", "night", "week", "session", "mile", "item", "month", "year"]
HowOften = Literal["weekly", "fortnightly", "4-weekly", "monthly", "quarterly", "yearly", "one-off"]
Held = Literal[
    "direct_payment", "council_managed", "individual_service_fund", "commissioned", "in_house", "own_money"
]
Term = Literal["long", "short"]

A_WEEK: dict[HowOften, Fraction] = {
    "weekly": Fraction(1),
    "fortnightly": Fraction(1, 2),
    "4-weekly": Fraction(1, 4),
    "monthly": Fraction(12, 52),
    "quarterly": Fraction(4, 52),
    "yearly": Fraction(1, 52),
    "one-off": Fraction(1, 52),
}

_UNITS = re.compile(r"\d{1,6}(\.\d{1,4})?")


class NotACost(Refusal):
    """Units or a price that a line cannot have, or a word that is none of the choices."""


@dataclass(frozen=True)
class CostedLine:
    """One thing that is bought or arranged: so many ``units`` each time, ``how_often``, at a price per unit.

    ``last`` is None while the line has no end. ``exception`` is the reason why a restriction should not hold,
    ``payee`` who is paid where they are related to the person. Raises NotACost.
    """

    id: str
    outcome: str
    what: str
    kind: str
    units: Fraction
    unit: Unit
    pence_per_unit: int
    how_often: HowOften
    first: date
    last: date | None
    held: Held
    term: Term = "long"
    supplier: str = ""
    exception: str = ""
    payee: Payee | None = None

    def __post_init__(self) -> None:
        if self.units < 0 or self.pence_per_unit < 0:
            raise NotACost(f"“{self.what}”: units and price cannot be below nothing.", field="units")
        for value, choices in (
            (self.unit, Unit),
            (self.how_often, HowOften),
            (self.held, Held),
            (self.term, Term),
        ):
            if value not in get_args(choices):
                raise NotACost(f"“{self.what}”: “{value}” is not one of {', '.join(get_args(choices))}.")

    @property
    def pence_each_time(self) -> Fraction:
        return self.units * self.pence_per_unit

    @property
    def pence_per_week(self) -> int:
        """Whole pence a week, rounded half up; a one-off is spread over 52 weeks."""
        return half_up(self.pence_each_time * A_WEEK[self.how_often])

    @property
    def pence_per_year(self) -> int:
        """Whole pence over 52 weeks, rounded half up; a one-off counts once."""
        return half_up(self.pence_each_time * A_WEEK[self.how_often] * WEEKS_A_YEAR)

    @property
    def one_off_pence(self) -> int:
        """The whole of a one-off, nothing for any other line."""
        return half_up(self.pence_each_time) if self.how_often == "one-off" else 0


def unit_price_now(pence_per_unit: int, agreed_pence_per_week: int, now_pence_per_week: int) -> int:
    """Whole pence for a unit once a line's week has another price, as after a yearly uplift; half up."""
    if not agreed_pence_per_week:
        return pence_per_unit
    return half_up(Fraction(pence_per_unit * now_pence_per_week, agreed_pence_per_week))


@dataclass(frozen=True)
class Contingency:
    """So much a week set aside for when support breaks down. Raises NotACost below 0."""

    pence_per_week: int
    held: Held

    def __post_init__(self) -> None:
        if self.pence_per_week < 0:
            raise NotACost("A contingency cannot be below nothing.", field="contingency")


@dataclass(frozen=True)
class PlanCost:
    """Pence; ``by_held`` is pence a week and adds up to ``pence_per_week``. One-offs are in both, spread."""

    pence_per_week: int
    pence_per_year: int
    by_held: dict[Held, int] = field(default_factory=dict)
    one_off_pence: int = 0
    contingency_pence_per_week: int = 0


def units(written: str) -> Fraction:
    """Read ``7.5`` or ``3`` as units, exactly. Raises NotACost."""
    if not _UNITS.fullmatch(written.strip()):
        raise NotACost(f"“{written}” is not a number of units. Write it like 7.5.", field="units")
    return Fraction(written.strip())


def share(lines: Iterable[CostedLine], percent: int, held: Held) -> Contingency:
    """A contingency as a whole percentage of what comes regularly; one-offs are left out. Raises NotACost."""
    if not 0 <= percent <= 100:
        raise NotACost(f"A contingency of {percent}% is not between 0% and 100%.", field="contingency")
    regular = sum(line.pence_per_week for line in lines if line.how_often != "one-off")
    return Contingency(half_up(Fraction(regular * percent, 100)), held)


def cost(lines: Iterable[CostedLine], contingency: Contingency | None = None) -> PlanCost:
    """The sum of the lines and of the contingency."""
    lines = list(lines)
    by_held: dict[Held, int] = {}
    for line in lines:
        by_held[line.held] = by_held.get(line.held, 0) + line.pence_per_week
    aside = contingency.pence_per_week if contingency is not None else 0
    if contingency is not None and aside:
        by_held[contingency.held] = by_held.get(contingency.held, 0) + aside
    return PlanCost(
        pence_per_week=sum(line.pence_per_week for line in lines) + aside,
        pence_per_year=sum(line.pence_per_year for line in lines) + pence_per_year(aside),
        by_held=by_held,
        one_off_pence=sum(line.one_off_pence for line in lines),
        contingency_pence_per_week=aside,
    )


def running(lines: Iterable[CostedLine], on: date) -> list[CostedLine]:
    """The lines that run on the day, both ends included."""
    return [line for line in lines if line.first <= on and (line.last is None or on <= line.last)]


def workings(lines: Iterable[CostedLine], contingency: Contingency | None = None) -> Workings:
    """The cost line by line, as the plan's page and letter show it; says where a one-off was spread."""
    lines = list(lines)
    said = Workings()
    for line in lines:
        said.add(line.what, line.pence_per_week, "pence_per_week", answer=amount_in_words(line))
    total = cost(lines, contingency)
    if contingency is not None:
        why = "set aside for when support breaks down"
        said.add("Contingency", total.contingency_pence_per_week, "pence_per_week", answer=why)
    said.add("The plan costs a week", total.pence_per_week, "pence_per_week")
    said.add("The plan costs a year", total.pence_per_year, "pence_per_year")
    return said


def amount_in_words(line: CostedLine) -> str:
    """``7.5 × £12.50 an hour, weekly``; for a one-off also what it comes to and how it is spread."""
    number = (Decimal(line.units.numerator) / line.units.denominator).quantize(Decimal("0.0001")).normalize()
    article = "an" if line.unit in ("hour", "item") else "a"
    each = f"{number:f} × {pounds(line.pence_per_unit)} {article} {line.unit}"
    if line.how_often == "one-off":
        return f"{each}, once: {pounds(line.one_off_pence)} spread over {WEEKS_A_YEAR} weeks for the budget"
    return f"{each}, {line.how_often}"
