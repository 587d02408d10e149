"""Tables as an OpenDocument spreadsheet that a screen reader can walk.

One table a sheet from A1, marked as a table with its one row of headings, no merged, empty or hidden cells,
notes on a sheet of their own as ``[note 1]``; the file says its title and its language. Source: Government
Analysis Function, Making spreadsheets accessible, 2024.
"""

import io
import re
from collections.abc import Sequence

from odf.dc import Language, Title
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
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    _sheet(made, heading, "Cover", (title,), [(line,) for line in cover])
    _sheet(made, heading, "Contents", ("Sheet", "Table"), [(table.name, table.title) for table in tables])
    if notes:
        rows = [(f"[note {number}]", note) for number, note in enumerate(notes, 1)]
        _sheet(made, heading, "Notes", ("Note", "What it says"), rows)
    for table in tables:
        _sheet(made, heading, table.name, _headings(table, notes), table.rows)
    made.spreadsheet.addElement(_marked(made))
    into = io.BytesIO()
    made.write(into)
    return into.getvalue()


def _headings(table: Table, notes: list[str]) -> tuple[str, ...]:
    """The table's headings; the first carries the numbers of its notes."""
    marks = " ".join(f"[note {notes.index(note) + 1}]" for note in table.notes)
    first, *others = table.headings
    return (f"{first} {marks}".strip(), *others)


def _sheet(
    made: OpenDocumentSpreadsheet,
    heading: Style,
    name: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> None:
    sheet = Sheet(name=name)
    top = TableRow()
    for text in head:
        cell = TableCell(stylename=heading, valuetype="string")
        cell.addElement(P(text=text))
        top.addElement(cell)
    headings = TableHeaderRows()
    headings.addElement(top)
    sheet.addElement(headings)
    for row in rows:
        line = TableRow()
        for text in row:
            line.addElement(_cell(text or NOTHING))
        sheet.addElement(line)
    made.spreadsheet.addElement(sheet)


def _marked(made: OpenDocumentSpreadsheet) -> DatabaseRanges:
    """Every sheet's table by its name, from A1 to its last cell."""
    found = DatabaseRanges()
    for number, sheet in enumerate(made.spreadsheet.getElementsByType(Sheet), 1):
        rows = sheet.getElementsByType(TableRow)
        name = sheet.getAttribute("name").replace("'", "''")
        last = f"{_column(len(rows[0].childNodes))}{len(rows)}"
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


def _cell(text: str) -> TableCell:
    """A number as a number (of a percentage the number before its sign), else text that runs nothing."""
    found = _NUMBER.fullmatch(text)
    if found:
        cell = TableCell(valuetype="float", value=found[1].replace(",", ""))
        cell.addElement(P(text=found[1]))
        return cell
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=harmless(text)))
    return cell
