"""Which questions are asked, what is still wrong or missing, and how far the person has come."""

from dataclasses import dataclass
from typing import Literal

from wherewithal.core.questions.checking import fault
from wherewithal.core.questions.definition import Question, Questionnaire, Section
from wherewithal.core.questions.routing import Answer, Answers, Condition, holds, is_answered


@dataclass(frozen=True)
class Fault:
    """What is wrong with the answer to a question (its id), in words for the form."""

    question: str
    says: str


@dataclass(frozen=True)
class Progress:
    """One section: how many of its ``asked`` questions are answered. It is ``complete`` when nothing
    required is missing and nothing is wrong, so a section of voluntary questions is complete when empty.
    """

    section: str
    title: str
    answered: int
    asked: int
    complete: bool

    @property
    def state(self) -> Literal["not asked", "not started", "started", "complete", "optional"]:
        if not self.asked:
            return "not asked"
        if not self.answered:
            return "optional" if self.complete else "not started"
        return "complete" if self.complete else "started"


def asked_by_section(
    questionnaire: Questionnaire, answers: Answers
) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
    """Each section with the questions that these answers lead to (notes among them), in order.

    One pass: conditions look back only, and see no answer to a question that is no longer asked.
    """
    counts: dict[str, Answer] = {}
    walked = []
    for section in questionnaire.sections:
        found = []
        for question in section.questions if _is_on(section.relevant, counts) else ():
            if _is_on(question.relevant, counts):
                found.append(question)
                if is_answered(answers.get(question.id)):
                    counts[question.id] = answers[question.id]
        walked.append((section, tuple(found)))
    return tuple(walked)


def asked(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers lead to, notes among them, in order."""
    return tuple(
        question for _, questions in asked_by_section(questionnaire, answers) for question in questions
    )


def counted(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers that count: given, and to a question that is asked."""
    return {
        question.id: answers[question.id]
        for question in asked(questionnaire, answers)
        if is_answered(answers.get(question.id))
    }


def faults(questionnaire: Questionnaire, answers: Answers, *, whole: bool) -> tuple[Fault, ...]:
    """All that is wrong, in the order of the questions; answers to questions not asked are let be.

    ``whole=False`` looks only at what was answered (saving as you go); ``whole=True`` also wants every
    required answer (handing in). An answer to a question that does not exist is a fault in both.
    """
    wrong = [
        Fault(question.id, says)
        for question in asked(questionnaire, answers)
        if (says := fault(question, answers.get(question.id), whole=whole))
    ]
    unknown = [id for id in answers if id not in questionnaire.questions]
    return (*wrong, *(Fault(id, f"There is no question called “{id}”.") for id in unknown))


def progress(questionnaire: Questionnaire, answers: Answers) -> tuple[Progress, ...]:
    """Every section in order, also those that these answers do not lead to. Notes are not counted."""
    return tuple(
        _progress(section, [question for question in questions if question.kind != "note"], answers)
        for section, questions in asked_by_section(questionnaire, answers)
    )


def _progress(section: Section, questions: list[Question], answers: Answers) -> Progress:
    given = [answers.get(question.id) for question in questions]
    return Progress(
        section.id,
        section.title,
        answered=sum(map(is_answered, given)),
        asked=len(questions),
        complete=not any(fault(question, answer) for question, answer in zip(questions, given, strict=True)),
    )


def _is_on(relevant: Condition | None, answers: Answers) -> bool:
    return relevant is None or holds(relevant, answers)
