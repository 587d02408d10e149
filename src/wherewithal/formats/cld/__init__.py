"""Client Level Data as a CSV file: written in release 2, read in release 1 or 2, faults told row by row.

Fields, their order and words are policy (``policy/national/client-level-data.toml``), and so is what a fault
does to a measure (``client-level-data-effects.toml``). A file of any size is read in a stream.
"""

from wherewithal.formats.cld.cells import NoSuchCouncil, council_code
from wherewithal.formats.cld.failed import FailedRows
from wherewithal.formats.cld.fields import SCHEMA, Field, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.health import CannotBeTakenIn, Fault, Health, Instead, OnMeasures
from wherewithal.formats.cld.reading import batches, check
from wherewithal.formats.cld.source import NoFile, Progress
from wherewithal.formats.cld.writing import CannotWrite, NotAField, normalise, write

__all__ = [
    "SCHEMA", "CannotBeTakenIn", "CannotWrite", "FailedRows", "Fault", "Field", "Findings", "Health",
    "Instead", "NoFile", "NoSuchCouncil", "NotAField", "OnMeasures", "Progress", "batches", "check",
    "council_code", "fields", "normalise", "write",
]  # fmt: skip
