"""The years of a measure as files: CSV, an accessible spreadsheet, the picture."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.web.downloads import csv_answer, ods_answer, svg_answer
from wherewithal.web.measure_files import COLUMNS, cells
from wherewithal.web.measure_shown import MARKS, STATUSES
from wherewithal.web.measure_years import ONE_SERIES, Years, over_the_years
from wherewithal.web.measures import chosen_measure
from wherewithal.web.page import page, render

HEAD = ("Year", "Figure", "Unit", "Numerator", "Denominator", "Base", "Status", "Whole year")


@page("measure.see")
def measure_years_csv(request: HttpRequest, id: str) -> HttpResponse:
    """A row a year: the columns of a year's own file, and whether the year is whole."""
    rows = [[*row.values()] for row in _rows(over_the_years(chosen_measure(id)))]
    return csv_answer(to_csv((*COLUMNS, "whole_year"), rows), f"{id}-years.csv")


@page("measure.see")
def measure_years_ods(request: HttpRequest, id: str) -> HttpResponse:
    """The same as an accessible spreadsheet; a mark stands in brackets where there is no number."""
    one, years = chosen_measure(id), over_the_years(chosen_measure(id))
    rows = tuple(
        (row["period"], row["value"] or f"[{row['status']}]", row["unit"], row["numerator"],
         row["denominator"], row["base"], row["status"], row["whole_year"])
        for row in _rows(years)
    )  # fmt: skip
    notes = (ONE_SERIES, *years.gaps, *STATUSES.values(), *MARKS.values())
    sheet = Table("Years", f"{one.title}, year by year", HEAD, rows, notes)
    cover = (f"{one.plain}.", one.reading, f"Source: {one.source}.", f"Definition: {one.definition}.")
    return ods_answer(one.title, cover, (sheet,), f"{id}-years.ods")


@page("measure.see")
def measure_years_svg(request: HttpRequest, id: str) -> HttpResponse:
    """The picture as a file of its own; a 404 that says why where the measure's page shows none."""
    one = chosen_measure(id)
    drawn = over_the_years(one).file
    if not drawn:
        return render(request, "measures/no_picture.html", {"one": one}, status=404)
    return svg_answer(drawn, f"{id}-years.svg")


def _rows(years: Years) -> list[dict[str, str]]:
    """A row for each year, the oldest first: the columns of ``measure_csv``, and ``whole_year``."""
    return [
        cells(years.measure, one.figure) | {"whole_year": "no" if one.period.until else "yes"}
        for one in years.shown
    ]


urlpatterns = [
    path("measures/<slug:id>/years.csv", measure_years_csv, name="measure_years_csv"),
    path("measures/<slug:id>/years.ods", measure_years_ods, name="measure_years_ods"),
    path("measures/<slug:id>/years.svg", measure_years_svg, name="measure_years_svg"),
]
