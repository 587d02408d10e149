"""What was published of a council as files: CSV, and a workbook that a screen reader can walk."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import slugify

from wherewithal.analytics.neighbours import DIFFERENT, Neighbours
from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.councils import name_of
from wherewithal.web.downloads import csv_answer, ods_answer
from wherewithal.web.page import public
from wherewithal.web.sector_councils import alike_table, shapes_of, told_of
from wherewithal.web.sector_places import places_table
from wherewithal.web.take_up_around import alike_to

HEAD = ("Subject", "Year", "Figure", "Unit", "Numerator", "Denominator", "Of", "Definition", "Publisher")


@public
def sector_council_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of that page, with each one's definition and publisher."""
    council = shapes_of(code)[-1]
    return csv_answer(to_csv(HEAD, _rows(code)), f"{slugify(council.name)}-published.csv")


@public
def sector_council_ods(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a workbook, with where it stands and which councils are alike."""
    council, alike = shapes_of(code)[-1], alike_to(code)
    marks = dict(mark for told in told_of(code) for mark in told.marks)
    notes = tuple(f"{mark}: {means}." for mark, means in marks.items())
    rows = tuple(tuple(cell or "[z]" for cell in row) for row in _rows(code))
    tables = [
        Table("figures", f"What was published of {council.name}", HEAD, rows, notes),
        places_table(code),
    ]
    if isinstance(alike, Neighbours):
        by = (*(one.told for one in alike.features), *DIFFERENT)
        title = "Councils that are alike, the nearest first"
        tables.append(Table("neighbours", title, *alike_table(alike), by))
    cover = [f"{council.type}, {council.region}", "As printed, or a sum of printed figures, which says so."]
    return ods_answer(council.name, cover, tables, f"{slugify(council.name)}-published.ods")


def _rows(code: str) -> tuple[tuple[str, ...], ...]:
    """The figures of a council, by HEAD."""
    return tuple(
        (told.trend.definition.title, one.year, str(one.value), stretch.series.unit, str(one.numerator),
         str(one.denominator), " + ".join(map(name_of, one.of)), stretch.series.definition, source)
        for told in told_of(code)
        for stretch, source in zip(told.trend.stretches, told.sources, strict=True)
        for one in stretch.figures
    )  # fmt: skip


urlpatterns = [
    path("sector/councils/<code>/figures.csv", sector_council_csv, name="sector_council_csv"),
    path("sector/councils/<code>/figures.ods", sector_council_ods, name="sector_council_ods"),
]
