"""What is left to spend: the money that is held, less what the plan still needs before the next payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wherewithal.core.arrangement import DAY, ArrangementLine, in_pence, rate, stretches_of
from wherewithal.core.period import Period, written
from wherewithal.core.refusal import Refusal
from wherewithal.core.workings import Line


class NotBeforePayment(Refusal):
    """A day that does not come before the next payment."""


@dataclass(frozen=True)
class Left:
    """``pence`` is free to spend until the end of ``until``; below 0, the plan needs more than is there.

    pence = held + still to come in - planned, and ``lines`` shows that sum.
    """

    pence: int
    held_pence: int
    to_come_pence: int
    planned_pence: int
    until: date
    lines: tuple[Line, ...]


def left_to_spend(
    held_pence: int,
    planned: Iterable[ArrangementLine],
    *,
    on: date,
    next_payment_on: date,
    contribution_to_come_pence: int = 0,
) -> Left:
    """What the person can spend freely from ``on`` to the day before ``next_payment_on``, which comes later.

    Today still counts as planned, so that the figure never promises too much. ``contribution_to_come_pence``
    was asked and is still to be paid in: where a payment is net, the plan counts on it.
    """
    if on >= next_payment_on:
        raise NotBeforePayment(
            f"The next payment must come after {written(on)}. Look for the payment that follows."
        )
    until = next_payment_on - DAY
    lines = [Line("Held now", held_pence, "pence", answer=written(on))]
    if contribution_to_come_pence:
        lines.append(Line("Your contribution, still to come in", contribution_to_come_pence, "pence"))
    needs = planned_lines(planned, Period(on, until))
    planned_pence = -sum(line.value or 0 for line in needs)
    pence = held_pence + contribution_to_come_pence - planned_pence
    lines += needs
    lines.append(Line(f"Left to spend until {written(until)}", pence, "pence"))
    return Left(pence, held_pence, contribution_to_come_pence, planned_pence, until, tuple(lines))


def planned_lines(planned: Iterable[ArrangementLine], period: Period) -> list[Line]:
    """One line (pence below 0) for each arrangement with something planned in ``period``."""
    lines = []
    for arrangement in planned:
        parts = [part for part in stretches_of(arrangement, period) if part.pence_per_week]
        if parts:
            words = ", then ".join(rate(part) for part in parts)
            pence = sum(in_pence(parts))
            lines.append(Line(f"Planned for {arrangement.what}", -pence, "pence", answer=words))
    return lines


def planned_by(day: date, planned: Iterable[ArrangementLine], period: Period) -> int:
    """Pence that the plan has spent by the end of ``day``, from the start of ``period``: the chart's mark.

    0 before the period; after it, what is planned for the whole of it.
    """
    until = period.shared_with(Period(period.first, max(day, period.first)))
    if day < period.first or until is None:
        return 0
    return -sum(line.value or 0 for line in planned_lines(planned, until))
