"""A council says, by its own link, that it tries what another handed in, and what came of it."""

from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core.compendium import CannotHandIn, Result
from wherewithal.records.compendium import stands_on
from wherewithal.records.models import Door, Edition, Example, TakeUp, User


@action("take example up")
def take_up(
    *, example: Example, door: Door, result: str, says: str, figure: str, named: bool, by: User, at: datetime
) -> TakeUp:
    """Once a council. Raises CannotHandIn for its own example, one that is not published, a second time."""
    row = locked(example)
    if row.state != Example.State.PUBLISHED:
        raise CannotHandIn("This example is not published any more.")
    if row.door_id == door.pk:
        raise CannotHandIn("Your own council handed this in.")
    if row.take_ups.filter(door=door).exists():
        raise CannotHandIn("Your council has said already that it tries this.")
    return TakeUp.objects.create(
        example=row, door=door, since=at, named=named, **_checked(result, says, figure)
    )


@action("say what came of example")
def say(
    *, take_up: TakeUp, result: str, says: str, figure: str, named: bool, by: User, at: datetime
) -> TakeUp:
    """In words, and a figure where there is one. The result counts at once; the words are shown when they
    were signed off, and after a change again. Raises CannotHandIn.
    """
    row = locked(take_up)
    for name, value in _checked(result, says, figure).items():
        setattr(row, name, value)
    row.named = named
    row.save()
    edition = Edition.objects.filter(take_up=row).first()
    if edition and edition.stands_on != stands_on(row):
        edition.state, edition.signed_by, edition.signed_at = Edition.State.OPEN, None, None
        edition.save()
    return row


@action("take back that example was taken up")
def stop(*, take_up: TakeUp, by: User, at: datetime) -> Example:
    """It counts no more, and its words are gone from the page."""
    row = locked(take_up)
    example = row.example
    Edition.objects.filter(take_up=row).delete()
    row.delete()
    return example


def _checked(result: str, says: str, figure: str) -> dict[str, str]:
    if result != Result.TRYING and not says.strip():
        raise CannotHandIn("Say in a few words what came of it.", field="says")
    return {"result": result, "says": says.strip(), "figure": figure.strip()}
