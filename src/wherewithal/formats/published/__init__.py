"""A publication's files brought into one tidy table of series, by a mapping file.

``sheets`` reads a sheet's cells, ``mapping`` what a mapping file says, ``bringing`` puts the two together.
"""

from wherewithal.formats.published.bringing import Brought, bring, write
from wherewithal.formats.published.mapping import Mapped, mapping

__all__ = ["Brought", "Mapped", "bring", "mapping", "write"]
