"""Every measure of every year on record, counted from one extract and kept, with who is behind it, for the
pages that show it.

The first count of a process takes seconds, most of them in loading what counts; so it is done beside the web
server, by the worker, and where the made-up council is made.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Min

from wherewithal.actions.counting import SHAPE, Count, keep
from wherewithal.analytics.bridge import bridged
from wherewithal.analytics.cases import cases, reasons
from wherewithal.analytics.count import count
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.stands import of_cases
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.policy import fingerprint
from wherewithal.extract.door import Extract, extract
from wherewithal.policy.extract import mapping
from wherewithal.policy.measure import measures
from wherewithal.records.models import Arrangement, Council, CountedYear, User

READ = (
    "Person", "Caring", "FinancialAssessment", "Request", "Assessment", "Plan", "PlanOutcome", "Arrangement",
    "Price", "Agreement", "Review", "Observation", "Offer",
)  # fmt: skip
PACKAGE = Path(__file__).parent.parent
Stamp = tuple[Any, ...]


def recount(*, on: date, by: User, at: datetime) -> bool:
    """Count anew what had happened by the end of ``on``; gives whether anything was to be counted.

    Nothing is done while neither a record that counts, nor how it is counted and kept, nor the day has
    changed since, nor before the council is on record.
    """
    stamp = changes()
    if not stamp:
        return False
    counted_from = fingerprint([stamp, on, *how_it_counts()])
    years = _years(on)
    known = CountedYear.objects.filter(counted_from=counted_from).values_list("year", flat=True)
    if set(known) == {year.name for year in years}:
        return False
    made = extract(on)
    counted = {year: _count(made, year) for year in years}
    keep(counted=counted, counted_from=counted_from, by=by, at=at)
    return True


def changes() -> Stamp:
    """How many changes each noun has had that an extract reads, and whose council it is; nothing before the
    council is on record.

    Events are only ever added, so each that is committed raises its count. The newest number would not do: a
    number is given out before its event is committed, and may come after a higher one.
    """
    code = Council.objects.values_list("code", flat=True).first()
    if code is None:
        return ()
    return (code, *(apps.get_model("records", f"{noun}Event").objects.count() for noun in READ))


def how_it_counts() -> tuple[str, ...]:
    """Fingerprints of what makes figures of records: the definitions, the mapping into Client Level Data, the
    code of the two rooms that extract and count, and the shape in which figures are kept.
    """
    definitions = fingerprint([one.definition for one in measures().values()])
    return definitions, mapping(), code(PACKAGE), SHAPE


@cache
def code(package: Path) -> str:
    """The fingerprint of the code that extracts and counts: a mended rule counts anew, untold."""
    files = [file for room in ("analytics", "extract") for file in sorted((package / room).glob("*.py"))]
    return fingerprint([[file.name, file.read_text()] for file in files])


def _years(on: date) -> list[ReportingYear]:
    """The reporting years since support was first on record, the newest first; the running one so far."""
    first = Arrangement.objects.aggregate(first=Min("first"))["first"]
    newest = ReportingYear.of(on)
    oldest = min(ReportingYear.of(first) if first else newest, newest)
    found = [newest.so_far(on)]
    while found[-1].first > oldest.first:
        found.append(ReportingYear.of(date(found[-1].first.year - 1, 4, 1)))
    return found


def _count(made: Extract, year: ReportingYear) -> Count:
    figures: dict[str, list[Figure]] = {id: [] for id in measures()}
    tables = {"journeys": made.journeys, "particulars": made.particulars}
    for one in count(made.events, figures, year, **tables):
        figures[one.measure].append(one)
    behind = cases(made.events, made.journeys, made.particulars, figures, year)
    stands = of_cases(behind, [one.id for one in bridged()])
    return Count(figures, reasons(behind, list(figures)), behind, stands)
