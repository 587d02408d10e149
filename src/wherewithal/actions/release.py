"""A release: its embargo, who may see it before, its files kept for good, each look before it is public."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wherewithal.actions.record import action, locked
from wherewithal.core import release as rules
from wherewithal.core.refusal import Refusal
from wherewithal.core.release import CannotRelease
from wherewithal.records.models import EarlyLook, EarlyReader, Release, ReleaseFile, User, Wave


class BadEmbargo(Refusal):
    """An embargo that is past, or that ends before the wave closes, or that is over."""


class NotNamed(Refusal):
    """Somebody who has no account here, or no reason to see a release early."""


@dataclass(frozen=True)
class Built:
    """What was built of a report: its ``content`` as core/release.py has it, its hash, its files by name.

    ``shown``: each count of its tables, for a correction to be held against; ``written``: the definition that
    it was built of; ``faults``: what on the checklist does not hold.
    """

    written: str
    content: Mapping[str, Any]
    content_hash: str
    files: Mapping[str, bytes]
    embargo: datetime | None
    shown: Sequence[Sequence[Any]] = ()
    faults: tuple[str, ...] = ()


@action("set survey embargo")
def set_embargo(*, wave: Wave, until: datetime, by: User, at: datetime) -> None:
    """Until when nobody but those who are named may read. Raises BadEmbargo."""
    wave = locked(wave)
    if rules.public(wave.releases.all(), at):
        raise BadEmbargo("The report is public already, so there is nothing to hold back.", field="until")
    if until <= max(at, wave.closes_at):
        raise BadEmbargo("Choose a time to come, after the survey closes.", field="until")
    wave.embargo_until = until
    wave.save(update_fields=["embargo_until"])


@action("release survey report")
def keep(*, wave: Wave, built: Built, changed: str, by: User, at: datetime) -> Release:
    """The next version with its files; the wave takes no more answers. Who built it may see it early.

    A version after the first says in ``changed`` what it corrects. Raises CannotRelease: the wave is not
    closed, something on the checklist does not hold, or the report was changed while it was built.
    """
    wave = locked(wave)
    if wave.state not in (Wave.State.CLOSED, Wave.State.RELEASED):
        raise CannotRelease("The survey is not closed yet. Close it, then build the release.")
    if built.faults:
        raise CannotRelease(f"The checklist is not done. {built.faults[0]}")
    if not hasattr(wave, "report") or wave.report.definition != built.written:
        raise CannotRelease("The report was changed while it was built. Look at it again, then build it.")
    last = wave.releases.first()
    changed = " ".join(changed.split())
    if last and not changed:
        raise CannotRelease("Say what this version corrects.", field="changed")
    if last and rules.says_the_same(last.content, built.content):
        raise CannotRelease(f"Nothing would change: it says what version {last.version} says.")
    release = Release.objects.create(
        wave=wave, version=last.version + 1 if last else 1, content=built.content,
        content_hash=built.content_hash, shown=built.shown, embargo_until=built.embargo,
        changed=changed if last else "", built_by=by, built_at=at,
    )  # fmt: skip
    ReleaseFile.objects.bulk_create(
        ReleaseFile(
            release=release, name=name, content=content, size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in built.files.items()
    )  # fmt: skip
    if wave.state != Wave.State.RELEASED:
        wave.state = Wave.State.RELEASED
        wave.save(update_fields=["state"])
    EarlyReader.objects.get_or_create(
        wave=wave, user=by, defaults={"why": "Built the release", "named_by": by}
    )
    return release


@action("name early reader")
def name_reader(*, wave: Wave, email: str, why: str, by: User, at: datetime) -> EarlyReader:
    """Somebody with an account here may open the wave's releases before the embargo ends. Raises NotNamed."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise NotNamed(
            f"Nobody here signs in as “{email.strip()}”. Give them an account first.", field="email"
        )
    if not why.strip():
        raise NotNamed("Say why they see it before others.", field="why")
    made, _ = EarlyReader.objects.get_or_create(
        wave=wave, user=user, defaults={"why": why.strip(), "named_by": by}
    )
    return made


@action("take off early reader")
def take_off_reader(*, reader: EarlyReader, by: User, at: datetime) -> None:
    """They may open it no more until it is public; what they opened stays on record."""
    reader.delete()


@action("look at release early")
def look(*, release: Release, what: str, by: User, at: datetime) -> None:
    """Leaves a trace of who opened what of a release that is not public yet."""
    EarlyLook.objects.create(release=release, user=by, at=at, what=what)
