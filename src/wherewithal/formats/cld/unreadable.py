"""Bytes that are no text: what is not UTF-8, and the character NUL. Looked for only once one has come by."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.formats.cld.findings import Findings, Rows
from wherewithal.formats.cld.health import Instead
from wherewithal.formats.cld.source import NO_TEXT

_UTF_8 = "text in UTF-8: in a spreadsheet, save as “CSV UTF-8 (comma delimited)”"


def tell_unreadable(name: str, column: pa.Array, rows: Rows, first_wrong: bytes, found: Findings) -> None:
    """Tells in which rows a column holds what is no text; ``first_wrong`` is the first byte of that kind."""
    if len(here := rows[_holding(column, NO_TEXT)]):
        stood = f"byte {first_wrong[0]:#04x}" if first_wrong else "a character with no meaning (SUB)"
        found.tell("refused", name, Instead(stood), _UTF_8 + _likely(first_wrong), here)
    if len(here := rows[_holding(column, "\0")]):
        expected = "text; such a character means nothing, and the file may be damaged"
        found.tell("refused", name, Instead("a character with no meaning (NUL)"), expected, here)


def _holding(column: pa.Array, mark: str) -> np.ndarray:
    """The places whose text holds the mark."""
    words = column.dictionary if pa.types.is_dictionary(column.type) else column
    held = pc.match_substring(words, mark).to_numpy(zero_copy_only=False)
    return np.flatnonzero(held if words is column else held[column.indices.to_numpy()])


def _likely(byte: bytes) -> str:
    """Which character it would be in the encoding that spreadsheets wrote before UTF-8."""
    seen = byte.decode("cp1252", errors="ignore")
    return f"; in Windows-1252 it would be “{seen}”" if seen else ""
