"""The page and the file of who is behind a figure."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import Days
from wherewithal.web.behind import Behind, behind, told_apart
from wherewithal.web.downloads import csv_answer
from wherewithal.web.measures import chosen_measure, chosen_period
from wherewithal.web.page import page, render

A_PAGE = 40


@page("measure.see")
def measure_people(request: HttpRequest, id: str) -> HttpResponse:
    """Each person or journey by a number; ``?why=`` narrows it to one reason."""
    one, (period, periods) = chosen_measure(id), chosen_period(request)
    at, rows = behind(one, period)
    reasons = list(dict.fromkeys(row.why for row in rows))
    why = request.GET.get("why", "")
    wanted = [row for row in rows if row.why == why] if why in reasons else rows
    shown = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "period": period,
        "periods": periods,
        "page": shown,
        "counted_at": at,
        "why": why if why in reasons else "",
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
    made = to_csv(["person in this count", "why", *family, "support"], [_cells(row, family) for row in rows])
    return csv_answer(made, f"{id}-people-{period.name}.csv")


def _cells(row: Behind, family: list[str]) -> list[str]:
    return [str(row.person), row.why, *(row.by.get(id, "") for id in family), "; ".join(row.facts)]


urlpatterns = [
    path("measures/<slug:id>/people/", measure_people, name="measure_people"),
    path("measures/<slug:id>/people.csv", measure_people_csv, name="measure_people_csv"),
]
