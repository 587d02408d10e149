"""A condition in words, as whoever designs a questionnaire reads it: “Has it a plan?” is “Yes”."""

from wherewithal.core.questions.answers import shown
from wherewithal.core.questions.conditions import (
    AnswerTo,
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
from wherewithal.core.questions.definition import Questionnaire

_HOW = {"is": "is", "less": "is less than", "at_most": "is at most"}
_SIGNS = {"plus": "+", "minus": "−", "times": "×", "over": "÷", "remainder": "modulo"}


def said(condition: Condition, of: Questionnaire) -> str:
    """The condition, with the labels of the questions that it looks at and the words of their choices."""
    match condition:
        case Given():
            return _given(condition, of)
        case Every():
            return " and ".join(_part(one, of) for one in condition.all)
        case Some():
            return " or ".join(_part(one, of) for one in condition.any)
        case Unless():
            return f"not ({said(condition.unless, of)})"
    return f"{_value(condition.left, of)} {_HOW[condition.how]} {_value(condition.right, of)}"


def _part(condition: Condition, of: Questionnaire) -> str:
    """Within others, with brackets where it would be read otherwise without."""
    words = said(condition, of)
    return f"({words})" if isinstance(condition, Every | Some) else words


def _given(given: Given, of: Questionnaire) -> str:
    asked = of.questions[given.question]
    found = [f"“{asked.label}”"]
    if given.among:
        words = [asked.choice[value].text if value in asked.choice else value for value in given.among]
        found.append("is " + " or ".join(f"“{one}”" for one in words))
    limits = [("at least", given.at_least), ("at most", given.at_most)]
    told = " and ".join(f"{words} {shown(asked, limit)}" for words, limit in limits if limit is not None)
    if told:
        found.append(f"is {told}")
    return " ".join(found) if len(found) > 1 else f"{found[0]} is answered"


def _value(value: Value, of: Questionnaire) -> str:
    match value:
        case AnswerTo():
            return f"“{of.questions[value.answer_to].label}”"
        case SizeOf():
            return f"how much is given to “{of.questions[value.size_of].label}”"
        case Worked():
            return "(" + f" {_SIGNS[value.how]} ".join(_value(part, of) for part in value.parts) + ")"
        case If():
            then, otherwise = _value(value.then, of), _value(value.otherwise, of)
            return f"({then} if {said(value.when, of)}, else {otherwise})"
    return f"“{value}”" if isinstance(value, str) else str(value)
