"""The page and the file of who is behind a figure."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.web.behind import Behind, behind, counted_as, told_apart
from wherewithal.web.downloads import csv_answer
from wherewithal.web.measures import band, chosen_measure, chosen_period
from wherewithal.web.page import page, render

A_PAGE = 40


@page("measure.see")
def measure_people(request: HttpRequest, id: str) -> HttpResponse:
    """Each person or journey by a number; ``?why=`` narrows it to one reason, or to one band of waits."""
    one, (period, periods) = chosen_measure(id), chosen_period(request)
    at, rows = behind(one, period)
    asked = request.GET.get("why", "")
    named = [row for row in rows if _in_short(row, one) == asked]
    why, wanted = (asked, named) if named else ("", rows)
    count = named_by(at)
    shown = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "period": period,
        "periods": periods,
        "page": shown,
        "counted_at": at,
        "count": count,
        "counted_anew": request.GET.get("count", count) != count,
        "why": why,
        "all": len(rows),
        "of_days": isinstance(one.counts, Days),
        "of_particulars": isinstance(one.counts, Particulars),
        "line": counted_as(one),
        "csv_href": f"{reverse('measure_people_csv', args=[id])}?year={period.name}&count={count}",
    }
    return render(request, "measures/people.html", context)


@page("measure.see")
def measure_people_csv(request: HttpRequest, id: str) -> HttpResponse:
    """Everybody with how each definition of the kind counts them: the bridge from one figure to another.

    The file names the count whose numbers it holds. One of a count that is no longer kept leads back to the
    page, which says so.
    """
    one, (period, _) = chosen_measure(id), chosen_period(request)
    at, rows = behind(one, period)
    count = named_by(at)
    asked = request.GET.get("count", count)
    if asked != count:
        query = urlencode({"year": period.name, "count": asked})
        return redirect(f"{reverse('measure_people', args=[id])}?{query}")
    family = [other.id for other in told_apart(one)]
    told = (
        ["days", "months"]
        if isinstance(one.counts, Days)
        else ["why", "on record" if isinstance(one.counts, Particulars) else "support"]
    )
    head = ["count", "person in this count", told[0], *family, told[1]]
    made = to_csv(head, [[count, *_cells(row, family)] for row in rows])
    return csv_answer(made, "-".join(filter(None, (id, "people", period.name, count))) + ".csv")


def named_by(at: datetime | None) -> str:
    """The name of a count in addresses and files: its moment to the second, in UTC; '' before the first."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if at else ""


def _in_short(row: Behind, one: Measure) -> str:
    """Why they are counted or not, as the measure's page counts them together: a wait by its band."""
    return band(row.why) if isinstance(one.counts, Days) and row.how.in_denominator else row.why


def _cells(row: Behind, family: list[str]) -> list[str]:
    return [str(row.person), row.why, *(row.by.get(id, "") for id in family), "; ".join(row.facts)]


urlpatterns = [
    path("measures/<slug:id>/people/", measure_people, name="measure_people"),
    path("measures/<slug:id>/people.csv", measure_people_csv, name="measure_people_csv"),
]
