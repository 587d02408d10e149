"""A control chart of a series of figures, and a test for a trend: is it more than the usual up and down?

Values are in the series' own unit, exact fractions, in the order of their time. A control chart takes them as
evenly apart. The limits are those for single values (Shewhart's chart in Wheeler's form): mean +/- 2.66 times
the mean moving range, which is how far two values that follow each other lie apart on average.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from wherewithal.core.refusal import Refusal

Signal = Literal[
    "outside a limit", "seven rising", "seven falling", "seven on one side", "two of three far out"
]

WIDTH = Fraction(266, 100)  # 3 / 1.128, the mean range of two draws from a normal curve
RUN = 7
LEAST = RUN + 1  # ours: with fewer no run of seven can stand out from a mean of which it is nearly all
LEAST_YEARS = 5


class TooFewValues(Refusal):
    """Not enough values for limits, or for a test."""


@dataclass(frozen=True)
class Control:
    """``signals`` of each value, in the values' order: what is more than the usual up and down."""

    mean: Fraction
    moving_range: Fraction
    signals: tuple[tuple[Signal, ...], ...]

    @property
    def limits(self) -> tuple[Fraction, Fraction]:
        """The lower and the upper one, wherever they lie: a share's may be below 0 or above 100."""
        away = WIDTH * self.moving_range
        return self.mean - away, self.mean + away


@dataclass(frozen=True)
class TrendTest:
    """Kendall's S (pairs that rise less pairs that fall) and how likely one as far from 0 is by chance, to
    both sides, if the order of the values meant nothing.
    """

    score: int
    chance: Fraction
    values: int


def control(values: Sequence[Fraction]) -> Control:
    """Raises TooFewValues."""
    if len(values) < LEAST:
        raise TooFewValues(f"A control chart needs {LEAST} figures; {_here(len(values))}.")
    mean = sum(values, Fraction(0)) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    bare = Control(mean, sum(ranges, Fraction(0)) / len(ranges), ())
    found: list[list[Signal]] = [[] for _ in values]
    for signal, places in _signals(values, bare):
        for place in places:
            if signal not in found[place]:
                found[place].append(signal)
    return Control(bare.mean, bare.moving_range, tuple(map(tuple, found)))


def _here(number: int) -> str:
    return f"here {'is' if number == 1 else 'are'} {number}"


def _signals(values: Sequence[Fraction], of: Control) -> Iterator[tuple[Signal, Iterable[int]]]:
    """Each signal with the places of all values that make it."""
    low, high = of.limits
    yield "outside a limit", [place for place, one in enumerate(values) if not low <= one <= high]
    for start in range(len(values) - RUN + 1):
        run, places = values[start : start + RUN], range(start, start + RUN)
        if all(later > earlier for earlier, later in pairwise(run)):
            yield "seven rising", places
        if all(later < earlier for earlier, later in pairwise(run)):
            yield "seven falling", places
        if all(one > of.mean for one in run) or all(one < of.mean for one in run):
            yield "seven on one side", places
    far = (high - of.mean) * 2 / 3
    for start in range(len(values) - 2):
        for side in (1, -1):
            out = [place for place in range(start, start + 3) if side * (values[place] - of.mean) > far]
            if len(out) >= 2:
                yield "two of three far out", out


def trend_test(values: Sequence[Fraction]) -> TrendTest:
    """Mann and Kendall's test for years that follow each other without a break, exact, with ties too: every
    order of the values is as likely (Kendall, Rank Correlation Methods). Raises TooFewValues.
    """
    if len(values) < LEAST_YEARS:
        raise TooFewValues(f"A trend is tested of {LEAST_YEARS} years or more; {_here(len(values))}.")
    pairs = [(earlier, later) for at, earlier in enumerate(values) for later in values[at + 1 :]]
    score = sum((later > earlier) - (later < earlier) for earlier, later in pairs)
    ways = _orders([*Counter(values).values()])
    apart = len(ways) - 1  # pairs that are not alike: all of them rise in one order, and fall in another
    as_far = sum(many for falling, many in enumerate(ways) if abs(apart - 2 * falling) >= abs(score))
    return TrendTest(score, Fraction(as_far, sum(ways)), len(values))


def _orders(alike: Iterable[int]) -> list[int]:
    """How many orders of values, alike in groups of these sizes, have 0, 1, 2 ... pairs that fall: the
    coefficients of Gauss's multinomial.
    """
    ways, placed = [1], 0
    for size in alike:
        for part in range(1, size + 1):
            placed += 1
            ways = _divided(_times(ways, placed), part)
    return ways


def _times(ways: Sequence[int], terms: int) -> list[int]:
    """Times 1 + q + ... of so many terms."""
    return [sum(ways[max(0, at - terms + 1) : at + 1]) for at in range(len(ways) + terms - 1)]


def _divided(ways: Sequence[int], terms: int) -> list[int]:
    """The other way round, where nothing is left."""
    found: list[int] = []
    for at in range(len(ways) - terms + 1):
        found.append(ways[at] - sum(found[max(0, at - terms + 1) : at]))
    return found
