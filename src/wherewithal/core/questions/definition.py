"""A questionnaire as data: sections of questions, their choices and points, and when each is asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, get_args

from wherewithal.core.policy import fingerprint as fingerprint_of
from wherewithal.core.questions.routing import Condition
from wherewithal.core.refusal import Refusal

Kind = Literal[
    "one", "several", "likert", "yes_no", "text", "longtext", "whole_number", "money", "date", "note"
]
KINDS: tuple[str, ...] = get_args(Kind)
CHOOSING = ("one", "several", "likert", "yes_no")  # answered by the value of a choice
WRITING = ("text", "longtext")


# What a definition could not say at first: left out of the fingerprint where it says nothing, so that the
# versions which were answered before it could be said keep theirs.
_LATER = ("worker", "worker_hint", "own_view")


class NoSuchQuestion(Refusal):
    """A question that the questionnaire does not have."""


@dataclass(frozen=True)
class Choice:
    """``points`` count towards the score; a choice that stands ``alone`` excludes every other ("none").

    ``worker``, here and below, is the wording for the worker's view, '' where the wording fits both.
    """

    value: str
    text: str
    points: int = 0
    hint: str = ""
    alone: bool = False
    worker: str = ""


@dataclass(frozen=True)
class Check:
    """Limits of an answer, and what to say when it breaks one ('' for the usual words).

    ``least`` and ``most`` are whole numbers, pence, ISO dates, or how many choices of several; ``longest``
    counts characters; ``pattern`` is a name in ``checking.PATTERNS``.
    """

    least: int | str | None = None
    most: int | str | None = None
    longest: int | None = None
    pattern: str = ""
    says: str = ""


@dataclass(frozen=True)
class Question:
    """``short`` names the question in a table. ``outcome`` is the code of what the answer bears on; an
    answer worth ``outcome_from_points`` or more suggests it. A reader of the score gives codes meaning. The
    worker is not asked what is for the person's ``own_view`` only.
    """

    id: str
    text: str
    kind: Kind
    short: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    relevant: Condition | None = None
    check: Check = Check()
    outcome: str = ""
    outcome_from_points: int | None = None
    worker: str = ""
    worker_hint: str = ""
    own_view: bool = False

    @property
    def label(self) -> str:
        return self.short or self.text

    @property
    def is_scored(self) -> bool:
        return any(choice.points for choice in self.choices)

    @cached_property
    def choice(self) -> Mapping[str, Choice]:
        """Choices by value."""
        return {choice.value: choice for choice in self.choices}


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    relevant: Condition | None = None
    worker: str = ""
    worker_hint: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """One version, in force from ``first`` to ``last``; ``about`` says what it is for, ``source`` whose
    words it is. A version that was answered is never edited: a new one is added.
    """

    id: str
    version: str
    title: str
    about: str
    first: date
    last: date | None
    source: str
    sections: tuple[Section, ...]
    hint: str = ""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Questions by id, in the order in which they are asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def fingerprint(self) -> str:
        """Changes when any word, point, limit or route of the questionnaire does."""
        return fingerprint_of(asdict(self, dict_factory=_said))

    def question(self, id: str) -> Question:
        """Raises NoSuchQuestion."""
        if id not in self.questions:
            raise NoSuchQuestion(f"“{self.title}” has no question called “{id}”.", field=id)
        return self.questions[id]

    def section(self, id: str) -> Section:
        """Raises NoSuchQuestion."""
        for section in self.sections:
            if section.id == id:
                return section
        raise NoSuchQuestion(f"“{self.title}” has no section called “{id}”.")


def _said(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if value or name not in _LATER}
