"""What tables tell of the answers to a question: its choices, or the bands that a number falls into.

A number alone could tell whose it is, so it is told in bands, which the questionnaire names by where each
begins. A question without choices and without bands is told in no table.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from wherewithal.core.money import pounds
from wherewithal.core.questions.conditions import Answer, Condition, Given
from wherewithal.core.questions.definition import Question
from wherewithal.core.questions.routing import compared, parts, works_from

BANDED = ("whole_number", "decimal", "money")


def values_told(question: Question) -> Mapping[str, str]:
    """Everything that can be counted of the answers, with its words, in order."""
    if not question.bands:
        return {choice.value: choice.text for choice in question.choices}
    first, last = question.bands[0], question.bands[-1]
    under = {} if _is_least(question) else {"under": f"Under {_written(question, first)}"}
    between = {_value(low): _words(question, low, above) for low, above in pairwise(question.bands)}
    return under | between | {_value(last): f"{_written(question, last)} or more"}


def told_as(question: Question, answer: Answer) -> list[str]:
    """What an answer counts as. Of an order it is the value that was put first: everybody who gave one put
    each somewhere.
    """
    if question.bands and isinstance(answer, int | float):
        reached = [low for low in question.bands if low <= answer]
        return [_value(reached[-1])] if reached else ["under"]
    given = [str(one) for one in answer] if isinstance(answer, list) else [str(answer)]
    return given[:1] if question.kind == "rank" else given


def cuts(condition: Condition, earlier: Mapping[str, Question]) -> Iterator[str]:
    """What is wrong with a condition for being asked that cuts a band: how many were asked would tell, beside
    the bands, of a part of one, which may be small and which nothing guards.
    """
    for given in parts(condition):
        asked = earlier.get(given.question)
        if asked is not None and asked.bands and not _begins_one(asked, given):
            yield f"its condition cuts a band of “{asked.id}”: let a band begin there"
    looked_at = [id for value in compared(condition) for id in works_from(value)]
    looked_at += [given.question for given in parts(condition) if _is_worked_out(earlier.get(given.question))]
    for id in dict.fromkeys(source for one in looked_at for source in _sources(one, earlier)):
        if id in earlier and earlier[id].bands:
            yield f"its condition works with “{id}”, which is told in bands, and may cut one"


def _begins_one(asked: Question, given: Given) -> bool:
    least, most = given.at_least, given.at_most
    above = most + 1 if isinstance(most, int) and asked.kind != "decimal" else most
    return (least is None or least in asked.bands) and (most is None or above in asked.bands)


def _is_worked_out(question: Question | None) -> bool:
    return question is not None and question.value is not None


def _sources(id: str, earlier: Mapping[str, Question]) -> Iterator[str]:
    """The questions that people answer behind one that is worked out."""
    question = earlier.get(id)
    if question is None or question.value is None:
        yield id
        return
    for one in works_from(question.value):
        yield from _sources(one, earlier)


def _is_least(question: Question) -> bool:
    """Can no answer be below the first band?"""
    least = question.check.least
    return isinstance(least, int | float) and least >= question.bands[0]


def _value(low: int | float) -> str:
    """``from_100``, ``from_0_5``, ``from_minus_1``: a name that a sentence of a report can hold."""
    return f"from_{low}".replace("-", "minus_").replace(".", "_")


def _words(question: Question, low: int | float, above: int | float) -> str:
    if question.kind != "whole_number":
        return f"{_written(question, low)} to under {_written(question, above)}"
    return _written(question, low) if above == low + 1 else f"{low:,} to {above - 1:,}"


def _written(question: Question, number: int | float) -> str:
    if question.kind != "money":
        return f"{number:,}"
    assert isinstance(number, int)
    return pounds(number).removesuffix(".00")
