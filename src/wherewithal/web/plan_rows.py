"""The parts of a plan as its pages show them: lines, with what changed since; outcomes; risks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.core.costing import CostedLine
from wherewithal.core.money import a_week
from wherewithal.core.period import written
from wherewithal.core.problem import Problem
from wherewithal.records.models import Arrangement, PlanLine, PlanOutcome, Price, Risk


@dataclass(frozen=True)
class Row:
    """One line: what it costs and how that comes, what kind of thing it is, what stands in its way.

    ``now`` is its price today where that is no longer what was agreed, ``ended_on`` its last day where it was
    ended; ``next_price`` one that is known already.
    """

    of: PlanLine
    costs: CostedLine
    how: str
    kind: str
    problems: list[Problem]
    now: Price | None = None
    next_price: Price | None = None
    ended_on: date | None = None

    @property
    def changed(self) -> list[str]:
        """What is no longer as it was agreed, in sentences."""
        found = []
        if self.now:
            found.append(f"Now {a_week(self.now.pence_per_week)}, since {written(self.now.first)}.")
        if self.next_price:
            found.append(f"From {written(self.next_price.first)}: {a_week(self.next_price.pence_per_week)}.")
        return [*found, f"Ended on {written(self.ended_on)}."] if self.ended_on else found

    @property
    def pence_per_week_now(self) -> int:
        """0 once it is over."""
        if self.ended_on:
            return 0
        return self.now.pence_per_week if self.now else self.costs.pence_per_week


@dataclass(frozen=True)
class Card:
    """One outcome with its lines, which add up; ``outcome`` is None for lines that name none."""

    outcome: PlanOutcome | None
    serves: list[str]
    rows: list[Row]
    problems: list[Problem]

    @property
    def pence_per_week(self) -> int:
        return sum(row.costs.pence_per_week for row in self.rows)


@dataclass(frozen=True)
class RiskRow:
    """A risk with its bands before and after what is done about it ('' until it is scored again)."""

    of: Risk
    before: int
    before_band: str
    after: int | None
    after_band: str
    mitigation: str
    problems: list[Problem]


def as_it_runs(line: PlanLine, on: date) -> dict[str, Any]:
    """How a line's price and its end stand today beside what was agreed; nothing before it is agreed."""
    arrangement = getattr(line, "arrangement", None)
    if arrangement is None:
        return {}
    prices = list(arrangement.prices.all())
    started = [price for price in prices if price.first <= on]
    ahead = [price for price in prices if price.first > on][:1] if started else []
    changed = bool(started) and started[-1].pence_per_week != line.pence_per_week
    ended = arrangement.state == Arrangement.State.ENDED
    return {
        "now": started[-1] if changed and not ended else None,
        "next_price": ahead[0] if ahead and not ended else None,
        "ended_on": arrangement.last if ended and arrangement.last != line.last else None,
    }


def what_is_done(risk: Risk, library: Mapping[str, str]) -> str:
    """A risk's mitigation: from ``library`` by its id, and in own words; '' while there is neither."""
    return ". ".join(filter(None, [library.get(risk.mitigation, risk.mitigation), risk.mitigation_words]))
