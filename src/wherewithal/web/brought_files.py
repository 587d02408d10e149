"""Files of Client Level Data that an analyst brings, on ``/measures/files/``: checked, counted, let go."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from wherewithal.actions import brought_file as actions
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy.brought_file import largest_bytes
from wherewithal.records.models import BroughtFile
from wherewithal.web.access import user_of
from wherewithal.web.brought_file_told import Told, state
from wherewithal.web.brought_file_upload import takes_large_files, too_large
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

YEARS = 6  # to choose from: the running one, and those before
NO_CSV = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "a workbook",
    b"%PDF": "a PDF",
}
HOW_TO_SAVE = "In a spreadsheet, save it as “CSV UTF-8 (comma delimited)”"


class BringForm(Form):
    file = forms.FileField(
        label="The file (CSV)",
        max_length=200,
        error_messages={"empty": "Nothing is in that file: choose another"},
    )
    period = forms.ChoiceField(
        label="Which year is counted?",
        help_text="From 1 April to 31 March. A file of two years can be counted for either",
        required=False,
    )
    asks = {"file": "Choose the file"}

    def __init__(self, *args: Any, largest: int, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._largest, self._is_too_large = f"{largest // 1_000_000} MB", is_too_large
        self.fields["file"].help_text = f"Release 1 or 2, up to {self._largest}"
        self.fields["file"].widget.attrs["data-most-bytes"] = str(largest)
        self.fields["period"].choices = [("", "The last one in the file"), *_years()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        if self._is_too_large:
            says = f"The file is larger than {self._largest}. Bring a year of one council"
            self.errors.pop("file", None)
            self.add_error("file", says)
        return super().clean()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        start = file.read(4)
        file.seek(0)
        if what := NO_CSV.get(start):
            raise forms.ValidationError(f"“{file.name}” is {what}, and no CSV file. {HOW_TO_SAVE}")
        if not file.name.lower().endswith((".csv", ".txt")):
            raise forms.ValidationError(f"Choose a file whose name ends in .csv. {HOW_TO_SAVE}")
        return file


@page("file.bring")
def brought_files(request: HttpRequest) -> HttpResponse:
    """Every file that was brought and not thrown away, the newest first."""
    rows = BroughtFile.objects.exclude(state=BroughtFile.State.THROWN_AWAY).select_related("by")
    shown = Paginator(rows.defer("counted", "stands"), 40).get_page(request.GET.get("page"))
    return render(
        request, "measures/files/files.html", {"page": shown, "files": [(one, state(one)) for one in shown]}
    )


@takes_large_files
@page("file.bring")
@csrf_protect
def brought_file_new(request: HttpRequest) -> HttpResponse:
    """The form; with scripts it shows how much of the file has gone up."""
    largest = largest_bytes(Used(today()))
    given = (request.POST or None, request.FILES or None)
    form = BringForm(*given, largest=largest, is_too_large=too_large(request))
    if form.is_valid():
        with refusals(form):
            file = form.cleaned_data["file"]
            made = actions.bring(
                file=file.file, file_name=file.name, period=form.cleaned_data["period"], by=user_of(request),
                at=now(),
            )  # fmt: skip
            return redirect("brought_file", made.pk)
    return render(request, "measures/files/bring.html", {"form": form})


@page("file.bring")
def brought_file(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far its reading is, asked for again and again; then what is wrong with it, and its figures."""
    row = found(id, "stands")
    if row.state in actions.UNREAD:
        return render(request, "measures/files/reading.html", {"file": row, "htmx": True})
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if row.state == BroughtFile.State.THROWN_AWAY:
        return render(request, "measures/files/thrown_away.html", {"file": row})
    told = Told(row, council=request.GET.get("council", ""))
    return render(request, "measures/files/file.html", {"file": row, "told": told, "verdict": state(row)})


@page("file.bring")
@require_POST
def brought_file_stop(request: HttpRequest, id: UUID) -> HttpResponse:
    says = f"{user_of(request)} stopped the reading."
    try:
        actions.stop(file=found(id, "counted", "stands").pk, says=says, by=user_of(request), at=now())
    except Refusal as refusal:  # it was read meanwhile
        messages.warning(request, refusal.says)
    return redirect("brought_file", id)


@page("file.bring")
def brought_file_throw_away(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks first; what was found is gone afterwards."""
    row = found(id, "health", "counted", "stands")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.throw_away(file=row.pk, by=user_of(request), at=now())
            messages.success(request, f"What was found in “{row}” is thrown away.")
            return redirect("brought_files")
    return render(request, "measures/files/throw_away.html", {"file": row, "form": form})


def found(id: UUID, *without: str) -> BroughtFile:
    """A file by the id in its address, without its large columns that are named. Raises Http404."""
    return get_object_or_404(BroughtFile.objects.select_related("by").defer(*without), pk=id)


def _years() -> list[tuple[str, str]]:
    first = ReportingYear.of(today()).first.year
    names = [f"{year}-{(year + 1) % 100:02d}" for year in range(first, first - YEARS, -1)]
    return [(name, name) for name in names]


_AT = "measures/files/"
urlpatterns = [
    path(_AT, brought_files, name="brought_files"),
    path(f"{_AT}new/", brought_file_new, name="brought_file_new"),
    path(f"{_AT}<uuid:id>/", brought_file, name="brought_file"),
    path(f"{_AT}<uuid:id>/stop/", brought_file_stop, name="brought_file_stop"),
    path(f"{_AT}<uuid:id>/throw-away/", brought_file_throw_away, name="brought_file_throw_away"),
]
