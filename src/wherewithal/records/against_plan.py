"""Spending beside the plan, outcome by outcome, over the days of a period. Nothing here decides."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from wherewithal.core.arrangement import DAY
from wherewithal.core.left import planned_by
from wherewithal.core.period import Period
from wherewithal.records import holding
from wherewithal.records.models import Arrangement, Plan, Review
from wherewithal.records.models.plan import Held
from wherewithal.records.terms import as_line, bought_once

ELSEWHERE = "Not matched to an outcome"


@dataclass(frozen=True)
class Against:
    """One outcome in words with what was planned and what was spent, in pence, over the same days."""

    outcome: str
    planned_pence: int
    spent_pence: int


@dataclass(frozen=True)
class Spending:
    """Plan against spending over a closed period; ``held_pence`` is what was held at its end."""

    period: Period
    rows: tuple[Against, ...]
    held_pence: int

    @property
    def planned_pence(self) -> int:
        return sum(row.planned_pence for row in self.rows)

    @property
    def spent_pence(self) -> int:
        return sum(row.spent_pence for row in self.rows)

    def record(self) -> dict[str, Any]:
        """JSON-ready, as a review keeps it."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat() if self.period.last else None,
            "rows": [asdict(row) for row in self.rows],
            "held_pence": self.held_pence,
        }


def spending(plan: Plan, period: Period) -> Spending:
    """What the plan's direct payment planned and what was bought with it, in ``period`` (closed).

    Support that the council manages or commissions is paid to its supplier and is no part of this, unless
    something was spent on it. What is bought once counts whole, on its first day. The same number of queries
    for every plan.
    """
    assert period.last is not None, "spending is looked at up to a day"
    spent = {order: one.in_period_pence for order, one in holding.spent(plan.person, period).items()}
    by_outcome: dict[str, list[int]] = {}
    for row in _arrangements(plan):
        planned_pence, spent_pence = _planned(row, period), spent.pop(row.order_number, 0)
        if row.held == Held.DIRECT_PAYMENT or spent_pence:
            outcome = row.line.outcome.text if row.line and row.line.outcome else ELSEWHERE
            sums = by_outcome.setdefault(outcome, [0, 0])
            sums[0] += planned_pence
            sums[1] += spent_pence
    by_outcome.setdefault(ELSEWHERE, [0, 0])[1] += sum(spent.values())
    rows = tuple(Against(outcome, *sums) for outcome, sums in by_outcome.items() if any(sums))
    return Spending(period, rows, holding.held_pence(plan.person, period.last))


def since_last_review(review: Review, on: date) -> Spending:
    """Plan against spending up to ``on``, from the day after the last review of the plan, else from the day
    that the plan was agreed.
    """
    before = Review.objects.filter(plan=review.plan, state=Review.State.DONE, held_on__lt=on)
    last = before.exclude(pk=review.pk).aggregate(last=Max("held_on"))["last"]
    first = last + DAY if last else review.plan.agreed_on or review.plan.started_on
    return spending(review.plan, Period(min(first, on), on))


def _arrangements(plan: Plan) -> Iterable[Arrangement]:
    rows = plan.arrangements.exclude(state=Arrangement.State.PLANNED)
    rows = rows.select_related("line__outcome").prefetch_related("prices", "suspensions")
    return rows.order_by("line__outcome__order", "line__order", "pk")


def _planned(row: Arrangement, period: Period) -> int:
    assert period.last is not None, "spending is looked at up to a day"
    once = bought_once(row)
    if once is not None:
        return once.pence if once.on in period else 0
    line = as_line(row)
    return planned_by(period.last, [line], period) if line else 0
