"""Spending beside the plan, outcome by outcome, and what is held for a person now. Nothing here decides."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, Sum

from wherewithal.core.arrangement import DAY
from wherewithal.core.left import planned_by
from wherewithal.core.period import Period
from wherewithal.records.models import Arrangement, Person, Plan, Review, Transfer
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
    """Plan against spending over a closed period; ``held_pence`` is what the person's account holds now."""

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
    """What the plan's direct payment planned and what left the account, in ``period`` (closed). Six queries.

    Support that the council manages or commissions is paid to its supplier and is no part of this, unless
    something was spent on it. What is bought once counts whole, on its first day.
    """
    spent = _spent(plan.person, period)
    by_outcome: dict[str, list[int]] = {}
    for row in _arrangements(plan):
        planned_pence, spent_pence = _planned(row, period), spent.pop(row.pk, 0)
        if row.held == Held.DIRECT_PAYMENT or spent_pence:
            outcome = row.line.outcome.text if row.line and row.line.outcome else ELSEWHERE
            sums = by_outcome.setdefault(outcome, [0, 0])
            sums[0] += planned_pence
            sums[1] += spent_pence
    if other := sum(spent.values()):
        by_outcome.setdefault(ELSEWHERE, [0, 0])[1] += other
    rows = tuple(Against(outcome, *sums) for outcome, sums in by_outcome.items() if any(sums))
    return Spending(period, rows, held(plan.person))


def since_last_review(review: Review, on: date) -> Spending:
    """Plan against spending up to ``on``, from the day after the last review of the plan, else from the day
    that the plan was agreed.
    """
    before = Review.objects.filter(plan=review.plan, state=Review.State.DONE, held_on__lt=on)
    last = before.exclude(pk=review.pk).aggregate(last=Max("held_on"))["last"]
    first = last + DAY if last else review.plan.agreed_on or review.plan.started_on
    return spending(review.plan, Period(min(first, on), on))


def held(person: Person) -> int:
    """Pence in the person's account now; 0 for somebody who never had a direct payment."""
    moved = Transfer.objects.filter(Q(debit__person=person) | Q(credit__person=person)).aggregate(
        came=Sum("pence", filter=Q(debit__kind="held")), went=Sum("pence", filter=Q(credit__kind="held"))
    )
    return (moved["came"] or 0) - (moved["went"] or 0)


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


def _spent(person: Person, period: Period) -> dict[int | None, int]:
    """What support cost by arrangement (None: not matched), less what came back."""
    days = {"on__gte": period.first, "on__lte": period.last}
    out = Transfer.objects.filter(debit__person=person, debit__kind="spent", **days)
    back = Transfer.objects.filter(credit__person=person, credit__kind="spent", **days)
    sums: dict[int | None, int] = dict(out.values_list("arrangement_id").annotate(Sum("pence")))
    for arrangement, pence in back.values_list("arrangement_id").annotate(Sum("pence")):
        sums[arrangement] = sums.get(arrangement, 0) - pence
    return sums
