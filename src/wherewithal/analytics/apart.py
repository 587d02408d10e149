"""Which small groups the figures of several overlapping groups tell of, when one is taken from another.

Counts of a whole, of its regions, of its types and of those that answered another wave too are sums over
councils. Whoever reads them adds and subtracts: what comes out is the answers of a group as well, and may be
that of one or two. This is about who is in the groups; which answers are shown of one is ``disclosure.py``.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from wherewithal.analytics.disclosure import CannotProtect, protect
from wherewithal.analytics.otherwise import Sum
from wherewithal.policy.disclosure import Rule

Who = TypeVar("Who", bound=Hashable)
Group = frozenset[Who]
EXACT = 1e-6  # the numbers are quotients of small whole ones; what is nearer is taken as equal, to be safe


def least_group(rule: Rule) -> int:
    """The size from which a group's answers are told: its base is no smaller, no count of it is suppressed
    for being small, and more said so than a second person must look at.
    """
    return max(rule.smallest_base, rule.suppress_under, rule.flag_within + 1)


def told_apart(shown: Iterable[Group[Who]], least: int, known: Collection[Who] = ()) -> set[Group[Who]]:
    """Every group of 1 to ``least`` - 1, none of them ``known``, whose answers follow from those ``shown``.

    A reader who has the sum of each group shown, and the answers of the ``known`` (their own), gets the sum
    of any combination of them by adding and subtracting; it tells of a group when it counts each member once.
    """
    groups = [frozenset(one) - frozenset(known) for one in shown]
    atoms = _atoms(groups)
    # The largest first: a small group has none of those, so few rows are left to combine.
    columns = sorted(atoms, key=lambda pattern: (-len(atoms[pattern]), pattern))
    sizes = [len(atoms[pattern]) for pattern in columns]
    rows, pivots = _reduced([[float(pattern[row]) for pattern in columns] for row in range(len(groups))])
    small = [rows[number] for number, pivot in enumerate(pivots) if sizes[pivot] < least]
    return {
        frozenset().union(*(atoms[columns[column]] for column in within))
        for within in _within(small, sizes, least)
    }


def may_stand(
    already: Iterable[Group[Who]], more: Group[Who], least: int, known: Collection[Who] = ()
) -> bool:
    """May the figures of one more group be shown, or does it tell of a small group that was not told yet?"""
    before = list(already)
    found = told_apart([*before, more], least, known)
    return not found or found <= told_apart(before, least, known)


def part_may_stand(whole: Mapping[str, int], part: Mapping[str, int], rule: Rule) -> bool:
    """May the counts of a part (by answer) be shown where those of the whole are, as far as the rule lets the
    whole be shown? What is left of each must be no count that the rule suppresses.
    """
    cells = {("whole", value): count for value, count in whole.items()}
    cells |= {("part", value): part.get(value, 0) for value in whole}
    cells |= {("rest", value): count - part.get(value, 0) for value, count in whole.items()}
    sums = [Sum(("whole", value), (("part", value), ("rest", value))) for value in whole]
    out = [("whole", value) for value, count in whole.items() if not 0 < count < rule.suppress_under]
    try:
        seen = protect(cells, sums, rule, shown_before=out)
    except CannotProtect:
        return False
    return all(seen["part", value].status != "c" for value in whole)


def _atoms(groups: Sequence[Group[Who]]) -> dict[tuple[bool, ...], Group[Who]]:
    """Everybody by which groups they are in: those of one pattern cannot be told from each other."""
    found: dict[tuple[bool, ...], set[Who]] = {}
    for one in frozenset().union(*groups):
        found.setdefault(tuple(one in group for group in groups), set()).add(one)
    return {pattern: frozenset(members) for pattern, members in found.items()}


def _within(rows: Sequence[Sequence[float]], sizes: Sequence[int], least: int) -> Iterator[list[int]]:
    """The columns of every combination of the rows that counts each column once or not at all, and together
    fewer than ``least``. Such a combination has each row once or not at all, by its pivot.
    """
    for many in range(1, min(len(rows), least - 1) + 1):
        for chosen in combinations(rows, many):
            within = []
            for column, values in enumerate(zip(*chosen, strict=True)):
                together = sum(values)
                if abs(together - 1) < EXACT:
                    within.append(column)
                elif abs(together) > EXACT:
                    break
            else:
                if sum(sizes[column] for column in within) < least:
                    yield within


def _reduced(rows: list[list[float]]) -> tuple[list[list[float]], list[int]]:
    """The rows in reduced echelon form without those that come to nothing, and each one's pivot column."""
    found: list[list[float]] = []
    pivots: list[int] = []
    for column in range(len(rows[0]) if rows else 0):
        row = max(rows, key=lambda one: abs(one[column]), default=[])
        if not row or abs(row[column]) < EXACT:
            continue
        rows = [one for one in rows if one is not row]
        scaled = [value / row[column] for value in row]
        rows = [_less(one, scaled, column) for one in rows]
        found = [*(_less(one, scaled, column) for one in found), scaled]
        pivots.append(column)
    return found, pivots


def _less(row: list[float], pivot: list[float], column: int) -> list[float]:
    factor = row[column]
    return [value - factor * other for value, other in zip(row, pivot, strict=True)] if factor else row
