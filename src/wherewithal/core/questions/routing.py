"""When something is asked: small conditions over the answers given before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Answer = str | int | list[str] | None
"""A choice's value, text, an ISO date; whole number or pence; values chosen among several; or no answer."""

Answers = Mapping[str, Answer]
"""Answers by question id."""


@dataclass(frozen=True)
class Given:
    """A question was answered: with one of ``among`` (empty: anything), within ``at_least`` and ``at_most``.

    The limits are whole numbers or pence, or ISO dates for a question that asks for a date.
    """

    question: str
    among: tuple[str, ...] = ()
    at_least: int | str | None = None
    at_most: int | str | None = None


@dataclass(frozen=True)
class Every:
    """All of the parts hold."""

    all: tuple["Condition", ...]


@dataclass(frozen=True)
class Some:
    """At least one of the parts holds."""

    any: tuple["Condition", ...]


@dataclass(frozen=True)
class Unless:
    """The part does not hold, also where its question was not answered."""

    unless: "Condition"


Condition = Given | Every | Some | Unless


def is_answered(answer: Answer) -> bool:
    """Nought is an answer; nothing, no text and no choice are none."""
    return answer is not None and answer != "" and answer != []


def holds(condition: Condition, answers: Answers) -> bool:
    """Is the condition true of these answers? An unanswered question meets no ``Given``."""
    if isinstance(condition, Given):
        return _is_given(condition, answers.get(condition.question))
    if isinstance(condition, Every):
        return all(holds(part, answers) for part in condition.all)
    if isinstance(condition, Some):
        return any(holds(part, answers) for part in condition.any)
    return not holds(condition.unless, answers)


def parts(condition: Condition) -> Iterator[Given]:
    """Every look at an answer that a condition makes, in its written order."""
    if isinstance(condition, Given):
        yield condition
    elif isinstance(condition, Unless):
        yield from parts(condition.unless)
    else:
        for part in condition.all if isinstance(condition, Every) else condition.any:
            yield from parts(part)


def reaches(high: Answer, low: Answer) -> bool:
    """``high`` is ``low`` or more; a limit that is not set is always met, a limit of another type never."""
    if high is None or low is None:
        return True
    if isinstance(high, int) and isinstance(low, int):
        return high >= low
    return isinstance(high, str) and isinstance(low, str) and high >= low


def _is_given(condition: Given, answer: Answer) -> bool:
    if not is_answered(answer):
        return False
    chosen = answer if isinstance(answer, list) else [answer]
    if condition.among and not any(value in condition.among for value in chosen):
        return False
    return reaches(answer, condition.at_least) and reaches(condition.at_most, answer)
