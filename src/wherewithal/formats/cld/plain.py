"""Columns of days and amounts: the plain spelling is read a whole column at once, any other cell by cell."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.formats.cld.cells import Said
from wherewithal.formats.cld.columns import NOTHING, Codes, Mask, Values
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.hashing import Hashes, bytes_of
from wherewithal.formats.cld.words import WordColumn, Words

Digits = npt.NDArray[np.uint8]

# The first day of each month of the years 0 to 9999, in days since 1 January 1970, and of the one after.
_MONTHS: Values = (
    np.arange("0000-01", "10000-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
)
_STROKE = np.uint8(ord("/") - ord("0") + 256)


class PlainColumn:
    """``values`` are days since 1 January 1970, or hundredths of the unit; NOTHING where there is none."""

    def __init__(self, field: Field, words: Words, raw: pa.Array) -> None:
        self.field = field
        self._texts = raw.dictionary_decode() if pa.types.is_dictionary(raw.type) else raw
        starts, data = bytes_of(self._texts)
        lengths = np.diff(starts)
        self.empty: Mask = lengths == 0
        self.values: Values = np.full(len(lengths), NOTHING)
        _READERS[field.kind](self.values, starts[:-1], lengths, data)
        self._other = np.flatnonzero((self.values == NOTHING) & ~self.empty)
        self._rest = self._by_cell(words) if len(self._other) else None

    def _by_cell(self, words: Words) -> WordColumn:
        rest = WordColumn(self.field, words, self._texts.take(pa.array(self._other)).dictionary_encode())
        self.values[self._other] = rest.values()
        self.empty[self._other] = rest.empty
        return rest

    @property
    def null(self) -> Mask:
        return self.values == NOTHING  # type: ignore[no-any-return]

    def array(self) -> pa.Array:
        if self.field.kind == "date":
            return pa.array(self.values.astype(np.int32), mask=self.null).view(pa.date32())
        halves = np.stack([self.values, np.zeros_like(self.values)], axis=1)  # a decimal has 16 bytes
        amounts = pa.Array.from_buffers(self.field.type, len(halves), [None, pa.py_buffer(halves)])
        return pc.if_else(pa.array(self.null), pa.scalar(None, self.field.type), amounts)

    def written(self) -> list[str]:
        texts: list[str] = self._texts.to_pylist()
        for place, text in zip(self._other, self._rest.written() if self._rest else (), strict=True):
            texts[place] = text
        return texts

    def hashes(self) -> Hashes:
        return (self.values - NOTHING).astype(np.uint64)

    def said(self) -> Iterator[tuple[Said, str, Codes]]:
        for said, stood, places in self._rest.said() if self._rest else ():
            yield said, stood, self._other[places]


def _days(values: Values, starts: Codes, lengths: Codes, data: Digits) -> None:
    """Days written as 31/03/2026."""
    ten = np.flatnonzero(lengths == 10)
    if len(data) == len(ten) * 10:  # nothing else stands there: no need to pick it out
        cells = data.reshape(-1, 10)
    else:
        cells = data[starts[ten, None] + np.arange(10)]
    by_place = np.ascontiguousarray(cells.T)
    d1, d2, stroke, m1, m2, other_stroke, *of_year = by_place - np.uint8(ord("0"))
    digits = np.maximum.reduce([d1, d2, m1, m2, *of_year]) <= 9
    sound = digits & (stroke == _STROKE) & (other_stroke == _STROKE)
    day, month = d1 * np.uint8(10) + d2, m1 * np.uint8(10) + m2
    year = sum(digit.astype(np.int64) * 10**place for place, digit in enumerate(reversed(of_year)))
    sound &= (month >= 1) & (month <= 12) & (year > 0)
    at = np.where(sound, year * 12 + month - 1, 0)
    sound &= (day >= 1) & (day <= _MONTHS[at + 1] - _MONTHS[at])
    values[ten[sound]] = (_MONTHS[at] + day - 1)[sound]


def _hundredths(values: Values, starts: Codes, lengths: Codes, data: Digits) -> None:
    """Amounts written as 214, 214.5 or 214.50, of at most seven digits before the point."""
    full = np.flatnonzero((lengths > 0) & (lengths <= 10))
    places = lengths[full, None] - np.arange(10, 0, -1)
    cells = data[starts[full, None] + np.maximum(places, 0)]
    digits = np.where(places >= 0, cells - np.uint8(ord("0")), 0).astype(np.int64)
    for decimals in range(3):
        whole = lengths[full] - decimals - (decimals > 0)
        those = (whole >= 1) & (whole <= 7)
        kept = np.arange(10)
        if decimals:
            those &= cells[:, 9 - decimals] == ord(".")
            kept = np.delete(kept, 9 - decimals)
        those &= (digits[:, kept] < 10).all(axis=1)
        amounts = digits[:, kept] @ 10 ** np.arange(len(kept) - 1, -1, -1) * 10 ** (2 - decimals)
        values[full[those]] = amounts[those]


_READERS: Mapping[str, Callable[[Values, Codes, Codes, Digits], None]] = {
    "date": _days,
    "money": _hundredths,
    "number": _hundredths,
}
PLAIN_KINDS = frozenset(_READERS)
