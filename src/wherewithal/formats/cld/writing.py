"""Client Level Data written: a CSV file of release 2."""

import csv
import io
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld.cells import written
from wherewithal.formats.cld.fields import fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.health import Health
from wherewithal.formats.cld.reading import judged
from wherewithal.formats.cld.source import Progress


class NotAField(Refusal):
    """A row holds a key that Client Level Data does not have."""


class CannotWrite(Refusal):
    """A place where no file can be written."""


def write(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = ()) -> bytes:
    """A CSV file of the rows: the fields in file order, or ``names``; UTF-8, dates as dd/mm/yyyy.

    A cell that a spreadsheet would run as a formula gets an apostrophe, which reading takes off again.
    Raises NotAField for a key that is not among the names, so that nothing is left out in silence.
    """
    names = tuple(names or (field.name for field in fields()))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        if strange := row.keys() - set(names):
            raise NotAField(f"“{min(strange)}” is not a field of this file.", field=min(strange))
        writer.writerow([written(row.get(name)) for name in names])
    return text.getvalue().encode()


def normalise(source: Path | bytes, out: Path, *, progress: Progress | None = None) -> Health:
    """Writes a file again in release 2: its words, its dates, every field in file order; a cell that cannot
    be used stays as it stood. All or nothing, in place of ``out``. Raises NoFile, CannotBeTakenIn.
    """
    found = Findings()
    names = [field.name for field in fields()]
    with whole(out) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for rows in judged(source, found=found, progress=progress):
            writer.writerows(zip(*(rows[name].written() for name in names), strict=True))
        health = found.health()
        health.must_be_taken_in()
    return health


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write that takes the path's place when the block ends, and is gone when it fails. Raises
    CannotWrite.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.touch(0o600, exist_ok=False)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
