"""Small counts kept from telling on anybody, also by subtraction: in a table, across tables and waves.

``protect`` takes every cell that is published together, and which cells add up to which, so that one call
can guard a whole release; cells of an earlier wave go in with what was then shown of them.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from wherewithal.analytics.otherwise import Sum, Worlds
from wherewithal.core.money import half_up
from wherewithal.core.refusal import Refusal
from wherewithal.policy.disclosure import Rule

Status = Literal["ok", "c", "low"]
Key = TypeVar("Key", bound=Hashable)


_STUCK = 50  # so many cells of which no other world was found may have more hidden beside them


class CannotProtect(Refusal):
    """Cells that follow from what has been shown already, whatever else is suppressed, or so many that are so
    small that no end is found.
    """


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown: ``value`` is None when suppressed (``c``); ``low`` is shown as 0."""

    value: int | None
    status: Status


def protect(
    cells: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    rule: Rule,
    *,
    derived: Collection[Key] = (),
    shown_before: Collection[Key] = (),
    worth: Mapping[Key, int] | None = None,
) -> dict[Key, Shown]:
    """Every cell as it may be shown. Totals are counted before anything is suppressed.

    First each count from 1 to below the threshold; then, where the rule is ``secondary``, others until no
    suppressed cell follows from those that are shown, and what is suppressed in a sum adds to the threshold
    or more. Of others, those of least ``worth`` go first: their count, unless that says otherwise.
    ``derived`` cells are printed nowhere: those that are small must not follow either. What was
    ``shown_before`` (an earlier wave or release) cannot be taken back: it stays shown, and others go in its
    place. Raises CannotProtect when there are none.
    """
    derived, fixed, least = frozenset(derived), frozenset(shown_before), rule.suppress_under
    small = {key for key, count in cells.items() if 0 < count < least and key not in fixed}
    hidden = {*small, *derived}
    if rule.secondary and small:
        costs = {**cells, **(worth or {})}
        worlds = Worlds(cells, sums, derived, fixed, least, costs)
        safe: set[Key] = set()
        stuck = 0
        while True:
            _hide_thin(cells, sums, hidden, fixed, least, costs)
            unsafe = [key for key in hidden - safe if key in small or key not in derived]
            if not unsafe:
                break
            for key in sorted(unsafe, key=lambda key: (cells[key], str(key))):
                if key in safe:
                    continue
                if moved := worlds.move(key, hidden):
                    safe |= moved
                    hidden |= moved
                elif stuck < _STUCK:
                    stuck += 1
                    hidden.add(_beside(key, cells, sums, hidden, fixed, costs))
                else:
                    raise CannotProtect(f"Too much is suppressed beside {key}. Leave the table out.")
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


def _hide_thin(
    cells: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    hidden: set[Key],
    fixed: Collection[Key],
    least: int,
    costs: Mapping[Key, int],
) -> None:
    """Hide more of each sum until what is hidden of it adds to the threshold."""
    changed = True
    while changed:
        changed = False
        for one in sums:
            gone = sum(cells[key] for key in one.parts if key in hidden)
            if (
                0 < gone < least
                and one.total not in hidden
                and (more := _left(one, cells, hidden, fixed, costs))
            ):
                hidden.add(more[0])
                changed = True


def _left(
    one: Sum[Key],
    cells: Mapping[Key, int],
    hidden: Collection[Key],
    fixed: Collection[Key],
    costs: Mapping[Key, int],
) -> list[Key]:
    """What of a sum can still be hidden: the smallest part first, the total last."""
    left = [key for key in one.members if key not in hidden and key not in fixed and cells[key] > 0]
    return sorted(left, key=lambda key: (key == one.total, costs[key], str(key)))


def _beside(
    key: Key,
    cells: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    hidden: Collection[Key],
    fixed: Collection[Key],
    costs: Mapping[Key, int],
) -> Key:
    """What to hide for a cell of which no other world was found: in a sum of its own, else in one of those
    that hang together with it. Raises CannotProtect when nothing is left.
    """
    near, reached = {key}, 0
    while len(near) > reached:
        reached = len(near)
        beside = [one for one in sums if not near.isdisjoint(one.members)]
        left = [key for one in beside for key in _left(one, cells, hidden, fixed, costs)[:1]]
        if left:
            return min(left, key=lambda key: (costs[key], str(key)))
        near.update(member for one in beside for member in one.members if member in hidden)
    raise CannotProtect(f"What was shown before gives {key} away by subtraction. Leave the table out.")
