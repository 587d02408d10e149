"""Answers by chance, as a questionnaire takes them and as a form holds them."""

from datetime import date, timedelta

from wherewithal.core.file_kind import KINDS
from wherewithal.core.questions import Attached, Question, Questionnaire, taken_of

BLANK = 0.25


def by_chance(questionnaire: Questionnaire, rng, words=("other", "yes", "2")) -> dict:
    """Answers to most of the questions, whether they are asked or not."""
    return {
        one.id: answer(one, rng, words)
        for one in questionnaire.questions.values()
        if one.takes_answer and rng.random() > BLANK
    }


def answer(question: Question, rng, words):
    values = [choice.value for choice in question.choices]
    match question.kind:
        case "several":
            return rng.sample(values, rng.randint(1, len(values)))
        case "rank":
            return rng.sample(values, len(values))
        case "whole_number" | "money":
            return rng.choice([0, 1, 2, 3, 5, 17, 18, 19, 100, 215, 21450])
        case "decimal":
            return rng.choice([0, 0.5, 1, 1.5, 2, 3.25, 18, 200])
        case "date":
            return (date(2026, 4, 6) + timedelta(days=rng.randint(-3, 3))).isoformat()
        case "text" | "longtext":
            return rng.choice(words)
        case "file":
            return Attached("0" * 32, f"given.{KINDS[taken_of(question, KINDS)[0]].ending}").answer
    return rng.choice(values)


def as_a_form_holds(question: Question, given) -> str:
    """A date as the number of its day, an amount in pounds."""
    if isinstance(given, list):
        return " ".join(given)
    if question.kind == "date":
        return str(date.fromisoformat(given).toordinal())
    return f"{given / 100:.2f}" if question.kind == "money" else str(given)
