"""The years of a measure as files: CSV, an accessible spreadsheet, the picture."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.web.downloads import csv_answer, ods_answer, svg_answer
from wherewithal.web.measure_years import HEAD, ONE_SERIES, over_the_years
from wherewithal.web.measures import chosen_measure
from wherewithal.web.page import page


@page("measure.see")
def measure_years_csv(request: HttpRequest, id: str) -> HttpResponse:
    """A row a year."""
    return csv_answer(to_csv(HEAD, over_the_years(chosen_measure(id)).rows), f"{id}-years.csv")


@page("measure.see")
def measure_years_ods(request: HttpRequest, id: str) -> HttpResponse:
    """The same as an accessible spreadsheet."""
    one, years = chosen_measure(id), over_the_years(chosen_measure(id))
    sheet = Table("Years", f"{one.title}, year by year", HEAD, tuple(years.rows), (ONE_SERIES, *years.gaps))
    cover = (f"{one.plain}.", one.reading, f"Source: {one.source}.", f"Definition: {one.definition}.")
    return ods_answer(one.title, cover, (sheet,), f"{id}-years.ods")


@page("measure.see")
def measure_years_svg(request: HttpRequest, id: str) -> HttpResponse:
    """The picture as a file of its own; without points it says so in words."""
    return svg_answer(over_the_years(chosen_measure(id)).file, f"{id}-years.svg")


urlpatterns = [
    path("measures/<slug:id>/years.csv", measure_years_csv, name="measure_years_csv"),
    path("measures/<slug:id>/years.ods", measure_years_ods, name="measure_years_ods"),
    path("measures/<slug:id>/years.svg", measure_years_svg, name="measure_years_svg"),
]
