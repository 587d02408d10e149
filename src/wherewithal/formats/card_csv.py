"""A card provider's file of lines: CSV in UTF-8, commas between cells, one heading row, then one row a line.

    line_id         the provider's own id of the line, once a file; may be left out
    card            the provider's number for the card, or its last four digits; never the full card number
    posted_on       2026-04-06 or 06/04/2026 (day first)
    merchant        whom the money went to, as the card shows it
    merchant_code   merchant category code, four digits; may be left out
    amount          pounds: 12.50 was spent, -12.50 came back (a refund is a line too)
    reference       may be left out

Headings may stand in any order, and a provider's own headings are mapped by a ``Layout``. Reading changes
nothing: it gives the lines and every fault at once, and ``accepted`` gives the lines only when there is none.
"""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from wherewithal.core.refusal import Refusal
from wherewithal.formats.card_cells import Read, Unreadable, reader_of, unreadable, without_full_card
from wherewithal.formats.spreadsheet import to_csv

COLUMNS = ("line_id", "card", "posted_on", "merchant", "merchant_code", "amount", "reference")
REQUIRED = ("card", "posted_on", "merchant", "amount")
MAX_BYTES = 100_000_000

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


class LayoutBroken(Refusal):
    """A layout that names a column which we do not read, or one heading for two."""


class FileHasFaults(Refusal):
    """A file of which nothing was taken in. The faults stand in its ``Reading``."""


@dataclass(frozen=True)
class Layout:
    """``headings``: our column to the provider's heading, where they differ. ``leave_out``: the provider's
    other columns, each by name. ``spending_is_below_0``: how the provider writes what was spent.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    leave_out: Collection[str] = ()
    spending_is_below_0: bool = False

    def __post_init__(self) -> None:
        headings = [_plain(self.headings.get(column, column)) for column in COLUMNS]
        unknown = sorted(self.headings.keys() - set(COLUMNS))
        if unknown or len(set(headings)) < len(headings):
            raise LayoutBroken(
                f"A layout gives a heading of its own to {', '.join(COLUMNS)}, and to nothing else"
                + (f": not to “{unknown[0]}”." if unknown else ": no heading twice.")
            )


class CardLine(NamedTuple):
    """One line; ``pence`` above 0 was spent, below 0 came back.

    ``identity`` is the provider's line id, or the file's hash and the row: two equal purchases of a day stay
    two lines, and the same file read twice gives the same lines.
    """

    identity: str
    card: str
    posted_on: date
    merchant: str
    merchant_code: str
    pence: int
    reference: str
    row: int


@dataclass(frozen=True)
class Fault:
    """``row`` as a spreadsheet counts (the headings are row 1; 0 is the whole file), ``column`` as it is
    headed there ('' for the whole row), what stood there, and what was expected.
    """

    row: int
    column: str
    stood: str
    expected: str

    @property
    def says(self) -> str:
        place = f"Row {self.row}" if self.row else "The file"
        column = f", {self.column}" if self.column else ""
        return f"{place}{column}: found “{self.stood}”. Expected {self.expected}."


@dataclass(frozen=True)
class Reading:
    """What a file holds. ``failed`` is each row with a fault, as its cells stood; where a heading is at
    fault, every row.
    """

    file_sha256: str
    headings: tuple[str, ...] = ()
    lines: tuple[CardLine, ...] = ()
    faults: tuple[Fault, ...] = ()
    failed: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total_pence(self) -> int:
        """What was spent less what came back."""
        return sum(line.pence for line in self.lines)

    def accepted(self) -> tuple[CardLine, ...]:
        """All lines of a file without a fault; raises FileHasFaults for any other."""
        if not self.faults:
            return self.lines
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults):,} faults"
        raise FileHasFaults(
            f"This file has {count}, so nothing was taken in. {self.faults[0].says} "
            "Mend the rows that are listed and give the whole file again."
        )


class _Reader(NamedTuple):
    """How a column is read, and where it stands in the file (None: not there, so it reads as nothing)."""

    place: int | None
    read: Read


def read(data: bytes, *, on: date, layout: Layout | None = None) -> Reading:
    """The lines of a file given on ``on``, and every fault in it. Never raises for what a file holds."""
    layout = layout or Layout()
    nothing = Reading(hashlib.sha256(data).hexdigest())
    text = _text(data)
    if isinstance(text, Fault):
        return replace(nothing, faults=(text,))
    broken: list[Fault] = []
    rows = _rows(text, broken)
    heading_row, cells = next(rows, (1, [""]))
    headings = tuple(cell.strip() for cell in cells)
    unread = replace(nothing, headings=headings)
    readers = _readers(headings, layout, on)
    faults = broken or _heading_faults(heading_row, headings, layout)
    if faults and all(reader.place is None for reader in readers):  # no card file, or its headings are amiss
        return replace(unread, faults=tuple(faults))
    reading = _take(rows, unread, readers, whole=not faults)
    if not (reading.lines or reading.failed or broken):
        broken.append(Fault(heading_row + 1, "", "nothing", "at least one line under the headings"))
    return replace(reading, faults=(*faults, *reading.faults, *broken))


def alike(lines: Collection[CardLine]) -> tuple[tuple[CardLine, ...], ...]:
    """Lines of one card, day, merchant and amount: perhaps one purchase twice, perhaps two. To be shown."""
    groups: dict[tuple[str, date, str, int], list[CardLine]] = defaultdict(list)
    for line in lines:
        groups[line.card, line.posted_on, line.merchant, line.pence].append(line)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def failed_rows(reading: Reading) -> bytes:
    """The rows with a fault as a CSV file to mend by: the row's number, why, then its cells."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in reading.faults:
        reasons[fault.row].append(fault.says)
    rows = ([str(row), " ".join(says), *reading.failed.get(row, ())] for row, says in reasons.items())
    return to_csv(["row_in_file", "what_to_mend", *reading.headings], rows)


