"""Does a condition hold, and what does a value come to, with these answers?"""

import math
import re
from collections.abc import Iterator
from datetime import date

from wherewithal.core.questions.conditions import (
    Answer,
    Answers,
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

_NUMBER = re.compile(r"\s*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*", re.ASCII)
_EXACT = 2.0**53  # whole numbers up to here are held exactly


def is_answered(answer: Answer) -> bool:
    """Nought is an answer; nothing, no text and no choice are none."""
    return answer is not None and answer != "" and answer != []


def holds(condition: Condition, answers: Answers) -> bool:
    """Is the condition true of these answers? An unanswered question meets no ``Given``."""
    match condition:
        case Given():
            return _is_given(condition, answers.get(condition.question))
        case Every():
            return all(holds(part, answers) for part in condition.all)
        case Some():
            return any(holds(part, answers) for part in condition.any)
        case Unless():
            return not holds(condition.unless, answers)
    return _compares(condition, _comes_to(condition.left, answers), _comes_to(condition.right, answers))


def work_out(value: Value, answers: Answers) -> str | int | float:
    """What the value comes to: text, or a number; '' where an answer is missing or no number comes of it."""
    found = _comes_to(value, answers)
    return found if isinstance(found, str) or math.isfinite(found) else ""


def _comes_to(value: Value, answers: Answers) -> str | int | float:
    """As ``work_out``, but a sum of which no number comes is none (nan): it is not the same as no answer."""
    match value:
        case AnswerTo():
            return _plain(answers.get(value.answer_to))
        case SizeOf():
            answer = answers.get(value.size_of)
            return len(answer if isinstance(answer, list) else str(_plain(answer)))
        case If():
            return _comes_to(value.then if holds(value.when, answers) else value.otherwise, answers)
        case Worked():
            numbers = [_number(_comes_to(part, answers)) for part in value.parts]
            return _neat(_sum(value, [number for number in numbers if number is not None], len(numbers)))
    return value


def parts(condition: Condition) -> Iterator[Given]:
    """Every look at an answer that a condition makes by itself, in its written order."""
    match condition:
        case Given():
            yield condition
        case Unless():
            yield from parts(condition.unless)
        case Every() | Some():
            for part in condition.all if isinstance(condition, Every) else condition.any:
                yield from parts(part)


def compared(condition: Condition) -> Iterator[Value]:
    """Every value that a condition compares, in its written order."""
    match condition:
        case Compared():
            yield from (condition.left, condition.right)
        case Unless():
            yield from compared(condition.unless)
        case Every() | Some():
            for part in condition.all if isinstance(condition, Every) else condition.any:
                yield from compared(part)


def worked_from(value: Value) -> Iterator[Condition | AnswerTo | SizeOf]:
    """What a value is worked out of: the questions and the conditions that it looks at."""
    match value:
        case AnswerTo() | SizeOf():
            yield value
        case Worked():
            for part in value.parts:
                yield from worked_from(part)
        case If():
            yield value.when
            yield from worked_from(value.then)
            yield from worked_from(value.otherwise)


def looks_at(condition: Condition | None) -> Iterator[str]:
    """The id of every question that a condition looks at, whole or within a value, as often as it does."""
    if condition is None:
        return
    for given in parts(condition):
        yield given.question
    for value in compared(condition):
        yield from works_from(value)


def works_from(value: Value) -> Iterator[str]:
    """The id of every question that a value is worked out of."""
    for one in worked_from(value):
        if isinstance(one, AnswerTo):
            yield one.answer_to
        elif isinstance(one, SizeOf):
            yield one.size_of
        else:
            yield from looks_at(one)


def reaches(high: Answer, low: Answer) -> bool:
    """``high`` is ``low`` or more; a limit that is not set is always met, a limit of another type never."""
    if high is None or low is None:
        return True
    if isinstance(high, int | float) and isinstance(low, int | float):
        return high >= low
    return isinstance(high, str) and isinstance(low, str) and high >= low


def _is_given(condition: Given, answer: Answer) -> bool:
    if not is_answered(answer):
        return False
    chosen = answer if isinstance(answer, list) else [answer]
    if condition.among and not any(value in condition.among for value in chosen):
        return False
    return reaches(answer, condition.at_least) and reaches(condition.at_most, answer)


def _compares(condition: Compared, left: str | int | float, right: str | int | float) -> bool:
    """Text beside text is the same text or not; else both must be numbers. A day counts as its number."""
    if condition.how == "is" and isinstance(left, str) and isinstance(right, str):
        return left == right
    low, high = _number(left), _number(right)
    if low is None or high is None:
        return False
    if condition.how == "is":
        return low == high
    return low < high if condition.how == "less" else low <= high


def _plain(answer: Answer) -> str | int | float:
    """Values chosen among several stand side by side with a blank between."""
    if isinstance(answer, list):
        return " ".join(map(str, answer))
    return "" if answer is None else answer


def _number(value: str | int | float) -> float | None:
    if not isinstance(value, str):
        return float(value) if abs(value) < 1e300 else None
    if _NUMBER.fullmatch(value):
        return _number(float(value))
    try:
        return float(date.fromisoformat(value).toordinal())
    except ValueError:
        return None


def _sum(worked: Worked, numbers: list[float], wanted: int) -> float | None:
    if len(numbers) < wanted:
        return None
    total, *rest = numbers
    for number in rest:
        match worked.how:
            case "plus":
                total += number
            case "minus":
                total -= number
            case "times":
                total *= number
            case _ if number == 0 or not math.isfinite(total):
                return None
            case "over":
                total /= number
            case "remainder":
                total = math.fmod(total, number)
    return total if math.isfinite(total) else None


def _neat(total: float | None) -> int | float:
    if total is None:
        return math.nan
    return int(total) if total.is_integer() and abs(total) < _EXACT else total
