"""The rules of charging in force on a day, and reading them so that each line keeps its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wherewithal.core.period import Period, written
from wherewithal.core.policy import Dated, Parameter, Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.workings import Unit, Workings


class NoChargingRates(Refusal):
    """A day in a year without rates: refused by name, never charged by another year's figures."""


@dataclass(frozen=True)
class Rules:
    """One body of charging law with its rates and the council's own choices, by parameter name.

    ``protected_title`` is what the law calls the income that a person must be left with.
    """

    id: str
    title: str
    protected_title: str
    period: Period
    parameters: Mapping[str, Parameter]


@dataclass
class Reading:
    """One assessment as it is worked out: what was read from the rules, and the lines so far."""

    rules: Rules
    used: Used
    workings: Workings = field(default_factory=Workings)

    def value(self, name: str) -> Any:
        """The value in force on the day; raises NoPolicy by name."""
        return self.used.value(self.rules.parameters, name)

    def dated(self, name: str) -> Dated:
        """The dated value behind ``value``, read and remembered."""
        self.value(name)
        return self.used.read[name]

    def title(self, name: str) -> str:
        return self.rules.parameters[name].title

    def line(
        self, says: str, value: int | None, rule: str, *, answer: str = "", unit: Unit = "pence_per_week"
    ) -> None:
        """A line with the source and the verified mark of the parameter ``rule``."""
        dated = self.dated(rule)
        self.workings.add(says, value, unit, answer=answer, source=dated.source, verified=dated.verified)


def charging_year(on: date) -> str:
    """The year of charging rates, from 6 April: ``2026-27``."""
    start = on.year - ((on.month, on.day) < (4, 6))
    return f"{start}-{(start + 1) % 100:02d}"


def no_rates(on: date) -> NoChargingRates:
    """The refusal for a day without rates, naming the charging year, to be raised."""
    return NoChargingRates(
        f"There are no charging rates for {charging_year(on)} on record (asked for {written(on)}). "
        "Another year's figures are never used instead. Whoever keeps the policy adds them, each with its "
        "source."
    )
