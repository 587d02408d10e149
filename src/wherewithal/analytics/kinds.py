"""Kinds of people: of all who are the same in whatever figures ask, one row, with how many they are.

A million people are of a few thousand kinds. So a day of death, an age or an amount is kept no finer than it
is asked for: as the greatest of the bounds asked for that it reaches.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis

from wherewithal.analytics import ages, by_rows
from wherewithal.analytics.any_year import YearAsked, day
from wherewithal.analytics.groups import GROUPS
from wherewithal.analytics.populations import AGES
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_kinds import Rate
from wherewithal.policy.measure_rows import Amounts

_NOT_ASKED = {"person_key", "born_on", "youngest", "no_older"}


def kinds(people: Any, measures: Sequence[Measure], period: YearAsked, told_only: Iterable[str]) -> Any:
    """The people of a collapse by kind, each with ``people``; without what no figure asks, such as who they
    are, or the columns that only words need.
    """
    coarse = {
        "died_on": _day_of_death(people, period),
        "age": reached(people.age, sorted(_ages(measures)), 0),
        "oldest": reached(people.oldest, sorted(_ages(measures)), 0),
        **{
            name: reached(people[name], sorted(bounds), min(bounds, default=0) - 1)
            for name, bounds in _amounts(measures).items()
        },
    }
    kept = [name for name in people.columns if name not in {*_NOT_ASKED, *told_only}]
    found = people.select(**{name: coarse.get(name, people[name]) for name in kept})
    return found.group_by(kept).aggregate(people=ibis._.count())


def reached(column: Any, bounds: Sequence[Any], below: Any) -> Any:
    """The greatest of the bounds that is no greater; they come with the least first. ``below`` where none is,
    and nothing of nothing.
    """
    steps = [(column >= bound, bound) for bound in reversed(bounds)]
    return ibis.cases(*steps, (column.notnull(), below))


def _ages(measures: Sequence[Measure]) -> set[int]:
    """Where groups of figures begin, and of rates the bands that they are weighted by."""
    told = [(youngest, oldest) for youngest, oldest, _ in GROUPS.values()]
    if any(isinstance(one.counts, Rate) for one in measures):
        told += AGES.values()
    return {ages.ADULT, *(bound for youngest, oldest in told for bound in (youngest, oldest + 1))}


def _day_of_death(people: Any, period: YearAsked) -> Any:
    """As ``answer.living`` asks: before a day, or on it or later."""
    days = [day(on) for on in (period.year_before, period.first, period.last)]  # the earliest first
    return reached(people.died_on, days, day(date.min))


def _amounts(measures: Sequence[Measure]) -> Mapping[str, set[int]]:
    """For what people's rows come to, by the column that keeps it, the bounds asked for."""
    found: dict[str, set[int]] = {}
    for one in measures:
        if isinstance(one.counts, Amounts):
            found.setdefault(by_rows.adds_up(one.counts), set()).update(by_rows.bounds(one.counts))
    return found
