"""Which questions are asked, what is still wrong or missing, and how far the person has come."""

from dataclasses import dataclass, replace
from typing import Literal

from wherewithal.core.questions.checking import fault
from wherewithal.core.questions.conditions import Answer, Answers, Condition
from wherewithal.core.questions.definition import Question, Questionnaire, Section
from wherewithal.core.questions.routing import holds, is_answered, work_out


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
    """Each section with the questions that these answers lead to (notes and calculated ones among them), in
    order; a question holds the choices that are shown.

    One pass: conditions look back only, and see no answer to a question that is no longer asked.
    """
    return _walk(questionnaire, answers)[0]


def asked(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers lead to, notes among them, in order."""
    return tuple(
        question for _, questions in asked_by_section(questionnaire, answers) for question in questions
    )


def counted(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers that count: given to a question that is asked, or worked out from those that were."""
    return _walk(questionnaire, answers)[1]


def faults(questionnaire: Questionnaire, answers: Answers, *, whole: bool) -> tuple[Fault, ...]:
    """All that is wrong, in the order of the questions; answers to questions not asked are let be.

    ``whole=False`` looks only at what was answered (saving as you go); ``whole=True`` also wants every
    required answer (handing in). An answer to a question that does not exist is a fault in both.
    """
    walked, counts = _walk(questionnaire, answers)
    wrong = [
        Fault(question.id, says)
        for _, questions in walked
        for question in questions
        if (says := _says(question, answers.get(question.id), counts, whole=whole))
    ]
    unknown = [id for id in answers if id not in questionnaire.questions]
    return (*wrong, *(Fault(id, f"There is no question called “{id}”.") for id in unknown))


def progress(questionnaire: Questionnaire, answers: Answers) -> tuple[Progress, ...]:
    """Every section in order, also those that these answers do not lead to. What takes no answer is not
    counted.
    """
    walked, counts = _walk(questionnaire, answers)
    return tuple(
        _progress(section, [one for one in questions if one.takes_answer], answers, counts)
        for section, questions in walked
    )


def _progress(section: Section, questions: list[Question], answers: Answers, counts: Answers) -> Progress:
    return Progress(
        section.id,
        section.title,
        answered=sum(is_answered(answers.get(one.id)) for one in questions),
        asked=len(questions),
        complete=not any(_says(one, answers.get(one.id), counts, whole=True) for one in questions),
    )


def _says(question: Question, answer: Answer, counts: Answers, *, whole: bool) -> str:
    """What is wrong with one answer beside the others, '' if nothing is."""
    if says := fault(question, answer, whole=whole):
        return says
    if question.must is not None and is_answered(answer) and not holds(question.must, counts):
        return (
            question.check.says
            or f"Your answer to “{question.label}” does not go with the others. Look again."
        )
    return ""


def _walk(
    questionnaire: Questionnaire, answers: Answers
) -> tuple[tuple[tuple[Section, tuple[Question, ...]], ...], dict[str, Answer]]:
    """What is asked, section by section, and the answers that count, in one pass."""
    counts: dict[str, Answer] = {}
    walked = []
    for section in questionnaire.sections:
        found = []
        for question in section.questions if _is_on(section.relevant, counts) else ():
            if _is_on(question.relevant, counts):
                found.append(_with_choices_shown(question, counts))
                answer = (
                    answers.get(question.id) if question.value is None else work_out(question.value, counts)
                )
                if is_answered(answer):
                    counts[question.id] = answer
        walked.append((section, tuple(found)))
    return tuple(walked), counts


def _with_choices_shown(question: Question, counts: Answers) -> Question:
    if not any(choice.relevant for choice in question.choices):
        return question
    return replace(question, choices=tuple(one for one in question.choices if _is_on(one.relevant, counts)))


def _is_on(relevant: Condition | None, answers: Answers) -> bool:
    return relevant is None or holds(relevant, answers)
