"""After an anonymous wave closed: its key's holders say that their copies are destroyed, and it is noted."""

from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.survey_key import NotDestroyed, must_be_a_day, outstanding
from wherewithal.records.models import DestroyedKey, User, Wave


@action("note that a key is destroyed")
def note_destroyed(*, wave: Wave, holder: str, destroyed_on: date, by: User, at: datetime) -> DestroyedKey:
    """One of the wave's key holders says that their copy was destroyed on a day. Raises NotDestroyed."""
    wave = locked(wave)
    if wave.state not in (Wave.State.CLOSED, Wave.State.RELEASED):
        raise NotDestroyed("The survey is not closed yet, and the key opens its answers.")
    if holder not in wave.key_holders:
        raise NotDestroyed("Choose one of the two who hold the key.", field="holder")
    if holder not in outstanding(wave.key_holders, wave.destroyed_keys.values_list("holder", flat=True)):
        raise NotDestroyed(f"It is noted already that {holder} destroyed their copy.", field="holder")
    must_be_a_day(destroyed_on, day(wave.closes_at), day(at))
    return DestroyedKey.objects.create(wave=wave, holder=holder, destroyed_on=destroyed_on, by=by, at=at)


@action("take back that a key is destroyed")
def take_back(*, said: DestroyedKey, reason: str, by: User, at: datetime) -> None:
    """It was noted by mistake: the holder is outstanding again. Raises NotDestroyed without a reason."""
    if not reason.strip():
        raise NotDestroyed("Say why it is taken back.", field="reason")
    said.delete()
