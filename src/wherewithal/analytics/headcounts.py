"""Shares of people: each person falls in one cell of council and breakdowns; cells add up to groups."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis

from wherewithal.analytics import groups
from wherewithal.analytics.counted import Counted, Key, share
from wherewithal.analytics.groups import By, total
from wherewithal.analytics.measures import answer, collapse
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure


def cells_asked(
    events: Any, beside: Any, measures: tuple[Measure, ...], period: ReportingYear, by: By
) -> Any:
    """A row for each council and crossed group: how many people, and of measure number i in the base (``di``)
    and in the numerator (``ni``).
    """
    people = collapse(events, measures, period, by)
    answers = [answer(people, one, period) for one in measures]
    people = people.select(
        place=groups.place(people, by),
        **groups.keys(people, by),
        **{f"d{number}": found.counted.cast("int32") for number, found in enumerate(answers)},
        **{f"n{number}": found.numerator.cast("int32") for number, found in enumerate(answers)},
    )
    sums = {
        f"{part}{number}": total(people[f"{part}{number}"])
        for number in range(len(measures))
        for part in ("d", "n")
    }
    return people.group_by(["place", *by.breakdowns]).aggregate(people=ibis._.count(), **sums)


def shares(
    rows: Iterable[Mapping[str, Any]], measures: Sequence[Measure], by: By
) -> tuple[dict[str, list[str]], dict[Key, Counted]]:
    """What ``cells_asked`` answered: the groups that each council has, the total first, and the counts."""
    sums: Counter[tuple[str, str, str, str]] = Counter()
    told: dict[str, dict[str, None]] = {}
    for row in rows:
        cell = {name: row[name] for name in by.breakdowns}
        for group in groups.rolled_up(cell):
            told.setdefault(row["place"], {})[group] = None
            for number, one in enumerate(measures):
                sums[row["place"], one.id, group, "n"] += row[f"n{number}"]
                sums[row["place"], one.id, group, "d"] += row[f"d{number}"]
    counted = {
        (council, one.id, group): share(sums[council, one.id, group, "n"], sums[council, one.id, group, "d"])
        for council, names in told.items()
        for group in names
        for one in measures
    }
    return {council: groups.in_order(names) for council, names in told.items()}, counted
