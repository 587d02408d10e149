"""A wave's tables: each question's shares with their base, who was silent, by region or type; weighted
beside where that is asked for; as CSV too.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.base import ALL
from wherewithal.analytics.rounding import rounded
from wherewithal.core.questions import WRITING
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Wave
from wherewithal.web.clock import now
from wherewithal.web.downloads import csv_answer
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import Standing, found

if TYPE_CHECKING:
    from wherewithal.analytics.overlaps import Overlap
    from wherewithal.analytics.share import Cell
    from wherewithal.analytics.tabulate import Row, Table
    from wherewithal.extract.survey import Tables

HEAD = [
    "Question",
    "Code",
    "Answer",
    "Group",
    "Of which base",
    "Base",
    "Count",
    "Per cent",
    "Status",
    "Second look",
]
STANDARD_ERROR = "Standard error in points"
WEIGHTED = ["Weighted per cent", STANDARD_ERROR]
SILENT = ("blank", "insufficient", "refused", "not asked")
# What no table counts, by the kind of question: it is read reply by reply.
UNTOLD = {
    "whole_number": "a number without bands", "decimal": "a number without bands",
    "money": "an amount without bands", "date": "a day",
    "file": "a file", "text": "words that have no codes", "longtext": "words that have no codes",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A table with what the page says around it: its question, who was silent, whether it is of codes, and
    the codes that stand in one answer together; ``weighted``: with each share as it is weighted.
    """

    of: "Table"
    asks: str
    silent: str
    coded: bool
    together: "list[Overlap]"
    weighted: bool = False

    @property
    def look(self) -> str:
        """The answers that so few gave, or did not, that a second person looks before they are printed."""
        few = (row.label for row in self._all if any(cell.second_look for cell in row.cells.values()))
        return "; ".join(few)

    @property
    def senses(self) -> str:
        """Of the answers that were read for it: how many said so themselves, and of how many it follows."""
        return "; ".join(
            f"{row.label}: {row.stated} stated, {row.implied} implied"
            for row in self.of.rows
            if row.stated is not None and row.implied is not None and row.stated + row.implied
        )

    @property
    def pairs(self) -> list[list[str]]:
        labels = {row.value: row.label for row in self.of.rows}
        return [[labels[one.first], labels[one.second], *count_and_share(one.cell)] for one in self.together]

    @property
    def rows(self) -> list[list[str]]:
        """An answer a row: its count and share; broken down, both of a group in one cell, under its name."""
        groups = self.of.groups
        if len(groups) == 1:
            return [[row.label, *self._cells(row.cells[ALL])] for row in self._all]
        one = weighted_in_one_cell if self.weighted else in_one_cell
        return [[row.label, *(one(row.cells[group]) for group in groups)] for row in self._all]

    @property
    def _all(self) -> "tuple[Row, ...]":
        return (*self.of.rows, *self.of.together)

    def _cells(self, cell: "Cell") -> list[str]:
        return [*count_and_share(cell), *(weighted_and_error(cell) if self.weighted else ())]

    @property
    def head(self) -> list[str]:
        groups = self.of.groups
        if len(groups) > 1:
            return ["Answer", *map(_group, groups)]
        return ["Answer", "Count", "Share", *(["Weighted share", STANDARD_ERROR] if self.weighted else [])]


@page("survey.see")
def survey_tables(request: HttpRequest, slug: str) -> HttpResponse:
    """Every table, section by section, in the order of the questions."""
    wave = found(slug)
    by, asked = request.GET.get("by", ""), _asks_for_weights(request)
    made, not_weighted = _tables(wave, by, weighted=asked)
    seen(request, wave, _which(by, weighted=made.weighting is not None))
    from wherewithal.extract.key_messages import shares_of

    standing = Standing(wave, now())
    by_question = {table.question: table for table in made.tables}
    sections = []
    for section in standing.questionnaire.sections:
        shown = [
            _shown(by_question[one.id], one.text, one.kind, made.together.get(one.id, []),
                   weighted=made.weighting is not None)
            for one in section.questions if one.id in by_question
        ]  # fmt: skip
        waiting = [(one.short or one.text, one.id, made.waiting[one.id])
                   for one in section.questions if one.id in made.waiting]  # fmt: skip
        told = {*by_question, *made.waiting}
        untold = [(one.short or one.text, UNTOLD.get(one.kind, "")) for one in section.questions
                  if one.takes_answer and one.id not in told and not by]  # fmt: skip
        if shown or waiting or untold:
            sections.append((section, shown, waiting, untold))
    context = {
        "wave": wave, "made": made, "sections": sections, "by": by, "dimensions": _dimensions(wave),
        "so_far": wave.state == "open", "asked": asked, "not_weighted": not_weighted,
        "report_of_all": shares_of(wave) == "cohort",
    }  # fmt: skip
    return render(request, "survey/tables.html", context)


