"""Points for answers, and two sets of answers side by side."""

from dataclasses import dataclass

from wherewithal.core.questions.answers import shown
from wherewithal.core.questions.asking import asked, counted
from wherewithal.core.questions.conditions import Answer, Answers
from wherewithal.core.questions.definition import CHOOSING, WRITING, Question, Questionnaire
from wherewithal.core.questions.routing import is_answered


@dataclass(frozen=True)
class ScoreLine:
    """``question`` is an id; ``text`` and ``answer_text`` are for people."""

    question: str
    text: str
    answer_text: str
    points: int


@dataclass(frozen=True)
class Score:
    """``lines`` add up to ``points``; ``unanswered`` are the scored questions that were asked in vain."""

    points: int
    lines: tuple[ScoreLine, ...]
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One question whose answer differs between two sets; '' where it was not asked or not answered."""

    question: str
    text: str
    before_text: str
    after_text: str
    points_change: int


def points_of(question: Question, answer: Answer) -> int:
    """The points of the chosen answer, or of all chosen; an unknown value is worth none."""
    if question.kind not in CHOOSING:
        return 0
    values = answer if isinstance(answer, list) else [answer]
    chosen = (question.choice.get(value) for value in values if isinstance(value, str))
    return sum(choice.points for choice in chosen if choice)


def score(questionnaire: Questionnaire, answers: Answers) -> Score:
    """The points of what was asked, line by line; an answer to a question no longer asked scores nothing."""
    lines, unanswered = [], []
    for question in asked(questionnaire, answers):
        answer = answers.get(question.id)
        if question.is_scored and is_answered(answer):
            points = points_of(question, answer)
            lines.append(ScoreLine(question.id, question.label, shown(question, answer), points))
        elif question.is_scored:
            unanswered.append(question.id)
    return Score(sum(line.points for line in lines), tuple(lines), tuple(unanswered))


def most_points(questionnaire: Questionnaire) -> int:
    """A ceiling that no answers can pass: the most points of each question, as if all were asked."""
    return sum(
        _most_points(question) for question in questionnaire.questions.values() if question.kind in CHOOSING
    )


def changes(questionnaire: Questionnaire, before: Answers, after: Answers) -> tuple[Change, ...]:
    """What differs between last time's answers and these, in the order of the questions."""
    old, new = counted(questionnaire, before), counted(questionnaire, after)
    return tuple(
        _change(question, old.get(id), new.get(id))
        for id, question in questionnaire.questions.items()
        if not _is_same(question, old.get(id), new.get(id))
    )


def differences(questionnaire: Questionnaire, own: Answers, worker: Answers) -> tuple[Change, ...]:
    """Where two people see it differently: both answered, and not the same.

    ``before_text`` holds the person's own view, ``after_text`` the worker's. Free text is left out, since
    two people never write the same.
    """
    seen = [counted(questionnaire, view) for view in (own, worker)]
    return tuple(
        change
        for change in changes(questionnaire, own, worker)
        if all(change.question in view for view in seen)
        and questionnaire.question(change.question).kind not in WRITING
    )


def _change(question: Question, before: Answer, after: Answer) -> Change:
    return Change(
        question.id,
        question.label,
        shown(question, before),
        shown(question, after),
        points_of(question, after) - points_of(question, before),
    )


def _is_same(question: Question, before: Answer, after: Answer) -> bool:
    """Boxes ticked in another order are the same answer; a rank in another order is not."""
    if question.kind == "several" and isinstance(before, list) and isinstance(after, list):
        return sorted(before) == sorted(after)
    return before == after


def _most_points(question: Question) -> int:
    if question.kind != "several":
        return max((choice.points for choice in question.choices), default=0)
    together = sum(choice.points for choice in question.choices if not choice.alone)
    return max([together, *(choice.points for choice in question.choices if choice.alone)])
