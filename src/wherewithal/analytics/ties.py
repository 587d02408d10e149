"""What ties the counts of a survey: which are of the very same replies, and which add up to which.

Beside the sums that any table has, a reader knows that those who were asked a question are those who gave an
answer to another, that a question asks for the region, that all of a type are in one region. Such ties are
found from the replies and not from the routing: by marks (``tally.py``), of which those of two sets that have
nobody in common add up to the mark of both.

What is not looked for: that a region and a type have some replies in common follows too where several tables
show that nobody of one kind is outside them. A question that tells a dimension again is therefore broken down
by no other (``guarded.py``); of others none was found from which a small count follows so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from wherewithal.analytics.otherwise import Sum
from wherewithal.analytics.tally import EVERYBODY, NOBODY, Counted, Group, Sums

ASKED_AND_SILENT = ("blank", "insufficient", "refused")
SILENT = ("not asked", *ASKED_AND_SILENT)
"""The statuses of who gave no answer that counts."""
_ANSWERED = ("answered",)

Count = tuple[str, ...]
"""What is counted of a question, in any group: ``("chosen", question, value)`` or ``("heard", question,
status)``, of which ``asked`` and ``cohort`` are several statuses together; ``("not chosen", question,
value)`` and ``("no value", question)`` are printed nowhere.
"""
One = TypeVar("One", Count, Group)
OTHERS = ""
"""The groups of a dimension of which nothing is printed, together: they follow from everybody."""
_SETS = 4_096  # so many ways of putting the answers to one question together are looked at


@dataclass(frozen=True)
class Counting:
    """One question as it is counted: its values; ``several`` where one reply may give more than one."""

    question: str
    values: tuple[str, ...]
    several: bool


Cell = tuple[str, int]
"""A set of replies by its mark, of one question; what counts the same set of another is another cell, tied to
it only where that is no accident. Who took part is of no question.
"""


@dataclass
class Ties:
    """``cell`` of each count in each group; ``counts`` and ``sums`` by cells; ``derived`` are those cells of
    which no count is printed.
    """

    cell: dict[tuple[Count, Group], Cell] = field(default_factory=dict)
    counts: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum[Cell]] = field(default_factory=list)
    derived: set[Cell] = field(default_factory=set)

    def put(self, count: Count, group: Group, replies: int, mark: int, *, printed: bool = True) -> Cell:
        """Count the replies that have this mark."""
        cell = ("" if count[-1] == "cohort" else count[1], mark)
        if not printed and cell not in self.counts:
            self.derived.add(cell)
        elif printed:
            self.derived.discard(cell)
        self.counts[cell] = replies
        self.cell[count, group] = cell
        return cell

    def tie(self, total: Cell, parts: Sequence[Cell]) -> None:
        """The total is what the parts add up to; a part of nobody is left out."""
        there = tuple(part for part in parts if part[1])
        if there and there != (total,):
            self.sums.append(Sum(total, there))


def ties(
    questions: Sequence[Counting],
    counted: Counted,
    least: int,
    untold: Collection[tuple[str, str]] = (),
) -> Ties:
    """Everything that may be printed of these questions, of everybody and by every group that was counted;
    ``untold`` are questions that are not printed by a dimension.

    Of fewer than ``least`` replies it may be an accident that two questions have the same ones.
    """
    found = Ties()
    groups = [EVERYBODY, *((name, one) for name, names in counted.groups.items() for one in names)]
    told = {question for question, _, _ in counted.senses}
    for one in questions:
        at = {
            group: _put(found, one, group, counted, printed=(one.question, group[0]) not in untold)
            for group in groups
        }
        for kind, whole in at[EVERYBODY].items():
            for name, names in counted.groups.items():
                found.tie(whole, [at[name, group][kind] for group in names])
        if one.question in told:
            _put_senses(found, one, counted)
        _put_pairs(found, one, counted)
    _tie_questions(found, questions, counted, least)
    of_group: dict[Group, list[Count]] = {}
    for kind, group in found.cell:
        of_group.setdefault(group, []).append(kind)
    for total, within in same_groups(counted):
        for kind in of_group.get(total, ()):
            found.tie(found.cell[kind, total], [found.cell[kind, group] for group in within])
    return found


def members(counted: Counted) -> dict[Group, Sums]:
    """All that took part, of everybody and in each group."""
    first = next(iter(counted.heard), ("",))[0]
    return {
        group: sums
        for (question, group, status), sums in counted.heard.items()
        if (question, status) == (first, "cohort")
    }


def same_groups(counted: Counted) -> list[tuple[Group, tuple[Group, ...]]]:
    """The groups of one dimension that are some of another's together, or one of them."""
    marks = {group: sums.mark for group, sums in members(counted).items()}
    of_mark: dict[int, list[Group]] = {}
    for group, mark in marks.items():
        of_mark.setdefault(mark, []).append(group)
    return [
        (total, part)
        for name, names in counted.groups.items()
        for part, mark in _together([(name, one) for one in names], marks)
        for total in of_mark.get(mark, ())
        if total[0] not in ("", name)
    ]


