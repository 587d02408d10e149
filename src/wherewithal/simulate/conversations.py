"""Conversations with councils that are behind, one as far as each can be. The figures are published ones; all
that is said is made up, and every page and file of them says so, since the councils of the register are real.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from wherewithal.actions import conversation, conversation_agreed
from wherewithal.analytics.below import Share, shares_by_year
from wherewithal.core.conversation import Outcome
from wherewithal.policy.councils import code_of
from wherewithal.records.models import Conversation, Example, Talk, User

A_WEEK = timedelta(days=7)
OURS, THEIRS = "Survey officer", "Head of adult social care"
NOW, BEFORE = "3d-2a", "1c-2a"  # the share of today, and the one that was counted until 2022-23


@dataclass(frozen=True)
class Officer:
    """Whose hand it is: the actions as one of the surveyors, at the moments that are given."""

    by: User

    def doing(self, at: datetime) -> dict[str, Any]:
        return {"by": self.by, "at": at}

    def begins(self, council: str, series: str, threshold: str, at: datetime) -> Conversation:
        share: Share = next(one for one in shares_by_year() if one.series == series)
        return conversation.begin(
            code=code_of(council), share=share, threshold=Decimal(threshold), made_up=True, **self.doing(at)
        )

    def notes(self, of: Conversation, said: str, at: datetime) -> Talk:
        return conversation.note(
            conversation=of, on=at.date(), ours=OURS, theirs=THEIRS, said=f"Made up: {said}", **self.doing(at)
        )

    def says_why(self, of: Conversation, reasons: Sequence[str], at: datetime) -> None:
        conversation.say_why(conversation=of, reasons_given=reasons, other="", **self.doing(at))

    def agrees(self, of: Conversation, what: str, at: datetime, weeks: int, look_in: int) -> None:
        conversation_agreed.agree(
            conversation=of, what=f"Made up: {what}", owner=THEIRS, due_on=(at + weeks * A_WEEK).date(),
            look_on=(at + look_in * A_WEEK).date(), **self.doing(at),
        )  # fmt: skip


def hold(surveyors: Sequence[User], examples: Sequence[Example], at: datetime) -> list[Conversation]:
    """As they stand at ``at``: begun and overdue, spoken, agreed, looked at again, closed."""
    officer = Officer(surveyors[0])
    officer.begins("Portsmouth", BEFORE, "10", at - 6 * A_WEEK)
    spoken = officer.begins("Wirral", NOW, "10", at - 3 * A_WEEK)
    officer.notes(spoken, "the new forms took most of the year, and few people were asked.", at - A_WEEK)
    officer.says_why(spoken, ["systems"], at - A_WEEK)
    _agreed(officer, examples, at)
    _looked_at(officer, at)
    _closed(officer, at)
    return list(Conversation.objects.all())


def _agreed(officer: Officer, examples: Sequence[Example], at: datetime) -> None:
    """With a note that was corrected, an action that is overdue, a match, and practice passed on."""
    of = officer.begins("Gloucestershire", NOW, "10", at - 10 * A_WEEK)
    first = officer.notes(of, "there are no personal assistants in the towns.", at - 9 * A_WEEK)
    conversation.correct(
        talk=first, on=first.on, ours=OURS, theirs=THEIRS, reason="It was the villages, not the towns",
        said="Made up: there are few personal assistants in the villages, and staff do not bring it up.",
        **officer.doing(at - 9 * A_WEEK + timedelta(days=1)),
    )  # fmt: skip
    officer.says_why(of, ["market", "staff"], at - 9 * A_WEEK)
    officer.agrees(of, "A list of personal assistants by village.", at - 8 * A_WEEK, weeks=7, look_in=13)
    officer.agrees(of, "Every team hears from somebody with a budget.", at - 8 * A_WEEK, weeks=12, look_in=13)
    conversation_agreed.match(conversation=of, code=code_of("Warwickshire"), **officer.doing(at - 7 * A_WEEK))
    out = next((one for one in examples if one.state == Example.State.PUBLISHED), None)
    if out:
        conversation_agreed.pass_on(conversation=of, example=out, **officer.doing(at - A_WEEK / 7))


def _looked_at(officer: Officer, at: datetime) -> None:
    """Of an older figure, beside which a later one of another definition stands."""
    of = officer.begins("North Tyneside", BEFORE, "10", at - 20 * A_WEEK)
    officer.notes(of, "a panel looked at every budget, however small.", at - 19 * A_WEEK)
    officer.says_why(of, ["bureaucracy"], at - 19 * A_WEEK)
    officer.agrees(of, "Small budgets go without the panel.", at - 18 * A_WEEK, weeks=10, look_in=16)
    conversation_agreed.end(
        agreed=of.agreed.get(), done=True, came_of="Made up: since the summer they do.",
        on=(at - 9 * A_WEEK).date(), **officer.doing(at - 8 * A_WEEK),
    )  # fmt: skip
    conversation_agreed.look(
        conversation=of, came_of="Made up: people wait less. The share cannot be compared.",
        look_on=(at + 12 * A_WEEK).date(), **officer.doing(at - 2 * A_WEEK),
    )  # fmt: skip


def _closed(officer: Officer, at: datetime) -> None:
    of = officer.begins("Ealing", NOW, "12", at - 15 * A_WEEK)
    officer.notes(
        of, "many budgets are held by a provider as people wish, and count elsewhere.", at - 14 * A_WEEK
    )
    conversation_agreed.close(
        conversation=of, outcome=Outcome.NOT_BEHIND,
        says="Made up: people choose another way to hold their budget. Nothing is to be done.",
        **officer.doing(at - 13 * A_WEEK),
    )  # fmt: skip
