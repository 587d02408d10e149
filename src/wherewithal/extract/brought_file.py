"""A file that somebody brought is read in the worker: checked, counted by every definition, and let go.

It may be killed at any point: nothing is kept until all is, and the next one begins anew. Only one reads a
file at a time.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from uuid import UUID

import pyarrow as pa
from django.db import connection

from wherewithal.actions import brought_file as actions
from wherewithal.analytics.load import loaded
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.refusal import Refusal
from wherewithal.extract.brought_file_found import counted, kept
from wherewithal.extract.brought_file_words import WithoutNames
from wherewithal.formats import cld
from wherewithal.records.models import BroughtFile, User

WORKPLACES = "wherewithal-brought-"
STEPS = 50  # its progress is told so many times


def read(file: UUID, *, by: User, at: datetime) -> None:
    """Read a file and keep what was found. A file that another reads, or that was read, is left alone."""
    with _alone(file) as ours:
        if not ours:
            return
        try:
            row = actions.begin(file=file, by=by, at=at)
            if row.state == BroughtFile.State.READING:
                _read(row, by, at)
        except actions.NotAnyMore:
            return
        except Exception:
            says = "It could not be read to its end, for a reason that is not in the file. Bring it again."
            _stop(file, says, by, at)
            raise


def waiting() -> list[UUID]:
    """Files to be read, and those whose reading was broken off, the oldest first."""
    unread = BroughtFile.objects.filter(state__in=actions.UNREAD)
    return list(unread.order_by("at").values_list("pk", flat=True))


def _read(row: BroughtFile, by: User, at: datetime) -> None:
    findings = WithoutNames()
    with _workplace() as folder:
        path = folder / "file.csv"
        _put_together(row, path)
        try:
            year = ReportingYear(row.period) if row.period else None
            rows = _batches(path, findings, row)
            with loaded([rows], period=year, folder=folder) as events:
                found = counted(events, findings.health())
        except actions.NotAnyMore:
            raise
        except Refusal as refusal:
            health = kept(findings.health())
            actions.refuse(file=row.pk, says=refusal.says, health=health, by=by, at=at)
            return
    actions.keep(file=row.pk, found=found, by=by, at=at)


def _batches(path: Path, found: cld.Findings, row: BroughtFile) -> Iterator[pa.RecordBatch]:
    """The file's rows; raises CannotBeTakenIn at its end where nothing of it may be counted."""
    reached, told = 0, 0

    # Called in a thread of the reader, whose connection to the database would be another one.
    def progress(read_bytes: int, of: int) -> None:
        nonlocal reached
        reached = read_bytes

    for batch in cld.batches(path, found=found, progress=progress):
        if (reached - told) * STEPS >= row.size:
            told = reached
            actions.progress(file=row.pk, read_bytes=told)
        yield batch
    found.health().must_be_taken_in()
    actions.progress(file=row.pk, read_bytes=row.size)


def _put_together(row: BroughtFile, path: Path) -> None:
    """The file's parts, one at a time."""
    with path.open("wb") as whole:
        for pk in list(row.parts.order_by("number").values_list("pk", flat=True)):
            whole.write(row.parts.values_list("content", flat=True).get(pk=pk))


@contextmanager
def _alone(file: UUID) -> Iterator[bool]:
    """Whether nobody else reads the file; the database forgets it with whoever dies."""
    key = file.int % (1 << 63)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        ours = bool(cursor.fetchone()[0])
        try:
            yield ours
        finally:
            if ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder for the file while it is read. What a killed reader left is let go first: it names people."""
    for left in Path(gettempdir()).glob(f"{WORKPLACES}*"):
        with _held(left) as free:
            if free:
                shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=WORKPLACES) as name, _held(Path(name)):
        yield Path(name)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether nobody held the folder; then it is held for the block. The system lets go for who dies."""
    try:
        file = (folder / "held").open("w")
    except OSError:  # another's, or gone meanwhile
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _stop(file: UUID, says: str, by: User, at: datetime) -> None:
    try:
        actions.stop(file=file, says=says, by=by, at=at)
    except actions.NotAnyMore:
        return