@page("survey.see")
def survey_tables_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as rows: nothing without its base; what is not shown says [c] or [x], never 0."""
    wave = found(slug)
    by, asked = request.GET.get("by", ""), _asks_for_weights(request)
    made, _ = _tables(wave, by, weighted=asked)
    seen(request, wave, f"{_which(by, weighted=made.weighting is not None)}, as CSV")
    rows = [
        [
            *csv_row(table, row.label, group, row.cells[group]),
            *(_bare(row.cells[group]) if made.weighting else ("", "")),
        ]
        for table in made.tables
        for row in (*table.rows, *table.together)
        for group in table.groups
    ]
    called = f"{slug}{f'-by-{by}' if by else ''}{'-weighted' if made.weighting else ''}.csv"
    return csv_answer(to_csv([*HEAD, *WEIGHTED], rows), called)


def _which(by: str, *, weighted: bool) -> str:
    """What was looked at, in words."""
    return f"the tables{f' by {by}' if by else ''}{', weighted' if weighted else ''}"


def _asks_for_weights(request: HttpRequest) -> bool:
    return request.GET.get("weighted", "") == "yes"


def _tables(wave: Wave, by: str, *, weighted: bool) -> "tuple[Tables, str]":
    """The tables, and why they are not ``weighted`` where they were to be. Raises Http404 for a breakdown
    that this wave has not.
    """
    if by and by not in _dimensions(wave):
        raise Http404("This survey’s tables are not broken down so.")
    # What counts brings in Arrow and NumPy, a second's work, which the start of the web need not wait for.
    from wherewithal.analytics.share import CannotTabulate
    from wherewithal.analytics.weights import CannotWeight
    from wherewithal.extract.survey import tables_of

    try:
        return tables_of(wave, by, weighted=weighted), ""
    except CannotWeight as refusal:
        return tables_of(wave, by), refusal.says
    except CannotTabulate as refusal:
        raise Http404(refusal.says) from refusal


def _dimensions(wave: Wave) -> tuple[str, ...]:
    """By what tables can be broken down: nothing where the replies do not tell."""
    from wherewithal.extract.profile import told

    return told(wave)


def _shown(table: "Table", asks: str, kind: str, together: "list[Overlap]", *, weighted: bool) -> Shown:
    quiet = table.unheard[ALL]
    said = [f"{quiet[status]} {status}" for status in SILENT if quiet.get(status)]
    return Shown(table, asks, ", ".join(said), kind in WRITING, together, weighted)


def count_and_share(cell: "Cell") -> tuple[str, str]:
    """``6`` and ``86%``; in place of what is not shown, its status."""
    figure = cell.figure
    count = f"{figure.numerator:,}" if figure.numerator is not None else f"[{figure.status}]"
    return count, f"{figure.value}%" if figure.value is not None else f"[{figure.status}]"


def in_one_cell(cell: "Cell") -> str:
    """``6 (86%)``; where nothing is shown, why, once."""
    count, share = count_and_share(cell)
    return count if count == share else f"{count} ({share})"


def weighted_and_error(cell: "Cell") -> tuple[str, str]:
    """``84%`` and ``5.1``: the weighted share with as many places as the share beside it, and its standard
    error in points; in place of what is not told, its status.
    """
    figure = cell.figure
    if figure.value is None:
        return f"[{figure.status}]", f"[{figure.status}]"
    if cell.weighted is None or cell.error is None:
        return "[c]", "[c]"
    places = -int(figure.value.as_tuple().exponent)
    return f"{rounded(Fraction(cell.weighted), places)}%", f"{rounded(Fraction(cell.error), 1)}"


def weighted_in_one_cell(cell: "Cell") -> str:
    """``6 (86%, weighted 84%, standard error 5.1)``; where only the weighted is not told, that."""
    count, share = count_and_share(cell)
    if count == share:
        return count
    weighted, error = weighted_and_error(cell)
    return f"{count} ({share}, weighted {weighted}{f', standard error {error}' if error != weighted else ''})"


def _bare(cell: "Cell") -> tuple[str, str]:
    weighted, error = weighted_and_error(cell)
    return weighted.rstrip("%"), error


def _group(group: str) -> str:
    return "All" if group == ALL else group


def csv_row(table: "Table", label: str, group: str, cell: "Cell") -> list[str]:
    figure = cell.figure
    value = str(figure.value) if figure.value is not None else f"[{figure.status}]"
    count = str(figure.numerator) if figure.numerator is not None else f"[{figure.status}]"
    base = "[c]" if cell.base.hidden else str(figure.denominator)
    return [
        table.title, figure.measure, label, _group(group), cell.base.says, base, count, value, figure.status,
        "yes" if cell.second_look else "",
    ]  # fmt: skip


urlpatterns = [
    path("survey/<slug:slug>/tables/", survey_tables, name="survey_tables"),
    path("survey/<slug:slug>/tables.csv", survey_tables_csv, name="survey_tables_csv"),
]
