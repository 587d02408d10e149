"""Weights that bring a cohort's mix to the field's: raking over margins, and what weighting costs.

Source of the method: Deming and Stephan, On a least squares adjustment of a sampled frequency table,
Annals of Mathematical Statistics 11, 1940; effective size by Kish, Survey Sampling, 1965.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.core.refusal import Refusal

# Raking has arrived when no margin is off by more than this share of it.
CLOSE = 1e-10
ROUNDS = 1_000


class CannotWeight(Refusal):
    """Margins that no weights can reach: a group of the field from which nobody answered."""


@dataclass(frozen=True)
class Weighted:
    """One weight a reply, on average 1; ``effective`` is how many unweighted ones would know as much."""

    weights: list[float]
    effective: float


def rake(replies: Sequence[Mapping[str, str]], field: Mapping[str, Mapping[str, int]]) -> Weighted:
    """Weights for ``replies`` (each dimension's group) so that each margin has the field's shares.

    ``field``: dimension -> group -> how many there are in the field. Raises CannotWeight when a group of the
    field has no reply, a reply's group is not of the field, or no weights reach all the margins.
    """
    if not replies:
        raise CannotWeight("Nobody answered, so there is nothing to weight.")
    for dimension, groups in field.items():
        _covered(dimension, groups, Counter(reply[dimension] for reply in replies))
    # Replies of the same groups have the same weight, so what is raked are the cells.
    dimensions = tuple(field)
    cells = Counter(tuple(reply[dimension] for dimension in dimensions) for reply in replies)
    weight = _raked(cells, dimensions, field, len(replies))
    weights = [weight[tuple(reply[dimension] for dimension in dimensions)] for reply in replies]
    return Weighted(weights, effective(weights))


def effective(weights: Sequence[float]) -> float:
    """Kish's effective size: the square of the sum over the sum of squares."""
    return math.fsum(weights) ** 2 / math.fsum(one * one for one in weights)


def _covered(dimension: str, groups: Mapping[str, int], answered: Mapping[str, int]) -> None:
    if missing := [group for group, count in groups.items() if count and not answered.get(group)]:
        raise CannotWeight(
            f"Nobody of {', '.join(missing)} ({dimension}) answered, so no weight can speak for them. "
            "Join groups, or report unweighted."
        )
    if strange := [group for group in answered if not groups.get(group)]:
        raise CannotWeight(f"{', '.join(strange)} ({dimension}) answered and is not in the field.")


def _raked(
    cells: Mapping[tuple[str, ...], int],
    dimensions: tuple[str, ...],
    field: Mapping[str, Mapping[str, int]],
    replies: int,
) -> dict[tuple[str, ...], float]:
    weight = dict.fromkeys(cells, 1.0)
    wanted = [
        {group: count * replies / sum(field[dimension].values()) for group, count in field[dimension].items()}
        for dimension in dimensions
    ]
    for _ in range(ROUNDS):
        off = 0.0
        for index, margins in enumerate(wanted):
            have: Counter[str] = Counter()
            for cell, count in cells.items():
                have[cell[index]] += weight[cell] * count  # type: ignore[assignment]
            for cell in weight:
                factor = margins[cell[index]] / have[cell[index]]
                off = max(off, abs(factor - 1))
                weight[cell] *= factor
        if off < CLOSE:
            return weight
    raise CannotWeight("The margins cannot all be reached at once. Weight by fewer of them.")
