"""Is one answer a good answer to one question? Says what is wrong in words for the form."""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeGuard

from wherewithal.core.file_kind import KINDS, in_words
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.questions.attached import attached, taken_of
from wherewithal.core.questions.conditions import Answer
from wherewithal.core.questions.definition import CHOOSING, LISTING, WRITING, Check, Question
from wherewithal.core.questions.routing import is_answered, reaches

LONGEST = {"text": 200, "longtext": 5_000}
"""Characters that a question takes where its check names no number."""

LIKE = {
    "whole_number": "a whole number like 3",
    "decimal": "a number like 2.5",
    "money": "an amount like 214.50",
}

PATTERNS = {
    "email": (re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"), "an email address, like name@example.com"),
    "postcode": (re.compile(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"), "a postcode, like EX1 1AA"),
    "telephone": (re.compile(r"\+?[0-9][0-9 ()-]{8,18}[0-9]"), "a telephone number, like 01632 960 001"),
}
"""The shapes that a definition may ask for by name, and the words for each."""


def fault(question: Question, answer: Answer, *, whole: bool = True) -> str:
    """What is wrong with the answer, '' if nothing is; with ``whole`` a required one may not be missing."""
    if not is_answered(answer):
        return _missing(question) if whole and question.required else ""
    if question.kind == "calculated":
        return ""  # it is worked out anew, whatever was kept
    if question.kind == "note":
        return f"“{question.text}” is not a question and takes no answer."
    if question.kind in CHOOSING:
        return _wrong_choice(question, answer)
    if question.kind in WRITING:
        return _wrong_text(question, answer)
    if question.kind == "date":
        return _wrong_date(question, answer)
    if question.kind == "file":
        return _wrong_file(question, answer)
    return _wrong_number(question, answer)


def _missing(question: Question) -> str:
    if question.kind == "yes_no":
        return f"Choose yes or no for “{question.text}”."
    if question.kind in CHOOSING:
        return f"Choose an answer for “{question.text}”."
    if question.kind == "file":
        return f"Choose a file for “{question.text}”."
    return f"Write an answer for “{question.text}”."


def _wrong_choice(question: Question, answer: Answer) -> str:
    values = answer if isinstance(answer, list) else [answer]
    choices = [
        question.choice[value] for value in values if isinstance(value, str) and value in question.choice
    ]
    if isinstance(answer, list) != (question.kind in LISTING) or len(choices) < len(values):
        return f"Choose from the answers to “{question.text}” that are shown."
    if len(set(choices)) < len(choices):
        return f"Choose each answer to “{question.text}” once."
    if len(choices) > 1 and any(choice.alone for choice in choices):
        lonely = next(choice.text for choice in choices if choice.alone)
        return f"Choose “{lonely}” or other answers, not both."
    if question.kind == "rank" and len(values) < len(question.choices):
        return f"Give every answer to “{question.text}” a place."
    if question.kind == "several":
        return _outside(question.check, len(values), "Choose at least {}.", "Choose no more than {}.")
    return ""


def _wrong_text(question: Question, answer: Answer) -> str:
    if not isinstance(answer, str):
        return f"Write your answer to “{question.text}” in words."
    longest = question.check.longest or LONGEST[question.kind]
    if len(answer) > longest:
        return question.check.says or f"Use {longest:,} characters or fewer. You wrote {len(answer):,}."
    if question.check.pattern:
        shape, like = PATTERNS[question.check.pattern]
        if not shape.fullmatch(answer):
            return question.check.says or f"Write {like}."
    return ""


def _wrong_file(question: Question, answer: Answer) -> str:
    """What is in the file was looked at when it came; here is only what the answer tells of it."""
    file, takes = attached(answer), taken_of(question, KINDS)
    if file is None:
        return f"Choose a file for “{question.text}”."
    if not file.name.endswith(tuple(f".{KINDS[kind].ending}" for kind in takes)):
        return question.check.says or f"Choose a file of one of these kinds: {in_words(takes)}."
    return ""


def _wrong_date(question: Question, answer: Answer) -> str:
    if not isinstance(answer, str) or not _is_day(answer):
        return f"Write a real date for “{question.text}”, like 6 4 2026."
    early, late = "The date must be {} or later.", "The date must be {} or earlier."
    return _outside(question.check, answer, early, late, lambda day: written(date.fromisoformat(day)))


def _is_day(answer: str) -> bool:
    """Spelled 2026-04-06, the one spelling that sorts as days do."""
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def _wrong_number(question: Question, answer: Answer) -> str:
    if not _is_number(answer, question):
        return f"Write {LIKE[question.kind]}."
    shown = pounds if question.kind == "money" else str
    return _outside(
        question.check, answer, "This must be {} or more.", "This must be {} or less.", shown
    ) or _off_step(question.check, answer)


def _is_number(answer: Answer, question: Question) -> TypeGuard[int | float]:
    if isinstance(answer, bool):
        return False
    return isinstance(answer, int) or (
        question.kind == "decimal" and isinstance(answer, float) and math.isfinite(answer)
    )


def _off_step(check: Check, answer: int | float) -> str:
    """A decimal step is met within a billionth: 0.3 is three steps of 0.1."""
    if check.step is None:
        return ""
    least = check.least if isinstance(check.least, int | float) else 0
    steps = (answer - least) / check.step
    if abs(steps - round(steps)) <= 1e-9 * max(1, abs(steps)):
        return ""
    return check.says or f"This must be {least}, or a number of steps of {check.step} from it."


def _outside(
    check: Check, value: int | float | str, too_low: str, too_high: str, shown: Callable[[Any], str] = str
) -> str:
    """The check's own words, or the usual ones, where the value is beyond a limit."""
    if not reaches(value, check.least):
        return check.says or too_low.format(shown(check.least))
    if not reaches(check.most, value):
        return check.says or too_high.format(shown(check.most))
    return ""
