"""The council's figures, counted from an extract in the request, and kept until a record that counts changes.

Counting takes about a second, most of it in putting the questions together, and reading the records of 5,000
people about another; a kept answer takes 30 ms. So it is done once and kept in this process, by the newest
event of each noun that the extract reads: an action anywhere changes that, so nobody sees an old figure.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db.models import Min, Subquery
from django.utils.crypto import salted_hmac

from wherewithal.analytics.figures import Figure, count
from wherewithal.analytics.people import people
from wherewithal.analytics.year import ReportingYear
from wherewithal.extract import Extract, extract
from wherewithal.policy.measure import measure, measures
from wherewithal.records.models import Arrangement, Council

READ = (
    "Person", "Caring", "FinancialAssessment", "Request", "Assessment", "Plan", "Arrangement", "Price",
    "Agreement", "Review", "Observation",
)  # fmt: skip
A_DAY = 24 * 60 * 60  # seconds
Stamp = tuple[Any, ...]
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Reason:
    """So many people (or journeys), and why they are in a measure or are not."""

    why: str
    people: int
    in_numerator: bool
    in_denominator: bool


def years(on: date) -> list[ReportingYear]:
    """The reporting years since support was first on record, the newest first; the running one so far."""
    first = Arrangement.objects.aggregate(first=Min("first"))["first"]
    newest = ReportingYear.of(on)
    oldest = min(ReportingYear.of(first) if first else newest, newest)
    found = [newest.so_far(on)]
    while found[-1].first > oldest.first:
        found.append(ReportingYear.of(date(found[-1].first.year - 1, 4, 1)))
    return found


def last_whole_year(on: date) -> ReportingYear:
    """The last year that is over, or the running one so far where nothing is older."""
    found = years(on)
    return found[0] if found[0].until is None or len(found) == 1 else found[1]


def figures(period: ReportingYear, on: date) -> dict[str, list[Figure]]:
    """Every measure's figures by its id, one for each group, everyone first. Raises NoCouncil."""
    council = Council.objects.values_list("code", flat=True).first()

    def counted() -> dict[str, list[Figure]]:
        made = the_extract(on)
        found: dict[str, list[Figure]] = {id: [] for id in measures()}
        for one in count(made.events, found, period, journeys=made.journeys):
            found[one.measure].append(one)
        return found

    return kept(("figures", council, period.label), on, counted)


def who_is_counted(id: str, period: ReportingYear, on: date) -> list[Reason]:
    """The reasons of one measure with how many people each has, those in it first. Raises NoMeasure."""
    measure(id)

    def counted() -> list[Reason]:
        made = the_extract(on)
        rows = people(made.events, id, period, journeys=made.journeys).to_pylist()
        sums = Counter((row["why"], row["in_numerator"], row["in_denominator"]) for row in rows)
        found = [Reason(why, many, top, base) for (why, top, base), many in sums.items()]
        return sorted(
            found, key=lambda one: (not one.in_denominator, not one.in_numerator, -one.people, one.why)
        )

    return kept(("who", id, period.label), on, counted)


def newest_events() -> Stamp:
    """The newest change of each noun that an extract reads: the same only while nothing has changed."""
    newest = [
        Subquery(apps.get_model("records", f"{noun}Event").objects.order_by("-pgh_id").values("pgh_id")[:1])
        for noun in READ
    ]
    return Council.objects.values_list(*newest).first() or ()


def kept(what: tuple[Any, ...], on: date, make: Callable[[], Kept]) -> Kept:
    """What ``make`` gives, or gave on that day since the records last changed."""
    key = ":".join(map(str, (*what, on, *newest_events()))).replace(" ", "_")
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
    stamp = (on, *newest_events())
    found = _last.get(stamp)
    if found is None:
        found = extract(on, secret=salted_hmac("wherewithal.counted", repr(stamp)).digest())
        _last.clear()
        _last[stamp] = found
    return found
