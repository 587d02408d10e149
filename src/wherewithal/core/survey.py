"""The field of a survey: what a mode means, when an answer is late, who is reminded, who is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from wherewithal.core.comparable import needs
from wherewithal.core.questions import WRITING, Answers, Question, Questionnaire, asked, is_answered, without
from wherewithal.core.refusal import Refusal

BETWEEN_REMINDERS = timedelta(days=3)
HEARD_LATELY = "heard from us in the last three days"
NO_REMINDER = {
    "listed": "was not invited yet",
    "bounced": "cannot be reached: the letter came back",
    "refused": "will not answer",
}


class Mode(StrEnum):
    ANONYMOUS = "anonymous"
    CODED = "coded"
    ATTRIBUTED = "attributed"


class Accepts(StrEnum):
    """What a wave does with an answer that comes now."""

    NOT_YET = "not yet"
    IN_TIME = "in time"
    LATE = "late"
    NO_LONGER = "no longer"


class Status(StrEnum):
    """What became of one question in one reply; each counts apart."""

    ANSWERED = "answered"
    BLANK = "blank"
    INSUFFICIENT = "insufficient"
    REFUSED = "refused"
    NOT_ASKED = "not asked"


class Judgement(StrEnum):
    """What an analyst says of how one reply answers one question, where the answer alone does not tell."""

    STATED = "stated"
    IMPLIED = "implied"
    INSUFFICIENT = "insufficient"
    REFUSED = "refused"


JUDGEMENTS = {
    Judgement.STATED: "It says so itself",
    Judgement.IMPLIED: "It follows from what was written",
    Judgement.INSUFFICIENT: "It says too little to be counted",
    Judgement.REFUSED: "They would not say",
}


class TellsWhoseItIs(Refusal):
    """A question whose answer would break what a mode promises."""


class CannotJudge(Refusal):
    """A judgement that the answer, or its absence, does not bear."""


DIMENSIONS = ("region", "type")  # what a register says of whom it lists, and tables are broken down by
MODE_WORDS = {
    Mode.ANONYMOUS: (
        "Anonymous",
        "Nobody can tell which answers are yours, now or later: not us, and not whoever holds the whole "
        "database. Your answers are sealed until the survey closes, then mixed with all others. So they are "
        "handed in at one sitting: there is no draft, and nothing can be changed afterwards.",
    ),
    Mode.CODED: (
        "Confidential (coded)",
        "Your answers are kept under a number. The list that ties numbers to names is kept apart, is used "
        "only to follow up, such as where an answer lies far from a published figure, and is destroyed on a "
        "date that you are told. Region and type of council stay with the answers. No report names you.",
    ),
    Mode.ATTRIBUTED: (
        "Attributed",
        "Your answers are kept with the name of your council, and a report may name it.",
    ),
}


def accepts(*, mode: str, state: str, opens_at: datetime, closes_at: datetime, at: datetime) -> Accepts:
    """May an answer be handed in at this moment, and is it late?

    An anonymous wave takes none after its time: one that came alone could be told from those that were mixed.
    """
    if state == "draft" or at < opens_at:
        return Accepts.NOT_YET
    if state == "open" and at < closes_at:
        return Accepts.IN_TIME
    if mode == Mode.ANONYMOUS or state == "released":
        return Accepts.NO_LONGER
    return Accepts.LATE


def is_left_out(question: Question, mode: str) -> bool:
    """Would the answer break the promise? Of an anonymous wave whatever identifies who answers; of a coded
    one what does so in words, a name that would stay among the answers when the keys are destroyed. What is
    chosen, such as a region, stays with the answers of a coded wave anyhow.
    """
    if mode == Mode.ANONYMOUS:
        return question.identifies
    return mode == Mode.CODED and question.identifies and question.kind in WRITING


def asked_with(questionnaire: Questionnaire, mode: str) -> Questionnaire:
    """What of a questionnaire is asked under a promise."""
    return without(questionnaire, lambda one: is_left_out(one, mode))


def check_promise(questionnaire: Questionnaire, mode: str) -> None:
    """What tells who answers against the promise is left out, so something else must be asked, which hangs on
    none of it. An anonymous wave asks for no file: what is written in one, its size and that of an envelope
    which holds it tell whose it is, whatever is taken out. Raises TellsWhoseItIs.
    """
    left = asked_with(questionnaire, mode)
    if not left.questions:
        raise TellsWhoseItIs(
            "Every question tells who answers, and with this promise nothing is asked that does. Promise "
            "something else, or ask something else too.",
            field="mode",
        )
    _check_routing(questionnaire, left)
    if mode != Mode.ANONYMOUS:
        return
    asks = next((one.label for one in left.questions.values() if one.kind == "file"), "")
    if asks:
        raise TellsWhoseItIs(
            f"“{asks}” asks for a file, and a file tells whose it is: by what is written in it, by its size, "
            "and by the size of the sealed answer. Promise that answers are confidential (coded), or leave "
            "the question out.",
            field="mode",
        )


def _check_routing(whole: Questionnaire, left: Questionnaire) -> None:
    for section in left.sections:
        for question in section.questions:
            gone = next((id for id in needs(question, section) if id not in left.questions), "")
            if gone:
                raise TellsWhoseItIs(
                    f"“{question.label}” hangs on the answer to “{whole.questions[gone].label}”, which tells "
                    "who answers, so it is not asked with this promise. Promise something else, or leave "
                    "both out.",
                    field="mode",
                )


def why_not_reminded(*, state: str, answered: bool, told_at: Iterable[datetime], at: datetime) -> str:
    """Why no reminder goes out, as a sentence goes on after whom it is about (``told_at``: the letters that
    went); '' where one may.
    """
    if answered:
        return "has answered"
    if state in NO_REMINDER:
        return NO_REMINDER[state]
    return HEARD_LATELY if any(at - one < BETWEEN_REMINDERS for one in told_at) else ""


def statuses(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """What became of each question when a reply is handed in: answered, blank or not asked, by its id."""
    reached = {question.id for question in asked(questionnaire, answers)}
    return {
        question.id: Status.NOT_ASKED
        if question.id not in reached
        else Status.ANSWERED
        if is_answered(answers.get(question.id))
        else Status.BLANK
        for question in questionnaire.questions.values()
        if question.takes_answer
    }


def check_judgement(status: str, says: str) -> None:
    """``status``: what became of the question at hand-in. Who would not say left it blank; all else is said
    of an answer. Raises CannotJudge.
    """
    wanted = Status.BLANK if says == Judgement.REFUSED else Status.ANSWERED
    if status != wanted:
        raise CannotJudge(
            "This was answered, so it was not refused."
            if status == Status.ANSWERED
            else "This was not asked, so nothing can be said of it."
            if status != Status.BLANK
            else "This was left blank. All that can be said is that they would not say.",
            field="says",
        )


@dataclass(frozen=True)
class Invited:
    """One invitation as the field counts it. ``targeted``: drawn for the sample; all others are open."""

    code: str
    name: str
    region: str
    type: str
    state: str = "invited"
    answered: bool = False
    targeted: bool = False


@dataclass(frozen=True)
class Rate:
    """``answered`` of ``invited``. Who bounced or refused was invited and counts in the base; who is only
    listed does not.
    """

    answered: int
    invited: int

    @property
    def missing(self) -> int:
        return self.invited - self.answered

    @property
    def percent(self) -> Decimal | None:
        """To one place, halves up; None where nobody was invited."""
        if not self.invited:
            return None
        return (Decimal(100 * self.answered) / self.invited).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def says(self) -> str:
        """A percentage never without its base."""
        if self.percent is None:
            return "nobody invited"
        return f"{self.answered:,} of {self.invited:,} ({self.percent}%)"


@dataclass(frozen=True)
class Cell:
    """A cell of the field: all its invitations, and those of the sample among them."""

    all: Rate
    targeted: Rate

    @property
    def open(self) -> Rate:
        """Those outside the sample."""
        return Rate(self.all.answered - self.targeted.answered, self.all.invited - self.targeted.invited)


@dataclass(frozen=True)
class Field:
    """Regions down, types across; ``cell`` takes both, or '' for all of one. Sums are counted, not added."""

    regions: tuple[str, ...]
    types: tuple[str, ...]
    cell: Callable[[str, str], Cell]


def rate(of: Sequence[Invited]) -> Rate:
    """How many answered of those who were invited; who is only listed is not among them."""
    invited = [one for one in of if one.answered or one.state != "listed"]
    return Rate(sum(one.answered for one in invited), len(invited))


def field(of: Iterable[Invited]) -> Field:
    """The whole field by region and type."""
    everybody = tuple(of)

    def cell(region: str, type: str) -> Cell:
        within = [one for one in everybody if region in ("", one.region) and type in ("", one.type)]
        return Cell(rate(within), rate([one for one in within if one.targeted]))

    return Field(
        tuple(sorted({one.region for one in everybody})), tuple(sorted({one.type for one in everybody})), cell
    )


def missing(of: Iterable[Invited]) -> tuple[Invited, ...]:
    """Who was invited and has not answered, by region, type and name."""
    silent = (one for one in of if not one.answered and one.state != "listed")
    return tuple(sorted(silent, key=lambda one: (one.region, one.type, one.name)))
