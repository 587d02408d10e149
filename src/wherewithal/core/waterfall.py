"""What a waterfall shows: counts that stand by themselves, and between two of them what leaves or comes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Total:
    """A count that stands by itself, with the part of it that is in the figure: 5,843 of 11,345."""

    name: str
    whole: int
    part: int


@dataclass(frozen=True)
class Moved:
    """How many leave the count before it (below 0) or come to it; None where that is not told."""

    name: str
    by: int | None


Bars = list[Total | Moved]
