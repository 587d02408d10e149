"""The answers to a questionnaire as pages tell them: part by part, who was asked what, what was said."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import Http404

from wherewithal.core.questions import (
    CHOOSING,
    Answers,
    NoSuchQuestion,
    Progress,
    Question,
    Questionnaire,
    Section,
    asked_by_section,
    is_answered,
    progress,
    shown,
)
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.models import Response
from wherewithal.web.answer_files import Files, FileTold

Href = Callable[[str], str]
STATES = {
    "not asked": ("Not asked", "grey"),
    "not started": ("Not started", "blue"),
    "started": ("Started", "teal"),
    "complete": ("Done", "green"),
    "optional": ("If you like", "grey"),
}

NOT_ANSWERED = "Not answered"


class Paper:
    """Questions with somebody's answers to them so far, wherever those are, and the ``files`` in them."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, files: Files | None = None) -> None:
        self.questionnaire, self.answers, self.files = questionnaire, answers, files

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """How far each part has come, by its id, in order; parts that are not asked are left out."""
        found = progress(self.questionnaire, self.answers)
        return {one.section: one for one in found if one.asked}

    def keep(self, answers: Answers) -> None:
        """Go on with the answers as they were saved."""
        self.answers = answers
        self.__dict__.pop("progress", None)

    def section(self, id: str) -> Section:
        """A part; raises Http404 for one that does not exist."""
        try:
            return self.questionnaire.section(id)
        except NoSuchQuestion as unknown:
            raise Http404(unknown.says) from unknown

    def asked_in(self, section: Section) -> tuple[Question, ...]:
        """The questions of a part that the answers so far lead to, notes among them; not one of which no
        choice is shown yet.
        """
        return self.led_to(section, self.answers)

    def led_to(self, section: Section, answers: Answers) -> tuple[Question, ...]:
        """The same of other answers than those on record."""
        walked = asked_by_section(self.questionnaire, answers)
        asked = next(questions for one, questions in walked if one.id == section.id)
        return tuple(one for one in asked if one.choices or one.kind not in CHOOSING)

    def after(self, section: Section) -> str:
        """The id of the next part, '' after the last."""
        ids = [*self.progress]
        return ids[ids.index(section.id) + 1] if section.id in ids[:-1] else ""

    def section_of(self, question: str) -> str:
        """The id of the part that a question stands in, '' for no question."""
        found = (
            one.id for one in self.questionnaire.sections if any(q.id == question for q in one.questions)
        )
        return next(found, "")

    def said(self, section: Section) -> list[tuple[str, ...]]:
        """What was answered in a part, as (question in short, answer in words); after a file, where it is
        handed out and the words to go there by.
        """
        return [self._told(question, words) for question, words in self._answered(section)]

    def asked_and_said(self, section: Section) -> list[tuple[str, ...]]:
        """As ``said``, with every question that was asked: of one without an answer, that it has none."""
        answered = self.said_by_id(section)
        asked = [one for one in self.asked_in(section) if one.takes_answer]
        return [self._told(one, answered.get(one.id, NOT_ANSWERED)) for one in asked]

    def _told(self, question: Question, words: str) -> tuple[str, ...]:
        file = self.file(question.id)
        return question.label, words, *((file.href, "Open") if file and file.href else ())

    def file(self, question: str) -> FileTold | None:
        """The file that was given as an answer, None for none."""
        return self.files.told(question, self.answers) if self.files else None

    def said_by_id(self, section: Section) -> dict[str, str]:
        """What was answered in a part, in words, by the question's id."""
        return {question.id: words for question, words in self._answered(section)}

    def _answered(self, section: Section) -> list[tuple[Question, str]]:
        answers = self.answers
        return [
            (question, self._words(question))
            for question in self.asked_in(section)
            if is_answered(answers.get(question.id))
        ]

    def _words(self, question: Question) -> str:
        file = self.file(question.id) if question.kind == "file" else None
        return file.words if file else shown(question, self.answers[question.id])


class ResponsePaper(Paper):
    """Answers of an assessment or a review, kept as a response of the record."""

    def __init__(self, response: Response) -> None:
        asked = questionnaire_version(response.questionnaire, response.version, response.view)
        super().__init__(asked, response.answers)
        self.response = response

    @property
    def is_open(self) -> bool:
        of = self.response.assessment
        return self.response.state == Response.State.DRAFT and (of is None or of.state == "started")

    def keep_response(self, saved: Response) -> None:
        self.response = saved
        self.keep(saved.answers)


def state(of: Progress | None) -> tuple[str, str]:
    """The words and colour of a part's tag."""
    return STATES[of.state] if of else STATES["not asked"]


def parts(paper: ResponsePaper, href: Href) -> list[dict[str, Any]]:
    """The parts of a questionnaire for a task list, with what was said in each; ``href`` takes a part's id
    to where it is filled in, and is asked only while the answers are open.
    """
    return [
        {
            "section": one.section,
            "title": one.title,
            "href": href(one.section) if paper.is_open else "",
            "status": state(one),
            "said": paper.said(paper.section(one.section)),
        }
        for one in paper.progress.values()
    ]
