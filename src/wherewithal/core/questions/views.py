"""A questionnaire as some are asked it: the worker, about the person; whoever may not be asked all of it."""

from collections.abc import Callable, Collection
from dataclasses import replace

from wherewithal.core.questions.definition import Choice, Question, Questionnaire, Section, Wording
from wherewithal.core.questions.wording import places


def for_worker(questionnaire: Questionnaire) -> Questionnaire:
    """The same ids, choices, points and routes; what is for the person's own view only is left out."""
    sections = (
        (section, tuple(_question(one) for one in section.questions if not one.own_view))
        for section in questionnaire.sections
    )
    return replace(
        questionnaire,
        sections=tuple(_section(section, questions) for section, questions in sections if questions),
    )


def without(questionnaire: Questionnaire, gone: Callable[[Question], bool]) -> Questionnaire:
    """The same without the questions that are ``gone``, and without the translations of those. Sections are
    left out of which nothing is left; there may be none at all.
    """
    sections = (
        replace(section, questions=tuple(one for one in section.questions if not gone(one)))
        for section in questionnaire.sections
    )
    left = replace(questionnaire, sections=tuple(section for section in sections if section.questions))
    there = places(left)
    return replace(left, translations=tuple(_only_at(there, one) for one in questionnaire.translations))


def _only_at(there: Collection[str], wording: Wording) -> Wording:
    return replace(wording, texts=tuple((place, words) for place, words in wording.texts if place in there))


def _section(section: Section, questions: tuple[Question, ...]) -> Section:
    return replace(
        section,
        title=section.worker or section.title,
        hint=section.worker_hint or section.hint,
        questions=questions,
    )


def _question(question: Question) -> Question:
    return replace(
        question,
        text=question.worker or question.text,
        hint=question.worker_hint or question.hint,
        choices=tuple(map(_choice, question.choices)),
    )


def _choice(choice: Choice) -> Choice:
    return replace(choice, text=choice.worker or choice.text)
