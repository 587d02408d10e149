"""A wave's tables: each question's shares with their base, who was silent, by region or type; as CSV too."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.base import ALL
from wherewithal.core.questions import WRITING
from wherewithal.core.survey import DIMENSIONS, Mode
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Wave
from wherewithal.web.clock import now
from wherewithal.web.downloads import csv_answer
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import Standing, found

if TYPE_CHECKING:
    from wherewithal.analytics.overlaps import Overlap
    from wherewithal.analytics.tabulate import Cell, Table
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
SILENT = ("blank", "insufficient", "refused", "not asked")


@dataclass(frozen=True)
class Shown:
    """A table with what the page says around it: its question, who was silent, whether it is of codes, and
    the codes that stand in one answer together.
    """

    of: "Table"
    asks: str
    silent: str
    coded: bool
    together: "list[Overlap]"

    @property
    def look(self) -> str:
        """The answers that so few gave, or did not, that a second person looks before they are printed."""
        few = (row.label for row in self.of.rows if any(cell.second_look for cell in row.cells.values()))
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
            return [[row.label, *count_and_share(row.cells[ALL])] for row in self.of.rows]
        return [[row.label, *(in_one_cell(row.cells[group]) for group in groups)] for row in self.of.rows]

    @property
    def head(self) -> list[str]:
        groups = self.of.groups
        return ["Answer", "Count", "Share"] if len(groups) == 1 else ["Answer", *map(_group, groups)]


@page("survey.see")
def survey_tables(request: HttpRequest, slug: str) -> HttpResponse:
    """Every table, section by section, in the order of the questions."""
    wave = found(slug)
    by = request.GET.get("by", "")
    made = _tables(wave, by)
    standing = Standing(wave, now())
    by_question = {table.question: table for table in made.tables}
    sections = []
    for section in standing.questionnaire.sections:
        shown = [
            _shown(by_question[one.id], one.text, one.kind, made.together.get(one.id, []))
            for one in section.questions if one.id in by_question
        ]  # fmt: skip
        waiting = [(one.short or one.text, one.id, made.waiting[one.id])
                   for one in section.questions if one.id in made.waiting]  # fmt: skip
        if shown or waiting:
            sections.append((section, shown, waiting))
    context = {
        "wave": wave, "made": made, "sections": sections, "by": by, "dimensions": _dimensions(wave),
        "so_far": wave.state == "open",
    }  # fmt: skip
    return render(request, "survey/tables.html", context)


@page("survey.see")
def survey_tables_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as rows: nothing without its base; what is not shown says [c] or [x], never 0."""
    wave = found(slug)
    by = request.GET.get("by", "")
    rows = [
        csv_row(table, row.label, group, row.cells[group])
        for table in _tables(wave, by).tables
        for row in table.rows
        for group in table.groups
    ]
    return csv_answer(to_csv(HEAD, rows), f"{slug}{f'-by-{by}' if by else ''}.csv")


def _tables(wave: Wave, by: str) -> "Tables":
    """Raises Http404 for a breakdown that this wave has not."""
    if by and by not in _dimensions(wave):
        raise Http404("This survey’s tables are not broken down so.")
    # What counts brings in DuckDB and Arrow, a second's work, which the start of the web need not wait for.
    from wherewithal.analytics.tabulate import CannotTabulate
    from wherewithal.extract.survey import tables_of

    try:
        return tables_of(wave, by)
    except CannotTabulate as refusal:
        raise Http404(refusal.says) from refusal


def _dimensions(wave: Wave) -> tuple[str, ...]:
    """By what tables can be broken down: nothing where the wave is anonymous, or has no replies yet."""
    replies = wave.replies.filter(late=False)
    told = wave.mode != Mode.ANONYMOUS and replies.exists()
    told = told and not replies.filter(Q(region="") | Q(type="")).exists()
    return DIMENSIONS if told else ()


def _shown(table: "Table", asks: str, kind: str, together: "list[Overlap]") -> Shown:
    quiet = table.unheard[ALL]
    said = [f"{quiet[status]} {status}" for status in SILENT if quiet.get(status)]
    return Shown(table, asks, ", ".join(said), kind in WRITING, together)


def count_and_share(cell: "Cell") -> tuple[str, str]:
    """``6`` and ``86%``; in place of what is not shown, its status."""
    figure = cell.figure
    count = f"{figure.numerator:,}" if figure.numerator is not None else f"[{figure.status}]"
    return count, f"{figure.value}%" if figure.value is not None else f"[{figure.status}]"


def in_one_cell(cell: "Cell") -> str:
    """``6 (86%)``; where nothing is shown, why, once."""
    count, share = count_and_share(cell)
    return count if count == share else f"{count} ({share})"


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
