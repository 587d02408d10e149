"""How everybody of one council stands in several definitions, and the bridge between two, from events."""

from collections.abc import Sequence
from typing import Any

import ibis

from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.bridge import Bridge, NoBridge, across, way
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.figures import How
from wherewithal.analytics.measures import answer, collapse
from wherewithal.analytics.stands import Stands, with_highest
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure, measure


def bridge(
    events: Any, from_id: str, to_id: str, period: ReportingYear, *, council: str, connection: Any = None
) -> Bridge:
    """The bridge for one council of the events (as ``count.count`` takes them).

    Raises NoMeasure, BadTable; NoBridge for a measure that counts no people of the events, or a council
    that the events do not hold.
    """
    found = stands(events, with_highest(way(from_id, to_id)), period, council=council, connection=connection)
    if not found.rows:
        raise NoBridge(f"The file holds nobody of council {council}.")
    return across(found, from_id, to_id, period, council=council)


def stands(
    events: Any, ids: Sequence[str], period: ReportingYear, *, council: str, connection: Any = None
) -> Stands:
    """From the events, as ``count.count`` takes them; the measures count people. Raises as that does."""
    asked = tuple(measure(id) for id in ids)
    rows = ask(_asked, (asked, period, council), checked(events), connection=connection).to_pylist()
    parts = [
        (tuple(How(row[f"n{at}"], row[f"d{at}"], row[f"why{at}"]) for at in range(len(asked))), row["people"])
        for row in rows
    ]
    return Stands(tuple(ids), tuple(parts))


def _asked(events: Any, beside: Any, asked: tuple[Measure, ...], period: YearAsked, council: str) -> Any:
    people = collapse(events.filter(events.LA_Code == council), asked, period)
    columns: dict[str, Any] = {}
    for number, one in enumerate(asked):
        found = answer(people, one, period)
        columns |= {f"n{number}": found.numerator, f"d{number}": found.counted, f"why{number}": found.why()}
    return people.select(**columns).group_by(list(columns)).aggregate(people=ibis._.count())
