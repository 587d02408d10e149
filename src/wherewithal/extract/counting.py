"""Every measure of every year on record, counted from one extract and kept for the pages that show it.

The first count of a process takes seconds, most of them in loading what counts; so it is done beside the web
server, by the worker, and where the made-up council is made.
"""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Min, Subquery

from wherewithal.actions.counting import Counted, keep
from wherewithal.analytics.figures import Figure, count
from wherewithal.analytics.measures import engine
from wherewithal.analytics.people import reasons
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.policy import fingerprint
from wherewithal.extract import Extract, extract
from wherewithal.policy.measure import measures
from wherewithal.records.models import Arrangement, Council, CountedYear, User

READ = (
    "Person", "Caring", "FinancialAssessment", "Request", "Assessment", "Plan", "Arrangement", "Price",
    "Agreement", "Review", "Observation",
)  # fmt: skip
Stamp = tuple[Any, ...]


def recount(*, on: date, by: User, at: datetime) -> bool:
    """Count anew what had happened by the end of ``on``; gives whether anything was to be counted.

    Nothing is done while neither a record that counts, nor a definition, nor the day has changed since, nor
    before the council is on record.
    """
    stamp = newest_events()
    if not stamp:
        return False
    counted_from = fingerprint([stamp, on, [one.definition for one in measures().values()]])
    years = _years(on)
    known = CountedYear.objects.filter(counted_from=counted_from).values_list("year", flat=True)
    if set(known) == {year.name for year in years}:
        return False
    made = extract(on)
    with engine() as connection:
        counted = {year: _count(made, year, connection) for year in years}
    keep(counted=counted, counted_from=counted_from, by=by, at=at)
    return True


def newest_events() -> Stamp:
    """The newest change of each noun that an extract reads, and whose council it is: the same only while
    nothing has changed; nothing before the council is on record.
    """
    newest = [
        Subquery(apps.get_model("records", f"{noun}Event").objects.order_by("-pgh_id").values("pgh_id")[:1])
        for noun in READ
    ]
    return Council.objects.values_list("code", *newest).first() or ()


def _years(on: date) -> list[ReportingYear]:
    """The reporting years since support was first on record, the newest first; the running one so far."""
    first = Arrangement.objects.aggregate(first=Min("first"))["first"]
    newest = ReportingYear.of(on)
    oldest = min(ReportingYear.of(first) if first else newest, newest)
    found = [newest.so_far(on)]
    while found[-1].first > oldest.first:
        found.append(ReportingYear.of(date(found[-1].first.year - 1, 4, 1)))
    return found


def _count(made: Extract, year: ReportingYear, connection: Any) -> Counted:
    figures: dict[str, list[Figure]] = {id: [] for id in measures()}
    for one in count(made.events, figures, year, journeys=made.journeys, connection=connection):
        figures[one.measure].append(one)
    return figures, reasons(made.events, figures, year, journeys=made.journeys, connection=connection)
