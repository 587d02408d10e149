"""A column of a block: what each kind of field can say of its cells, all rows at once."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wherewithal.formats.cld.cells import Said
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.hashing import Hashes

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Values = npt.NDArray[np.int64]
NOTHING = int(np.iinfo(np.int32).min)
"""Stands among numbers where there is none."""


class Column(Protocol):
    """A field's cells in the rows of a block. ``empty``: nothing stood there. ``null``: nothing to use."""

    @property
    def field(self) -> Field: ...
    @property
    def empty(self) -> Mask: ...
    @property
    def null(self) -> Mask: ...

    def array(self) -> pa.Array:
        """The values, in the field's type."""

    def written(self) -> list[str]:
        """The cells as a file of release 2 has them; what cannot be used stays as it stood."""

    def hashes(self) -> Hashes:
        """A number for each value; 0 for none."""

    def said(self) -> Iterator[tuple[Said, str, Codes]]:
        """What is to be said of cells: what, what stood there first, and in which rows of the block."""
