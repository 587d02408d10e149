"""Questions for stage two, drafted from key messages, and the questionnaire that they begin."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.core.questions import Choice, Question, Questionnaire, Section
from wherewithal.core.refusal import Refusal

KINDS: Mapping[str, str] = {
    "longtext": "In words",
    "yes_no": "Yes or no",
    "one": "One of several answers",
    "several": "Several answers may be chosen",
    "whole_number": "A whole number",
    "date": "A date",
    "file": "A document, as a file",
}
"""The kinds that a drafted question may be of, in words."""
WITH_CHOICES = ("one", "several")
LEAST_CHOICES = 2
_YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


class NotAQuestion(Refusal):
    """A drafted question without words, of a kind there is none, or without answers to choose from."""


class NothingDrafted(Refusal):
    """A questionnaire without questions."""


@dataclass(frozen=True)
class Drafted:
    """One question that somebody drafted; ``choices`` only where its kind has them."""

    text: str
    kind: str
    choices: tuple[str, ...] = ()


def check(question: Drafted) -> None:
    """Raises NotAQuestion, at the field ``text``, ``kind`` or ``choices``."""
    if not question.text.strip():
        raise NotAQuestion("Enter what is asked.", field="text")
    if question.kind not in KINDS:
        raise NotAQuestion(f"Choose one of: {', '.join(KINDS.values())}.", field="kind")
    if question.kind not in WITH_CHOICES:
        if question.choices:
            raise NotAQuestion(
                f"“{KINDS[question.kind]}” has no answers to choose from. Leave them out.", field="choices"
            )
        return
    if len(question.choices) < LEAST_CHOICES:
        raise NotAQuestion(f"Enter at least {LEAST_CHOICES} answers, a line each.", field="choices")
    if len({one.casefold() for one in question.choices}) < len(question.choices):
        raise NotAQuestion("Two of the answers are the same.", field="choices")


def questionnaire(
    drafted: Iterable[tuple[int, str, Sequence[Drafted]]], *, of: str, source: str, first: date
) -> Questionnaire:
    """A questionnaire with a section for each message that has questions: its number, its wording, its
    questions. ``of`` is the survey that it follows, ``source`` whose words it is, ``first`` its first day.

    Raises NothingDrafted.
    """
    sections = tuple(
        Section(
            id=f"message_{number}",
            title=f"After message {number}",
            hint=says,
            questions=tuple(_question(number, place, one) for place, one in enumerate(questions, 1)),
        )
        for number, says, questions in drafted
        if questions
    )
    if not sections:
        raise NothingDrafted("No question for stage two is drafted yet. Draft one from a key message.")
    name = re.sub(r"[^a-z0-9]+", "-", of.casefold()).strip("-") or "survey"
    return Questionnaire(
        id=f"{name}-stage-two", version="1", title=f"{of}: stage two", about="survey", first=first,
        last=None, source=source, sections=sections,
    )  # fmt: skip


def _question(number: int, place: int, drafted: Drafted) -> Question:
    choices = tuple(Choice(f"answer_{at}", text) for at, text in enumerate(drafted.choices, 1))
    return Question(
        id=f"message_{number}_question_{place}",
        text=drafted.text,
        kind=drafted.kind,  # type: ignore[arg-type]  # check() refuses a kind that is none
        choices=_YES_NO if drafted.kind == "yes_no" else choices,
    )
