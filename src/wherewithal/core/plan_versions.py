"""Two versions of a plan side by side: what came, what went, what costs more or less."""

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.core.costing import CostedLine


@dataclass(frozen=True)
class Pair:
    """One thing in both versions, or in one of them; at least one of the two is there."""

    what: str
    before: CostedLine | None
    after: CostedLine | None

    @property
    def difference_pence_per_week(self) -> int:
        """After less before; what is only in one version counts whole."""
        return (self.after.pence_per_week if self.after else 0) - (
            self.before.pence_per_week if self.before else 0
        )

    @property
    def change(self) -> str:
        """``new``, ``gone``, ``changed`` or ``same`` (the days on which it runs aside)."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "same" if _terms(self.before) == _terms(self.after) else "changed"


def side_by_side(before: Sequence[CostedLine], after: Sequence[CostedLine]) -> list[Pair]:
    """The lines of both versions, matched by what they say: in the order of the later one, then what went.

    Two lines that say the same are matched in their order.
    """
    left = list(before)
    pairs = []
    for line in after:
        twin = next((one for one in left if _name(one) == _name(line)), None)
        if twin is not None:
            left.remove(twin)
        pairs.append(Pair(line.what, twin, line))
    return pairs + [Pair(line.what, line, None) for line in left]


def _name(line: CostedLine) -> str:
    return " ".join(line.what.lower().split())


def _terms(line: CostedLine) -> tuple[object, ...]:
    return (line.kind, line.units, line.unit, line.pence_per_unit, line.how_often, line.held, line.supplier)
