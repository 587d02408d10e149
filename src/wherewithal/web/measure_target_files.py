"""The council's own target for a measure as files: its tables as CSV and a workbook, its picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.formats.target_chart import svg
from wherewithal.web.clock import today
from wherewithal.web.downloads import svg_answer
from wherewithal.web.measure_target import Own, own_targets_of
from wherewithal.web.measures import chosen_measure
from wherewithal.web.page import page
from wherewithal.web.sheets import sheet_csv, sheets_ods
from wherewithal.web.target_held import gaps_of, goals_of, seen_of
from wherewithal.web.templating import council_name


@page("measure.see")
def measure_target_csv(request: HttpRequest, id: str, target: str, table: str) -> HttpResponse:
    """One table."""
    return sheet_csv(_own(id, target).sheets, table, f"{id}-{target}")


@page("measure.see")
def measure_target_ods(request: HttpRequest, id: str, target: str) -> HttpResponse:
    """All tables as an accessible spreadsheet."""
    own = _own(id, target)
    cover = [own.target.measure, own.target.set_by, own.target.source]
    return sheets_ods(own.sheets, own.target.title, cover, f"{id}-{target}")


@page("measure.see")
def measure_target_svg(request: HttpRequest, id: str, target: str) -> HttpResponse:
    """The picture as a file that says what it shows."""
    own = _own(id, target)
    says = own.held.drawn if own.held else own.target.says
    made = svg(seen_of(own.held), goals_of(own.target), gaps_of(own.held), title=own.target.title, says=says)
    return svg_answer(made.encode(), f"{id}-{target}.svg")


def _own(id: str, target: str) -> Own:
    """Raises Http404 for a target that the council has not set for that measure."""
    for one in own_targets_of(chosen_measure(id), council_name(), today()):
        if one.target.id == target:
            return one
    raise Http404(f"The council has set no target “{target}” for this measure.")


_OF = "measures/<slug:id>/targets/<slug:target>"
urlpatterns = [
    path(f"{_OF}.ods", measure_target_ods, name="measure_target_ods"),
    path(f"{_OF}.svg", measure_target_svg, name="measure_target_svg"),
    path(f"{_OF}/<slug:table>.csv", measure_target_csv, name="measure_target_csv"),
]
