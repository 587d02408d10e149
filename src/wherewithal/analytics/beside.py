"""Two waves beside each other: of each question the shares in both, and the change among the same councils.

The same councils are those that answered the question in both waves. What they said and what all said
together must not tell what the few others said (``apart.py``): then the figures of all, which the tables show
already, stand, and those of the same councils are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from wherewithal.analytics.apart import Group, least_group, may_stand, part_may_stand
from wherewithal.analytics.base import ALL
from wherewithal.analytics.replies import Reply
from wherewithal.analytics.share import CannotTabulate, Cell, change
from wherewithal.analytics.tabulate import Table
from wherewithal.policy.disclosure import Rule

W = TypeVar("W")


@dataclass(frozen=True)
class Line:
    """One answer: its cells in both waves, those of the same councils where they stand, the change in points
    from the first wave to the second, or why there is none.
    """

    value: str
    label: str
    first: Cell
    second: Cell
    same: tuple[Cell, Cell] | None
    change: Decimal | None
    why_not: str


@dataclass(frozen=True)
class Compared:
    """One comparable question. ``why_not``: why the same councils have no figures; '' where they have."""

    question: str
    title: str
    lines: tuple[Line, ...]
    why_not: str


def compared(
    first: Table, second: Table, same: tuple[Table, Table] | None, rule: Rule, why_not: str
) -> Compared:
    """A comparable question of both waves; ``same`` its tables of the same councils, or ``why_not``."""
    if same is not None and not _answers_may_stand(first, second, same, rule):
        same, why_not = None, "An answer that the rule does not let be shown would follow by subtraction."
    others = {row.value: row.cells[ALL] for row in second.rows}
    of_same = [{row.value: row.cells[ALL] for row in table.rows} for table in same] if same else []
    lines = []
    for row in first.rows:
        one, other = row.cells[ALL], others[row.value]
        both = (of_same[0][row.value], of_same[1][row.value]) if same else None
        points, why = _change(both or (one, other), same_field=both is not None, why_not=why_not)
        lines.append(Line(row.value, row.label, one, other, both, points, why))
    return Compared(first.question, first.title, tuple(lines), "" if same else why_not)


def matched(
    pairs: Sequence[tuple[W, W]],
    answered: Mapping[W, Group[str]],
    shown: Mapping[W, Sequence[Group[str]]],
    rule: Rule,
) -> dict[tuple[W, W], Group[str]]:
    """Of one question, by pair of waves: the councils that ``answered`` it in both, where their figures may
    stand beside all that is ``shown`` of either wave, and beside those of the pairs before.

    A pair that is left out would tell, by adding and subtracting, of fewer than ``least_group``.
    """
    least = least_group(rule)
    standing = {wave: list(groups) for wave, groups in shown.items()}
    found = {}
    for pair in pairs:
        both = answered[pair[0]] & answered[pair[1]]
        if both and all(may_stand(standing[wave], both, least) for wave in pair):
            found[pair] = both
            for wave in pair:
                standing[wave].append(both)
    return found


def only(replies: Mapping[str, Reply], who: Mapping[str, Group[str]]) -> dict[str, Reply]:
    """The replies with the answers of those that count: ``who`` by question, others left it blank as it were.

    Routing stays: an answer that does not count leads on all the same.
    """
    return {
        key: replace(
            reply,
            statuses={**(reply.statuses or {}), **{id: "blank" for id, of in who.items() if key not in of}},
        )
        for key, reply in replies.items()
    }


def _change(cells: tuple[Cell, Cell], *, same_field: bool, why_not: str) -> tuple[Decimal | None, str]:
    try:
        return change(*cells, comparable=True, same_field=same_field), ""
    except CannotTabulate as refusal:
        return None, refusal.says if same_field else f"{refusal.says} {why_not}".strip()


def _answers_may_stand(first: Table, second: Table, same: tuple[Table, Table], rule: Rule) -> bool:
    return all(
        part_may_stand(_counts(whole), _counts(part), rule)
        for whole, part in zip((first, second), same, strict=True)
    )


def _counts(table: Table) -> dict[str, int]:
    """What is shown of each answer; one that is not is left out, and with it what it is compared with."""
    counts = {row.value: row.cells[ALL].figure.numerator for row in table.rows}
    return {value: count for value, count in counts.items() if count is not None}
