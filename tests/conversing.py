"""Conversations with councils for the tests, about published figures, through the real actions."""

from datetime import timedelta
from decimal import Decimal

from making import at, user

from wherewithal.actions import conversation as actions
from wherewithal.actions import conversation_agreed as agreed
from wherewithal.analytics.below import Share, shares_by_year
from wherewithal.analytics.interval import wilson
from wherewithal.core.conversation import Figure
from wherewithal.core.roles import Role
from wherewithal.policy.councils import code_of
from wherewithal.records.models import AgreedAction, Conversation, Talk

BEGAN = at(2026, 4, 7)
A_DAY = timedelta(days=1)
SAID = {"ours": "Survey officer", "theirs": "Head of care", "said": "We spoke of the forms."}
LOW, OLDER = ("Wirral", "3d-2a"), ("North Tyneside", "1c-2a")


def sol():
    return user("Sol Surveyor", Role.SURVEYOR)


def doing(moment=None) -> dict:
    return {"by": sol(), "at": moment or BEGAN}


def share(series: str) -> Share:
    return next(one for one in shares_by_year() if one.series == series)


def begun(
    council: str = LOW[0], series: str = LOW[1], threshold: str = "10", moment=None, made_up=False
) -> Conversation:
    return actions.begin(
        code=code_of(council), share=share(series), threshold=Decimal(threshold), made_up=made_up,
        **doing(moment),
    )  # fmt: skip


def spoken(row: Conversation | None = None, moment=None, **more) -> Talk:
    row = row or begun()
    moment = moment or BEGAN + A_DAY
    return actions.note(conversation=row, **{"on": moment.date(), **SAID, **more}, **doing(moment))


def explained(row: Conversation, *reasons: str, other: str = "") -> None:
    actions.say_why(conversation=row, reasons_given=reasons or ("systems",), other=other, **doing())


def promised(row: Conversation, **more) -> AgreedAction:
    """An action, agreed on the day after the beginning."""
    moment = BEGAN + A_DAY
    given = {"what": "Fewer forms", "owner": "Head of care", "due_on": (moment + 30 * A_DAY).date(),
             "look_on": (moment + 90 * A_DAY).date()}  # fmt: skip
    return agreed.agree(conversation=row, **{**given, **more}, **doing(moment))


def done(action: AgreedAction, moment=None) -> None:
    moment = moment or BEGAN + 20 * A_DAY
    agreed.end(agreed=action, done=True, came_of="Two forms are one.", on=moment.date(), **doing(moment))


def agreed_with(council: str = LOW[0], series: str = LOW[1], **more) -> Conversation:
    """Spoken, with a reason and an open action."""
    row = begun(council, series)
    spoken(row)
    explained(row)
    promised(row, **more)
    row.refresh_from_db()
    return row


def figure(count: int, of: int, year: str = "2024-25", definition: str = "Share A") -> Figure:
    """A made-up one."""
    low, high = wilson(count, of)
    return Figure(
        table="made-up", series="a", title="Share", definition=definition, counts="people", of="all",
        year=year, numerator=count, denominator=of, percent=f"{100 * count / of:.1f}", low=low, high=high,
    )  # fmt: skip
