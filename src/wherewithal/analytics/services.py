"""What can be said of one row of the events table, as Ibis expressions that any engine can run."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import ibis

from wherewithal.analytics.any_year import YearAsked, day
from wherewithal.policy import table as policy
from wherewithal.policy.measure_kinds import Capacity, Exclusion, Match
from wherewithal.policy.measure_rows import HELD

DIRECT_PAYMENT = "Direct payment"


def among(column: Any, words: Iterable[Any]) -> Any:
    """Whether the column holds one of the words, or of the numbers; an empty cell does not.

    One comparison after the other: on DuckDB that is twice as fast as a list of words.
    """
    return ibis.or_(*(column.identical_to(word) for word in words))


def held_in(rows: Any, mechanisms: Iterable[str]) -> Any:
    """Whether the money of a row of ``described`` is held in one of these ways; '' is none that is known."""
    known = _mechanisms()
    return among(rows.held, (known.index(word) if word else -1 for word in mechanisms))


def says(rows: Any, name: str, words: Iterable[str]) -> Any:
    """Whether a row of ``described`` has one of the words in a field, or its money is ``held`` so."""
    return held_in(rows, words) if name == HELD else among(field(rows, name), words)


def field(events: Any, name: str, kind: str = "string") -> Any:
    """A column of the events, or nothing where the table has none: only some are needed."""
    return events[name] if name in events.columns else ibis.null(kind)


def described(events: Any, period: YearAsked) -> Any:
    """The events with what every measure asks of a row, said once.

    ``held``: how the money is held (as ``held_in`` reads it); ``in_year``: at least one day in the period;
    ``on_last_day`` and ``on_year_before``: open on its last day, or on that day a year before, on which a row
    that ends still is; ``ended_in_twelve_months``: between the two. A row ends no later than its person's
    life.
    """
    until = ibis.least(events.Event_End_Date, events.Date_of_Death).fill_null(day(date.max))
    starts = events.Event_Start_Date
    # The published method drops a row without a start, or with an end or a death before it.
    sound = (starts <= day(period.last)) & (until >= starts)
    before, last = day(period.year_before), day(period.last)
    flags = {
        "in_year": sound & (until >= day(period.first)),
        "on_last_day": sound & (until >= last),
        "on_year_before": sound & (starts <= before) & (until >= before),
        "ended_in_twelve_months": sound & (events.Event_End_Date > before) & (events.Event_End_Date <= last),
    }
    told = {name: flag.fill_null(False) for name, flag in flags.items()}
    return events.mutate(held=_mechanism(events), **told)


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


def _meets(events: Any, match: Match) -> Any:
    named = (
        (events.Service_Type, match.service_types),
        (events.Service_Component, match.components),
        (events.Primary_Support_Reason, match.reasons),
    )
    return ibis.and_(*(among(column, words) for column, words in named if words))


def _mechanism(events: Any) -> Any:
    """A component that is a direct payment makes the service one, whatever the delivery mechanism says."""
    known = _mechanisms()
    by_component = among(events.Service_Component, (DIRECT_PAYMENT,))
    return ibis.cases(
        (by_component, known.index(DIRECT_PAYMENT)),
        *((events.Delivery_Mechanism == word, number) for number, word in enumerate(known)),
        else_=-1,
    )


def _mechanisms() -> tuple[str, ...]:
    return tuple(policy("national/client-level-data")["values"]["Delivery_Mechanism"]["words"])
