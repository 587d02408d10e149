"""A file read: block by block, each judged, its faults told, in bounded memory."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from wherewithal.formats.cld.blocks import Block, blocks, is_text
from wherewithal.formats.cld.columns import Column
from wherewithal.formats.cld.failed import FailedRows
from wherewithal.formats.cld.faults import tell
from wherewithal.formats.cld.fields import Field, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.header import LONGEST_ROW, read_header
from wherewithal.formats.cld.health import Health
from wherewithal.formats.cld.judged import Judged
from wherewithal.formats.cld.nhs import NhsColumn
from wherewithal.formats.cld.plain import PLAIN_KINDS, PlainColumn
from wherewithal.formats.cld.source import Progress, Source
from wherewithal.formats.cld.texts import TextColumn
from wherewithal.formats.cld.words import WordColumn, Words


def batches(
    source: Path | bytes, *, found: Findings, progress: Progress | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file of release 1 or 2 as ``SCHEMA``, a few thousand at a time; ``found`` is filled.

    A cell that cannot be used is null. When ``found`` is refused at the end, nothing may be kept of what
    came. ``progress`` is told how many bytes have been read, of how many. Raises NoFile, and nothing for what
    stands in a file.
    """
    for rows in judged(source, found=found, progress=progress):
        yield rows.batch()


def check(
    source: Path | bytes, *, progress: Progress | None = None, failed: FailedRows | None = None
) -> Health:
    """What is found in a file. With ``failed``, the rows that must be mended are written. Raises NoFile."""
    found = Findings(failed)
    for _ in judged(source, found=found, progress=progress, failed=failed):
        pass
    return found.health()


def judged(
    source: Path | bytes,
    *,
    found: Findings,
    progress: Progress | None = None,
    failed: FailedRows | None = None,
) -> Iterator[Judged]:
    """As ``batches``, with the cells as they were judged; ``failed`` writes the rows that must be mended."""
    file = Source(source, progress)
    try:
        header = read_header(file.start(LONGEST_ROW), found)
        if header is None:
            return
        there = {field.name for field in header.columns}
        found.absent = tuple(field.name for field in fields() if field.name not in there)
        judge = Judge(found)
        for block in blocks(file, header, found):
            rows = judge.judge(block)
            if failed:
                failed.write(block)
            yield rows
        if not found.rows and not found.refused:
            found.tell("refused", "", "", "rows under the header", [2])
        if failed:
            failed.write()
    finally:
        file.close()


class Judge:
    """Judges the blocks of a file one after another; a word met in an earlier block is known.

    ``words`` are of fields that are judged by another rule than their own, by name.
    """

    def __init__(self, found: Findings, words: Mapping[str, Words] | None = None) -> None:
        self._found = found
        self._words = dict(words or {})

    def judge(self, block: Block) -> Judged:
        """The block's rows; what is to be said of them is told to ``found``."""
        judged = Judged(block.rows, {field.name: self._column(field, block) for field in fields()})
        tell(judged, self._found)
        return judged

    def _column(self, field: Field, block: Block) -> Column:
        raw = block.cells.get(field.name)
        if is_text(field):
            kind = NhsColumn if field.name == "NHS_Number" else TextColumn
            return kind(field, pa.array([""] * len(block.rows)) if raw is None else raw)
        shared = field.name if field.kind in ("list", "text") else field.kind
        words = self._words.get(shared)
        if words is None or words.full:
            words = self._words[shared] = Words(field)
        if field.kind in PLAIN_KINDS:
            return PlainColumn(field, words, pa.array([""] * len(block.rows)) if raw is None else raw)
        if raw is None:
            nothing = pa.array(np.zeros(len(block.rows), np.int32))
            raw = pa.DictionaryArray.from_arrays(nothing, pa.array([""]))
        return WordColumn(field, words, raw)
