"""Days waited, over the journeys of our record or over events: a median is no sum, so each group is asked for
by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics import groups, services
from wherewithal.analytics.ages import adult
from wherewithal.analytics.answer import PERSON, Answer
from wherewithal.analytics.any_year import YearAsked, day
from wherewithal.analytics.counted import Counted, Key
from wherewithal.analytics.groups import By, total, within
from wherewithal.analytics.measures import collapse
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_days import Days

Wait = Sequence[tuple[Measure, Days]]


def waits(events: Any, journeys: Any, counts: Days, period: YearAsked) -> Any:
    """One row a journey, with the person's age and the days waited; unknown age when no event tells it."""
    people = collapse(events, (), period)
    ways = _ways(events, counts, period) if counts.source == "events" else journeys
    joined = ways.left_join(people, list(PERSON)).drop("LA_Code_right", "person_key_right")
    return joined.mutate(days=joined[counts.until].delta(joined[counts.since], unit="day"))


def answer(table: Any, counts: Days, period: YearAsked) -> Answer:
    """In the base and in the figure alike: each whose wait is known and ended in the period."""
    ended = table[counts.until]
    inside = (ended >= day(period.first)) & (ended <= day(period.last))
    counted = (inside & (table.days >= 0)).fill_null(False) & adult(table)

    def why() -> Any:
        return ibis.cases(
            (~adult(table), "Under 18"),
            (ended.isnull(), counts.word("waits")),
            (~inside, counts.word("elsewhere")),
            (table.days.isnull(), counts.word("unknown")),
            (table.days < 0, counts.word("before")),
            (table.days == 1, "1 day"),
            else_=table.days.cast("string") + " days",
        )

    return Answer(counted, counted, why)


def of_one_wait(asked: Sequence[Measure]) -> list[list[tuple[Measure, Days]]]:
    """The measures of days, those of the same wait together: its mean and its median are one question."""
    found: dict[tuple[object, ...], list[tuple[Measure, Days]]] = {}
    for one in asked:
        if isinstance(one.counts, Days):
            found.setdefault(one.counts.asks, []).append((one, one.counts))
    return list(found.values())


def days_asked(events: Any, journeys: Any, counts: Days, period: YearAsked, by: By) -> Any:
    """A row for each council: how many waited, their days added up, and the middle wait, by group."""
    table = waits(events, journeys, counts, period)
    found = answer(table, counts, period)
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


def _ways(events: Any, counts: Days, period: YearAsked) -> Any:
    """Everybody who was assessed in the period, by the first such assessment, and when they had asked for it.

    By the rule of ``core/journey.py``: the last request up to then that led on, else the last.
    """
    finished = events.filter(
        (events.Event_Type == "Assessment")
        & services.among(services.field(events, "Assessment_Type"), counts.assessments)
        & (events.Event_End_Date >= day(period.first))
        & (events.Event_End_Date <= day(period.last))
    )
    assessed = finished.group_by(PERSON).aggregate(assessed_on=finished.Event_End_Date.min())
    asked = events.filter(events.Event_Type == "Request").select(
        *PERSON,
        on=events.Event_Start_Date,
        led_on=services.among(services.field(events, "Event_Outcome"), counts.led_on),
    )
    both = asked.inner_join(assessed, list(PERSON))
    both = both.filter(both.on <= both.assessed_on)
    requested = both.group_by(PERSON).aggregate(
        led_on=both.on.max(where=both.led_on), any_request=both.on.max()
    )
    ways = assessed.left_join(requested, list(PERSON)).drop("LA_Code_right", "person_key_right")
    return ways.select(*PERSON, "assessed_on", requested_on=ibis.coalesce(ways.led_on, ways.any_request))
