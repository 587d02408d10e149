"""What was agreed with a council that is behind, its match, what is passed on, what came of it."""

from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.analytics.ahead import ahead_and_alike
from wherewithal.analytics.below import published
from wherewithal.analytics.later import later
from wherewithal.core.conversation import (
    NotThisWay,
    beside,
    check_close,
    check_ended,
    check_to_come,
    in_a_line,
)
from wherewithal.records.conversation import held_open
from wherewithal.records.models import AgreedAction, Conversation, Example, Look, User


@action("agree action of conversation")
def agree(
    *,
    conversation: Conversation,
    what: str,
    owner: str,
    due_on: date,
    look_on: date,
    by: User,
    at: datetime,
) -> AgreedAction:
    """What is done, by whom and by when, and the day to look again. Raises NotThisWay."""
    row = held_open(conversation)
    if not row.talks.exists():
        raise NotThisWay("Write down what was said first: nothing is agreed without the council.")
    check_to_come(due_on, day(at), "due_on")
    _look_again(row, look_on, at)
    return AgreedAction.objects.create(
        conversation=row, what=in_a_line(what, "what"), owner=in_a_line(owner, "owner"), due_on=due_on,
        agreed_on=day(at),
    )  # fmt: skip


@action("end action of conversation")
def end(*, agreed: AgreedAction, done: bool, came_of: str, on: date, by: User, at: datetime) -> None:
    """It was done, or is dropped; in words what came of it. Raises NotThisWay."""
    held_open(agreed.conversation)
    one = locked(agreed)
    if one.state != AgreedAction.State.OPEN:
        raise NotThisWay("What came of this action is on record already.")
    check_ended(on, one.agreed_on, day(at))
    one.state = AgreedAction.State.DONE if done else AgreedAction.State.DROPPED
    one.came_of, one.ended_on = in_a_line(came_of, "came_of"), on
    one.save(update_fields=["state", "came_of", "ended_on"])


@action("look at conversation again")
def look(*, conversation: Conversation, came_of: str, look_on: date | None, by: User, at: datetime) -> Look:
    """What came of it by today, with the figure then beside the one of now; ``look_on``: the next look, None
    where there is to be none. Raises NotThisWay.
    """
    row = held_open(conversation)
    if not row.talks.exists():
        raise NotThisWay("Nobody has spoken with the council yet, so there is nothing to look at again.")
    found = beside(row.then, later(row.then, row.code))
    if look_on:
        _look_again(row, look_on, at)
    else:
        row.look_on = None
        row.save(update_fields=["look_on"])
    return Look.objects.create(
        conversation=row, on=day(at), came_of=in_a_line(came_of, "came_of"), beside=found.says,
        now=found.now.kept() if found.now else {}, by=by,
    )  # fmt: skip


@action("match conversation")
def match(*, conversation: Conversation, code: str, by: User, at: datetime) -> None:
    """With a council that is ahead and alike, kept with why. Raises NotThisWay, NoNeighbours."""
    row = held_open(conversation)
    of = published(row.then.table, row.then.series, row.year)
    found = next((one for one in ahead_and_alike(of, row.code).found if one.code == code), None)
    if found is None:
        raise NotThisWay("Choose one of the councils that are ahead and alike.", field="code")
    row.ahead, row.match, row.matched_on = found.name, found.kept(), day(at)
    row.save(update_fields=["ahead", "match", "matched_on"])


@action("pass example on")
def pass_on(*, conversation: Conversation, example: Example | None, by: User, at: datetime) -> None:
    """A published example, for the council to take up by its own link; None for one that is nowhere to be
    found. Raises NotThisWay.
    """
    row = held_open(conversation)
    one = locked(example) if example else None
    if one is None or one.state != Example.State.PUBLISHED:
        raise NotThisWay("This example is not published any more.", field="example")
    if one.door.code == row.code:
        raise NotThisWay("This council handed that in itself.", field="example")
    row.example, row.passed_on_on = one, day(at)
    row.save(update_fields=["example", "passed_on_on"])


@action("close conversation")
def close(*, conversation: Conversation, outcome: str, says: str, by: User, at: datetime) -> None:
    """With its outcome, for good. Raises NotThisWay while something is open."""
    row = held_open(conversation)
    check_close(row.standing, outcome)
    row.outcome, row.outcome_says = outcome, in_a_line(says, "says")
    row.closed_on, row.look_on = day(at), None
    row.save(update_fields=["outcome", "outcome_says", "closed_on", "look_on"])


def _look_again(row: Conversation, on: date, at: datetime) -> None:
    check_to_come(on, day(at), "look_on")
    row.look_on = on
    row.save(update_fields=["look_on"])
