"""Columns of texts, few of them alike."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.formats.cld.cells import Said, without_guard, written
from wherewithal.formats.cld.columns import Codes, Mask
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.hashing import Hashes, bytes_of, hashed

_ODD: Mask = np.array([byte <= ord(" ") or chr(byte) in "'=+-@" or byte > 126 for byte in range(256)])


class TextColumn:
    """A column of texts, few of them alike."""

    def __init__(self, field: Field, raw: pa.Array) -> None:
        self.field = field
        self._raw = raw
        self._texts = _plain(raw)
        starts, _ = bytes_of(self._texts)
        self.empty: Mask = starts[1:] == starts[:-1]

    @property
    def null(self) -> Mask:
        return self.empty

    def array(self) -> pa.Array:
        return pc.if_else(pa.array(self.null), pa.scalar(None, pa.string()), self._texts)

    def written(self) -> list[str]:
        texts: list[str] = self._raw.to_pylist()
        for place in _beginning_oddly(self._raw):
            cell = without_guard(texts[place])
            texts[place] = written(cell) if cell.strip() else ""
        return texts

    def hashes(self) -> Hashes:
        return hashed(self._texts)

    def said(self) -> Iterator[tuple[Said, str, Codes]]:
        return iter(())


def _plain(raw: pa.Array) -> pa.Array:
    """Without guards, and "" for what is only spaces; few cells begin so that they must be looked at."""
    odd = _beginning_oddly(raw)
    if not len(odd):
        return raw
    cells = [without_guard(cell) for cell in raw.take(pa.array(odd)).to_pylist()]
    texts = raw.to_numpy(zero_copy_only=False)
    texts[odd] = [cell if cell.strip() else "" for cell in cells]
    return pa.array(texts, pa.string())


def _beginning_oddly(raw: pa.Array) -> Codes:
    """Where a text begins with a space, a guard, or what a spreadsheet may run."""
    starts, data = bytes_of(raw)
    full = np.flatnonzero(np.diff(starts))
    return full[_ODD[data[starts[full]]]]
