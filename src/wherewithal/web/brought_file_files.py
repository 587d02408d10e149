"""What was found in a brought file, as files; and its figures as counted, for which a look is kept."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.actions.brought_file import look
from wherewithal.policy.councils import called
from wherewithal.records.models import BroughtFile
from wherewithal.web.access import user_of
from wherewithal.web.brought_file_told import MARKS_IN_WORDS, Told, state, value_words
from wherewithal.web.brought_files import found
from wherewithal.web.clock import now
from wherewithal.web.page import page, render
from wherewithal.web.sheets import Sheet, sheet_csv, sheets_ods
from wherewithal.web.templating import when

AS_COUNTED = "figures-as-counted"
NOT_GUARDED = "As counted: small numbers can tell who somebody is. Keep it among those who may see them."


@page("file.bring")
def brought_file_as_counted(request: HttpRequest, id: UUID) -> HttpResponse:
    """The figures with their small numbers; who looks is on record. Raises Http404 where there are none."""
    row = _counted(id)
    look(file=row, what="the page", by=user_of(request), at=now())
    told = Told(row, council=request.GET.get("council", ""), exact=True)
    looks = row.looks.select_related("user").order_by("-pk")[:20]
    return render(request, "measures/files/as_counted.html", {"file": row, "told": told, "looks": looks})


@page("file.bring")
def brought_file_csv(request: HttpRequest, id: UUID, table: str) -> HttpResponse:
    """One table: ``faults``, ``figures``, or the figures as counted, of which a look is kept."""
    if table == AS_COUNTED:
        row = _counted(id)
        look(file=row, what="the figures as a file", by=user_of(request), at=now())
        return sheet_csv([_figures(Told(row, exact=True), AS_COUNTED)], table, "file")
    row = found(id, "stands")
    return sheet_csv(_sheets(Told(row)), table, "file")


@page("file.bring")
def brought_file_ods(request: HttpRequest, id: UUID) -> HttpResponse:
    """Faults and figures, guarded, as an accessible spreadsheet. Raises Http404 where nothing was found."""
    row = found(id, "stands")
    told = Told(row)
    sheets = list(_sheets(told))
    if not sheets:
        raise Http404("Nothing was found in this file.")
    cover = [state(row), f"Brought {when(row.at)} by {row.by}"]
    cover += [f"{key}: {value}" for key, value in told.about]
    if told.counted:
        cover += [f"Counted for {told.period.label}", *told.left_out]
        cover += [told.guarded, f"Source of the rule: {told.rule.source}", *MARKS_IN_WORDS]
    return sheets_ods(sheets, f"What was found in {row.file_name}", cover, "file")


def _counted(id: UUID) -> BroughtFile:
    row = found(id, "stands")
    if row.state != BroughtFile.State.COUNTED:
        raise Http404("There are no figures of this file.")
    return row


def _sheets(told: Told) -> Iterator[Sheet]:
    if told.health:
        yield _faults(told)
    if told.counted:
        yield _figures(told, "figures")


def _faults(told: Told) -> Sheet:
    head = (
        "How grave", "Field", "Of which rows", "What stood there", "What was expected", "Read as",
        "How often", "People", "First rows", "What it does", "Measures",
    )  # fmt: skip
    rows = [
        (heading, one["field"] or "Whole rows", one["of"], one["value"], one["expected"], one["now"],
         str(one["times"]), str(one["people"]), " ".join(map(str, one["rows"])),
         " ".join(f"In {on['rows']} rows: {on['says']}" for on in one["effects"]),
         " ".join(dict.fromkeys(id for on in one["effects"] for id in on["measures"])))
        for _, heading, fields in told.levels
        for field in fields
        for fault in field.faults
        for one in (fault.kept,)
    ]  # fmt: skip
    return Sheet("faults", "What is wrong with it", head, rows, (6, 7))


def _figures(told: Told, id: str) -> Sheet:
    head = (
        "Measure", "Title", "Period", "Council", "Council’s name", "Group", "Numerator", "Denominator",
        "Value", "Unit", "Status", "At most", "Base", "Definition", "Source",
    )  # fmt: skip
    titles = {line.total.measure.id: line.total.measure.title for _, lines in told.families for line in lines}
    rows = [
        (one["measure"], titles.get(one["measure"], ""), one["period"], one["council"],
         called(one["council"]), one["group"], _number(one["numerator"], one["status"]),
         _number(one["denominator"], one["status"]), value_words(one["value"], one["status"]), one["unit"],
         one["status"], one["highest"] or "", one["base"], one["definition"], one["source"])
        for one in told.figures()
    ]  # fmt: skip
    title = "Every definition" if id == "figures" else "Every definition, as counted"
    return Sheet(id, title, head, rows, (6, 7, 8, 11))


def _number(value: int | None, status: str) -> str:
    return f"[{status}]" if value is None else str(value)


_AT = "measures/files/<uuid:id>/"
urlpatterns = [
    path(f"{_AT}as-counted/", brought_file_as_counted, name="brought_file_as_counted"),
    path(f"{_AT}<slug:table>.csv", brought_file_csv, name="brought_file_csv"),
    path(f"{_AT}found.ods", brought_file_ods, name="brought_file_ods"),
]
