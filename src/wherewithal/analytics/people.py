"""Who is counted: for one measure, each person, whether they are in it, and why or why not."""

from typing import Any

import pyarrow as pa

from wherewithal.analytics.figures import CannotCount
from wherewithal.analytics.measures import PERSON, answer, collapse, expression, run, waits
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
    found = answer(rows, asked, period)
    columns = rows.select(*PERSON, in_numerator=found.numerator, in_denominator=found.counted, why=found.why)
    return run(columns.order_by(*PERSON), connection)
