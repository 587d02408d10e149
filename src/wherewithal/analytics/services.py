"""What can be said of one row of the events table, as Ibis expressions that any engine can run."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import ibis

from wherewithal.analytics.year import ReportingYear
from wherewithal.policy import table as policy
from wherewithal.policy.measure_kinds import Capacity, Exclusion, Match

DIRECT_PAYMENT = "Direct payment"


def among(column: Any, words: Iterable[Any]) -> Any:
    """Whether the column holds one of the words; an empty cell does not."""
    return column.isin(tuple(words)).fill_null(False)


def field(events: Any, name: str, kind: str = "string") -> Any:
    """A column of the events, or nothing where the table has none: only some are needed."""
    return events[name] if name in events.columns else ibis.null(kind)


def described(events: Any, period: ReportingYear) -> Any:
    """The events with what every measure asks of a row, said once.

    ``held``: how the money is held ('' when blank or unknown); ``in_year``: at least one day in the period;
    ``on_last_day`` and ``on_year_before``: open on its last day, or on that day a year before, on which a row
    that ends still is; ``ended_in_twelve_months``: between the two. A row ends no later than its person's
    life.
    """
    ends = ibis.least(events.Event_End_Date, events.Date_of_Death)
    starts = events.Event_Start_Date
    # The published method drops a row without a start, or with an end or a death before it.
    sound = starts.notnull() & (starts <= day(period.last)) & _not_before(ends, starts)
    return events.mutate(
        held=_mechanism(events),
        in_year=sound & _not_before(ends, day(period.first)),
        on_last_day=sound & _not_before(ends, day(period.last)),
        on_year_before=sound
        & (starts <= day(period.year_before))
        & _not_before(ends, day(period.year_before)),
        ended_in_twelve_months=sound
        & (events.Event_End_Date > day(period.year_before))
        & (events.Event_End_Date <= day(period.last)),
    )


def in_capacities(events: Any, capacities: Iterable[Capacity]) -> Any:
    """Whether the row's service is of a kind that its person is counted for."""
    return ibis.or_(
        *(
            among(events.Client_Type, capacity.client_types)
            & among(events.Service_Type, capacity.service_types)
            for capacity in capacities
        )
    )


def left_out(events: Any, exclusion: Exclusion) -> Any:
    """Whether the exclusion leaves the row's service out."""
    return ibis.or_(*(_meets(events, match) for match in exclusion.any_of))


def day(on: date) -> Any:
    """A date as an expression."""
    return ibis.date(on.isoformat())


def _meets(events: Any, match: Match) -> Any:
    named = (
        (events.Service_Type, match.service_types),
        (events.Service_Component, match.components),
        (events.Primary_Support_Reason, match.reasons),
    )
    return ibis.and_(*(among(column, words) for column, words in named if words))


def _mechanism(events: Any) -> Any:
    """A component that is a direct payment makes the service one, whatever the delivery mechanism says."""
    known = policy("national/client-level-data")["values"]["Delivery_Mechanism"]["words"]
    return ibis.cases(
        (among(events.Service_Component, (DIRECT_PAYMENT,)), DIRECT_PAYMENT),
        (among(events.Delivery_Mechanism, known), events.Delivery_Mechanism),
        else_="",
    )


def _not_before(ends: Any, limit: Any) -> Any:
    return ends.isnull() | (ends >= limit)
