"""A file of Client Level Data is brought, read, and let go; what was found in it is kept until it is thrown
away.

Its bytes name everybody in it. They lie in the database until they are read, and go in the transaction that
keeps what was found; the history of changes has none of them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from time import sleep
from typing import Any, BinaryIO
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from wherewithal.actions.record import action, day, locked
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import may
from wherewithal.policy.brought_file import largest_bytes, unread_for
from wherewithal.records import grants
from wherewithal.records.models import BroughtFile, BroughtLook, BroughtPart, User

JOB = "read_brought_file"  # as config/jobs.py calls it
A_PART = 4 << 20  # bytes
TRIES = 3
WIPES = 20  # a second apart
BRIDGED = 10  # councils of a file between whose definitions bridges lead, the first by code
UNREAD = (BroughtFile.State.WAITING, BroughtFile.State.READING)


class NotAllowed(Refusal):
    """Somebody whose roles do not carry it brings a file that names people."""


class CannotBring(Refusal):
    """A file of nothing, or of more than the council takes."""


class NotAnyMore(Refusal):
    """A file that is read already, was stopped meanwhile, or is thrown away."""


@dataclass(frozen=True)
class Found:
    """What is kept of a file, ready for JSON: ``health`` what is wrong with it, ``counted`` its figures,
    exact and as ``rule`` lets them be told, ``stands`` by council how many people stand alike.
    """

    health: Mapping[str, Any]
    counted: Mapping[str, Any]
    stands: Mapping[str, Any]
    rule: str


def must_be_allowed(by: User) -> None:
    """Raises NotAllowed for anybody but performance analysts; an account that is closed has no role."""
    if not (by.is_active and may(by.roles, "file.bring")):
        raise NotAllowed(
            f"{by} may not bring a file: it names everybody in it.", who_could="A performance analyst"
        )


@action("bring file")
def bring(*, file: BinaryIO, file_name: str, period: str = "", by: User, at: datetime) -> BroughtFile:
    """Take a file, from where it stands to its end, and have it read by the worker.

    Raises NotAllowed, CannotBring, NoPolicy.
    """
    must_be_allowed(by)
    size, sha256 = _measured(file)
    largest = largest_bytes(Used(day(at)))
    if not size:
        raise CannotBring("The file is empty: choose another.", field="file")
    if size > largest:
        raise CannotBring(_too_large(size, largest), field="file")
    name = PurePath(file_name.replace("\\", "/")).name[:120] or "file.csv"
    made = BroughtFile.objects.create(file_name=name, size=size, sha256=sha256, by=by, at=at, period=period)
    file.seek(0)
    number = 0
    while content := file.read(A_PART):
        BroughtPart.objects.create(file=made, number=number, content=content)
        number += 1
    app.configure_task(JOB).defer(file=str(made.pk))
    return made


@action("begin reading file")
def begin(*, file: UUID, by: User, at: datetime) -> BroughtFile:
    """Its reading begins, or begins again where it was broken off. Raises NotAnyMore."""
    row = _unread(file)
    if row.tries >= TRIES:
        says = f"Its reading was broken off {TRIES} times. It may be too large for this machine."
        _end(row, BroughtFile.State.STOPPED, at, says=says)
        return row
    row.state, row.tries, row.read_bytes = BroughtFile.State.READING, row.tries + 1, 0
    row.save(update_fields=["state", "tries", "read_bytes"])
    return row


def progress(*, file: UUID, read_bytes: int) -> None:
    """How far its reading is; nobody's doing, so no action. Raises NotAnyMore once it is stopped."""
    going = BroughtFile.objects.filter(pk=file, state=BroughtFile.State.READING)
    if not going.update(read_bytes=read_bytes):
        raise NotAnyMore("The file is not to be read any more.")


@action("keep what a file says")
def keep(*, file: UUID, found: Found, by: User, at: datetime) -> BroughtFile:
    """What was found is kept and the file itself let go. Raises NotAnyMore."""
    row = _unread(file)
    row.read_bytes = row.size
    _end(row, BroughtFile.State.COUNTED, at, **vars(found))
    return row


