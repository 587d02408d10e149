"""Conditions and values as they are written in a definition, read and written.

A condition is one of

    { question = "drink", is = "tea" }               { question = "drink", any_of = ["tea", "coffee"] }
    { question = "spoons", at_least = 1, at_most = 5 }       { question = "drink", answered = true }
    { all = [...] }      { any = [...] }      { not = {...} }
    { value = V, is = V }      { value = V, less_than = V }      { value = V, at_most = V }

and a value V is text, a number or one of

    { answer_to = "spoons" }      { size_of = "cakes" }          # how many chosen, or characters written
    { plus = [V, V] }      { minus = [V, V] }      { times = [V, V] }      { over = [V, V] }
    { remainder = [V, V] }      { when = CONDITION, then = V, otherwise = V }
"""

from datetime import date
from typing import Any, Literal

from wherewithal.core.questions import (
    AnswerTo,
    Compared,
    Condition,
    Every,
    Given,
    If,
    SizeOf,
    Some,
    Unless,
    Value,
    Worked,
)
from wherewithal.policy.rows import Misspelt, Row

_HOW: dict[str, Literal["is", "less", "at_most"]] = {"is": "is", "less_than": "less", "at_most": "at_most"}
_SUMS: dict[str, Literal["plus", "minus", "times", "over", "remainder"]] = {
    "plus": "plus", "minus": "minus", "times": "times", "over": "over", "remainder": "remainder"
}  # fmt: skip


def condition(where: str, body: Any) -> Condition:
    """A condition as TOML reads it; ``where`` is named in the refusal. Raises Misspelt."""
    match body:
        case {"all": [*parts], **rest} if parts and not rest:
            return Every(tuple(condition(where, part) for part in parts))
        case {"any": [*parts], **rest} if parts and not rest:
            return Some(tuple(condition(where, part) for part in parts))
        case {"not": part, **rest} if not rest:
            return Unless(condition(where, part))
        case {"question": str(question), **test} if test:
            return _given(Row(where, {str(key): part for key, part in test.items()}), question)
        case {"value": left, **test} if len(test) == 1:
            word, right = next(iter(test.items()))
            if how := _HOW.get(str(word)):
                return Compared(value(where, left), how, value(where, right))
    raise Misspelt(f"{where}: write a condition like {{ question = “x”, is = “yes” }}, all, any or not")


def value(where: str, body: Any) -> Value:
    """A value as TOML reads it. Raises Misspelt."""
    match body:
        case bool():
            pass
        case str() | int() | float():
            return body
        case {"answer_to": str(question), **rest} if not rest:
            return AnswerTo(question)
        case {"size_of": str(question), **rest} if not rest:
            return SizeOf(question)
        case {"when": when, "then": then, "otherwise": otherwise, **rest} if not rest:
            return If(condition(where, when), value(where, then), value(where, otherwise))
        case {**sum} if len(sum) == 1:
            word, parts = next(iter(sum.items()))
            if (how := _SUMS.get(str(word))) and isinstance(parts, list) and len(parts) > 1:
                return Worked(how, tuple(value(where, part) for part in parts))
    raise Misspelt(f"{where}: write a value like 3, {{ answer_to = “x” }} or {{ plus = [...] }}")


def limit(row: Row, key: str) -> int | float | str | None:
    """A number, pence, or a date as ISO text. Raises Misspelt."""
    if isinstance(row.body.get(key), date):
        day: date = row.get(key, date)
        return day.isoformat()
    return row.decimal(key, None)


def condition_body(of: Condition) -> dict[str, Any]:
    """The condition as TOML writes it."""
    match of:
        case Every():
            return {"all": [condition_body(part) for part in of.all]}
        case Some():
            return {"any": [condition_body(part) for part in of.any]}
        case Unless():
            return {"not": condition_body(of.unless)}
        case Compared():
            how = next(word for word, meant in _HOW.items() if meant == of.how)
            return {"value": value_body(of.left), how: value_body(of.right)}
    return {"question": of.question} | _test(of)


def value_body(of: Value) -> Any:
    """The value as TOML writes it."""
    match of:
        case AnswerTo():
            return {"answer_to": of.answer_to}
        case SizeOf():
            return {"size_of": of.size_of}
        case Worked():
            return {of.how: [value_body(part) for part in of.parts]}
        case If():
            return {
                "when": condition_body(of.when),
                "then": value_body(of.then),
                "otherwise": value_body(of.otherwise),
            }
    return of


def limit_body(of: int | float | str) -> int | float | date:
    """A limit as TOML writes it: a day as a day."""
    return date.fromisoformat(of) if isinstance(of, str) else of


def _given(row: Row, question: str) -> Given:
    match row.body:
        case {"is": str(only), **rest} if not rest:
            return Given(question, (only,))
        case {"any_of": [_, *_], **rest} if not rest:
            return Given(question, row.texts("any_of"))
        case {"answered": True, **rest} if not rest:
            return Given(question)
    row.only("at_least at_most")
    return Given(question, at_least=limit(row, "at_least"), at_most=limit(row, "at_most"))


def _test(given: Given) -> dict[str, Any]:
    if len(given.among) == 1:
        return {"is": given.among[0]}
    if given.among:
        return {"any_of": list(given.among)}
    limits = {"at_least": given.at_least, "at_most": given.at_most}
    return {key: limit_body(of) for key, of in limits.items() if of is not None} or {"answered": True}
