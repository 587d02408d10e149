"""Tables as an OpenDocument spreadsheet that a screen reader can walk.

One table a sheet from A1, marked as a table with its one row of headings, no merged, empty or hidden cells,
notes on a sheet of their own as ``[note 1]``; the file says its title and its language. Source: Government
Analysis Function, Making spreadsheets accessible, 2024.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from odf.dc import Language, Title
from odf.element import Text
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import DefaultStyle, Style, TextProperties
from odf.table import DatabaseRange, DatabaseRanges, TableCell, TableHeaderRows, TableRow
from odf.table import Table as Sheet
from odf.text import P

from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import harmless

_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%?)")
NOTHING = "[z]"
"""Stands in a cell where there is nothing to say: it does not apply. An empty one could be a mistake."""


def workbook(title: str, cover: Sequence[str], tables: Sequence[Table]) -> bytes:
    """Cover, contents, notes, then every table on a sheet that is called as the table is.

    ``cover`` are the lines under the title. Cells are as printed, a number becomes one.
    """
    made = OpenDocumentSpreadsheet()
    made.meta.addElement(Title(text=title))
    made.meta.addElement(Language(text="en-GB"))
    spoken = DefaultStyle(family="table-cell")
    spoken.addElement(TextProperties(language="en", country="GB"))
    made.styles.addElement(spoken)
    heading = Style(name="heading", family="table-cell")
    heading.addElement(TextProperties(fontweight="bold"))
    made.automaticstyles.addElement(heading)
    sheets = _sheets(title, cover, tables)
    for sheet in sheets:
        made.spreadsheet.addElement(_drawn(sheet, heading))
    made.spreadsheet.addElement(_marked(sheets))
    into = io.BytesIO()
    made.write(into)
    return into.getvalue()


@dataclass(frozen=True)
class _Sheet:
    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def _sheets(title: str, cover: Sequence[str], tables: Sequence[Table]) -> list[_Sheet]:
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    found = [_Sheet("Cover", (title,), [(line,) for line in cover])]
    found += [_Sheet("Contents", ("Sheet", "Table"), [(table.name, table.title) for table in tables])]
    if notes:
        rows = [(f"[note {number}]", note) for number, note in enumerate(notes, 1)]
        found += [_Sheet("Notes", ("Note", "What it says"), rows)]
    return found + [_Sheet(table.name, _headings(table, notes), table.rows) for table in tables]


def _headings(table: Table, notes: list[str]) -> tuple[str, ...]:
    """The table's headings; the first carries the numbers of its notes."""
    marks = " ".join(f"[note {notes.index(note) + 1}]" for note in table.notes)
    first, *others = table.headings
    return (f"{first} {marks}".strip(), *others)


def _drawn(of: _Sheet, heading: Style) -> Sheet:
    sheet = Sheet(name=of.name)
    top = TableRow()
    for text in of.head:
        cell = TableCell(stylename=heading, valuetype="string")
        cell.addElement(P(text=text))
        top.addElement(cell)
    headings = TableHeaderRows()
    headings.addElement(top)
    sheet.addElement(headings)
    sheet.appendChild(_Rows(of.rows))
    return sheet


class _Rows(Text):
    """A sheet's rows under its headings, which write themselves: with an element of its own for every cell a
    workbook takes many times as long.
    """

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__("")
        self.rows = rows

    def toXml(self, level: int, f: TextIO) -> None:
        for row in self.rows:
            f.write("<table:table-row>")
            for text in row:
                _write_cell(text or NOTHING, level, f)
            f.write("</table:table-row>")


def _write_cell(text: str, level: int, f: TextIO) -> None:
    """A number as a number (of a percentage the number before its sign), else text that runs nothing."""
    found = _NUMBER.fullmatch(text)
    if found:
        text, value = found[1], found[1].replace(",", "")
        f.write(f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>')
    else:
        text = harmless(text)
        f.write('<table:table-cell office:value-type="string"><text:p>')
    Text(text).toXml(level, f)  # as the library escapes it
    f.write("</text:p></table:table-cell>")


def _marked(sheets: Sequence[_Sheet]) -> DatabaseRanges:
    """Every sheet's table by its name, from A1 to its last cell."""
    found = DatabaseRanges()
    for number, sheet in enumerate(sheets, 1):
        name = sheet.name.replace("'", "''")
        last = f"{_column(len(sheet.head))}{len(sheet.rows) + 1}"
        found.addElement(
            DatabaseRange(
                name=f"table_{number}", targetrangeaddress=f"'{name}'.A1:'{name}'.{last}",
                containsheader="true", displayfilterbuttons="false",
            )
        )  # fmt: skip
    return found


def _column(number: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
