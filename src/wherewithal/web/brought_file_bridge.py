"""The bridge from one definition to another for a council whose file was brought: whom a step moves."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.actions.brought_file import look
from wherewithal.analytics.bridge import across, bridged
from wherewithal.analytics.stands import Stands
from wherewithal.core.refusal import Refusal
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.web.access import user_of
from wherewithal.web.bridge_told import HEAD, ToldBridge, chosen
from wherewithal.web.brought_file_told import Told
from wherewithal.web.brought_files import found
from wherewithal.web.clock import now
from wherewithal.web.downloads import csv_answer
from wherewithal.web.page import page, render


@page("file.bring")
def brought_file_bridge(request: HttpRequest, id: UUID) -> HttpResponse:
    """``?from=`` and ``?to=`` name the definitions, ``?council=`` whose people, ``?as=counted`` asks for
    small numbers too, which is on record. What cannot be bridged is said on the page.
    """
    told, exact = _asked(request, id)
    from_id, to_id = chosen(request)
    bridge, trouble = None, ""
    try:
        bridge = _bridge(told, from_id, to_id, exact)
    except Refusal as refusal:
        trouble = refusal.says
    context = {
        "file": told.file, "told": told, "bridge": bridge, "trouble": trouble, "exact": exact,
        "definitions": [(one.id, one.title) for one in bridged()], "from_id": from_id, "to_id": to_id,
        "query": request.GET.urlencode(), "back_to": _other_way(request, from_id, to_id),
    }  # fmt: skip
    return render(request, "measures/files/bridge.html", context)


@page("file.bring")
def brought_file_bridge_csv(request: HttpRequest, id: UUID) -> HttpResponse:
    """A row for each change of each step, of the same bridge. Raises Http404 where there is none."""
    told, exact = _asked(request, id)
    try:
        bridge = _bridge(told, *chosen(request), exact)
    except Refusal as refusal:
        raise Http404(refusal.says) from refusal
    return csv_answer(to_csv(HEAD, bridge.table.rows), "file-bridge.csv")


def _asked(request: HttpRequest, id: UUID) -> tuple[Told, bool]:
    """The file, whose council is chosen, and whether small numbers are asked for. Raises Http404."""
    row = found(id)
    exact = request.GET.get("as") == "counted"
    told = Told(row, council=request.GET.get("council", ""), exact=exact)
    if row.stands is None or told.whose not in row.stands:
        raise Http404("There is no bridge of this file.")
    if exact:
        look(file=row, what="a bridge", by=user_of(request), at=now())
    return told, exact


def _other_way(request: HttpRequest, from_id: str, to_id: str) -> str:
    """The query of the bridge from the last definition to the first, for the same council."""
    query = request.GET.copy()
    query["from"], query["to"] = to_id, from_id
    return query.urlencode()


def _bridge(told: Told, from_id: str, to_id: str, exact: bool) -> ToldBridge:
    """Raises Refusal for definitions that no bridge joins, or by which the file was not counted."""
    assert told.file.stands is not None
    people = Stands.from_kept(told.file.stands[told.whose])
    whole = across(people, from_id, to_id, told.period, council=told.whose)
    if exact:
        return ToldBridge(whole)
    from wherewithal.analytics.bridge_told import protected  # what guards loads what counts

    return ToldBridge(protected(whole, told.rule))


_AT = "measures/files/<uuid:id>/bridge"
urlpatterns = [
    path(f"{_AT}/", brought_file_bridge, name="brought_file_bridge"),
    path(f"{_AT}.csv", brought_file_bridge_csv, name="brought_file_bridge_csv"),
]
