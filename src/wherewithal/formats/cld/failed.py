"""The rows that must be mended, as a file to mend them in: each with what was expected, and as it stood."""

import csv
from collections.abc import Sequence
from typing import TextIO

import numpy as np

from wherewithal.formats.cld.blocks import Block
from wherewithal.formats.cld.fields import fields
from wherewithal.formats.cld.findings import Rows
from wherewithal.formats.spreadsheet import harmless


class FailedRows:
    """Written while the file is read. People’s numbers are in it: it is for whoever has the file itself.

    A row with too few or too many cells stands there with what was expected alone.
    """

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        self._names = [field.name for field in fields()]
        self._why: dict[int, list[str]] = {}
        self._writer.writerow(["Row", "Expected", *self._names])

    def note(self, rows: Sequence[int] | Rows, field: str, expected: str) -> None:
        """Something else was expected in a field of these rows, or in the whole row."""
        why = f"{field}: {expected}" if field else expected
        for row in rows:
            self._why.setdefault(int(row), []).append(why)

    def write(self, block: Block | None = None) -> None:
        """Writes the rows that were noted until now, as they stand in the block."""
        noted, self._why = sorted(self._why.items()), {}
        places = {} if block is None else self._places(block, [row for row, _ in noted])
        for row, why in noted:
            place = places.get(row)
            cells = [] if block is None or place is None else self._cells(block, place)
            self._writer.writerow([str(row), "; ".join(why), *map(harmless, cells)])

    def _places(self, block: Block, rows: list[int]) -> dict[int, int]:
        here = np.flatnonzero(np.isin(block.rows, rows))
        return dict(zip(block.rows[here].tolist(), here.tolist(), strict=True))

    def _cells(self, block: Block, place: int) -> list[str]:
        return [str(block.cells[name][place]) if name in block.cells else "" for name in self._names]
