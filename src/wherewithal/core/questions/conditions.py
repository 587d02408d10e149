"""Conditions over the answers given before, and values worked out of them, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Answer = str | int | float | list[str] | None
"""A choice's value, text, an ISO date, a file as ``attached`` spells it; whole number or pence; a decimal;
values chosen among several, or in the order of their rank; or no answer."""

Answers = Mapping[str, Answer]
"""Answers by question id."""


@dataclass(frozen=True)
class Given:
    """A question was answered: with one of ``among`` (empty: anything), within ``at_least`` and ``at_most``.

    The limits are numbers or pence, or ISO dates for a question that asks for a date.
    """

    question: str
    among: tuple[str, ...] = ()
    at_least: int | float | str | None = None
    at_most: int | float | str | None = None


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


@dataclass(frozen=True)
class Compared:
    """Two values side by side: equal, less, or less or equal. More is less with the sides changed."""

    left: "Value"
    how: Literal["is", "less", "at_most"]
    right: "Value"


@dataclass(frozen=True)
class AnswerTo:
    """The answer to a question, as it was given; '' where it was not."""

    answer_to: str


@dataclass(frozen=True)
class SizeOf:
    """How many were chosen of several, or how many characters were written; 0 where none were."""

    size_of: str


@dataclass(frozen=True)
class Worked:
    """A sum, from left to right. A part that is no number, or division by 0, makes it no number."""

    how: Literal["plus", "minus", "times", "over", "remainder"]
    parts: tuple["Value", ...]


@dataclass(frozen=True)
class If:
    """One value where a condition holds, and another where it does not."""

    when: "Condition"
    then: "Value"
    otherwise: "Value"


Condition = Given | Every | Some | Unless | Compared
Value = str | int | float | AnswerTo | SizeOf | Worked | If
