"""Any extract brought to Client Level Data by a mapping file: column to field, value to value.

``mapping`` reads the mapping file and ``fitting`` holds it against the fields; ``becoming`` says what a cell
becomes, ``translating`` makes events of rows, and ``bringing`` has them judged as any return is.
"""

from wherewithal.formats.mapped.bringing import MAPPED, Counts, NotInThisEncoding, batches
from wherewithal.formats.mapped.fitting import lacking
from wherewithal.formats.mapped.mapping import BadMapping, ExtractMapping, Lack, mapping, shipped
from wherewithal.formats.mapped.translating import AGES
from wherewithal.formats.mapped.writing import NoSuchKind, write

__all__ = [
    "AGES", "MAPPED", "BadMapping", "Counts", "ExtractMapping", "Lack", "NoSuchKind", "NotInThisEncoding",
    "batches", "lacking", "mapping", "shipped", "write",
]  # fmt: skip
