"""Who is behind a figure: one by one by a number, whether they are counted, why, and by what support.

The numbers are those of the extract that the figures were counted from, the same for every page and worker
until a record that counts changes, and mean nothing anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.analytics.people import bridge, people
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.policy.measure import Days, Measure, measures
from wherewithal.web.counted import kept, the_extract


@dataclass(frozen=True)
class Behind:
    """One person, or journey, in the extract. ``otherwise``: the titles of the definitions of the same kind
    that count them in another way than this one.
    """

    person: int
    why: str
    in_numerator: bool
    in_denominator: bool
    by: dict[str, str]
    otherwise: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        return in_words(self.in_numerator, self.in_denominator)


def in_words(in_numerator: bool, in_denominator: bool) -> str:
    """How somebody is counted."""
    if not in_denominator:
        return "No"
    return "Yes, in the figure" if in_numerator else "Yes"


def behind(one: Measure, period: ReportingYear, on: date) -> list[Behind]:
    """Everybody, who is counted first; journeys by how long they took. Raises NoCouncil."""

    def found() -> list[Behind]:
        rows = _journeys(one, period, on) if isinstance(one.counts, Days) else _people(one, period, on)
        return sorted(rows, key=lambda row: (not row.in_denominator, not row.in_numerator))

    return kept(("behind", one.id, period.label), on, found)


def siblings(one: Measure) -> list[Measure]:
    """Every definition of the same kind, this one among them."""
    return [other for other in measures().values() if other.family == one.family]


def support(people: Iterable[int], period: ReportingYear, on: date) -> dict[int, list[str]]:
    """What each of them had in the period, in the words of Client Level Data."""
    events = the_extract(on).events
    mine = pc.is_in(events["person_key"], value_set=pa.array(list(people), events["person_key"].type))
    services = events.filter(pc.and_(mine, pc.equal(events["Event_Type"], "Service"))).to_pylist()
    found: dict[int, list[str]] = {}
    for row in services:
        first, last = row["Event_Start_Date"], row["Event_End_Date"]
        if first <= period.last and (last is None or last >= period.first):
            found.setdefault(row["person_key"], []).append(_in_short(row, first, last))
    return found


def waits(people: Iterable[int], on: date) -> dict[int, list[str]]:
    """When each of them asked and was first paid."""
    wanted = set(people)
    return {
        row["person_key"]: [
            f"{says} {written(row[column])}"
            for column, says in (("requested_on", "Asked"), ("first_paid_on", "first paid"))
            if row[column]
        ]
        for row in the_extract(on).journeys.to_pylist()
        if row["person_key"] in wanted
    }


def _people(one: Measure, period: ReportingYear, on: date) -> list[Behind]:
    family = siblings(one)
    rows = bridge(the_extract(on).events, [other.id for other in family], period).to_pylist()
    return [_behind(one, family, row) for row in rows]


def _behind(one: Measure, family: list[Measure], row: dict[str, Any]) -> Behind:
    top, base = row[f"{one.id} in_numerator"], row[f"{one.id} in_denominator"]
    by = {
        other.id: in_words(row[f"{other.id} in_numerator"], row[f"{other.id} in_denominator"])
        for other in family
    }
    differ = tuple(other.title for other in family if by[other.id] != by[one.id])
    return Behind(row["person_key"], row[f"{one.id} why"], top, base, by, differ)


def _journeys(one: Measure, period: ReportingYear, on: date) -> list[Behind]:
    made = the_extract(on)
    rows = people(made.events, one.id, period, journeys=made.journeys).to_pylist()
    found = [
        Behind(row["person_key"], row["why"], False, row["in_denominator"],
               {one.id: in_words(False, row["in_denominator"])})
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (len(row.why), row.why))


def _in_short(row: dict[str, Any], first: date, last: date | None) -> str:
    """``Long term support: Community, Home Support, Direct payment, from 6 April 2026``."""
    words = [row["Service_Type"], row["Service_Component"], row["Delivery_Mechanism"]]
    days = f"{written(first)} to {written(last)}" if last else f"from {written(first)}"
    return ", ".join([*dict.fromkeys(filter(None, words)), days])
