"""Who is counted: each person, whether they are in a measure, or in several at once, and why or why not."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from wherewithal.analytics import waiting
from wherewithal.analytics.answer import PERSON, Answer
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.count import CannotCount
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.measures import answer, collapse
from wherewithal.analytics.schema import JOURNEYS
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure, measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_particulars import Particulars


def people(
    events: Any, measure_id: str, period: ReportingYear, *, journeys: Any = None, connection: Any = None
) -> pa.Table:
    """LA_Code, person_key, in_numerator, in_denominator, why: a row for everyone in the events, by key.

    For a measure of days: a row for each journey instead, which is in both or in neither, with its two
    dates (``requested_on``, ``first_paid_on``, say). The rows that are in add up to the total figure of
    ``count.count``.
    Raises as ``count`` does, and CannotCount for what a council set itself, whose ``cases.cases`` there are.
    """
    asked = measure(measure_id)
    if isinstance(asked.counts, Particulars):
        raise CannotCount(f"“{asked.title}” counts particulars: ask for its cases.")
    if not isinstance(asked.counts, Days):
        return ask(_people_asked, (asked, period), checked(events), connection=connection)
    if asked.counts.source == "events":
        return ask(_journeys_asked, (asked.counts, period), checked(events), connection=connection)
    if journeys is None:
        raise CannotCount(f"“{asked.title}” needs the journeys: dates of requests and first payments.")
    about = (asked.counts, period)
    return ask(_journeys_asked, about, checked(events), checked(journeys, JOURNEYS), connection)


def standings(
    events: Any, measure_ids: Iterable[str], period: ReportingYear, *, connection: Any = None
) -> pa.Table:
    """LA_Code, person_key, and for each measure, by its id and a space, the columns of ``people``.

    A row for everyone in the events, by key, so that two definitions can be told apart person by person.
    Raises NoMeasure, BadTable; CannotCount for a measure of days or of what a council set itself.
    """
    asked = tuple(measure(id) for id in measure_ids)
    if other := [one.title for one in asked if isinstance(one.counts, Days | Particulars)]:
        raise CannotCount(
            f"“{other[0]}” counts no people of the events, so it stands beside no other measure."
        )
    return ask(_standings_asked, (asked, period), checked(events), connection=connection)


def _people_asked(events: Any, journeys: Any, asked: Measure, period: YearAsked) -> Any:
    rows = collapse(events, (asked,), period)
    return _by_person(rows, _columns(answer(rows, asked, period)))


def _journeys_asked(events: Any, journeys: Any, counts: Days, period: YearAsked) -> Any:
    rows = waiting.waits(events, journeys, counts, period)
    dates = {name: rows[name] for name in (counts.since, counts.until)}
    return _by_person(rows, _columns(waiting.answer(rows, counts, period)) | dates)


def _standings_asked(events: Any, journeys: Any, asked: tuple[Measure, ...], period: YearAsked) -> Any:
    rows = collapse(events, asked, period)
    columns: dict[str, Any] = {}
    for one in asked:
        columns |= _columns(answer(rows, one, period), f"{one.id} ")
    return _by_person(rows, columns)


def _columns(found: Answer, of: str = "") -> dict[str, Any]:
    return {
        f"{of}in_numerator": found.numerator,
        f"{of}in_denominator": found.counted,
        f"{of}why": found.why(),
    }


def _by_person(rows: Any, columns: dict[str, Any]) -> Any:
    return rows.select(*PERSON, **columns).order_by(*PERSON)
