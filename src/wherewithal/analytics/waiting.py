"""Days waited, counted over the journeys: a median is no sum, so each group is asked for by itself."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics import groups
from wherewithal.analytics.counted import Counted, Key
from wherewithal.analytics.groups import By, total, within
from wherewithal.analytics.measures import PERSON, answer, collapse
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Days, Measure

Wait = Sequence[tuple[Measure, Days]]


def waits(events: Any, journeys: Any, counts: Days, period: ReportingYear) -> Any:
    """One row a journey, with the person's age and the days waited; unknown age when no event tells it."""
    people = collapse(events, (), period)
    joined = journeys.left_join(people, list(PERSON)).drop("LA_Code_right", "person_key_right")
    return joined.mutate(days=joined[counts.until].delta(joined[counts.since], unit="day"))


def of_one_wait(asked: Sequence[Measure]) -> list[list[tuple[Measure, Days]]]:
    """The measures of days, those of the same wait together: its mean and its median are one question."""
    found: dict[tuple[str, str], list[tuple[Measure, Days]]] = {}
    for one in asked:
        if isinstance(one.counts, Days):
            found.setdefault((one.counts.since, one.counts.until), []).append((one, one.counts))
    return list(found.values())


def days_asked(events: Any, journeys: Any, one: Measure, period: ReportingYear, by: By) -> Any:
    """A row for each council: how many waited, their days added up, and the middle wait, by group."""
    table = waits(events, journeys, one.counts, period)  # type: ignore[arg-type]
    found = answer(table, one, period)
    sums = {}
    for index, group in enumerate(by.ages):
        of_group = found.counted & within(table, group)
        sums[f"d{index}"] = total(of_group)
        sums[f"n{index}"] = table.days.sum(where=of_group)
        # Spark has no median with a condition; of nothing it is nothing.
        sums[f"m{index}"] = ibis.cases((of_group, table.days)).median()
    return table.group_by(place=groups.place(table, by)).aggregate(**sums)


def days(rows: Iterable[Mapping[str, Any]], wait: Wait, by: By) -> dict[Key, Counted]:
    """What ``days_asked`` answered, for the mean and the median of one wait."""
    counted = {}
    for row in rows:
        for index, group in enumerate(by.ages):
            if whole := row[f"d{index}"]:
                added, middle = int(row[f"n{index}"]), Fraction(row[f"m{index}"])
                mean = Counted(added, whole, Fraction(added, whole))
                median = Counted(None, whole, middle)
                for of, its in wait:
                    counted[row["place"], of.id, group] = mean if its.value == "mean" else median
    return counted
