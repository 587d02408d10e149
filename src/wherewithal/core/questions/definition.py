"""A questionnaire as data: sections of questions, their choices and points, and when each is asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, get_args

from wherewithal.core.policy import fingerprint as fingerprint_of
from wherewithal.core.questions.conditions import Condition, Value
from wherewithal.core.refusal import Refusal

Kind = Literal[
    "one",
    "several",
    "rank",
    "likert",
    "yes_no",
    "text",
    "longtext",
    "whole_number",
    "decimal",
    "money",
    "date",
    "note",
    "calculated",
    "file",
]
KINDS: tuple[str, ...] = get_args(Kind)
CHOOSING = ("one", "several", "rank", "likert", "yes_no")  # answered by the value of a choice
LISTING = ("several", "rank")  # answered by a list of values; a rank by all of them, the first one first
WRITING = ("text", "longtext")
POLES = ("positive", "negative")
SILENT = ("note", "calculated")  # nobody answers these


# What a definition could not say at first: left out of the fingerprint where it says nothing, so that the
# versions which were answered before it could be said keep theirs.
_LATER = (
    "worker",
    "worker_hint",
    "own_view",
    "published",
    "must",
    "value",
    "step",
    "files",
    "language",
    "translations",
    "pole",
    "bands",
    "identifies",
)


class NoSuchQuestion(Refusal):
    """A question that the questionnaire does not have."""


@dataclass(frozen=True)
class Choice:
    """``points`` count towards the score; a choice that stands ``alone`` excludes every other ("none");
    one with a ``relevant`` is shown where that holds. ``pole`` of a step on a scale: ``positive``,
    ``negative``, or '' for neither.

    ``worker``, here and below, is the wording for the worker's view, '' where the wording fits both.
    """

    value: str
    text: str
    points: int = 0
    hint: str = ""
    alone: bool = False
    relevant: Condition | None = None
    worker: str = ""
    pole: str = ""


@dataclass(frozen=True)
class Check:
    """Limits of an answer, and what to say when it breaks one ('' for the usual words).

    ``least`` and ``most`` are numbers, pence, ISO dates, or how many choices of several; ``step`` is how far
    apart the numbers stand that are taken, from ``least`` on; ``longest`` counts characters; ``pattern`` is
    a name in ``checking.PATTERNS``; ``files`` are the kinds of file that are taken, as ``core.file_kind`` has
    them, none for documents.
    """

    least: int | float | str | None = None
    most: int | float | str | None = None
    step: int | float | None = None
    longest: int | None = None
    pattern: str = ""
    files: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True)
class Question:
    """``short`` names the question in a table. ``outcome`` is the code of what the answer bears on; an
    answer worth ``outcome_from_points`` or more suggests it. A reader of the score gives codes meaning.
    ``published`` are the ids of figures in print that the answers bear on. ``must`` is what else an answer
    has to meet, beside this question's and those before it. ``value`` is how a calculated one is worked out.
    The worker is not asked what is for the person's ``own_view`` only. ``bands``: where each band begins that
    tables tell of a number, in the number's unit (pence for money). What ``identifies`` whoever answers is
    not asked where that would break the promise (``core/survey.py``).
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
    published: tuple[str, ...] = ()
    must: Condition | None = None
    value: Value | None = None
    worker: str = ""
    worker_hint: str = ""
    own_view: bool = False
    bands: tuple[int | float, ...] = ()
    identifies: bool = False

    @property
    def takes_answer(self) -> bool:
        return self.kind not in SILENT

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
class Wording:
    """The words in one language beside the questionnaire's own: pairs of a place and its words."""

    language: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Questionnaire:
    """One version, in force from ``first`` to ``last``; ``about`` says what it is for, ``source`` whose
    words it is. A version that was answered is never edited: a new one is added. ``language`` names the one
    that its words are in, '' where that goes without saying; ``wording`` reads the ``translations``.
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
    language: str = ""
    translations: tuple[Wording, ...] = ()

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
    later = (
        (*_LATER, "relevant") if "points" in dict(fields) else _LATER
    )  # a choice had no condition at first
    return {name: value for name, value in fields if value or name not in later}
