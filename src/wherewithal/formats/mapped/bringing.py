"""From an extract's file to batches of Client Level Data, judged as any file of it is."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld.blocks import blocks
from wherewithal.formats.cld.cells import Cell, Said
from wherewithal.formats.cld.fields import SCHEMA, Field, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.header import LONGEST_ROW, Header, first_record
from wherewithal.formats.cld.reading import Judge
from wherewithal.formats.cld.source import NoFile, Progress, Source
from wherewithal.formats.cld.words import Words
from wherewithal.formats.mapped.fitting import check, given
from wherewithal.formats.mapped.mapping import Column, ExtractMapping
from wherewithal.formats.mapped.translating import AGES, Translator

MAPPED = pa.schema([*SCHEMA, *((name, pa.int64()) for name in AGES)])
"""A row of Client Level Data, ``row`` being the extract's, and the ages of an age group (``AGES``)."""
_FIELDS = {field.name: field for field in fields()}


class NotInThisEncoding(Refusal):
    """A file that is not written as its mapping says."""


@dataclass
class Counts:
    """Of the extract: its rows, those that give no event, and the events of the others; these also by service
    component and description.
    """

    rows: int = 0
    without_event: int = 0
    events: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)


def batches(
    path: Path,
    of: ExtractMapping,
    *,
    found: Findings,
    counts: Counts | None = None,
    progress: Progress | None = None,
) -> Iterator[pa.RecordBatch]:
    """The extract's events in the schema ``MAPPED``, a few thousand rows at a time; ``found`` and ``counts``
    are filled.

    What the mapping does not name is refused by the extract's own column; what it made is judged as any
    return is. When ``found`` is refused at the end, nothing may be kept of what came. ``progress`` is told
    how many bytes have been read, of how many. Raises BadMapping before the file is opened, NoFile,
    NotInThisEncoding.
    """
    check(of)
    counts = Counts() if counts is None else counts
    with _in_utf_8(path, of.encoding) as file:
        source = Source(file, progress)
        try:
            header = _header(source, of, found)
            if header:
                yield from _judged(source, header, of, found, counts)
        finally:
            source.close()


def _judged(
    source: Source, header: Header, of: ExtractMapping, found: Findings, counts: Counts
) -> Iterator[pa.RecordBatch]:
    translator = Translator(of, found)
    own = {"LA_Code": Words(_FIELDS["LA_Code"], _council(of))} if of.councils else {}
    judge = Judge(found, own)
    found.absent = tuple(name for name in _FIELDS if name not in given(of))
    for block in blocks(source, header, found):
        events = translator.events(block)
        counts.rows += len(block.rows)
        counts.events += len(events.block.rows)
        counts.without_event += events.rows_without
        if not len(events.block.rows):
            continue
        batch = judge.judge(events.block).batch()
        counts.kinds.update(_kinds(batch))
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, *(events.ages[name] for name in AGES)], schema=MAPPED
        )
    if not counts.rows and not found.refused:
        found.tell("refused", "", "", "rows under the header", [2])


def _kinds(batch: pa.RecordBatch) -> dict[tuple[str, str], int]:
    table = pa.Table.from_batches([batch]).group_by(["Service_Component", "Event_Description"])
    lines = table.aggregate([([], "count_all")]).to_pylist()
    return {
        (one["Service_Component"] or "", one["Event_Description"] or ""): one["count_all"] for one in lines
    }


def _header(source: Source, of: ExtractMapping, found: Findings) -> Header | None:
    """The columns in the order of the file; None where one is not named, missing or there twice."""
    record = first_record(source.start(LONGEST_ROW), found, of.separator)
    if record is None:
        return None
    names = [cell.strip() for cell in record[0]]
    by_name = {column.name: column for column in of.columns}
    if len(names) == 1 < len(by_name):
        found.tell(
            "refused", "", names[0], f"columns with “{of.separator}” between them, as the mapping says", [1]
        )
        return None
    for name, times in Counter(names).items():
        if name not in by_name:
            found.tell(
                "refused", "", name or "a column without a name", "a column that the mapping names", [1]
            )
        elif times > 1:
            found.tell("refused", name, f"{times} columns of this name", "each column once", [1])
    for name in by_name:
        if name not in names:
            found.tell("refused", name, "", "a column of this name", [1])
    if found.refused:
        return None
    return Header(tuple(_as_field(by_name[name]) for name in names), record[1], of.separator)


def _as_field(column: Column) -> Field:
    """How the column is read: as texts, or as words that are often alike."""
    free = column.field and column.becomes is None and _FIELDS[column.field].kind == "text"
    return Field(column.name, "text" if free else "list", "", (), False, {})


def _council(of: ExtractMapping) -> Callable[[Field, str], Cell]:
    """Judges a council's code by those that the mapping names."""

    def judge(field: Field, code: str) -> Cell:
        if code.strip() in ("", *of.councils):
            return Cell(code.strip() or None)
        return Cell(None, Said("refused", "the code of a council that the mapping names", code))

    return judge


@contextmanager
def _in_utf_8(path: Path, encoding: str) -> Iterator[Path]:
    """The file itself, or a copy of one in another encoding for as long as the block lasts."""
    if encoding.casefold().replace("_", "-") in ("utf-8", "utf8", "utf-8-sig", "ascii"):
        yield path
        return
    with TemporaryDirectory(prefix="extract-") as folder:
        copy = Path(folder) / "extract.csv"
        try:
            with (
                path.open(encoding=encoding, newline="") as read,
                copy.open("w", encoding="utf-8", newline="") as file,
            ):
                while part := read.read(1 << 20):
                    file.write(part)
        except OSError as error:
            raise NoFile(f"{path} cannot be read: {error.strerror or error}.") from error
        except (UnicodeError, LookupError) as error:
            raise NotInThisEncoding(
                f"{path.name} is not written in {encoding}. Say in the mapping which encoding it is."
            ) from error
        yield copy
