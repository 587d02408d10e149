"""The same replies weighted and counted by svy, another hand's program: what ours is held against.

The benchmark of a survey and ``tests/analytics/test_against_svy.py`` both use it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import svy

Column = Sequence[str | None]
# A share and its standard error, both from 0 to 1.
Share = tuple[float, float]


def raked(groups: Mapping[str, Sequence[str]], field: Mapping[str, Mapping[str, int]]) -> np.ndarray:
    """A weight a reply, on average 1. ``groups``: each reply's by dimension; ``field``: their sizes."""
    replies = len(next(iter(groups.values())))
    sample = svy.Sample(pl.DataFrame({**groups, "one": [1.0] * replies}), svy.Design(wgt="one"))
    margins = {
        name: {group: count * replies / sum(counts.values()) for group, count in counts.items()}
        for name, counts in field.items()
    }
    found = sample.weighting.rake(controls=margins, wgt_name="w", tol=1e-12, max_iter=1_000)
    return found.data["w"].to_numpy()


def shares(columns: Mapping[str, Column], weights: Sequence[float]) -> dict[str, dict[str, Share]]:
    """Of each column, by value: its weighted share of those that are not None, with its standard error.

    The weights count as given, as ours do: svy's memory of its raking would make its errors smaller.
    """
    given = _weighted(weights, columns)
    found = {}
    for name in columns:
        rows = given.estimation.prop(name, drop_nulls=True).to_polars().to_dicts()
        found[name] = {row[name]: (row["est"], row["se"]) for row in rows}
    return found


def effective(weights: Sequence[float]) -> float:
    """How many replies without weights would tell as much: how many there are, by what weighting costs."""
    return len(weights) / _weighted(weights, {}).deff_w


def _weighted(weights: Sequence[float], columns: Mapping[str, Column]) -> svy.Sample:
    return svy.Sample(pl.DataFrame({**columns, "w": weights}), svy.Design(wgt="w"))
