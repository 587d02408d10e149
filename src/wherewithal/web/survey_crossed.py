"""One question's answers by another's, as a table and as CSV; where it would tell of few, why not."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Wave
from wherewithal.web.downloads import csv_answer
from wherewithal.web.forms import Form
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found
from wherewithal.web.survey_tables import HEAD, Shown, csv_row

if TYPE_CHECKING:
    from wherewithal.analytics.tabulate import Table


class CrossForm(Form):
    of = forms.ChoiceField(label="Answers to")
    by = forms.ChoiceField(label="By answers to")

    def __init__(self, wave: Wave, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from wherewithal.extract.survey import can_be_crossed  # it brings in Arrow, a second's work

        counted, across = can_be_crossed(wave)
        for name, questions in (("of", counted), ("by", across)):
            self.fields[name].choices = [(one.id, one.label) for one in questions]  # type: ignore[attr-defined]


@page("survey.see")
def survey_crossed(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose two questions, then see the one by the other."""
    wave = found(slug)
    form = CrossForm(wave, request.GET if request.GET.get("of") else None)
    table = _table(wave, form)
    context: dict[str, Any] = {"wave": wave, "form": form, "query": request.GET.urlencode()}
    if table is not None:
        seen(request, wave, f"the table {_which(table)}")
        words = dict(form.fields["by"].choices)  # type: ignore[attr-defined]
        context |= {"shown": Shown(table, table.title, "", False, []), "by_label": words[table.by]}
    return render(request, "survey/crossed.html", context)


@page("survey.see")
def survey_crossed_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as rows. Raises Http404 where there is no such table."""
    wave = found(slug)
    form = CrossForm(wave, request.GET)
    table = _table(wave, form)
    if table is None:
        raise Http404("There is no such table.")
    seen(request, wave, f"the table as CSV: {_which(table)}")
    rows = [
        csv_row(table, row.label, group, row.cells[group]) for row in table.rows for group in table.groups
    ]
    return csv_answer(to_csv(HEAD, rows), f"{slug}-{table.question}-by-{table.by}.csv")


def _which(table: "Table") -> str:
    return f"{table.question} by {table.by}"


def _table(wave: Wave, form: CrossForm) -> "Table | None":
    """None where nothing is chosen yet, or the form says why there is none."""
    if not form.is_valid():
        return None
    from wherewithal.extract.survey import crossed_of

    with refusals(form):
        return crossed_of(wave, form.cleaned_data["of"], form.cleaned_data["by"])
    return None


urlpatterns = [
    path("survey/<slug:slug>/tables/crossed/", survey_crossed, name="survey_crossed"),
    path("survey/<slug:slug>/tables/crossed.csv", survey_crossed_csv, name="survey_crossed_csv"),
]
