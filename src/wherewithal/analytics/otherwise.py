"""Whether counts that are not shown could be others: another world with all that is shown as it is.

A reader who knows every shown count and every sum can work a hidden one out exactly when no such world
differs in it. A world is found by a move: some counts one more, others one less, and every sum still right.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as numbers
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
_HURRY = 1_000_000  # as a step: whatever puts most sums right
_TRIES = 500  # steps of a search; a count whose move is not found by then is treated as if it had none


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """The cell ``total`` is what the ``parts`` add up to, and a reader knows it."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


@dataclass(frozen=True)
class _State(Generic[Key]):
    """A move that is not whole yet: by how much counts changed, which sums are ``off`` by how much, and what
    the counts come to that would have to be hidden.
    """

    moved: Mapping[Key, int]
    off: Mapping[int, int]
    cost: int

    def rank(self, step: int) -> float:
        return self.cost + step * len(self.off) + len(self.moved) / 100


class Worlds(Generic[Key]):
    """The counts, what ties them, and which can be others.

    ``derived`` are counts that nobody prints, though they follow from those that are; ``fixed`` cannot be
    hidden; ``costs`` say how much is lost with each that is.
    """

    def __init__(
        self,
        cells: Mapping[Key, int],
        sums: Sequence[Sum[Key]],
        derived: Collection[Key],
        fixed: Collection[Key],
        step: int,
        costs: Mapping[Key, int],
    ) -> None:
        self._costs = costs
        self._cells, self._derived, self._fixed, self._step = cells, derived, fixed, max(step, 1)
        self._signs = [dict.fromkeys(one.parts, 1) | {one.total: -1} for one in sums]
        self._of: dict[Key, list[int]] = {}
        for number, signs in enumerate(self._signs):
            for key in signs:
                self._of.setdefault(key, []).append(number)

    def move(self, key: Key, hidden: Collection[Key]) -> frozenset[Key] | None:
        """The counts that change together with ``key`` in another world, as few and small as may be of those
        that are shown; they must be hidden too. None when no such world was found.
        """
        return self._search(key, hidden, self._step) or self._search(key, hidden, _HURRY)

    def _search(self, key: Key, hidden: Collection[Key], step: int) -> frozenset[Key] | None:
        """The cheapest move first, where a sum that is off yet weighs ``step``."""
        queue: list[tuple[float, int, _State[Key]]] = []
        order, seen, tries = numbers(), set(), _TRIES
        for by in (1, -1):
            if self._cells[key] + by >= self._least(key):
                state = _State({key: by}, self._off({}, key, by), 0)
                heappush(queue, (state.rank(step), next(order), state))
        while queue and tries:
            tries -= 1
            state = heappop(queue)[-1]
            if not state.off:
                return frozenset(state.moved)
            for other, by in self._options(state):
                moved = {**state.moved, other: by}
                if (world := frozenset(moved.items())) not in seen:
                    seen.add(world)
                    free = other in hidden or other in self._derived
                    cost = state.cost + (0 if free else self._costs[other])
                    then = _State(moved, self._off(state.off, other, by), cost)
                    heappush(queue, (then.rank(step), next(order), then))
        return None

    def _options(self, state: "_State[Key]") -> Iterator[tuple[Key, int]]:
        """What could put the shortest sum right that is off, and by how much it would change."""
        number = min(state.off, key=lambda number: len(self._signs[number]))
        wanted = -1 if state.off[number] > 0 else 1
        for key, sign in self._signs[number].items():
            by = wanted * sign
            if key in state.moved or key in self._fixed or self._cells[key] + by < self._least(key):
                continue
            if self._cells[key] or key in self._derived:
                yield key, by

    def _least(self, key: Key) -> int:
        """A count that would be printed is not hidden when it is 0, so that a reader knows it to be more."""
        return 0 if key in self._derived else 1

    def _off(self, off: Mapping[int, int], key: Key, by: int) -> dict[int, int]:
        """By how much each sum is off when a count has changed too."""
        found = dict(off)
        for number in self._of.get(key, ()):
            left = found.pop(number, 0) + by * self._signs[number][key]
            if left:
                found[number] = left
        return found
