"""The council's figures as they were last counted; nobody who asks for one waits for the counting.

``extract/counting.py`` counts, in the worker. Who is behind a figure is asked of an extract in the request,
kept in this process until a record that counts changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from wherewithal.actions.counting import SHAPE
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.people import Reason
from wherewithal.analytics.year import ReportingYear
from wherewithal.extract import Extract, extract
from wherewithal.extract.counting import Stamp, changes
from wherewithal.records.models import CountedYear

A_DAY = 24 * 60 * 60  # seconds
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Counted:
    """One year as it was counted, or not counted yet: ``at`` None, and no figures."""

    year: ReportingYear
    at: datetime | None
    figures: dict[str, list[Figure]]
    reasons: dict[str, list[Reason]]


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


def counted(year: ReportingYear) -> Counted:
    """What was counted of a year, by measure: its figures, everyone first; why people are in it or not."""
    row = _readable().filter(year=year.name).first()
    if row is None:
        return Counted(year, None, {}, {})
    return Counted(
        ReportingYear(row.year, row.until),
        row.counted_at,
        {id: [Figure.from_kept(one) for one in rows] for id, rows in row.figures.items()},
        {id: [Reason(**one) for one in rows] for id, rows in row.reasons.items()},
    )


def _readable() -> Any:
    """The years that were kept as this code reads them; any other is not counted yet."""
    return CountedYear.objects.filter(shape=SHAPE)


def kept(what: tuple[Any, ...], on: date, make: Callable[[], Kept]) -> Kept:
    """What ``make`` gives, or gave on that day since the records last changed."""
    key = ":".join(map(str, (*what, on, *changes()))).replace(" ", "_")
    found: Kept | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, A_DAY)
    return found


_last: dict[Stamp, Extract] = {}


def the_extract(on: date) -> Extract:
    """The newest extract, so that two questions of one page read the records once; older ones are let go.

    Its people have the same numbers in every worker, by a key that only this deployment can make.
    """
    stamp = (on, *changes())
    found = _last.get(stamp)
    if found is None:
        found = extract(on, secret=salted_hmac("wherewithal.counted", repr(stamp)).digest())
        _last.clear()
        _last[stamp] = found
    return found