def _put(found: Ties, one: Counting, group: Group, counted: Counted, *, printed: bool) -> dict[Count, Cell]:
    """A question's counts in one group, and what adds up within it."""
    id, printed = one.question, printed and group[1] != OTHERS
    at: dict[Count, Cell] = {}

    def put(kind: Count, replies: int, mark: int, printed: bool) -> None:
        at[kind] = found.put(kind, group, replies, mark, printed=printed)

    for status in ("answered", *SILENT, "asked", "cohort"):
        sums = counted.heard.get((id, group, status), NOBODY)
        put(("heard", id, status), sums.replies, sums.mark, printed)
    said, left, rest = counted.heard.get((id, group, "answered"), NOBODY), 0, 0
    for value in one.values:
        sums = counted.chosen.get((id, group, value), NOBODY)
        put(("chosen", id, value), sums.replies, sums.mark, printed)
        left, rest = left + sums.replies, rest + sums.mark
        if one.several:
            put(("not chosen", id, value), said.replies - sums.replies, said.mark - sums.mark, False)
    if not one.several:
        put(("no value", id), said.replies - left, said.mark - rest, False)
    asked, answered = at["heard", id, "asked"], at["heard", id, "answered"]
    found.tie(asked, [answered, *(at["heard", id, status] for status in ASKED_AND_SILENT)])
    found.tie(at["heard", id, "cohort"], [asked, at["heard", id, "not asked"]])
    for ways in _ways(one):
        found.tie(answered, [at[kind] for kind in ways])
    return at


def _ways(one: Counting) -> list[list[Count]]:
    """How those who answered fall apart: by their answer, or by whether they gave each."""
    if one.several:
        return [[(kind, one.question, value) for kind in ("chosen", "not chosen")] for value in one.values]
    return [[*(("chosen", one.question, value) for value in one.values), ("no value", one.question)]]


def _parts(one: Counting) -> list[list[Count]]:
    """How all who took part fall apart by a question."""
    return [[*way, *(("heard", one.question, status) for status in SILENT)] for way in _ways(one)]


def _put_senses(found: Ties, one: Counting, counted: Counted) -> None:
    """How many stated a value and how many implied it, where that is known of any."""
    for value in one.values:
        whole = counted.chosen.get((one.question, EVERYBODY, value), NOBODY)
        parts, left, rest = [], whole.replies, whole.mark
        for sense in ("stated", "implied"):
            sums = counted.senses.get((one.question, value, sense), NOBODY)
            kind = ("sense", one.question, value, sense)
            parts.append(found.put(kind, EVERYBODY, sums.replies, sums.mark))
            left, rest = left - sums.replies, rest - sums.mark
        kind = ("sense", one.question, value, "")
        parts.append(found.put(kind, EVERYBODY, left, rest, printed=False))
        found.tie(found.cell[("chosen", one.question, value), EVERYBODY], parts)


def _put_pairs(found: Ties, one: Counting, counted: Counted) -> None:
    """Of two values: both, only the one, only the other, neither."""
    id = one.question
    said = counted.heard.get((id, EVERYBODY, "answered"), NOBODY)
    for first, second in combinations(sorted(one.values), 2):
        if (two := counted.pairs.get((id, first, second))) is None:
            continue
        a, b = (counted.chosen.get((id, EVERYBODY, value), NOBODY) for value in (first, second))
        kind = ("pair", id, first, second)
        both = found.put((*kind, "both"), EVERYBODY, two.replies, two.mark)
        only_first, only_second, neither = (
            found.put((*kind, what), EVERYBODY, replies, mark, printed=False)
            for what, replies, mark in (
                ("first", a.replies - two.replies, a.mark - two.mark),
                ("second", b.replies - two.replies, b.mark - two.mark),
                (
                    "neither",
                    said.replies - a.replies - b.replies + two.replies,
                    said.mark - a.mark - b.mark + two.mark,
                ),
            )
        )
        for value, ones, others in (
            (first, [both, only_first], [only_second, neither]),
            (second, [both, only_second], [only_first, neither]),
        ):
            found.tie(found.cell[("chosen", id, value), EVERYBODY], ones)
            found.tie(found.cell[("not chosen", id, value), EVERYBODY], others)


def _tie_questions(found: Ties, questions: Sequence[Counting], counted: Counted, least: int) -> None:
    """Who was asked a question, or gave an answer, as several answers to another together, or several groups;
    and a group as several answers. What is so of everybody is so in every group.
    """
    cells = {kind: cell for (kind, group), cell in found.cell.items() if group == EVERYBODY and cell[1]}
    totals: dict[int, list[Count]] = {}
    for kind, cell in cells.items():
        is_routed = (
            kind[-1] in ("asked", "not asked") and found.counts[cell] < found.counts[_cohort(kind, cells)]
        )
        if is_routed or (kind[0] in ("chosen", "heard") and found.counts[cell] >= least):
            totals.setdefault(cell[1], []).append(kind)
    of_group = members(counted)
    of_mark = {sums.mark: ("", sums.mark) for group, sums in of_group.items() if group != EVERYBODY}
    for one in questions:
        for way in _parts(one):
            marks = {kind: cells[kind][1] for kind in way if kind in cells}
            for some, mark in _together(list(marks), marks):
                if mark in of_mark:
                    found.tie(of_mark[mark], [cells[kind] for kind in some])
                for total in totals.get(mark, ()):
                    for group in of_group if total[1] != one.question else ():
                        found.tie(found.cell[total, group], [found.cell[kind, group] for kind in some])
    for name, names in counted.groups.items():
        marks_of = {(name, one): of_group[name, one].mark for one in names}
        for ones, mark in _together(list(marks_of), marks_of):
            for total in totals.get(mark, ()):
                found.tie(cells[total], [("", marks_of[one]) for one in ones])


def _cohort(kind: Count, cells: Mapping[Count, Cell]) -> Cell:
    return cells["heard", kind[1], "cohort"]


def _together(parts: Sequence[One], marks: Mapping[One, int]) -> Iterator[tuple[tuple[One, ...], int]]:
    """Some of the parts of a whole, but not all, and their mark: the smaller sets first, up to a limit."""
    left = _SETS
    for size in range(1, len(parts)):
        for some in combinations(parts, size):
            if not left:
                return
            left -= 1
            yield some, sum(marks[one] for one in some)
