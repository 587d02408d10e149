"""Whether any row of somebody's is so: bits of a number, since a number's bits are joined over all rows of a
person in a fraction of the time that as many flags take.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import ibis
from ibis.expr.datatypes import int64

FLAGS_A_NUMBER = 60  # flags that a number of 64 bits holds, the sign left alone


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(numbers: int64) -> int64:
    """Every bit that any of the numbers has; DuckDB and Spark know it by this name, Ibis's own not both."""


@dataclass(frozen=True)
class Ever:
    """Whether somebody has a row of which ``flag`` is true; it is true or false of every row. ``counts`` is
    whether figures need it, or only the words that say why.
    """

    flag: Any
    counts: bool = True


class Evers:
    """Several of them, by the name under which each is kept."""

    def __init__(self, asked: Mapping[str, Ever]) -> None:
        self._asked = asked
        # What only words need has numbers of its own: an engine does not make what nobody reads.
        self._numbers = [*self._parts(counts=True), *self._parts(counts=False)]

    def _parts(self, *, counts: bool) -> list[Sequence[str]]:
        names = [name for name, one in self._asked.items() if one.counts is counts]
        return [names[first : first + FLAGS_A_NUMBER] for first in range(0, len(names), FLAGS_A_NUMBER)]

    def of_rows(self, rows: Any) -> Any:
        """The rows with the numbers."""
        return rows.mutate(
            **{
                f"bits{number}": as_bits([self._asked[name].flag for name in names])
                for number, names in enumerate(self._numbers)
            }
        )

    def joined(self, rows: Any) -> dict[str, Any]:
        """What a collapse of the rows keeps."""
        return {f"bits{number}": bit_or(rows[f"bits{number}"]) for number in range(len(self._numbers))}

    @property
    def told_only(self) -> list[str]:
        """The columns of what only words need."""
        return [
            f"bits{number}" for number, names in enumerate(self._numbers) if not self._asked[names[0]].counts
        ]

    def by_name(self, people: Any) -> Any:
        """The people with each of them, true or false, as far as the table has it."""
        return people.mutate(
            **{
                name: (people[f"bits{number}"] & 2**place) != 0
                for number, names in enumerate(self._numbers)
                for place, name in enumerate(names)
                if f"bits{number}" in people.columns
            }
        )


def as_bits(flags: Sequence[Any]) -> Any:
    """A whole number with a bit for each flag, the first one the lowest."""
    bits = (flag.fill_null(False).cast("int64") * 2**place for place, flag in enumerate(flags))
    return reduce(add, bits, ibis.literal(0, "int64"))
