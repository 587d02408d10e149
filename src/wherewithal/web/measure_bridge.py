"""The bridge from one definition to another, for the council's own people: whom each difference moves."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse

from wherewithal.analytics.bridge import across, bridged
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.refusal import Refusal
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.web import counted
from wherewithal.web.bridge_told import HEAD, ToldBridge, chosen
from wherewithal.web.downloads import csv_answer, ods_answer, svg_answer
from wherewithal.web.measures import chosen_period
from wherewithal.web.page import page, render
from wherewithal.web.templating import council_name


@page("measure.see")
def measure_bridge(request: HttpRequest) -> HttpResponse:
    """``?from=`` and ``?to=`` name the definitions; what cannot be bridged is said on the page."""
    period, periods = chosen_period(request)
    found = counted.counted(period)
    from_id, to_id = chosen(request)
    told, trouble = None, ""
    if found.stands.rows:
        try:
            told = ToldBridge(across(found.stands, from_id, to_id, found.year, council=council_name()))
        except Refusal as refusal:
            trouble = refusal.says
    context = {
        "period": period,
        "periods": periods,
        "counted_at": found.at,
        "definitions": [(one.id, one.title) for one in bridged()],
        "from_id": from_id,
        "to_id": to_id,
        "told": told,
        "trouble": trouble,
        "files": {kind: _file(kind, from_id, to_id, period) for kind in ("csv", "ods", "svg")},
        "back_to": f"{reverse('measure_bridge')}?{_query(to_id, from_id, period)}",
    }
    return render(request, "measures/bridge.html", context)


@page("measure.see")
def measure_bridge_csv(request: HttpRequest) -> HttpResponse:
    """A row for each change of each step."""
    told = _told(request)
    return csv_answer(to_csv(HEAD, told.table.rows), f"{told.named}.csv")


@page("measure.see")
def measure_bridge_ods(request: HttpRequest) -> HttpResponse:
    """The same as an accessible spreadsheet, with each definition's figure among its notes."""
    told = _told(request)
    return ods_answer(told.title, (told.says,), (told.table,), f"{told.named}.ods")


@page("measure.see")
def measure_bridge_svg(request: HttpRequest) -> HttpResponse:
    """The picture as a file of its own."""
    told = _told(request)
    if not told.file:
        raise Http404("The bases of this bridge are not told, so that there is no picture of it.")
    return svg_answer(told.file, f"{told.named}.svg")


def _told(request: HttpRequest) -> ToldBridge:
    """The bridge that a file is of. Raises Http404 where there is none."""
    period, _ = chosen_period(request)
    found = counted.counted(period)
    try:
        return ToldBridge(across(found.stands, *chosen(request), found.year, council=council_name()))
    except Refusal as refusal:
        raise Http404(refusal.says) from refusal


def _file(kind: str, from_id: str, to_id: str, period: ReportingYear) -> str:
    return f"{reverse(f'measure_bridge_{kind}')}?{_query(from_id, to_id, period)}"


def _query(from_id: str, to_id: str, period: ReportingYear) -> str:
    return urlencode({"from": from_id, "to": to_id, "year": period.name})


urlpatterns = [
    path("measures/bridge/", measure_bridge, name="measure_bridge"),
    path("measures/bridge.csv", measure_bridge_csv, name="measure_bridge_csv"),
    path("measures/bridge.ods", measure_bridge_ods, name="measure_bridge_ods"),
    path("measures/bridge.svg", measure_bridge_svg, name="measure_bridge_svg"),
]
