"""The figures of a measure as files: CSV for machines, a workbook that a screen reader can walk."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.figures import Figure
from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import Measure
from wherewithal.web import counted
from wherewithal.web.behind import counted_as, in_words
from wherewithal.web.downloads import csv_answer, ods_answer
from wherewithal.web.measure_shown import MARKS, STATUSES
from wherewithal.web.measures import chosen_measure, chosen_period
from wherewithal.web.page import page

COLUMNS = (
    "measure", "title", "period", "council", "group", "numerator", "denominator", "value", "unit", "status",
    "base", "definition", "source", "verified",
)  # fmt: skip
NOT_CHECKED = (
    "Management figures of the council, not checked for what small numbers could tell. Not for publication."
)


@page("measure.see")
def measure_csv(request: HttpRequest, id: str) -> HttpResponse:
    """The figures of one measure: a row for each group."""
    one = chosen_measure(id)
    period, _ = chosen_period(request)
    rows = [[row[name] for name in COLUMNS] for row in _rows(one, counted.counted(period))]
    return csv_answer(to_csv(COLUMNS, rows), f"{id}-{period.name}.csv")


@page("measure.see")
def measure_ods(request: HttpRequest, id: str) -> HttpResponse:
    """The same, with who is counted and why; a mark stands in brackets where there is no number."""
    one = chosen_measure(id)
    period, _ = chosen_period(request)
    found = counted.counted(period)
    heads = ("Age", "Figure", "Unit", "Numerator", "Denominator", "Base", "Status")
    figures = tuple(
        (row["group"], row["value"] or f"[{row['status']}]", row["unit"], row["numerator"],
         row["denominator"], row["base"], row["status"])
        for row in _rows(one, found)
    )  # fmt: skip
    why = tuple(
        (reason.why, in_words(one, reason), str(reason.people)) for reason in found.reasons.get(id, [])
    )
    tables = [
        Table(
            "figures", f"{one.title}, {period.name}", heads, figures, (*STATUSES.values(), *MARKS.values())
        ),
        Table(
            "who_is_counted",
            "Who is counted, and why",
            ("Why", "Counted", counted_as(one)[1].capitalize()),
            why,
        ),
    ]
    cover = [f"Reporting year {period.name}", f"Counted: {one.numerator}", f"Of whom: {one.population}",
             f"Source: {one.source}", f"Definition: {one.definition}", NOT_CHECKED]  # fmt: skip
    return ods_answer(one.title, cover, tables, f"{id}-{period.name}.ods")


def _rows(one: Measure, found: counted.LastCount) -> Iterator[dict[str, str]]:
    """A row for each group, by COLUMNS."""
    for figure in found.figures.get(one.id, []):
        yield cells(one, figure)


def cells(one: Measure, figure: Figure) -> dict[str, str]:
    """A figure by COLUMNS, each number by itself; '' where there is none."""
    row = figure.row() | {
        "title": one.title, "unit": figure.unit, "definition": figure.definition, "source": figure.source,
        "verified": "yes" if figure.verified else "no",
    }  # fmt: skip
    return {name: "" if row[name] is None else str(row[name]) for name in COLUMNS}


urlpatterns = [
    path("measures/<slug:id>.csv", measure_csv, name="measure_csv"),
    path("measures/<slug:id>.ods", measure_ods, name="measure_ods"),
]
