"""Limits of numbers and dates: a comparison becomes a limit that includes itself, as our checks do."""

import math
from datetime import date, timedelta
from decimal import Decimal

from wherewithal.core.questions import Given, Question
from wherewithal.formats.xlsform.expression import Call, Lit, Tree
from wherewithal.formats.xlsform.remark import NotCarried


def given_limit(op: str, question: Question, tree: Tree) -> Given | bool | None:
    """``${n} > 3`` of a number, an amount or a date as a limit of its answer; None where it is none.

    Raises NotCarried for a date beside what is no date.
    """
    if question.kind == "date":
        return _of_date(op, question, tree)
    if not isinstance(tree, Lit):
        return None
    if op == "=" and isinstance(tree.value, str):
        return _of_number(op, question, int(tree.value)) if tree.value.isdecimal() else None
    number = _number(tree)
    return None if number is None else _of_number(op, question, number)


def limit(op: str, kind: str, tree: Tree) -> int | float | str | None:
    """The limit that ``op`` sets on an answer of that kind, itself included; None where there is none.

    Raises NotCarried for a date beside what is no date.
    """
    if kind == "date":
        day = _day(tree)
        apart = {"<": -1, ">": 1}.get(op, 0)
        return (day + timedelta(days=apart)).isoformat()
    number = _number(tree)
    if number is None:
        return None
    if kind == "decimal":
        return None if op in ("<", ">") else number
    exact = Decimal(str(number)) * (100 if kind == "money" else 1)
    match op:
        case "<":
            return math.ceil(exact) - 1
        case "<=":
            return math.floor(exact)
        case ">":
            return math.floor(exact) + 1
        case ">=":
            return math.ceil(exact)
    return int(exact) if exact == int(exact) else None


def _of_date(op: str, question: Question, tree: Tree) -> Given | None:
    if not isinstance(tree, Lit | Call):
        return None  # another answer, or a sum: compared as days
    return _given(op, question, limit(op, "date", tree))


def _of_number(op: str, question: Question, number: int | float) -> Given | None:
    return _given(op, question, limit(op, question.kind, Lit(number)))


def _given(op: str, question: Question, found: int | float | str | None) -> Given | None:
    if found is None:
        return None
    at_least = found if op in ("=", ">", ">=") else None
    at_most = found if op in ("=", "<", "<=") else None
    return Given(question.id, at_least=at_least, at_most=at_most)


def _number(tree: Tree) -> int | float | None:
    if not isinstance(tree, Lit):
        return None
    if not isinstance(tree.value, str):
        return tree.value
    try:
        number = float(tree.value) if tree.value.isascii() else math.nan
    except ValueError:
        return None
    if not math.isfinite(number) or abs(number) > 1e15:
        return None
    return int(number) if number.is_integer() else number


def _day(tree: Tree) -> date:
    match tree:
        case Call("date" | "date-time", (Lit(str(text)),)):
            try:
                return date.fromisoformat(text[:10])
            except ValueError as error:
                raise NotCarried(f"“{text}” is no date") from error
        case Call("today" | "now", ()):
            raise NotCarried("the day on which it is filled in is not known to a condition")
        case Lit(value):
            raise NotCarried(f"a date is compared with “{value}”; write date('2026-04-06')")
    raise NotCarried("a date is compared with what is no date")
