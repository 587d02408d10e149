"""Code by code: how many answers to one question bear both of two, beside the question's table."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations, combinations_with_replacement
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.analytics.base import ALL, Base
from wherewithal.analytics.disclosure import CannotProtect, Shown, Sum, protect
from wherewithal.analytics.guarded import STATUSES_OF
from wherewithal.analytics.replies import Replies
from wherewithal.analytics.tabulate import Cell, Row, Survey, Table, cell_of, figure_of
from wherewithal.analytics.tally import Sums
from wherewithal.core.questions import Question
from wherewithal.policy.disclosure import Rule

_HIDDEN = Shown(None, "c")


@dataclass(frozen=True)
class Overlap:
    """Two codes, in the table's order, and the share of its base that bears both."""

    first: str
    second: str
    cell: Cell


def overlaps(question: Question, table: Table, replies: Replies, survey: Survey) -> tuple[Overlap, ...]:
    """Every two codes of a question, from its ``table`` and what that was made of.

    What the table shows of each code is known to a reader, so a pair tells too how many bear only one, or
    neither. It is shown only where none of these is too small, and where the table shows both codes and who
    answered.
    """
    pairs = _pairs(question.id, replies)
    heard = Counter(row["status"] for row in _of(question.id, replies.heard))
    found = []
    for first, second in combinations(table.rows, 2):
        both = pairs.get(frozenset((first.value, second.value)), 0)
        base = first.cells[ALL].base
        seen = _guarded(
            first, second, both, heard["answered"], table.bases[ALL]["answered"], pairs, survey.rule
        )
        whole = sum(heard[status] for status in STATUSES_OF.get(base.kind, ("answered",)))
        sums, of = Sums(both, both, both), Sums(whole, whole, whole)
        figure = figure_of(
            question, f"{first.value}+{second.value}", f"{first.label} + {second.label}", ALL, base, seen,
            sums, of, survey,
        )  # fmt: skip
        found.append(Overlap(first.value, second.value, cell_of(figure, base, sums, of, survey, None)))
    return tuple(found)


_Pairs = Mapping[frozenset[str], int]


def _pairs(question: str, replies: Replies) -> _Pairs:
    """How many replies gave both of two values; of a value with itself, how many gave it."""
    given: dict[int, set[str]] = {}
    for row in _of(question, replies.chosen):
        given.setdefault(row["reply"], set()).add(row["value"])
    pairs = (combinations_with_replacement(sorted(values), 2) for values in given.values())
    return Counter(frozenset(pair) for pair in chain.from_iterable(pairs))


def _of(question: str, table: pa.Table) -> list[dict[str, Any]]:
    """The rows of one question."""
    found: list[dict[str, Any]] = table.filter(pc.field("question").cast(pa.string()) == question).to_pylist()
    return found


def _guarded(
    first: Row, second: Row, both: int, answered: int, base: Base, pairs: _Pairs, rule: Rule
) -> Shown:
    """How many bear both, as it may be shown beside what the table shows."""
    if base.hidden or any(row.cells[ALL].figure.status == "c" for row in (first, second)):
        return _HIDDEN
    one, other = (pairs.get(frozenset((row.value,)), 0) for row in (first, second))
    cells = {
        "answered": answered, "first": one, "second": other, "both": both, "only first": one - both,
        "only second": other - both, "neither": answered - one - other + both,
    }  # fmt: skip
    sums = [
        Sum("first", ("both", "only first")),
        Sum("second", ("both", "only second")),
        Sum("answered", ("both", "only first", "only second", "neither")),
    ]
    try:
        return protect(cells, sums, rule, shown_before=("answered", "first", "second"))["both"]
    except CannotProtect:
        return _HIDDEN
