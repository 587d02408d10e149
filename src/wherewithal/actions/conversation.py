"""A conversation with a council that is behind: begun, what was said, why it is behind."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from wherewithal.actions.record import action, day
from wherewithal.analytics.below import Share, below, of_council, place, published
from wherewithal.core.conversation import (
    UNDER,
    NotThisWay,
    check_reasons,
    check_talked,
    in_a_line,
)
from wherewithal.core.policy import Used
from wherewithal.policy.conversation import reasons
from wherewithal.policy.councils import name_of
from wherewithal.records.conversation import held_open
from wherewithal.records.models import Conversation, Talk, User


@action("begin conversation")
def begin(
    *, code: str, share: Share, threshold: Decimal, by: User, at: datetime, made_up: bool = False
) -> Conversation:
    """About the council's figure as it stands, which is kept. ``threshold`` in percent.

    Raises NoRate for a council without a figure, NotThisWay for one that is neither below nor may not be
    below, and where a conversation about the series is open with it.
    """
    of = published(share.table, share.series, share.year)
    limit = below(of, Fraction(threshold)).threshold
    found = place(of, of_council(of, code), limit)
    if found.reach not in UNDER:
        raise NotThisWay(f"{name_of(code)} is not below {threshold}%: {found.figure.said}.")
    series = f"{share.table}:{share.series}"
    if Conversation.objects.filter(code=code, series=series, closed_on=None).exists():
        raise NotThisWay(f"A conversation with {name_of(code)} about this is open already.")
    return Conversation.objects.create(
        code=code, council=name_of(code), series=series, year=share.year, threshold=threshold,
        figure=found.figure.kept(), begun_on=day(at), begun_by=by, made_up=made_up,
    )  # fmt: skip


@action("note conversation")
def note(
    *, conversation: Conversation, on: date, ours: str, theirs: str, said: str, by: User, at: datetime
) -> Talk:
    """What was said on a day, between whom (roles). Raises NotThisWay."""
    row = held_open(conversation)
    return _noted(row, on, ours, theirs, said, by, at)


@action("correct note of conversation")
def correct(
    *, talk: Talk, on: date, ours: str, theirs: str, said: str, reason: str, by: User, at: datetime
) -> Talk:
    """A note in the place of another, which stays on record. Raises NotThisWay."""
    row = held_open(talk.conversation)
    if Talk.objects.filter(corrects=talk).exists():
        raise NotThisWay("This note was corrected already. Correct the one in its place.")
    return _noted(row, on, ours, theirs, said, by, at, talk, in_a_line(reason, "reason"))


@action("say why council is behind")
def say_why(
    *, conversation: Conversation, reasons_given: Sequence[str], other: str, by: User, at: datetime
) -> None:
    """By the ids of the policy's list, another one in words. Raises NotThisWay."""
    row = held_open(conversation)
    known = [one.id for one in reasons(Used(day(at)))]
    check_reasons(reasons_given, other, known)
    row.reasons = [one for one in known if one in reasons_given]
    row.other_reason = " ".join(other.split())
    row.save(update_fields=["reasons", "other_reason"])


def _noted(
    row: Conversation,
    on: date,
    ours: str,
    theirs: str,
    said: str,
    by: User,
    at: datetime,
    corrects: Talk | None = None,
    why: str = "",
) -> Talk:
    check_talked(on, row.begun_on, day(at))
    if not said.strip():
        raise NotThisWay("Say what was said.", field="said")
    return Talk.objects.create(
        conversation=row, on=on, ours=in_a_line(ours, "ours"), theirs=in_a_line(theirs, "theirs"),
        said=said.strip(), corrects=corrects, why=why, by=by, written_at=at,
    )  # fmt: skip
