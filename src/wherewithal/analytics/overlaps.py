"""Code by code: how many answers to one question bear both of two, beside the question's table."""

from dataclasses import dataclass
from itertools import combinations

from wherewithal.analytics.base import ALL
from wherewithal.analytics.disclosure import Shown
from wherewithal.analytics.share import Cell, cell_of, figure_of
from wherewithal.analytics.tabulate import Table, Tallied
from wherewithal.analytics.tally import EVERYBODY, NOBODY
from wherewithal.core.questions import Question


@dataclass(frozen=True)
class Overlap:
    """Two codes, in the table's order, and the share of its base that bears both."""

    first: str
    second: str
    cell: Cell


def overlaps(question: Question, table: Table, made: Tallied) -> tuple[Overlap, ...]:
    """Every two codes of a question, from its ``table`` of everybody and what that was made of.

    Beside what the table shows of each code, a pair tells too how many bear only one, or neither; none of
    these is given away.
    """
    found = []
    for first, second in combinations(table.rows, 2):
        values = sorted((first.value, second.value))
        sums = made.whole.counted.pairs.get((question.id, values[0], values[1]), NOBODY)
        base = first.cells[ALL].base
        told = all(row.cells[ALL].figure.status != "c" for row in (first, second))
        seen = made.whole.shown(question.id, sums) if told else Shown(None, "c")
        of = made.whole.base(question.id, EVERYBODY, base.kind)
        figure = figure_of(
            question, f"{first.value}+{second.value}", f"{first.label} + {second.label}", ALL, base, seen,
            sums, of, made.survey,
        )  # fmt: skip
        found.append(Overlap(first.value, second.value, cell_of(figure, base, sums, of, made.survey, None)))
    return tuple(found)
