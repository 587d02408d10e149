"""The words of a questionnaire in its other languages.

A place is ``title``, ``hint``, ``section.ID.title``, ``section.ID.hint``, ``question.ID.text`` (``short``,
``hint``, ``says``: the words of its check), ``choice.ID.VALUE.text`` or ``.hint`` (ID is the question's).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from wherewithal.core.questions.definition import Choice, Question, Questionnaire, Section


def places(questionnaire: Questionnaire) -> Mapping[str, str]:
    """Every place that holds words, with the words of the questionnaire's own language."""
    return dict(_places(questionnaire))


def worded(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """The questionnaire in another of its languages; what was not translated stands as it is.

    A language that it does not have leaves every word as it is.
    """
    texts = {
        place: words
        for wording in questionnaire.translations
        if wording.language == language
        for place, words in wording.texts
    }
    return replace(
        questionnaire,
        title=texts.get("title", questionnaire.title),
        hint=texts.get("hint", questionnaire.hint),
        sections=tuple(_section(section, texts) for section in questionnaire.sections),
    )


def _places(of: Questionnaire) -> Iterator[tuple[str, str]]:
    yield from (("title", of.title), ("hint", of.hint))
    for section in of.sections:
        yield f"section.{section.id}.title", section.title
        yield f"section.{section.id}.hint", section.hint
        for question in section.questions:
            where = f"question.{question.id}"
            yield f"{where}.text", question.text
            yield f"{where}.short", question.short
            yield f"{where}.hint", question.hint
            yield f"{where}.says", question.check.says
            for choice in question.choices:
                yield f"choice.{question.id}.{choice.value}.text", choice.text
                yield f"choice.{question.id}.{choice.value}.hint", choice.hint


def _section(of: Section, texts: Mapping[str, str]) -> Section:
    where = f"section.{of.id}"
    return replace(
        of,
        title=texts.get(f"{where}.title", of.title),
        hint=texts.get(f"{where}.hint", of.hint),
        questions=tuple(_question(question, texts) for question in of.questions),
    )


def _question(of: Question, texts: Mapping[str, str]) -> Question:
    where = f"question.{of.id}"
    return replace(
        of,
        text=texts.get(f"{where}.text", of.text),
        short=texts.get(f"{where}.short", of.short),
        hint=texts.get(f"{where}.hint", of.hint),
        choices=tuple(_choice(of.id, choice, texts) for choice in of.choices),
        check=replace(of.check, says=texts.get(f"{where}.says", of.check.says)),
    )


def _choice(question: str, of: Choice, texts: Mapping[str, str]) -> Choice:
    where = f"choice.{question}.{of.value}"
    return replace(of, text=texts.get(f"{where}.text", of.text), hint=texts.get(f"{where}.hint", of.hint))
