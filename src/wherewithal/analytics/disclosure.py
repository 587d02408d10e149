"""Small counts kept from telling on anybody, also by subtraction: in a table, across tables and waves.

``protect`` takes every cell that is published together, and which cells add up to which, so that one call
can guard a whole release; cells of an earlier wave go in with what was then shown of them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Generic, Literal, TypeVar

from wherewithal.core.money import half_up
from wherewithal.core.refusal import Refusal
from wherewithal.policy.disclosure import Rule

Status = Literal["ok", "c", "low"]
Key = TypeVar("Key", bound=Hashable)


class CannotProtect(Refusal):
    """Cells that follow from what has been shown already, whatever else is suppressed."""


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown: ``value`` is None when suppressed (``c``); ``low`` is shown as 0."""

    value: int | None
    status: Status


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """The cell ``total`` is what the ``parts`` add up to, and a reader knows it."""

    total: Key
    parts: tuple[Key, ...]


def protect(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], rule: Rule, *, shown_before: Iterable[Key] = ()
) -> dict[Key, Shown]:
    """Every cell as it may be shown. Totals are counted before anything is suppressed.

    First each count from 1 to below the threshold; then, where the rule is ``secondary``, the next smallest
    of a sum until no suppressed cell follows from those that are shown and what is suppressed in a sum adds
    to the threshold or more. What was ``shown_before`` (an earlier wave or release) cannot be taken back: it
    stays shown, and others go in its place. Raises CannotProtect when there are none.
    """
    fixed = set(shown_before)
    hidden = {key for key, count in cells.items() if 0 < count < rule.suppress_under and key not in fixed}
    if rule.secondary and hidden:
        while more := _next(cells, sums, hidden, fixed, rule.suppress_under):
            hidden.add(more)
        if found := sorted(map(str, _exposed(cells, sums, hidden))):
            raise CannotProtect(
                f"What was shown before gives {', '.join(found)} away by subtraction. Leave the table out."
            )
    return {key: Shown(None, "c") if key in hidden else as_shown(count, rule) for key, count in cells.items()}


def as_shown(count: int, rule: Rule, *, estimate: bool = False) -> Shown:
    """A count that is not suppressed, rounded half up as the rule has it for people or for estimates."""
    if 0 < count <= rule.zero_at_most:
        return Shown(0, "low")
    to = rule.round_estimates_to if estimate else rule.round_people_to
    return Shown(half_up(Fraction(count, to)) * to if to else count, "ok")


def wants_a_second_look(count: int, base: int, rule: Rule) -> bool:
    """Whether so few councils said a thing, or did not, that a second person must look first."""
    near = rule.flag_within
    return near > 0 and (0 < count <= near or 0 < base - count <= near)


def may_cross(dimensions: Iterable[str], rule: Rule) -> bool:
    """Whether a table may have these dimensions together."""
    asked = frozenset(dimensions)
    return not any(never <= asked for never in rule.never_crossed)


def _next(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], fixed: set[Key], least: int
) -> Key | None:
    """The next cell to suppress; None when nothing is found by subtraction (or nothing is left to take)."""
    exposed = _exposed(cells, sums, hidden)
    for one in sums:
        members = (*one.parts, one.total)
        gone = [key for key in members if key in hidden]
        if not gone:
            continue
        thin = one.total not in hidden and sum(cells[key] for key in gone) < least
        if thin or any(key in exposed for key in gone):
            parts = [key for key in one.parts if key not in hidden and key not in fixed and cells[key] > 0]
            total = [one.total] if one.total not in hidden and one.total not in fixed else []
            if parts or total:
                return min(parts, key=lambda key: (cells[key], str(key))) if parts else total[0]
    return _elsewhere(cells, sums, hidden, fixed) if exposed else None


def _elsewhere(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], fixed: set[Key]
) -> Key | None:
    """What to suppress where a cell follows from several sums together and its own have nothing left to take.

    Of all that stands in a sum with something suppressed, the smallest that leaves less to be found.
    """
    near = {key for one in sums for key in (*one.parts, one.total) if hidden & {*one.parts, one.total}}
    left = [key for key in near if key not in hidden and key not in fixed and cells[key] > 0]
    left.sort(key=lambda key: (cells[key], str(key)))
    found = len(_exposed(cells, sums, hidden))
    better = (key for key in left if len(_exposed(cells, sums, hidden | {key})) < found)
    return next(better, left[0] if left else None)


def _exposed(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> set[Key]:
    """The hidden cells that a reader can work out from the sums and the shown cells.

    Each sum, and what follows from several together, is an equation of the hidden cells; a reader knows too
    that none of these is 0, since a 0 is shown. A cell is found when its bounds meet.
    """
    unknown = sorted(hidden, key=str)
    column = {key: number for number, key in enumerate(unknown)}
    rows = []
    for one in sums:
        # What stands before each hidden cell, then what they come to.
        row = [Fraction(0)] * (len(unknown) + 1)
        for sign, key in (*((1, key) for key in one.parts), (-1, one.total)):
            if key in column:
                row[column[key]] += sign
            else:
                row[-1] -= sign * cells[key]
        if any(row[:-1]):
            rows.append(row)
    least, most = _bounds(rows + _reduced(rows), len(unknown))
    return {key for key, number in column.items() if least[number] == most[number]}


def _bounds(rows: list[list[Fraction]], width: int) -> tuple[list[Fraction], list[Fraction | None]]:
    """The least and the most (None: without end) that each unknown can be, all of them whole and above 0."""
    least: list[Fraction] = [Fraction(1)] * width
    most: list[Fraction | None] = [None] * width
    changed = True
    while changed:
        changed = False
        for row in rows:
            for column, factor in enumerate(row[:-1]):
                if not factor:
                    continue
                down, up = _range_of_the_rest(row, column, least, most)
                ends = [None if end is None else (row[-1] - end) / factor for end in (up, down)]
                low, high = ends if factor > 0 else reversed(ends)
                if low is not None and ceil(low) > least[column]:
                    least[column], changed = Fraction(ceil(low)), True
                if high is not None and ((known := most[column]) is None or floor(high) < known):
                    most[column], changed = Fraction(floor(high)), True
    return least, most


def _range_of_the_rest(
    row: list[Fraction], without: int, least: list[Fraction], most: list[Fraction | None]
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that an equation's other terms come to; None: without end."""
    down: Fraction | None = Fraction(0)
    up: Fraction | None = Fraction(0)
    for column, factor in enumerate(row[:-1]):
        if factor and column != without:
            small, large = (least[column], most[column]) if factor > 0 else (most[column], least[column])
            down = None if down is None or small is None else down + factor * small
            up = None if up is None or large is None else up + factor * large
    return down, up


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form of equations whose last column is what they come to."""
    found: list[tuple[int, list[Fraction]]] = []
    for column in range(len(rows[0]) - 1 if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        scaled = [value / pivot[column] for value in pivot]
        rows = [_less(row, scaled, column) for row in rows]
        found = [(at, _less(row, scaled, column)) for at, row in found]
        found.append((column, scaled))
    return [row for _, row in found]


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column]
    return [value - factor * other for value, other in zip(row, pivot, strict=True)] if factor else row
