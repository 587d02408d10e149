"""A sheet's cells as text, row by row: of a CSV, Excel or OpenDocument file."""

import csv
import io
from pathlib import Path

from wherewithal.core.refusal import Refusal

LARGEST = 50_000_000  # bytes of a file
BOOKS = (".xlsx", ".xls", ".ods")


class BadSheet(Refusal):
    """A file that cannot be read, or a sheet that is not in it."""


def sheet(path: Path, name: str = "", encoding: str = "utf-8-sig") -> list[list[str]]:
    """The rows of a sheet (of the first one without a ``name``), each cell as text without space around it.

    ``encoding`` is a CSV's. Raises BadSheet.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadSheet(f"{path.name} is larger than {LARGEST // 1_000_000} MB.")
        if path.suffix.lower() in BOOKS:
            return _book(path, name)
        text = path.read_bytes().decode(encoding)
    except OSError as error:
        raise BadSheet(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, LookupError) as error:
        raise BadSheet(
            f"{path.name} is not written in {encoding}. Say in the mapping which it is."
        ) from error
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def _book(path: Path, name: str) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        if name and name not in book.sheet_names:
            there = ", ".join(f"“{one}”" for one in book.sheet_names)
            raise BadSheet(f"{path.name} has no sheet “{name}”. There are: {there}.")
        rows = book.get_sheet_by_name(name or book.sheet_names[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise BadSheet(f"{path.name} cannot be read as a workbook: {error}.") from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    """A whole number without its point, another with a workbook's 15 digits; all else as it is shown."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    return str(cell).strip()
