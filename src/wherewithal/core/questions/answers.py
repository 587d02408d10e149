"""Answers to and from people: what a form posted becomes a typed answer; a typed answer becomes words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.core.money import NotMoney, pence, pounds
from wherewithal.core.period import written
from wherewithal.core.questions.asking import Fault, counted
from wherewithal.core.questions.attached import attached
from wherewithal.core.questions.checking import fault
from wherewithal.core.questions.conditions import Answer, Answers
from wherewithal.core.questions.definition import CHOOSING, Question, Questionnaire

Posted = Mapping[str, str | Sequence[str]]
"""What a form sent: one text, or all texts of a name. A date comes whole or as ``id-day, -month, -year``; a
rank as its values in order, or as the place of each value, ``id-VALUE`` = 1."""

_DIGITS_AT_MOST = 12  # beyond any amount or count that is asked for
_WHOLE = re.compile(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)")
_DECIMAL = re.compile(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")
_DATE_PART = re.compile(r"[0-9]{1,4}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # control characters, which databases and PDFs refuse


@dataclass(frozen=True)
class Heard:
    """``answers`` are typed and without fault; a blank one is None, so that it clears what was kept.
    A question with a fault has no answer here: what was kept for it stays.
    """

    answers: dict[str, Answer]
    faults: tuple[Fault, ...]


class _Unreadable(Exception):
    """Text that is no answer of the question's kind; the message is for the form."""


def read(questionnaire: Questionnaire, posted: Posted, *, only: Collection[str] | None = None) -> Heard:
    """Typed answers to the questions that the page showed (``only``; all of them where it is None).

    A question that was shown and not posted (no box ticked) was left blank. Names that are no questions
    (a form's token) are passed over. Raises NoSuchQuestion for an unknown id in ``only``.
    """
    ids = questionnaire.questions if only is None else only
    answers: dict[str, Answer] = {}
    wrong = []
    for question in map(questionnaire.question, ids):
        if not question.takes_answer:
            continue
        try:
            answer = _typed(question, posted)
            says = fault(question, answer, whole=False)
        except _Unreadable as unreadable:
            says = str(unreadable)
        if says:
            wrong.append(Fault(question.id, says))
        else:
            answers[question.id] = answer
    return Heard(answers, tuple(wrong))


def shown(question: Question, answer: Answer) -> str:
    """An answer as people read it, '' for none. A value that is no longer a choice stands as it is."""
    if answer is None:
        return ""
    if isinstance(answer, list):
        return ", ".join(_choice_text(question, value) for value in answer)
    if isinstance(answer, float):
        return f"{answer:,}"
    if isinstance(answer, int):
        return pounds(answer) if question.kind == "money" else f"{answer:,}"
    if question.kind == "file":
        file = attached(answer)
        return file.name if file else answer
    if question.kind == "date":
        try:
            return written(date.fromisoformat(answer))
        except ValueError:
            return answer
    return _choice_text(question, answer)


def carried(questionnaire: Questionnaire, earlier: Answers) -> dict[str, Answer]:
    """What earlier answers, to this version or another, still say here: the start of a new response.

    Answers to questions that are gone or not asked, and answers that this version does not take, are
    left behind. A question whose meaning changed needs a new id, or its old answers come along.
    """
    kept = {
        id: answer
        for id, answer in earlier.items()
        if id in questionnaire.questions and not fault(questionnaire.questions[id], answer)
    }
    return counted(questionnaire, kept)


def _typed(question: Question, posted: Posted) -> Answer:
    texts = _texts(posted, question.id)
    if question.kind == "rank":
        return _rank(question, texts, posted)
    if question.kind == "several":
        return [text for text in texts if text] or None
    text = texts[-1] if texts else ""
    if question.kind == "date":
        return _day(question, text, posted)
    if not text:
        return None
    if question.kind == "whole_number":
        return _whole_number(text)
    if question.kind == "decimal":
        return _decimal(text)
    if question.kind == "money":
        return _amount(text)
    return text


def _texts(posted: Posted, name: str) -> list[str]:
    raw = posted.get(name, ())
    return [_clean(text) for text in ([raw] if isinstance(raw, str) else raw)]


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _whole_number(text: str) -> int:
    if len(text) > _DIGITS_AT_MOST or not _WHOLE.fullmatch(text):
        raise _Unreadable(f"“{text[:40]}” is not a whole number. Write it like 3.")
    return int(text.replace(",", ""))


def _decimal(text: str) -> int | float:
    if len(text) > _DIGITS_AT_MOST or not _DECIMAL.fullmatch(text):
        raise _Unreadable(f"“{text[:40]}” is not a number. Write it like 2.5.")
    whole, _, part = text.replace(",", "").partition(".")
    return float(f"{whole}.{part}") if part.strip("0") else int(whole)


def _rank(question: Question, texts: list[str], posted: Posted) -> list[str] | None:
    """The values in order: as they came, or by the place that was written beside each."""
    if any(texts):
        return [text for text in texts if text]
    written_places = {
        choice.value: "".join(_texts(posted, f"{question.id}-{choice.value}")) for choice in question.choices
    }
    places = {value: _whole_number(text) for value, text in written_places.items() if text}
    if not places:
        return None
    if sorted(places.values()) != list(range(1, len(question.choices) + 1)):
        raise _Unreadable(
            f"Give each answer to “{question.label}” a place of its own, from 1 to {len(question.choices)}."
        )
    return sorted(places, key=places.__getitem__)


def _amount(text: str) -> int:
    if len(text) > _DIGITS_AT_MOST:
        raise _Unreadable(f"“{text[:40]}” is not an amount of money. Write it like 214.50.")
    try:
        return pence(text)
    except NotMoney as refusal:
        raise _Unreadable(refusal.says) from refusal


def _day(question: Question, text: str, posted: Posted) -> str | None:
    """An ISO date; a whole text is passed on for the check to judge."""
    if text:
        return text
    parts = ["".join(_texts(posted, f"{question.id}-{part}")) for part in ("day", "month", "year")]
    if not any(parts):
        return None
    try:
        day, month, year = (int(part) if _DATE_PART.fullmatch(part) else 0 for part in parts)
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise _Unreadable(f"Write a real date for “{question.label}”, like 6 4 2026.") from error


def _choice_text(question: Question, value: str) -> str:
    if question.kind in CHOOSING and value in question.choice:
        return question.choice[value].text
    return value
