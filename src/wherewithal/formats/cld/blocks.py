"""A file in blocks of rows, every column as text, and the rows that are none."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from wherewithal.formats.cld.ahead import Ahead
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.findings import Findings, Rows
from wherewithal.formats.cld.header import LONGEST_ROW, Header
from wherewithal.formats.cld.health import Instead
from wherewithal.formats.cld.plain import PLAIN_KINDS
from wherewithal.formats.cld.source import Source
from wherewithal.formats.cld.unreadable import tell_unreadable

_MANY_WORDS = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Block:
    """Some rows: ``rows`` as a spreadsheet counts them, and the cells by field as they stood; "" for none.

    Texts are string arrays, other fields dictionaries of strings.
    """

    rows: Rows
    cells: dict[str, pa.Array]


def is_text(field: Field) -> bool:
    """Whether the cells of a field are texts, few of which are alike."""
    return field.kind == "text" and field.name != "LA_Code"


def blocks(source: Source, header: Header, found: Findings) -> Iterator[Block]:
    """The rows under a header. Rows that are none, and bytes that are no text, are told to ``found``."""
    numbering = _Numbering(found, len(header.columns))
    names = [field.name for field in header.columns]
    source.begin(header.rows_at)
    last = None
    try:
        for batch in Ahead(_opened(source, header, numbering)):
            rows = numbering.of(batch.num_rows)
            last = batch.columns[-1][-1] if batch.num_rows else last
            cells = dict(zip(names, batch.columns, strict=True))
            if source.odd:
                for name, column in cells.items():
                    tell_unreadable(name, column, rows, source.first_wrong, found)
            yield _without_blank_lines(Block(rows, cells))
    except pa.ArrowInvalid as fault:
        _too_long(str(fault), numbering.next, found)
    numbering.finish(source)
    if last is not None and source.never_closed(str(last)):
        expected = 'an end of the cell: a quotation mark (") is opened and never closed'
        found.tell("refused", names[-1], "", expected, [numbering.next - 1])


def _opened(source: Source, header: Header, numbering: "_Numbering") -> Iterator[Any]:
    names = [str(number) for number in range(len(header.columns))]
    types = {
        name: pa.string() if is_text(field) or field.kind in PLAIN_KINDS else _MANY_WORDS
        for name, field in zip(names, header.columns, strict=True)
    }
    try:
        reader = csv.open_csv(
            pa.PythonFile(source, mode="r"),
            # One thread: only so do rows that are none know their number.
            read_options=csv.ReadOptions(column_names=names, block_size=LONGEST_ROW, use_threads=False),
            parse_options=csv.ParseOptions(
                delimiter=header.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=numbering.skip,
            ),
            convert_options=csv.ConvertOptions(
                column_types=types, strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid as fault:
        if "Empty CSV" in str(fault):
            return
        raise
    yield from reader


class _Numbering:
    """Which row of the file each row of a block is, when rows between them are none."""

    def __init__(self, found: Findings, columns: int) -> None:
        self.next = 2
        self._skipped: deque[tuple[int, int]] = deque()  # filled by the thread that reads ahead
        self._found = found
        self._columns = columns

    def skip(self, row: Any) -> str:
        """Arrow met a row with too few or too many cells; ``row.number`` counts from 1 under the header."""
        self._skipped.append((row.number + 1, row.actual_columns))
        return "skip"

    def of(self, many: int) -> Rows:
        """The rows of the next block."""
        gone = [row for row, _ in tuple(self._skipped)]
        numbers = np.arange(self.next, self.next + many + len(gone))
        rows = numbers[~np.isin(numbers, gone)][:many]
        self.next = int(rows[-1]) + 1 if many else self.next
        while self._skipped and self._skipped[0][0] < self.next:
            self._tell(*self._skipped.popleft())
        return rows

    def finish(self, source: Source) -> None:
        """At the end: rows that are none and come after all others, the last of them perhaps cut off."""
        cut = self._skipped and not source.tail.endswith((b"\n", b"\r"))
        last = self._skipped.pop() if cut else None
        for row, cells in self._skipped:
            self._tell(row, cells)
        if last:
            expected = f"{self._columns} cells, as in the header; the file ends in the middle of this row"
            self._found.tell("refused", "", _cells(last[1]), expected, [last[0]])

    def _tell(self, row: int, cells: int) -> None:
        expected = f"{self._columns} cells, as in the header"
        self._found.tell("refused", "", _cells(cells), expected, [row])


def _cells(many: int) -> Instead:
    return Instead("1 cell" if many == 1 else f"{many} cells")


def _too_long(fault: str, row: int, found: Findings) -> None:
    if "straddling" not in fault:
        raise AssertionError(fault)
    found.tell(
        "refused", "", Instead("more than 4 million characters without the end of a row"),
        "a row; is a quotation mark (\") opened here and never closed?", [row],
    )  # fmt: skip


def _without_blank_lines(block: Block) -> Block:
    """The block without rows in which nothing stands."""
    first = next(iter(block.cells.values()))
    blank = _nothing(first)
    for column in block.cells.values():
        if not blank.any():
            return block
        blank &= _nothing(column)
    if not blank.any():
        return block
    kept = pa.array(~blank)
    return Block(block.rows[~blank], {name: column.filter(kept) for name, column in block.cells.items()})


def _nothing(column: pa.Array) -> Any:
    words = column.dictionary if pa.types.is_dictionary(column.type) else column
    nothing = pc.equal(pc.utf8_trim_whitespace(words), "").to_numpy(zero_copy_only=False)
    return nothing[column.indices.to_numpy()] if pa.types.is_dictionary(column.type) else nothing
