"""What is left to spend, where some of what the plan still needs was paid for already.

Many people pay a week or a month ahead. Without this, the days that they have paid for would be taken off
twice: once when the money left, and again as planned.
"""

from collections.abc import Iterable
from dataclasses import replace

from wherewithal.core.left import Left
from wherewithal.core.money import pounds


def ahead_pence(spent_pence: int, planned_before_pence: int, planned_after_pence: int) -> int:
    """How much of what is planned from today on was paid for already.

    ``spent_pence`` on one arrangement in the period, ``planned_before_pence`` for its days up to yesterday,
    ``planned_after_pence`` from today on. 0 when no more was spent than planned; never above what is planned.
    """
    return max(0, min(planned_after_pence, spent_pence - planned_before_pence))


def paid_ahead(left: Left, paid: Iterable[tuple[str, int, int]]) -> Left:
    """``left`` with what is paid taken off what is planned: (what, planned pence, pence of it that is paid).

    The first two are those of a line in ``left``; of two lines alike it does not matter which. The lines
    still add up to the last one. Where 0 or less is paid, nothing changes.
    """
    *lines, total = left.lines
    assert total.value is not None, "the last line of what is left is its sum"
    items = [(what, planned, pence) for what, planned, pence in paid if pence > 0]
    for what, planned, pence in items:
        line = next(one for one in lines if (one.says, one.value) == (f"Planned for {what}", -planned))
        says = f"{line.answer}; {pounds(pence)} of it is paid already"
        lines[lines.index(line)] = replace(line, value=pence - planned, answer=says)
    all_pence = sum(pence for _, _, pence in items)
    return replace(
        left,
        pence=left.pence + all_pence,
        planned_pence=left.planned_pence - all_pence,
        lines=(*lines, replace(total, value=total.value + all_pence)),
    )
