"""A questionnaire as the worker is asked it: about the person, in the words that are for the worker."""

from dataclasses import replace

from wherewithal.core.questions.definition import Choice, Question, Questionnaire, Section


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
