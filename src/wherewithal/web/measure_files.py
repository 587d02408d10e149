"""The figures of a measure as files: CSV for machines, a workbook that a screen reader can walk."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.figures import Figure
from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import Measure, measures
from wherewithal.web import counted
from wherewithal.web.behind import counted_as, in_words
from wherewithal.web.downloads import csv_answer, ods_answer
from wherewithal.web.measure_shown import MARKS, STATUSES
from wherewithal.web.measures import chosen_measure, chosen_period, shown_of
from wherewithal.web.page import page

COLUMNS = (
    "measure", "title", "period", "council", "group", "numerator", "denominator", "value", "unit", "status",
    "base", "definition", "source", "verified",
)  # fmt: skip
NOT_CHECKED = (
    "Management figures of the council, not checked for what small numbers could tell. Not for publication."
)


HEADS = ("Age", "Figure", "Unit", "Numerator", "Denominator", "Base", "Status")
ALL_HEADS = ("Definition", *HEADS, "At most, %")


@page("measure.see")
def measures_csv(request: HttpRequest) -> HttpResponse:
    """Every definition side by side: a row for each group, and the highest that each allows."""
    period, _ = chosen_period(request)
    found = counted.counted(period)
    rows = [[*(row[name] for name in COLUMNS), most] for _, row, most in _of_all(found)]
    return csv_answer(to_csv((*COLUMNS, "at_most"), rows), f"measures-{period.name}.csv")


@page("measure.see")
def measures_ods(request: HttpRequest) -> HttpResponse:
    """The same as a workbook; a mark stands in brackets where there is no number."""
    period, _ = chosen_period(request)
    rows = tuple((one.title, *_shown(row), most) for one, row, most in _of_all(counted.counted(period)))
    notes = (*STATUSES.values(), *MARKS.values())
    table = Table("figures", f"Every definition, {period.name}", ALL_HEADS, rows, notes)
    cover = [f"Reporting year {period.name}", NOT_CHECKED]
    return ods_answer("Every definition side by side", cover, [table], f"measures-{period.name}.ods")


def _of_all(found: counted.LastCount) -> Iterator[tuple[Measure, dict[str, str], str]]:
    """Each measure with a row for each group by COLUMNS, and the highest that it allows its total, or ''."""
    for one in measures().values():
        for shown in shown_of(one.id, found):
            most = shown.most
            yield one, cells(one, shown.figure), "" if most is None else str(most)


def _shown(row: Mapping[str, str]) -> tuple[str, ...]:
    """A row by HEADS."""
    return (
        row["group"], row["value"] or f"[{row['status']}]", row["unit"], row["numerator"],
        row["denominator"], row["base"], row["status"],
    )  # fmt: skip


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
    figures = tuple(map(_shown, _rows(one, found)))
    why = tuple(
        (reason.why, in_words(one, reason), str(reason.people)) for reason in found.reasons.get(id, [])
    )
    tables = [
        Table(
            "figures", f"{one.title}, {period.name}", HEADS, figures, (*STATUSES.values(), *MARKS.values())
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
    path("measures.csv", measures_csv, name="measures_csv"),
    path("measures.ods", measures_ods, name="measures_ods"),
    path("measures/<slug:id>.csv", measure_csv, name="measure_csv"),
    path("measures/<slug:id>.ods", measure_ods, name="measure_ods"),
]
