"""Surveyors write how an example is published, look at its file, and a second one signs it off.

What came of an example elsewhere (a take-up) goes the same way, where it has words.
"""

from collections.abc import Mapping
from datetime import datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.coding import as_text
from wherewithal.core.compendium import CannotPublish, check_kept, check_sign_off
from wherewithal.records.compendium import MUST_SAY, Handed, OnRecord, Screens, columns, handed_in, stands_on
from wherewithal.records.compendium_search import grams_of
from wherewithal.records.models import Edition, Example, Tool, User


@action("word example")
def word(*, of: Handed, texts: Mapping[str, str], by: User, at: datetime) -> Edition:
    """The words to be published, by column; a published example is off its page until they are signed off.
    Raises CannotPublish.
    """
    row, edition = _opened(of, by)
    given = {name: as_text(texts.get(name, "")).strip() for name in columns(row)}
    if not any(given.values()):
        raise CannotPublish("There are no words to publish.")
    for name in MUST_SAY:
        if name in given and not given[name]:
            raise CannotPublish(
                "Write something here: an example says what was done, and for whom.", field=name
            )
    edition.texts, edition.stands_on = given, stands_on(row)
    found = {(one.kind.value, one.words) for one in _judged(row, edition, at).judged.findings}
    edition.kept = [one for one in edition.kept if (one["kind"], one["words"]) in found]
    edition.save()
    return edition


@action("keep words of example")
def keep(*, of: Handed, kind: str, words: str, why: str, by: User, at: datetime) -> Edition:
    """A finding of the screens stays as it is, for a reason. Raises CannotPublish."""
    row, edition = _opened(of, by)
    check_kept(_judged(row, edition, at).judged, kind, words, why)
    edition.kept = [*_others(edition, kind, words), {"kind": kind, "words": words, "why": why.strip()}]
    edition.save()
    return edition


@action("ask about words of example again")
def ask_again(*, of: Handed, kind: str, words: str, by: User, at: datetime) -> Edition:
    """What was kept is open again. Raises CannotPublish."""
    _, edition = _opened(of, by)
    edition.kept = _others(edition, kind, words)
    edition.save()
    return edition


@action("look at file of example")
def look_at_file(*, tool: Tool, by: User, at: datetime) -> Tool:
    """Somebody opened it, and says that it may be published. Raises CannotPublish."""
    row = locked(tool)
    if row.looked_by_id is not None:
        raise CannotPublish("Somebody has looked at it already.")
    row.looked_by, row.looked_at = by, at
    row.save(update_fields=["looked_by", "looked_at"])
    return row


@action("publish example")
def sign_off(*, of: Handed, by: User, at: datetime) -> Edition:
    """By a second person; from now on it is published. Raises NotASecondPerson, NotYetSignedOff,
    CannotPublish.
    """
    row = _held(of)
    edition: Edition | None = getattr(row, "edition", None)
    if edition is None:
        raise CannotPublish("Write the words to be published first.")
    if edition.state == Edition.State.SIGNED_OFF:
        raise CannotPublish("It is signed off already.")
    check_sign_off(_judged(row, edition, at).judged, by.pk)
    edition.state, edition.signed_by, edition.signed_at = Edition.State.SIGNED_OFF, by, at
    if isinstance(row, Example):
        edition.grams = grams_of(edition.texts, row.themes, row.door.name if row.named else "")
    edition.save()
    if isinstance(row, Example):
        row.state, row.published_at = Example.State.PUBLISHED, at
        row.save(update_fields=["state", "published_at"])
    return edition


@action("withdraw example")
def withdraw(*, example: Example, reason: str, by: User, at: datetime) -> Example:
    """It is off its page for good; what it was stays on record. Raises CannotPublish."""
    row = _held(example)
    assert isinstance(row, Example)
    if not reason.strip():
        raise CannotPublish("Say why it is withdrawn: its council reads it.", field="reason")
    row.state, row.withdrawn_why = Example.State.WITHDRAWN, reason.strip()
    row.save(update_fields=["state", "withdrawn_why"])
    return row


def _held(of: Handed) -> Handed:
    row: Handed = locked(of)
    if isinstance(row, Example) and row.state in (Example.State.TAKEN_BACK, Example.State.WITHDRAWN):
        raise CannotPublish(f"It was {row.get_state_display().lower()}.")
    return row


def _opened(of: Handed, by: User) -> tuple[Handed, Edition]:
    """Held to be changed, with its edition, begun where there was none. What was published is off its
    page.
    """
    row = _held(of)
    if isinstance(row, Example) and row.state == Example.State.PUBLISHED:
        row.state = Example.State.HANDED_IN
        row.save(update_fields=["state"])
    edition = getattr(row, "edition", None)
    if edition is None:
        whose = {"example" if isinstance(row, Example) else "take_up": row}
        edition = Edition(texts=handed_in(row), stands_on=stands_on(row), by=by, **whose)
    edition.state, edition.signed_by, edition.signed_at = Edition.State.OPEN, None, None
    edition.changed_by = by
    return row, edition


def _judged(row: Handed, edition: Edition, at: datetime) -> OnRecord:
    return OnRecord(row, Screens(day(at)), edition)


def _others(edition: Edition, kind: str, words: str) -> list[dict[str, str]]:
    return [one for one in edition.kept if (one["kind"], one["words"]) != (kind, words)]
