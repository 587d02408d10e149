"""What is left to spend, less what was paid out for something that is still to be bought."""

from collections.abc import Iterable
from dataclasses import replace

from wherewithal.core.left import Left
from wherewithal.core.workings import Line


def set_aside(left: Left, to_buy: Iterable[tuple[str, int]]) -> Left:
    """``left`` less each (what, pence) that is bought once and not yet: its money is held, and is planned.

    The lines still add up to the last one. Amounts of 0 or less are left out.
    """
    items = [(what, pence) for what, pence in to_buy if pence > 0]
    pence = sum(amount for _, amount in items)
    *before, total = left.lines
    assert total.value is not None, "the last line of what is left is its sum"
    kept = [Line(f"Kept for {what}", -amount, "pence", answer="to be bought once") for what, amount in items]
    return replace(
        left,
        pence=left.pence - pence,
        planned_pence=left.planned_pence + pence,
        lines=(*before, *kept, replace(total, value=total.value - pence)),
    )
