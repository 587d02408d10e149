"""The column of NHS numbers: ten digits, the last of which follows from the others."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.formats.cld.cells import Said
from wherewithal.formats.cld.columns import Codes, Mask
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.hashing import bytes_of
from wherewithal.formats.cld.health import Instead
from wherewithal.formats.cld.texts import TextColumn

_EXPECTED = "an NHS number of ten digits, such as 999 000 0018"
# What is said names no number, so that a report about a file tells nothing about a person.
_FAULTS = (
    Said("error", f"{_EXPECTED}, whose last digit fits the others", "digit"),
    Said("error", f"{_EXPECTED}, or nothing for somebody who has none", "alike"),
    Said("error", _EXPECTED, "length"),
)
_STOOD = tuple(
    map(Instead, ("ten digits of which the last cannot be right", "one digit ten times", "not ten digits"))
)
_FITS, _WRONG_DIGIT, _ALIKE, _NOT_TEN = range(-1, 3)


class NhsColumn(TextColumn):
    """The NHS numbers of a block, without the spaces that people group them with."""

    def __init__(self, field: Field, raw: pa.Array) -> None:
        super().__init__(field, raw)
        self._texts = _bare(self._texts)
        self._verdicts = _judged(self._texts)
        self._verdicts[self.empty] = _FITS
        if (wrong := self._verdicts != _FITS).any():
            self._texts = pc.if_else(pa.array(wrong), pa.scalar(""), self._texts)
        self._null: Mask = self.empty | wrong

    @property
    def null(self) -> Mask:
        return self._null

    def said(self) -> Iterator[tuple[Said, str, Codes]]:
        for verdict, (said, stood) in enumerate(zip(_FAULTS, _STOOD, strict=True)):
            if len(rows := np.flatnonzero(self._verdicts == verdict)):
                yield said, stood, rows


def _bare(texts: pa.Array) -> pa.Array:
    for mark in (" ", "-"):
        if pc.any(pc.match_substring(texts, mark)).as_py():
            texts = pc.replace_substring(texts, mark, "")
    return texts


def _judged(texts: pa.Array) -> npt.NDArray[np.int64]:
    """The verdict on each text. The check digit is that of the NHS Data Dictionary: modulus 11."""
    starts, data = bytes_of(texts)
    verdicts = np.full(len(texts), _NOT_TEN)
    ten = np.flatnonzero(np.diff(starts) == 10)
    cells = data[starts[ten, None] + np.arange(10)] if len(data) != 10 * len(ten) else data.reshape(-1, 10)
    digits = np.ascontiguousarray(cells.T) - np.uint8(ord("0"))
    right = digits.max(axis=0, initial=0) <= 9
    total = np.zeros(len(ten), np.uint16)
    for place, digit in enumerate(digits[:9]):
        total += digit * np.uint16(10 - place)
    found = np.where((11 - total % 11) % 11 == digits[9], _FITS, _WRONG_DIGIT)
    found[(digits == digits[0]).all(axis=0)] = _ALIKE
    verdicts[ten] = np.where(right, found, _NOT_TEN)
    return verdicts
