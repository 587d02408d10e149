"""A question for stage two is drafted from a key message, or taken off."""

from collections.abc import Sequence
from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core.key_message import NotNow
from wherewithal.core.stage_two import Drafted, check
from wherewithal.records.models import KeyMessage, StageTwoQuestion, User


@action("draft question for stage two")
def draft(
    *,
    message: KeyMessage,
    text: str,
    kind: str,
    by: User,
    at: datetime,
    choices: Sequence[str] = (),
) -> StageTwoQuestion:
    """Raises NotAQuestion, and NotNow for a message that was dropped."""
    row = locked(message)
    if row.state == KeyMessage.State.DROPPED:
        raise NotNow("This message was dropped. Open it again to ask more about it.")
    drafted = Drafted(" ".join(text.split()), kind, tuple(filter(None, (one.strip() for one in choices))))
    check(drafted)
    return StageTwoQuestion.objects.create(
        message=row, text=drafted.text, kind=drafted.kind, choices=list(drafted.choices), by=by
    )


@action("take question for stage two off")
def take_off(*, question: StageTwoQuestion, by: User, at: datetime) -> None:
    """It is asked no more."""
    locked(question).delete()
