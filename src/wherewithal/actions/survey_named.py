"""Named replies of a coded wave are looked at, and it is kept who did."""

from datetime import datetime

from wherewithal.actions.record import action, day
from wherewithal.core.self_report import may_compare
from wherewithal.records.models import NamedLook, User, Wave


@action("look at named replies")
def look_at_named(*, wave: Wave, what: str, by: User, at: datetime) -> None:
    """Leaves a trace of who saw what councils said, by their names.

    Raises CannotCompare where nobody may: the survey is not coded, not closed, or its keys are gone or
    due to go.
    """
    may_compare(
        mode=wave.mode, unit=wave.unit, state=wave.state, keys_gone=wave.keys_destroyed_on is not None,
        keys_go_on=wave.destroy_keys_on, on=day(at),
    )  # fmt: skip
    NamedLook.objects.create(wave=wave, user=by, at=at, what=what)
