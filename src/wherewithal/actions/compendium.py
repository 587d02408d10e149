"""A council hands an example in by its own link, changes it, takes it back, asks to have it withdrawn."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from wherewithal.actions.record import action, day, locked, stand_in
from wherewithal.core.compendium import CannotHandIn, HandedIn, check_handed_in
from wherewithal.core.policy import Used
from wherewithal.formats.handed_in import take
from wherewithal.policy.compendium import largest_file_bytes, most_tags, themes
from wherewithal.records.compendium import Screens
from wherewithal.records.models import Door, Example, Tool, User


@action("hand in example")
def hand_in(*, door: Door, given: HandedIn, file: bytes, by: User, at: datetime) -> Example:
    """With a file where ``file`` is not empty. Raises CannotHandIn, CannotTake."""
    row = Example.objects.create(door=door, handed_in_at=at, **_checked(given, at))
    if file:
        _bring(row, file, at)
    return row


@action("change example")
def change(
    *, example: Example, given: HandedIn, file: bytes, no_file: bool, by: User, at: datetime
) -> Example:
    """Until it is published. A ``file`` that is not empty comes in the place of the one before; ``no_file``:
    it goes without another. Raises CannotHandIn, CannotTake.
    """
    row = _in_hand(example)
    for name, value in _checked(given, at).items():
        setattr(row, name, value)
    row.save()
    if file or no_file:
        Tool.objects.filter(example=row).delete()
    if file:
        _bring(row, file, at)
    return row


@action("take example back")
def take_back(*, example: Example, by: User, at: datetime) -> Example:
    """Before it is published: its file and its contact are gone, and nobody works on it. Raises
    CannotHandIn.
    """
    row = _in_hand(example)
    Tool.objects.filter(example=row).delete()
    row.contact = row.contact_email = ""
    row.may_be_asked, row.state = False, Example.State.TAKEN_BACK
    row.save()
    return row


@action("ask to have example withdrawn")
def ask_withdrawal(*, example: Example, why: str, by: User, at: datetime) -> Example:
    """After it was published; a surveyor withdraws it. Raises CannotHandIn."""
    row = locked(example)
    if row.state != Example.State.PUBLISHED or row.withdrawal_asked_at is not None:
        raise CannotHandIn("It is not published, or you asked already.")
    row.withdrawal_asked_at, row.withdrawal_asked_why = at, why.strip()
    row.save(update_fields=["withdrawal_asked_at", "withdrawal_asked_why"])
    return row


@action("let example stay")
def let_stay(*, example: Example, by: User, at: datetime) -> Example:
    """What was asked is taken back, while it was not withdrawn. Raises CannotHandIn."""
    row = locked(example)
    if row.state == Example.State.WITHDRAWN or row.withdrawal_asked_at is None:
        raise CannotHandIn("It was withdrawn already, or nobody asked for that.")
    row.withdrawal_asked_at, row.withdrawal_asked_why = None, ""
    row.save(update_fields=["withdrawal_asked_at", "withdrawal_asked_why"])
    return row


def contributor() -> User:
    """Who hands in by a council's link: nobody signs in for that."""
    return stand_in("compendium-council", "Whoever had the council’s link")


def _checked(given: HandedIn, at: datetime) -> dict[str, Any]:
    used = Used(day(at))
    check_handed_in(given, themes(used), most_tags(used))
    return asdict(given) | {
        "themes": list(given.themes), "tags": list(given.tags), "evidence": given.evidence.value
    }  # fmt: skip


def _bring(row: Example, file: bytes, at: datetime) -> Tool:
    screens = Screens(day(at))
    taken = take(file, largest_file_bytes(screens.used))
    return Tool.objects.create(
        example=row, kind=taken.kind, content=taken.content, size=len(taken.content),
        found=screens.in_file(taken.text),
    )  # fmt: skip


def _in_hand(example: Example) -> Example:
    """Held to be changed by its council. Raises CannotHandIn once it is published, or gone."""
    row = locked(example)
    if row.state != Example.State.HANDED_IN:
        raise CannotHandIn(f"It is {row.get_state_display().lower()}, so it cannot be changed any more.")
    return row
