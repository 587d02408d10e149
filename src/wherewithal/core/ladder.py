"""Percentile matching: past cases become a ladder of points and money. Detail not confirmed.

Rank the cases by points, rank them again by what their support cost, match the ranks, take off a contingency.
That much is how the method is described; how ties, percentiles and the steps between rungs were treated was
not found in a source, so those choices are ours and are written here.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from wherewithal.core.money import half_up
from wherewithal.core.refusal import Refusal
from wherewithal.core.scheme import Step


class NoLadder(Refusal):
    """Past cases that no ladder can be made from."""


def percentile_ladder(
    cases: Sequence[tuple[int, int]], *, contingency_percent: int, every_percent: int = 10
) -> tuple[Step, ...]:
    """The ladder of past ``cases``, each (points, pence a week that the support cost).

    A rung stands at each ``every_percent``-th percentile from 0 to 100, by nearest rank: its points are
    those of a real case. Its money is the cost at the same rank, less the contingency, rounded half up. Cases
    with equal points share the mean cost of their ranks. Rungs with equal points are one rung.
    Raises NoLadder without cases, for a number below 0, or for a contingency outside 0 to 100.
    """
    if not cases or not 0 <= contingency_percent <= 100 or not 1 <= every_percent <= 100:
        raise NoLadder("A ladder needs past cases, a contingency of 0 to 100% and a step of 1 to 100%.")
    if min(min(case) for case in cases) < 0:
        raise NoLadder("A past case has points or a cost below 0. Correct it, or leave the case out.")
    points = sorted(case[0] for case in cases)
    costs = sorted(case[1] for case in cases)
    matched: dict[int, list[int]] = defaultdict(list)
    for at, cost in zip(points, costs, strict=True):
        matched[at].append(cost)
    percents = [*range(0, 100, every_percent), 100]
    rungs = sorted({points[_rank(percent, len(points))] for percent in percents})
    return tuple(Step(at, _less(matched[at], contingency_percent)) for at in rungs)


def ladder_pence(table: Sequence[Step], points: int) -> Fraction:
    """Pence a week at ``points``: on a straight line between rungs, from nothing at 0 points to the first
    rung, and the last rung's amount above it, since no past case stands there to tell more."""
    below = Step(0, 0)
    for step in table:
        if points < step.points_from:
            share = Fraction(points - below.points_from, step.points_from - below.points_from)
            return below.pence_per_week + share * (step.pence_per_week - below.pence_per_week)
        below = step
    return Fraction(below.pence_per_week)


def _rank(percent: int, count: int) -> int:
    """The position (from 0) of the nearest rank: the smallest case that ``percent`` of all do not exceed."""
    return max(0, -(-percent * count // 100) - 1)


def _less(costs: Sequence[int], contingency_percent: int) -> int:
    return half_up(Fraction(sum(costs) * (100 - contingency_percent), len(costs) * 100))
