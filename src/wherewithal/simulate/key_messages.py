"""Key messages of the made-up wave: one acted on, one agreed, one that still lacks what it would stand on."""

from datetime import datetime, timedelta
from typing import Any

from wherewithal.actions import key_message, stage_two
from wherewithal.analytics.base import ALL
from wherewithal.extract.key_messages import Heard
from wherewithal.records.models import KeyMessage, User, Wave

OFFERED = "brokerage_offered=yes"
SHARED = "What councils wrote in their own words shows others a way that works."
NOT_YET = "Most councils in England are where they meant to be by now."


def write(wave: Wave, by: User, at: datetime) -> list[KeyMessage]:
    """Each says what the made-up replies say, as they were counted and coded; the third cannot."""
    doing: dict[str, Any] = {"by": by, "at": at}
    question, _, value = OFFERED.partition("=")
    cells = Heard(wave).tables([question])[question].rows
    percent = next(row.cells[ALL].figure.value for row in cells if row.value == value)
    first = key_message.write(
        wave=wave, says=f"{percent}% of the councils that answered offer advice or brokerage.",
        owner="The survey's steering group", action="Send every region the examples that were handed in",
        due_on=at.date() + timedelta(days=60), **doing,
    )  # fmt: skip
    key_message.stand_on_figure(message=first, question=question, value=value, **doing)
    second = key_message.write(
        wave=wave, says=SHARED, owner="The regional leads", action="Hold a learning day in each region",
        due_on=at.date() + timedelta(days=90), **doing,
    )  # fmt: skip
    key_message.stand_on_theme(message=second, code=_most_said(Heard(wave)), **doing)
    third = key_message.write(wave=wave, says=NOT_YET, **doing)
    for message in (first, second):
        _agree(message, doing)
    done = "The examples went to every region, with whom to ask about them."
    key_message.act_on(message=first, done=done, on=at.date(), **doing)
    stage_two.draft(
        message=second, text="What would another council have to have in place to do as you did?",
        kind="longtext", **doing,
    )  # fmt: skip
    stage_two.draft(
        message=second, text="Whom would you show it to?", kind="several",
        choices=("Councils of our region", "Any council", "Organisations led by users"), **doing,
    )  # fmt: skip
    return [first, second, third]


def _agree(message: KeyMessage, doing: dict[str, Any]) -> None:
    message.refresh_from_db()
    heard = Heard(message.wave)
    key_message.agree(
        message=message, evidence=heard.evidence(message), overstated=heard.overstated(message), **doing
    )


def _most_said(heard: Heard) -> str:
    """The code that most councils' answers bear, of what the coders have read."""
    found = [heard.themes(question) for question in heard.held.readers]
    rows = [row for themes in found if themes for row in themes.table.rows]
    return max(rows, key=lambda row: row.cells[ALL].figure.numerator or 0).value
