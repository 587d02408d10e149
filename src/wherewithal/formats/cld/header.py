"""The beginning of a file: whether it can be Client Level Data at all, and which column is which field."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from wherewithal.formats.cld.fields import Field, bare, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.health import Instead
from wherewithal.policy.spelling import nearest

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
    """The field of each column, at which byte the rows begin, and what stands between cells."""

    columns: tuple[Field, ...]
    rows_at: int
    separator: str = ","


def read_header(start: bytes, found: Findings) -> Header | None:
    """The header in the first bytes of a file (LONGEST_ROW of them, or all); None where there is none that
    can be worked with, and ``found`` says why.
    """
    record = first_record(start, found)
    return _columns(*record, found) if record else None


def first_record(start: bytes, found: Findings, separator: str = ",") -> tuple[list[str], int] | None:
    """The cells of the header of any table in the first bytes of its file, and at which byte the rows begin;
    None where there is none, and ``found`` says why.
    """
    end = _end_of_record(start)
    if wrong := _no_table(start, end):
        stood, expected = wrong
        found.tell("refused", "", Instead(stood), expected, [1])
        return None
    text = start[:end].removeprefix(_MARK).decode()
    try:
        [cells] = csv.reader([text], delimiter=separator, strict=True)
    except (csv.Error, ValueError):
        expected = f"the names of the columns, with “{separator}” between them"
        found.tell("refused", "", text[:80], expected, [1])
        return None
    return cells, len(start) if end is None else end


def _no_table(start: bytes, end: int | None) -> tuple[str, str] | None:
    """What stands in place of a header, and what was expected."""
    for magic, kind in _OTHER_KINDS:
        if start.startswith(magic):
            return kind, _A_TABLE
    if not start.removeprefix(_MARK).strip():
        return "", "a header row with the names of the fields, and rows under it"
    if end is None and len(start) >= LONGEST_ROW:
        return "a line of more than 4 million characters", "a header row, shorter than that"
    try:
        text = start[:end].decode()
    except UnicodeDecodeError as fault:
        return f"byte {start[fault.start]:#04x}, which is not UTF-8", _A_TABLE
    return ("a character with no meaning (NUL)", _A_TABLE) if "\0" in text else None


def _end_of_record(start: bytes) -> int | None:
    """Where the first record ends, past its line break; a line break between quotation marks ends nothing."""
    quoted = False
    for mark in re.finditer(rb'"|\r\n|\r|\n', start):
        if mark[0] == b'"':
            quoted = not quoted
        elif not quoted:
            return mark.end()
    return None


def _columns(cells: Sequence[str], rows_at: int, found: Findings) -> Header | None:
    known = _known()
    if wrong := _other_separator(",".join(cells), known.keys()):
        expected = "names and cells separated by commas (,)"
        found.tell("refused", "", Instead(f"names separated by {wrong}"), expected, [1])
        return None
    columns = [known.get(bare(cell)) for cell in cells]
    sound = _told(cells, columns, found)
    return Header(tuple(field for field in columns if field), rows_at) if sound else None


@cache
def _known() -> dict[str, Field]:
    """Every field by how its name is spelled at its barest."""
    return {bare(field.name): field for field in fields()}


def _told(cells: Sequence[str], columns: Sequence[Field | None], found: Findings) -> bool:
    """Says what is wrong with the columns; whether nothing is."""
    names = [field.name for field in fields()]
    for number, (cell, field) in enumerate(zip(cells, columns, strict=True), 1):
        if field is None:
            near = nearest(cell, names)
            hint = f"; is it {near[0]}?" if near else ""
            where = cell or Instead(f"column {number} without a name")
            expected = f"the name of a field of Client Level Data over column {number}{hint}"
            found.tell("refused", "", where, expected, [1])
    counts = Counter(field.name for field in columns if field)
    for name, times in counts.items():
        if times > 1:
            found.tell("refused", name, Instead(f"{times} columns of this name"), "each field once", [1])
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
