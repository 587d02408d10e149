"""Who is counted: each person, whether they are in a measure, or in several at once, and why or why not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from wherewithal.analytics.figures import CannotCount
from wherewithal.analytics.measures import PERSON, Answer, answer, collapse, expression, run, waits
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Days, measure


def people(
    events: Any, measure_id: str, period: ReportingYear, *, journeys: Any = None, connection: Any = None
) -> pa.Table:
    """LA_Code, person_key, in_numerator, in_denominator, why: a row for everyone in the events, by key.

    For a measure of days: a row for each journey instead, which is in both or in neither. The rows that are
    in add up to the total figure that ``figures.count`` gives. Raises as ``count`` does.
    """
    asked = measure(measure_id)
    events = expression(events)
    if isinstance(asked.counts, Days):
        if journeys is None:
            raise CannotCount(f"“{asked.title}” needs the journeys: dates of requests and first payments.")
        rows = waits(events, journeys, asked.counts, period)
    else:
        rows = collapse(events, (asked,), period)
    return _by_person(rows, _columns(answer(rows, asked, period)), connection)


def bridge(
    events: Any, measure_ids: Iterable[str], period: ReportingYear, *, connection: Any = None
) -> pa.Table:
    """LA_Code, person_key, and for each measure, by its id and a space, the columns of ``people``.

    A row for everyone in the events, by key, so that two definitions can be told apart person by person.
    Raises NoMeasure, BadTable; CannotCount for a measure of days, which counts journeys.
    """
    asked = [measure(id) for id in measure_ids]
    if days := [one.title for one in asked if isinstance(one.counts, Days)]:
        raise CannotCount(f"“{days[0]}” counts journeys, which stand beside no other measure.")
    rows = collapse(expression(events), asked, period)
    columns: dict[str, Any] = {}
    for one in asked:
        columns |= _columns(answer(rows, one, period), f"{one.id} ")
    return _by_person(rows, columns, connection)


@dataclass(frozen=True)
class Reason:
    """So many people (or journeys), and why they are in a measure or are not."""

    why: str
    people: int
    in_numerator: bool
    in_denominator: bool


def reasons(
    events: Any, measure_ids: Iterable[str], period: ReportingYear, *, journeys: Any, connection: Any = None
) -> dict[str, list[Reason]]:
    """By measure: each reason with how many people (or journeys) it has, those in the measure first.

    One question for all that count people, one for each that counts journeys. Raises as ``count`` does.
    """
    asked = list(measure_ids)
    of_days = [id for id in asked if isinstance(measure(id).counts, Days)]
    together = [id for id in asked if id not in of_days]
    rows = bridge(events, together, period, connection=connection).to_pylist() if together else []
    found = {id: _reasons(rows, f"{id} ") for id in together}
    for id in of_days:
        waited = people(events, id, period, journeys=journeys, connection=connection).to_pylist()
        found[id] = _reasons(waited, "")
    return {id: found[id] for id in asked}


def _reasons(rows: Iterable[Mapping[str, Any]], of: str) -> list[Reason]:
    sums = Counter((row[f"{of}why"], row[f"{of}in_numerator"], row[f"{of}in_denominator"]) for row in rows)
    found = [Reason(why, many, top, base) for (why, top, base), many in sums.items()]
    return sorted(found, key=lambda one: (not one.in_denominator, not one.in_numerator, -one.people, one.why))


def _columns(found: Answer, of: str = "") -> dict[str, Any]:
    return {
        f"{of}in_numerator": found.numerator,
        f"{of}in_denominator": found.counted,
        f"{of}why": found.why,
    }


def _by_person(rows: Any, columns: dict[str, Any], connection: Any) -> pa.Table:
    return run(rows.select(*PERSON, **columns).order_by(*PERSON), connection)
