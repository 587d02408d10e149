"""What is left to spend, where some of what the plan still needs was paid for already.

Many people pay a week or a month ahead. Without this, the days that they have paid for would be taken off
twice: once when the money left, and again as planned.
"""

from collections.abc import Iterable
from dataclasses import replace

from wherewithal.core.left import Left
from wherewithal.core.workings import Line


def ahead_pence(spent_pence: int, planned_before_pence: int, planned_after_pence: int) -> int:
    """How much of what is planned from today on was paid for already.

    ``spent_pence`` on one arrangement in the period, ``planned_before_pence`` for its days up to yesterday,
    ``planned_after_pence`` from today on. 0 when no more was spent than planned; never above what is planned.
    """
    return max(0, min(planned_after_pence, spent_pence - planned_before_pence))


def paid_ahead(left: Left, paid: Iterable[tuple[str, int]]) -> Left:
    """``left`` with each (what, pence) that needs no more money. The lines still add up to the last one.

    Amounts of 0 or less are left out.
    """
    items = [(what, pence) for what, pence in paid if pence > 0]
    pence = sum(amount for _, amount in items)
    *before, total = left.lines
    assert total.value is not None, "the last line of what is left is its sum"
    given = [
        Line(f"Already paid for {what}", amount, "pence", answer="more than planned up to yesterday")
        for what, amount in items
    ]
    return replace(
        left,
        pence=left.pence + pence,
        planned_pence=left.planned_pence - pence,
        lines=(*before, *given, replace(total, value=total.value + pence)),
    )
