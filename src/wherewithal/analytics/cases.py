"""Who is behind figures, case by case: how each measure counts a person or a journey, why, by what facts.

Facts tell months, not days: whoever knows the day of somebody's review or payment would know them by it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.analytics.figures import Case, How, Reason
from wherewithal.analytics.particular_cases import particular_cases
from wherewithal.analytics.particulars import together
from wherewithal.analytics.people import people, standings
from wherewithal.analytics.waiting import of_one_wait
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import month
from wherewithal.policy.measure import OF_EVENTS, measure
from wherewithal.policy.measure_days import Days


def cases(
    events: pa.Table,
    journeys: pa.Table,
    particulars: pa.Table,
    measure_ids: Iterable[str],
    period: ReportingYear,
    *,
    connection: Any = None,
) -> list[Case]:
    """A case for each person in the events, then for each measure of days one for each journey, then for what
    a council set itself one for each row or person looked at.

    The tables keep the contracts of ``schema.py`` and hold one council's people. One question for all
    measures that count people, one for each kind of wait, one for each kind of particulars. Raises as
    ``people`` and ``standings`` do.
    """
    asked = [measure(id) for id in measure_ids]
    of_people = [one.id for one in asked if isinstance(one.counts, OF_EVENTS)]
    found: list[Case] = []
    if of_people:
        had = support(events, period)
        for row in standings(events, of_people, period, connection=connection).to_pylist():
            counted = {id: _how(row, f"{id} ") for id in of_people}
            found.append(Case(row["person_key"], counted, tuple(had.get(row["person_key"], ()))))
    for wait in of_one_wait(asked):
        ids, counts = [one.id for one, _ in wait], wait[0][1]  # they count the same journeys
        for row in people(events, ids[0], period, journeys=journeys, connection=connection).to_pylist():
            found.append(Case(row["person_key"], dict.fromkeys(ids, _how(row, "")), _dates(row, counts)))
    for of_one in together(asked):
        found += particular_cases(events, particulars, of_one, period, connection)
    return found


def reasons(counted: Iterable[Case], measure_ids: Sequence[str]) -> dict[str, list[Reason]]:
    """By measure: each reason with how many people (or journeys) it has, those in the measure first."""
    sums: dict[str, Counter[How]] = {id: Counter() for id in measure_ids}
    for case in counted:
        for id, how in case.counted.items():
            sums[id][how] += 1
    return {id: _by_how(found) for id, found in sums.items()}


def _by_how(sums: Mapping[How, int]) -> list[Reason]:
    found = [Reason(how.why, many, how.in_numerator, how.in_denominator) for how, many in sums.items()]
    return sorted(found, key=lambda one: (not one.in_denominator, not one.in_numerator, -one.people, one.why))


def _how(row: Mapping[str, Any], of: str) -> How:
    return How(row[f"{of}in_numerator"], row[f"{of}in_denominator"], row[f"{of}why"])


def support(events: pa.Table, period: ReportingYear) -> dict[int, list[str]]:
    """By person: each service they had in the period, in the words of Client Level Data and in months."""
    found: dict[int, list[str]] = {}
    for row in events.filter(pc.equal(events["Event_Type"], "Service")).to_pylist():
        first, last = row["Event_Start_Date"], row["Event_End_Date"]
        if first and first <= period.last and (last is None or last >= period.first):
            found.setdefault(row["person_key"], []).append(_in_short(row, first, last))
    return found


def _in_short(row: Mapping[str, Any], first: date, last: date | None) -> str:
    """``Long term support: Community, Home Support, Direct payment, from April 2026``."""
    words = [row["Service_Type"], row["Service_Component"], row["Delivery_Mechanism"]]
    days = f"{month(first)} to {month(last)}" if last else f"from {month(first)}"
    return ", ".join([*dict.fromkeys(filter(None, words)), days])


def _dates(row: Mapping[str, Any], counts: Days) -> tuple[str, ...]:
    """In which months they asked, and had what they waited for."""
    told = ((counts.word("since"), row[counts.since]), (counts.word("until"), row[counts.until]))
    return tuple(f"{says} {month(day)}" for says, day in told if day)
