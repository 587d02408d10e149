"""The page and the file of who is behind a figure."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import Days, Measure
from wherewithal.web.behind import Behind, behind, told_apart
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
    shown = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "period": period,
        "periods": periods,
        "page": shown,
        "counted_at": at,
        "why": why,
        "all": len(rows),
        "of_days": isinstance(one.counts, Days),
        "csv_href": f"{reverse('measure_people_csv', args=[id])}?year={period.name}",
    }
    return render(request, "measures/people.html", context)


@page("measure.see")
def measure_people_csv(request: HttpRequest, id: str) -> HttpResponse:
    """Everybody with how each definition of the kind counts them: the bridge from one figure to another."""
    one, (period, _) = chosen_measure(id), chosen_period(request)
    _, rows = behind(one, period)
    family = [other.id for other in told_apart(one)]
    told = ["days", "dates"] if isinstance(one.counts, Days) else ["why", "support"]
    made = to_csv(["person in this count", told[0], *family, told[1]], [_cells(row, family) for row in rows])
    return csv_answer(made, f"{id}-people-{period.name}.csv")


def _in_short(row: Behind, one: Measure) -> str:
    """Why they are counted or not, as the measure's page counts them together: a wait by its band."""
    return band(row.why) if isinstance(one.counts, Days) and row.how.in_denominator else row.why


def _cells(row: Behind, family: list[str]) -> list[str]:
    return [str(row.person), row.why, *(row.by.get(id, "") for id in family), "; ".join(row.facts)]


urlpatterns = [
    path("measures/<slug:id>/people/", measure_people, name="measure_people"),
    path("measures/<slug:id>/people.csv", measure_people_csv, name="measure_people_csv"),
]