def _text(data: bytes) -> str | Fault:
    if len(data) > MAX_BYTES:
        return Fault(0, "", f"{len(data):,} bytes", f"at most {MAX_BYTES:,}: split it into several files")
    if not data.strip():
        return Fault(0, "", "nothing", f"a heading row: {','.join(COLUMNS)}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Fault(0, "", "UTF-16", "UTF-8: save it as “CSV UTF-8”")
    if b"\0" in data:
        return Fault(_row_of(data, data.index(b"\0")), "", "a byte of 0", "text: is this a CSV file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        stood = f"byte {data[error.start]:#04x}, which is not UTF-8"
        return Fault(_row_of(data, error.start), "", stood, "UTF-8: save it as “CSV UTF-8”")


def _row_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _rows(text: str, broken: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with their number; what ends the file early goes into ``broken``."""
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if any(cells) and not "".join(cells).isspace():
                yield row, cells
    except csv.Error:
        stood = "quotation marks that do not match, or a cell without an end"
        broken.append(Fault(row + 1, "", stood, "each \" closed, with a comma or the line's end after it"))


def _plain(heading: str) -> str:
    return heading.strip().casefold()


def _heading_faults(row: int, headings: Sequence[str], layout: Layout) -> list[Fault]:
    ours = {column: layout.headings.get(column, column) for column in COLUMNS}
    known = {_plain(heading) for heading in (*ours.values(), *layout.leave_out)}
    for separator, name in _SEPARATORS.items():
        parts = {_plain(part) for part in headings[0].split(separator)}
        if len(headings) == 1 and len(parts) > 1 and parts & known:
            return [Fault(row, "", f"headings parted by {name}", "commas between cells")]
    faults = []
    present: set[str] = set()
    for heading in headings:
        if _plain(heading) in present:
            faults.append(_heading_fault(row, heading, "each heading once"))
        elif _plain(heading) not in known:
            expected = f"one of {', '.join(ours.values())}; leave other columns out"
            faults.append(_heading_fault(row, heading, expected))
        present.add(_plain(heading))
    missing = (ours[column] for column in REQUIRED if _plain(ours[column]) not in present)
    return faults + [
        Fault(row, heading, "no such column", "it, since every line needs it") for heading in missing
    ]


def _heading_fault(row: int, heading: str, expected: str) -> Fault:
    shown = unreadable(heading, expected)
    return Fault(row, shown.stood, shown.stood, expected)


def _take(
    rows: Iterator[tuple[int, list[str]]], reading: Reading, readers: Sequence[_Reader], *, whole: bool
) -> Reading:
    """Every row. ``whole``: the headings are in order; where they are not, each row fails with them, and of
    its cells those are read that stand under a heading which we know.
    """
    lines: list[CardLine] = []
    faults: list[Fault] = []
    failed: dict[int, tuple[str, ...]] = {}
    row_of_id: dict[str, int] = {}
    for row, cells in rows:
        found = _line(row, cells, reading, readers)
        if isinstance(found, CardLine):
            before = row_of_id.setdefault(found.identity, row)
            if before == row and whole:
                lines.append(found)
                continue
            once = f"each line id once; row {before} has it too"
            place = readers[0].place or 0
            found = [Fault(row, reading.headings[place], found.identity, once)] if before != row else []
        faults += found
        failed[row] = tuple(without_full_card(cell) for cell in cells)
    return replace(reading, lines=tuple(lines), faults=tuple(faults), failed=failed)


def _readers(headings: Sequence[str], layout: Layout, on: date) -> list[_Reader]:
    plain = [_plain(heading) for heading in headings]
    readers = []
    for column in COLUMNS:
        heading = _plain(layout.headings.get(column, column))
        place = plain.index(heading) if heading in plain else None
        readers.append(_Reader(place, reader_of(column, on, layout.spending_is_below_0)))
    return readers


def _line(row: int, cells: list[str], reading: Reading, readers: Sequence[_Reader]) -> CardLine | list[Fault]:
    headings = reading.headings
    if len(cells) != len(headings):
        return [Fault(row, "", f"{len(cells)} cells", f"{len(headings)}, one under each heading")]
    values: list[Any] = ["" if place is None else read_cell(cells[place]) for place, read_cell in readers]
    if Unreadable in map(type, values):
        return [
            Fault(row, headings[reader.place or 0], value.stood, value.expected)
            for value, reader in zip(values, readers, strict=True)
            if isinstance(value, Unreadable)
        ]
    values[0] = values[0] or f"file:{reading.file_sha256}:{row}"
    values.append(row)
    return CardLine._make(values)
