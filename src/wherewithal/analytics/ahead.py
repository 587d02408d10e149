"""Of the councils most like one, those whose figure is ahead of it beyond chance."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from wherewithal.analytics.below import figure_of, of_council
from wherewithal.analytics.neighbours import Neighbours, neighbours
from wherewithal.analytics.rates import Rates
from wherewithal.core.conversation import Figure, is_ahead
from wherewithal.policy.councils import code_of, name_of


@dataclass(frozen=True)
class Ahead:
    """A council that is ahead and alike, and why: ``place`` among the nearest (1 the first), how far away,
    and what both are compared by: (feature, of the council that is behind, of this one).
    """

    code: str
    name: str
    place: int
    distance: float
    features: tuple[tuple[str, float, float], ...]
    figure: Figure

    def kept(self) -> dict[str, Any]:
        """All of it, ready for JSON; ``from_kept`` reads it again."""
        return asdict(self)

    @classmethod
    def from_kept(cls, row: dict[str, Any]) -> "Ahead":
        features = tuple((title, mine, theirs) for title, mine, theirs in row["features"])
        return cls(**{**row, "features": features, "figure": Figure.from_kept(row["figure"])})


@dataclass(frozen=True)
class Matches:
    """Those found among the ``looked_at`` nearest, the nearest first; ``says`` why there is none."""

    found: tuple[Ahead, ...]
    looked_at: int
    says: str = ""


def ahead_and_alike(of: Rates, code: str) -> Matches:
    """Ahead is a council whose whole interval lies above. Raises NoRate, NoPolicy and NoNeighbours.

    Several councils that are compared as one area have no figure in common, and are passed over.
    """
    near = neighbours(code)
    own = figure_of(of, of_council(of, code))
    found = tuple(_ahead(of, near, own))
    says = "" if found else (
        f"None of the {len(near.nearest)} councils most like it is ahead beyond chance: their intervals "
        "overlap with its own, lie below it, or they have no figure."
    )  # fmt: skip
    return Matches(found, len(near.nearest), says)


def _ahead(of: Rates, near: Neighbours, own: Figure) -> Iterator[Ahead]:
    rated = {name_of(one.codes[0]): one for one in of.rated}
    for place, one in enumerate(near.nearest, 1):
        if one.name not in rated:
            continue
        figure = figure_of(of, rated[one.name])
        if is_ahead((figure.low, figure.high), (own.low, own.high)):
            compared = zip((it.title for it in near.features), near.of.values, one.values, strict=True)
            yield Ahead(code_of(one.name), one.name, place, one.distance, tuple(compared), figure)
