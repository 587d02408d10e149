"""Small counts kept from telling on anybody, also by subtraction: in a table, across tables and waves.

``protect`` takes every cell that is published together, and which cells add up to which, so that one call
guards a whole release; cells of an earlier wave go in with what was then shown of them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
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
        if found := sorted(map(str, _exposed(sums, hidden))):
            raise CannotProtect(
                f"What was shown before gives {', '.join(found)} away by subtraction. Leave the table out."
            )
    return {key: Shown(None, "c") if key in hidden else rounded(count, rule) for key, count in cells.items()}


def rounded(count: int, rule: Rule, *, estimate: bool = False) -> Shown:
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
    exposed = _exposed(sums, hidden)
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
    return None


def _exposed(sums: Sequence[Sum[Key]], hidden: set[Key]) -> set[Key]:
    """The hidden cells that the sums and the shown cells determine: the unknowns of a linear system that has
    one answer for them.
    """
    unknown = sorted(hidden, key=str)
    column = {key: number for number, key in enumerate(unknown)}
    rows = []
    for one in sums:
        row = [Fraction(0)] * len(unknown)
        for key in one.parts:
            if key in column:
                row[column[key]] += 1
        if one.total in column:
            row[column[one.total]] -= 1
        if any(row):
            rows.append(row)
    return {unknown[pivot] for pivot, row in _reduced(rows) if sum(1 for value in row if value) == 1}


def _reduced(rows: list[list[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """Reduced row echelon form: each pivot's column and its row."""
    found: list[tuple[int, list[Fraction]]] = []
    width = len(rows[0]) if rows else 0
    for column in range(width):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        scaled = [value / pivot[column] for value in pivot]
        rows = [_less(row, scaled, column) for row in rows]
        found = [(at, _less(row, scaled, column)) for at, row in found]
        found.append((column, scaled))
    return found


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column]
    return [value - factor * other for value, other in zip(row, pivot, strict=True)] if factor else row