@action("refuse file")
def refuse(*, file: UUID, says: str, health: Mapping[str, Any], by: User, at: datetime) -> BroughtFile:
    """Nothing of it can be counted; what is wrong with it is kept. Raises NotAnyMore."""
    row = _unread(file)
    _end(row, BroughtFile.State.REFUSED, at, says=says[:600], health=health)
    return row


@action("stop reading file")
def stop(*, file: UUID, says: str, by: User, at: datetime) -> BroughtFile:
    """It is let go unread, for a reason in words. Raises NotAnyMore."""
    row = _unread(file)
    _end(row, BroughtFile.State.STOPPED, at, says=says[:600])
    return row


@action("let go of unread files")
def let_go(*, by: User, at: datetime) -> int:
    """Files that waited too long are let go unread; how many."""
    waited = unread_for(Used(day(at)))
    old = BroughtFile.objects.select_for_update(skip_locked=True).filter(state__in=UNREAD, at__lt=at - waited)
    says = f"It was not read within {int(waited.total_seconds() // 3600)} hours. Bring it again."
    rows = list(old)
    for row in rows:
        _end(row, BroughtFile.State.STOPPED, at, says=says)
    return len(rows)


@action("throw away file")
def throw_away(*, file: UUID, by: User, at: datetime) -> BroughtFile:
    """What was found in it is thrown away, by whoever brought it; that it was brought stays on record.

    Raises NotAllowed for anybody else, NotAnyMore where there is nothing to throw away.
    """
    must_be_allowed(by)
    row = locked(BroughtFile(pk=file))
    if row.by_id != by.pk:
        raise NotAllowed(f"{row.by} brought this file, and alone can throw it away.")
    if row.state in UNREAD:
        raise NotAnyMore("It is not read yet. Stop the reading first.")
    if row.state == BroughtFile.State.THROWN_AWAY:
        raise NotAnyMore("It is thrown away already.")
    _end(row, BroughtFile.State.THROWN_AWAY, at)
    return row


@action("look at figures as counted")
def look(*, file: BroughtFile, what: str, by: User, at: datetime) -> BroughtLook:
    """Keep who looked at a file's figures with their small numbers. Raises NotAllowed."""
    must_be_allowed(by)
    return BroughtLook.objects.create(file=file, user=by, at=at, what=what[:60])


def wipe() -> None:
    """Rewrite the table of the parts, so that nothing of a file that was let go is left in the database's own
    files. Outside a transaction; again for a while, where one that began earlier keeps what is gone.
    """
    for _ in range(WIPES):
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM FULL {', '.join(grants.EMPTIED)}")
            cursor.execute("SELECT pg_relation_size(%s)", [BroughtPart._meta.db_table])
            left = cursor.fetchone()[0]
        if not left or BroughtPart.objects.exists():
            return
        sleep(1)


def _unread(file: UUID) -> BroughtFile:
    row = locked(BroughtFile(pk=file))
    if row.state not in UNREAD:
        raise NotAnyMore(f"“{row}” is {row.get_state_display().lower()}: there is nothing of it to read.")
    return row


def _end(row: BroughtFile, state: BroughtFile.State, at: datetime, **found: Any) -> None:
    """The file's bytes go, and what was found before, in the same transaction."""
    row.parts.all().delete()
    kept = {"says": "", "health": None, "counted": None, "stands": None, "rule": ""} | found
    for name, value in kept.items():
        setattr(row, name, value)
    row.state, row.ended_at = state, at
    row.save(update_fields=["state", "ended_at", "read_bytes", *kept])


def _measured(file: BinaryIO) -> tuple[int, str]:
    """How many bytes, and their hash."""
    file.seek(0)
    hashed = hashlib.sha256()
    while content := file.read(A_PART):
        hashed.update(content)
    return file.tell(), hashed.hexdigest()


def _too_large(size: int, largest: int) -> str:
    return (
        f"The file has {size / 1e6:,.0f} million bytes, and at most {largest / 1e6:,.0f} million are taken "
        "here. Bring a year of one council, or count it from a terminal: “wherewithal measures run”."
    )
