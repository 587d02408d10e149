"""Client Level Data as a CSV file: written in release 2, read in release 1 or 2, refused by row and field.

Fields, their order and their words are policy (``policy/national/client-level-data.toml``). In Python a row
is a dict by field name: text, ``date``, ``Decimal`` for money (pounds) and numbers, ``int``, None for blank.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld_cells import Field, bare, expected_in, fields, parse, written

Row = dict[str, Any]


class NotAField(Refusal):
    """A row holds a key that Client Level Data does not have."""


@dataclass(frozen=True)
class Fault:
    """One fault; ``row`` counts as a spreadsheet does, the header being row 1."""

    row: int
    field: str
    value: str
    expected: str

    @property
    def says(self) -> str:
        place = f"Row {self.row}, {self.field}" if self.field else f"Row {self.row}"
        found = f"“{self.value[:80]}” stood there" if self.value else "nothing stood there"
        return f"{place}: {found}; expected {self.expected}."


@dataclass(frozen=True)
class Normalised:
    """A word of another release or spelling, read as release 2's, in so many rows."""

    field: str
    was: str
    now: str
    rows: int


@dataclass(frozen=True)
class Reading:
    """All the rows, or every fault and no rows; and what was normalised."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    normalised: tuple[Normalised, ...]


def write(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = ()) -> bytes:
    """A CSV file of the rows: the fields in file order, or ``names``; UTF-8, dates as dd/mm/yyyy.

    A cell that a spreadsheet would run as a formula gets an apostrophe, which ``read`` takes off again.
    Raises NotAField for a key that is not among the names, so that nothing is left out in silence.
    """
    names = tuple(names or (field.name for field in fields()))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        if strange := row.keys() - set(names):
            raise NotAField(f"“{min(strange)}” is not a field of this file.", field=min(strange))
        writer.writerow([written(row.get(name)) for name in names])
    return text.getvalue().encode()


def read(content: bytes) -> Reading:
    """The rows of a file, or all its faults at once and no rows. Never raises for what stands in a file."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True):
            records.append(record)
    except UnicodeDecodeError as fault:
        wrong = f"byte {content[fault.start]:#04x}"
        return _refused(Fault(content.count(b"\n", 0, fault.start) + 1, "", wrong, "text in UTF-8"))
    except csv.Error as fault:
        return _refused(Fault(len(records) + 1, "", str(fault), "cells as CSV writes them"))
    if not records:
        return _refused(Fault(1, "", "", "a header row with the names of the fields"))
    columns, faults = _header(records[0])
    if faults:
        return _refused(*faults)
    return _Reader(columns).read(records[1:])


def _refused(*faults: Fault) -> Reading:
    return Reading((), faults, ())


def _header(cells: Sequence[str]) -> tuple[list[Field], list[Fault]]:
    """The field of each column; spaces, underscores and capitals make no difference."""
    known = {bare(field.name): field for field in fields()}
    columns = [known.get(bare(cell)) for cell in cells]
    faults = [
        Fault(1, "", cell, "the name of a field")
        for cell, field in zip(cells, columns, strict=True)
        if field is None
    ]
    counts = Counter(field.name for field in columns if field)
    faults += [Fault(1, name, name, "each field once") for name, count in counts.items() if count > 1]
    missing = [field.name for field in fields() if field.needed and field.name not in counts]
    faults += [Fault(1, name, "", "a column of this name") for name in missing]
    return [field for field in columns if field], faults


class _Reader:
    """Reads the records under one header; a word or a date met before is not worked out again."""

    def __init__(self, columns: Sequence[Field]) -> None:
        self.columns = columns
        self.faults: list[Fault] = []
        self.changed: Counter[tuple[str, str, str]] = Counter()
        self._known: dict[tuple[str, str], tuple[Any, str]] = {}

    def read(self, records: Sequence[Sequence[str]]) -> Reading:
        rows = [
            self._row(number, cells) for number, cells in enumerate(records, 2) if any(map(str.strip, cells))
        ]
        normalised = tuple(Normalised(*change, count) for change, count in sorted(self.changed.items()))
        return Reading(() if self.faults else tuple(rows), tuple(self.faults), normalised)

    def _row(self, number: int, cells: Sequence[str]) -> Row:
        if len(cells) != len(self.columns):
            expected = f"{len(self.columns)} cells, as in the header"
            self.faults.append(Fault(number, "", f"{len(cells)} cells", expected))
            return {}
        pairs = list(zip(self.columns, cells, strict=True))
        row = {field.name: self._value(number, field, cell) for field, cell in pairs}
        for field, cell in pairs:
            if not cell.strip() and field.needed and field.needed_in(row):
                self.faults.append(Fault(number, field.name, "", expected_in(field)))
        starts, ends = row.get("Event_Start_Date"), row.get("Event_End_Date")
        if starts and ends and ends < starts:
            expected = f"a day on or after the start, {written(starts)}"
            self.faults.append(Fault(number, "Event_End_Date", written(ends), expected))
        return {field.name: row.get(field.name) for field in fields()}

    def _value(self, number: int, field: Field, cell: str) -> Any:
        key = (field.name, cell)
        found = self._known.get(key) or parse(field, cell)
        if field.kind in ("list", "date"):
            self._known[key] = found
        value, expected = found
        if expected:
            self.faults.append(Fault(number, field.name, cell.strip(), expected))
        elif field.kind == "list" and value is not None and value != cell:
            self.changed[field.name, cell, value] += 1
        return value
