"""The events of an extract as a file: Client Level Data of release 2, or Parquet with the age groups too."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld.cells import written
from wherewithal.formats.cld.fields import fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.writing import whole
from wherewithal.formats.mapped.bringing import MAPPED

_NAMES = [field.name for field in fields()]


class NoSuchKind(Refusal):
    """A file whose ending names no kind that events are written in."""


def write(batches: Iterable[pa.RecordBatch], out: Path, found: Findings) -> None:
    """Writes the events to ``out``, by its ending: ``.csv`` or ``.parquet``; all or nothing.

    Raises NoSuchKind before anything is read, CannotWrite, and CannotBeTakenIn where ``found`` is refused at
    the end.
    """
    if out.suffix not in (".csv", ".parquet"):
        raise NoSuchKind(f"{out.name} ends in neither .csv nor .parquet, so it cannot be said what to write.")
    with whole(out) as draft:
        if out.suffix == ".parquet":
            with parquet.ParquetWriter(draft, MAPPED, compression="zstd") as writer:
                for batch in batches:
                    writer.write_batch(batch)
        else:
            _write_csv(batches, draft)
        found.health().must_be_taken_in()


def _write_csv(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerow(_NAMES)
        for batch in batches:
            lines.writerows(zip(*(_cells(batch[name]) for name in _NAMES), strict=True))


def _cells(column: pa.Array) -> list[str]:
    """A column as a file of release 2 has it; each distinct value is written once."""
    words = column.dictionary_encode()
    told = ["", *map(written, words.dictionary.to_pylist())]
    return [told[place + 1] for place in words.indices.fill_null(-1).to_pylist()]
