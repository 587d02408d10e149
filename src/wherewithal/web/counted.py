"""The council's figures as they were last counted; nobody who asks for one waits for the counting.

``extract/counting.py`` counts, in the worker, and keeps who is behind each figure with it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wherewithal.actions.counting import SHAPE
from wherewithal.analytics.figures import Case, Figure, How, Reason
from wherewithal.analytics.stands import Stands
from wherewithal.analytics.year import ReportingYear
from wherewithal.records.models import CountedCase, CountedYear


@dataclass(frozen=True)
class LastCount:
    """One year as it was counted, or not counted yet: ``at`` None, and no figures."""

    year: ReportingYear
    at: datetime | None
    figures: dict[str, list[Figure]]
    reasons: dict[str, list[Reason]]
    stands: Stands


def years(on: date) -> list[ReportingYear]:
    """The years that were counted, the newest first; before any was, the running one so far."""
    rows = _readable().order_by("-year").values_list("year", "until")
    return [ReportingYear(name, until) for name, until in rows] or [ReportingYear.of(on).so_far(on)]


def is_any() -> bool:
    """Was any year counted?"""
    return bool(_readable().exists())


def last_whole_year(on: date) -> ReportingYear:
    """The last year that is over, or the running one so far where nothing is older."""
    found = years(on)
    return found[0] if found[0].until is None or len(found) == 1 else found[1]


def counted(year: ReportingYear) -> LastCount:
    """What was counted of a year, by measure: its figures, everyone first; why people are in it or not."""
    row = _readable().filter(year=year.name).first()
    if row is None:
        return LastCount(year, None, {}, {}, Stands((), ()))
    return LastCount(
        ReportingYear(row.year, row.until),
        row.counted_at,
        {id: [Figure.from_kept(one) for one in rows] for id, rows in row.figures.items()},
        {id: [Reason(**one) for one in rows] for id, rows in row.reasons.items()},
        Stands.from_kept(row.stands),
    )


def behind(year: ReportingYear, measure: str) -> tuple[datetime | None, list[Case]]:
    """When the year was counted, and each person or journey that the measure looked at then, by number."""
    rows = CountedCase.objects.filter(year__in=_readable().filter(year=year.name), counted__has_key=measure)
    found = list(
        rows.order_by("number", "pk").values_list("year__counted_at", "number", "counted", "facts")
    )  # in one question, so that a count in between cannot mix with this one
    cases = [
        Case(number, {id: How(**how) for id, how in counted.items()}, tuple(facts))
        for _, number, counted, facts in found
    ]
    return (found[0][0] if found else None), cases


def _readable() -> Any:
    """The years that were kept as this code reads them; any other is not counted yet."""
    return CountedYear.objects.filter(shape=SHAPE)
