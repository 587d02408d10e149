"""Tables that stand on a page and go out as files, of the same rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.web.downloads import csv_answer, ods_answer

_LONGEST = 31  # letters of a sheet's name, which some programs take no more of


@dataclass(frozen=True)
class Sheet:
    """A table: ``id`` as in its file's address, ``numeric`` the columns (from 0) that hold figures.

    ``plain`` are the rows for a spreadsheet, each number in a cell of its own, under ``plain_head``; where
    they are left out the page's own rows go out.
    """

    id: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    plain_head: Sequence[str] = ()
    plain: Sequence[Sequence[str]] = ()


def sheets_ods(sheets: Iterable[Sheet], title: str, cover: Sequence[str], name: str) -> HttpResponse:
    """All tables of a page as an accessible spreadsheet; ``cover`` are lines under its title."""
    tables = [_table(one) for one in sheets]
    return ods_answer(title, cover, tables, f"{name}.ods")


def _table(of: Sheet) -> Table:
    """With each number in a cell of its own."""
    name = of.title if len(of.title) <= _LONGEST else of.id.capitalize()
    rows = tuple(tuple(row) for row in (of.plain or of.rows))
    return Table(name, of.title, tuple(of.plain_head or of.head), rows)


def sheet_csv(sheets: Iterable[Sheet], id: str, name: str) -> HttpResponse:
    """One table as CSV, called by the page's ``name`` and its own id. Raises Http404 where there is none."""
    for one in sheets:
        if one.id == id:
            made = to_csv(one.plain_head or one.head, one.plain or one.rows)
            return csv_answer(made, f"{name}-{id}.csv")
    raise Http404(f"There is no table “{id}” here.")
