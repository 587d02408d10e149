"""A payment as a payslip: what its workings say, in lines that add up to what went to the bank.

The workings of a payment (``core/settling.py``) hold the days that are paid for the first time and then, for
each earlier period that differs by now, the statement of what was paid beside what is due. On a payslip such
a statement is one line, and stands in full beneath it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wherewithal.core.payments import BILLED, PAID_FOR, TAKEN_OFF
from wherewithal.core.workings import Line


@dataclass(frozen=True)
class Payslip:
    """``lines`` add up to the payment. ``statements`` are the difference statements behind those of them
    that put an earlier period right, in the same order.
    """

    lines: tuple[Line, ...]
    statements: tuple[tuple[Line, ...], ...] = ()

    @property
    def pence(self) -> int:
        return sum(line.value or 0 for line in self.lines)


def payslip(workings: Iterable[Line]) -> Payslip:
    """The kept workings of one payment as a payslip."""
    lines: list[Line] = []
    statements: list[list[Line]] = []
    for line in workings:
        if _opens_a_statement(line):
            statements.append([line])
        elif statements:
            statements[-1].append(line)
        else:
            lines.append(line)
    lines += [_put_right(statement[0], statement[-1]) for statement in statements]
    return Payslip(tuple(lines), tuple(map(tuple, statements)))


def told_of(name: str, lines: Iterable[Line]) -> list[Line]:
    """Lines that speak to the person, as others read them: whose contribution it is stands there by name."""
    return [_by_name(line, name) for line in lines]


def _by_name(line: Line, name: str) -> Line:
    """A line on the person's own contribution, with ``name`` in place of "your"; any other as it is."""
    for start, says in ((TAKEN_OFF, f"Less {name}’s contribution"), (BILLED, f"{name}’s contribution")):
        if line.says.startswith(start) and not line.answer:
            return replace(line, says=says + line.says.removeprefix(start))
    return line


def _opens_a_statement(line: Line) -> bool:
    """Support may be called anything, but its line names its days as its answer."""
    return line.says.startswith(PAID_FOR) and not line.answer


def _put_right(paid: Line, difference: Line) -> Line:
    pence = difference.value or 0
    words = "too little was paid before" if pence > 0 else "too much was paid before"
    return Line(f"{paid.says.removeprefix(PAID_FOR)}, put right", pence, "pence", answer=words.capitalize())
