"""The beginning of a file: whether it can be Client Level Data at all, and which column is which field."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wherewithal.formats.cld.fields import Field, bare, fields
from wherewithal.formats.cld.findings import Findings

LONGEST_ROW = 4 << 20
"""Bytes: what is longer is no row. So much of a file is looked at when it is opened, too."""

_MARK = b"\xef\xbb\xbf"
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an Excel workbook (xlsx) or a zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (xls)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"PAR1", "a Parquet file"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_A_TABLE = "a CSV file in UTF-8: in a spreadsheet, save as “CSV UTF-8 (comma delimited)”"


@dataclass(frozen=True)
class Header:
    """The field of each column, and at which byte the rows begin."""

    columns: tuple[Field, ...]
    rows_at: int


def read_header(start: bytes, found: Findings) -> Header | None:
    """The header in the first bytes of a file (LONGEST_ROW of them, or all); None where there is none that
    can be worked with, and ``found`` says why.
    """
    for magic, kind in _OTHER_KINDS:
        if start.startswith(magic):
            return _refuse(found, kind, _A_TABLE)
    if not start.removeprefix(_MARK).strip():
        return _refuse(found, "", "a header row with the names of the fields, and rows under it")
    end = _end_of_record(start)
    if end is None and len(start) >= LONGEST_ROW:
        return _refuse(found, "a line of more than 4 million characters", "a header row, shorter than that")
    try:
        text = start[:end].removeprefix(_MARK).decode()
    except UnicodeDecodeError as fault:
        return _refuse(found, f"byte {start[fault.start]:#04x}, which is not UTF-8", _A_TABLE)
    if "\0" in text:
        return _refuse(found, "a character with no meaning (NUL)", _A_TABLE)
    return _columns(text, len(start) if end is None else end, found)


def _refuse(found: Findings, value: str, expected: str) -> Header | None:
    found.tell("refused", "", value, expected, [1])
    return None


def _end_of_record(start: bytes) -> int | None:
    """Where the first record ends, past its line break; a line break between quotation marks ends nothing."""
    quoted = False
    for mark in re.finditer(rb'"|\r\n|\r|\n', start):
        if mark[0] == b'"':
            quoted = not quoted
        elif not quoted:
            return mark.end()
    return None


def _columns(text: str, rows_at: int, found: Findings) -> Header | None:
    try:
        [cells] = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return _refuse(found, text[:80], "the names of the fields, separated by commas")
    known = {bare(field.name): field for field in fields()}
    if wrong := _other_separator(text, known.keys()):
        return _refuse(found, f"names separated by {wrong}", "names and cells separated by commas (,)")
    columns = [known.get(bare(cell)) for cell in cells]
    sound = _told(cells, columns, found)
    return Header(tuple(field for field in columns if field), rows_at) if sound else None


def _told(cells: Sequence[str], columns: Sequence[Field | None], found: Findings) -> bool:
    """Says what is wrong with the columns; whether nothing is."""
    names = [field.name for field in fields()]
    for number, (cell, field) in enumerate(zip(cells, columns, strict=True), 1):
        if field is None:
            near = get_close_matches(cell[:100], names, 1)
            hint = f"; is it {near[0]}?" if near else ""
            where = cell or f"column {number} without a name"
            found.tell("refused", "", where, f"the name of a field of Client Level Data{hint}", [1])
    counts = Counter(field.name for field in columns if field)
    for name, times in counts.items():
        if times > 1:
            found.tell("refused", name, f"{times} columns of this name", "each field once", [1])
    missing = [field.name for field in fields() if field.needed and field.name not in counts]
    for name in missing:
        found.tell("refused", name, "", "a column of this name", [1])
    return None not in columns and len(counts) == len(columns) and not missing


def _other_separator(text: str, known: Collection[str]) -> str:
    """The name of the separator under which three or more names are fields, if it is not the comma."""
    for mark, name in _SEPARATORS.items():
        cells = {bare(cell) for cell in text.split(mark)}
        if len(cells & set(known)) >= 3:
            return name
    return ""
