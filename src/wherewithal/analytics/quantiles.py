"""Quartiles and medians of what people have in a year: no sum, so each group is asked for by itself."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics import groups
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.by_rows import TEN_THOUSANDTHS, amount
from wherewithal.analytics.counted import Counted, Key
from wherewithal.analytics.groups import By, total, within
from wherewithal.analytics.measures import answer, collapse
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_rows import Amounts

Quantile = tuple[Measure, Amounts, Fraction]


def quantiles(asked: Sequence[Measure]) -> tuple[Quantile, ...]:
    """The measures that are a quantile of amounts."""
    of_amounts = ((one, one.counts) for one in asked if isinstance(one.counts, Amounts))
    return tuple((one, counts, counts.quantile) for one, counts in of_amounts if counts.quantile is not None)


def quantiles_asked(events: Any, beside: Any, asked: tuple[Quantile, ...], period: YearAsked, by: By) -> Any:
    """A row for each council: of each measure and group how many people, and their quantile."""
    people = collapse(events, [one for one, *_ in asked], period)
    found = {}
    for number, (one, counts, quantile) in enumerate(asked):
        counted = answer(people, one, period).counted
        for index, group in enumerate(by.ages):
            of_group = counted & within(people, group)
            found[f"d{number}_{index}"] = total(of_group)
            those = ibis.cases((of_group, amount(people, counts)))
            found[f"q{number}_{index}"] = those.quantile(float(quantile))
    return people.group_by(place=groups.place(people, by)).aggregate(**found)


def in_pounds(rows: Iterable[Mapping[str, Any]], asked: Sequence[Quantile], by: By) -> dict[Key, Counted]:
    """What ``quantiles_asked`` answered, in pounds a year; between two people halfway, or a quarter of it."""
    counted = {}
    for row in rows:
        for number, (one, *_) in enumerate(asked):
            for index, group in enumerate(by.ages):
                if whole := row[f"d{number}_{index}"]:
                    exact = Fraction(row[f"q{number}_{index}"]) / TEN_THOUSANDTHS
                    counted[row["place"], one.id, group] = Counted(None, whole, exact)
    return counted
