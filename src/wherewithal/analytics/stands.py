"""Everybody of one council by how each definition counts them, and why: who is alike in all is one row.

It holds no number of anybody, and all that a bridge between any two of the definitions needs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wherewithal.analytics.figures import Case, How
from wherewithal.core.refusal import Refusal
from wherewithal.policy.measure import measure


class NotCounted(Refusal):
    """A definition that people were not counted by."""


@dataclass(frozen=True)
class Stands:
    """``rows``: how each of ``measures``, in their order, counts so many people."""

    measures: tuple[str, ...]
    rows: tuple[tuple[tuple[How, ...], int], ...]

    def place(self, id: str) -> int:
        """Where the measure stands in a row. Raises NotCounted."""
        if id not in self.measures:
            raise NotCounted(f"“{measure(id).title}” was not counted here.")
        return self.measures.index(id)

    def highest(self, id: str) -> tuple[int, int] | None:
        """Of the people in a measure's base, how many could have what it counts, and how many there are; None
        where they were not counted by both.
        """
        if not {id, measure(id).highest or id} <= set(self.measures):
            return None
        place, able = self.place(id), self.able(id)
        whole = sum(people for hows, people in self.rows if hows[place].in_denominator)
        return sum(self.rows[at][1] for at in able), whole

    def able(self, id: str) -> frozenset[int]:
        """Which rows of a measure's base could have what it counts. Raises NotCounted."""
        place, widest = self.place(id), self.place(measure(id).highest or id)
        return frozenset(
            at
            for at, (hows, _) in enumerate(self.rows)
            if hows[place].in_denominator and (hows[place].in_numerator or hows[widest].in_denominator)
        )

    def kept(self) -> dict[str, Any]:
        """Ready for JSON, each way to be counted written once; ``from_kept`` reads it again."""
        ways = [
            list(dict.fromkeys(hows[place] for hows, _ in self.rows)) for place in range(len(self.measures))
        ]
        rows = [[people, *(ways[at].index(how) for at, how in enumerate(hows))] for hows, people in self.rows]
        return {
            "measures": list(self.measures),
            "ways": [[asdict(how) for how in of_one] for of_one in ways],
            "rows": rows,
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Stands":
        ways = [[How(**how) for how in of_one] for of_one in kept["ways"]]
        rows = (
            (tuple(ways[at][number] for at, number in enumerate(numbers)), people)
            for people, *numbers in kept["rows"]
        )
        return cls(tuple(kept["measures"]), tuple(rows))


def with_highest(ids: Iterable[str]) -> list[str]:
    """The measures, and after them those that must be counted with them to know the highest they allow."""
    asked = list(dict.fromkeys(ids))
    return list(dict.fromkeys([*asked, *(highest for id in asked if (highest := measure(id).highest))]))


def of_cases(cases: Iterable[Case], ids: Sequence[str]) -> Stands:
    """From the people of one council, one by one, as ``cases.cases`` gives them; others are passed over."""
    found = Counter(tuple(case.counted[id] for id in ids) for case in cases if ids and ids[0] in case.counted)
    return Stands(tuple(ids), tuple(found.items()))
