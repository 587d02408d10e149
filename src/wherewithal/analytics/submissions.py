"""Which of a council's submissions is counted: the last that covers the period, by what it holds.

Source: Department of Health and Social Care, ASC-CLD-LA-Dashboard, methodology, “Deriving accurate reporting
periods” and “Selecting submissions to cover the period”; GitHub, commit 9bee728, 2026, MIT and Open
Government Licence v3.0.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis

from wherewithal.analytics.year import ReportingYear
from wherewithal.core.return_check import LEAST_SHARE

FEW_EVENTS = 100  # below so many events the period is taken as stated
LEAST_TYPES = 3  # of the four types of event, where the file has as many

OF_ONE = ("source", "LA_Code", "Reporting_Period_Start_Date", "Reporting_Period_End_Date")


@dataclass(frozen=True, order=True)
class Submission:
    """What one council handed in at one time: ``source`` counts the files as they were given, from 0.

    ``first`` and ``last`` are what its events cover, or what it states where they are few; None where it
    states nothing.
    """

    source: int
    council: str
    stated_first: date | None
    stated_last: date | None
    first: date | None
    last: date | None
    events: int

    def covers(self, period: ReportingYear) -> int:
        """How many days of the period it covers; all of them where it does not say."""
        first = max(self.first or period.first, period.first)
        last = min(self.last or period.last, period.last)
        return max((last - first).days + 1, 0)


def chosen(found: Iterable[Submission], period: ReportingYear) -> list[Submission]:
    """One of each council: that which covers most of the period; of those that cover as much, the last one
    given, and in one file that which states the later end. What tells of no period is taken where nothing
    that does covers a day.
    """
    of_council: dict[str, Submission] = {}
    for one in sorted(found, key=lambda one: _standing(one, period)):
        of_council[one.council] = one
    return [of_council[council] for council in sorted(of_council)]


def handed_in(found: Sequence[Submission]) -> list[Submission]:
    """Without what is no submission: a few rows of a council's file that state other days than all the rest,
    which a slip of the hand does.
    """
    most: dict[tuple[int, str], int] = defaultdict(int)
    for one in found:
        most[one.source, one.council] = max(most[one.source, one.council], one.events)
    return [one for one in found if one.events * LEAST_SHARE >= most[one.source, one.council]]


def months_asked(rows: Any) -> Any:
    """For each submission and month in which events ended (none where an event is open): how many events, and
    of which types.
    """
    ended = rows.mutate(month=rows.Event_End_Date.truncate("M"))
    return ended.group_by([*OF_ONE, "month"]).aggregate(
        events=ibis._.count(),
        **{kind: (ended.Event_Type == kind).sum() for kind in KINDS},
    )


KINDS = ("Request", "Assessment", "Service", "Review")


def submissions(months: Iterable[dict[str, Any]]) -> list[Submission]:
    """What ``months_asked`` answered, as submissions with the period that each covers."""
    of_one: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in months:
        of_one[tuple(row[name] for name in OF_ONE)].append(row)
    found = []
    for (source, council, first, last), rows in of_one.items():
        events = sum(row["events"] for row in rows)
        covers = (_seen(rows, events, last) if events >= FEW_EVENTS else None) or (first, last)
        found.append(Submission(source, council, first, last, covers[0], covers[1], events))
    return sorted(found, key=lambda one: (one.council, one.source, one.stated_last or date.min))


def _seen(rows: Sequence[dict[str, Any]], events: int, stated_last: date | None) -> tuple[date, date] | None:
    """From the first day of the first month to the last of the last, of months with enough in them; a month
    after the stated end is none, whose events were handed in by mistake.
    """
    types = min(LEAST_TYPES, sum(any(row[kind] for row in rows) for kind in KINDS))
    months = [
        row["month"]
        for row in rows
        if row["month"]
        and (stated_last is None or row["month"] <= stated_last)
        and row["events"] * LEAST_SHARE >= events
        and sum(bool(row[kind]) for kind in KINDS) >= types
    ]
    return (min(months), _month_end(max(months))) if months else None


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _standing(one: Submission, period: ReportingYear) -> tuple[Any, ...]:
    known = one.covers(period) if one.first or one.last else 0
    return (
        known, one.covers(period), one.source, one.stated_last or date.min, one.stated_first or date.min
    )  # fmt: skip
