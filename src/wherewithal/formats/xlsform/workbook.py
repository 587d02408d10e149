"""A workbook as sheets of text: xlsx by openpyxl, the older xls by xlrd."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import xlrd

from wherewithal.formats.xlsform.headings import Heading, heading
from wherewithal.formats.xlsform.remark import BadForm

LARGEST = 20_000_000  # bytes of a file
LARGEST_OPENED = 200_000_000  # bytes of all that a packed file holds
ROWS, COLUMNS = 20_000, 300  # beyond these a sheet is not looked at: no form is that long
_PACKED = b"PK\x03\x04"  # an xlsx is a zip; an xls may hold one
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Numbered = Sequence[tuple[int, Sequence[Any]]]
"""Rows with their number."""


@dataclass(frozen=True)
class Line:
    """One row: its number as spreadsheets count, and the cells that are not empty, by heading."""

    number: int
    cells: Mapping[Heading, str]

    def get(self, column: str) -> str:
        """What stands in a column, '' for nothing; of a column in several languages the first."""
        return next((text for head, text in self.cells.items() if head.column == column), "")

    def words(self, column: str) -> dict[str, str]:
        """What stands in a column by language, '' being the language that is not named."""
        return {head.language: text for head, text in self.cells.items() if head.column == column}


@dataclass(frozen=True)
class Sheet:
    """A sheet called ``name`` with a row of headings and the ``lines`` below that hold anything."""

    name: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]


def open_workbook(path: Path) -> dict[str, Sheet]:
    """The sheets by name in small letters, cells as text. Raises BadForm for what is no workbook, is damaged
    or too large.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise BadForm(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if content is None:
        raise BadForm(f"{path.name} is larger than {LARGEST // 1_000_000} MB, which no form is.")
    try:
        sheets = list(_xlsx(content, path.name) if content.startswith(_PACKED) else _xls(content))
    except BadForm:
        raise
    except Exception as error:  # a damaged file makes the readers raise whatever they stumble over
        raise BadForm(f"{path.name} is no workbook that can be opened. Save it anew as xlsx.") from error
    return {name.strip().lower(): _sheet(name, rows) for name, rows in reversed(sheets)}


def _xlsx(content: bytes, name: str) -> Iterator[tuple[str, Numbered]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_OPENED:
            raise BadForm(f"{name} holds more than {LARGEST_OPENED // 1_000_000} MB when it is opened.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of drawings and styles, which no form needs
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            rows = enumerate(sheet.iter_rows(max_row=ROWS, values_only=True), 1)
            yield sheet.title, [(number, row[:COLUMNS]) for number, row in rows if any(row)]
        book.close()


def _xls(content: bytes) -> Iterator[tuple[str, Numbered]]:
    book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    for sheet in book.sheets():
        yield (
            sheet.name,
            [
                (number + 1, [_of_xls(cell, book.datemode) for cell in sheet.row(number)[:COLUMNS]])
                for number in range(min(sheet.nrows, ROWS))
                if any(sheet.row_values(number))
            ],
        )


def _of_xls(cell: Any, datemode: int) -> Any:
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR | xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return None
    return cell.value


def _sheet(name: str, rows: Numbered) -> Sheet:
    numbered = ((number, [_text(cell) for cell in row]) for number, row in rows)
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        return Sheet(name, (), ())
    heads = [heading(text) if text else None for text in filled[0][1]]
    lines = (
        Line(
            number,
            {head: text for head, text in zip(heads, cells, strict=False) if head is not None and text},
        )
        for number, cells in filled[1:]
    )
    found = tuple(head for head in heads if head is not None)
    return Sheet(name, found, tuple(line for line in lines if line.cells))


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
    return _UNSEEN.sub("", str(cell)).strip()
