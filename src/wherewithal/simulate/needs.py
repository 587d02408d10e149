"""A hidden need becomes answers: to any questionnaire, near so many points, seen by two people differently.

Nothing here knows a question by name: what a person is like is given as facts, by question, and a fact that a
definition does not ask for or does not take is left. A question added tomorrow is answered by chance.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from wherewithal.core.allocation import indicative
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.eligibility import OutcomeFindings, OutcomeRule, Rule, Unmet, suggested
from wherewithal.core.questions import (
    Answer,
    Choice,
    Question,
    Questionnaire,
    asked,
    counted,
    fault,
    is_answered,
    most_points,
    points_of,
)
from wherewithal.core.scheme import Scheme
from wherewithal.simulate.words import said

Drawn = dict[str, Answer]
LATEST = date(2024, 1, 1)  # for a question that asks for a day and sets no limit
SHAPES = {"email": "somebody@example.org", "postcode": "ZZ1 1AA", "telephone": "01632 960 123"}


def points_for(
    scheme: Scheme, wanted_pence_per_week: int, circumstances: Circumstances, on: date, most: int
) -> int:
    """The fewest points, up to ``most``, whose indicative budget on that day is what is wanted, or more."""

    def budget(points: int) -> int:
        return indicative(scheme, points=points, circumstances=circumstances, on=on)

    # More points never give less money, so that halving finds it.
    return 1 + bisect_left(range(1, most), wanted_pence_per_week, key=budget)


def ceiling(asked_of: Questionnaire) -> int:
    return most_points(asked_of)


def answers(
    asked_of: Questionnaire, points: int, facts: Mapping[str, Answer], rng: Random, least: int = 2
) -> Drawn:
    """Every required answer and some of the others, without fault, worth ``points`` or a point or two less.

    ``least`` outcomes at least are unmet by them, as far as the points allow.
    """
    liking = {id: rng.random() ** 2 + 0.05 for id in asked_of.questions}
    drawn: Drawn = {}
    _fill(asked_of, drawn, facts, rng)
    _lift_outcomes(asked_of, drawn, points, liking, least)
    _lift(asked_of, drawn, points, liking, rng)
    _fill(asked_of, drawn, facts, rng)
    return counted(asked_of, drawn)


def seen_by_another(asked_of: Questionnaire, answered: Mapping[str, Answer], rng: Random) -> Drawn:
    """The same life in another's eyes: up to three scored answers a step higher or lower, and fewer words."""
    other = {
        id: answer
        for id, answer in answered.items()
        if asked_of.question(id).kind != "longtext" or asked_of.question(id).required
    }
    scored = [question for question in asked(asked_of, other) if _ladder(question)]
    for question in rng.sample(scored, k=min(len(scored), rng.choice((0, 1, 1, 2, 3)))):
        steps = _ladder(question)
        place = _place(steps, other.get(question.id)) + rng.choice((-1, 1))
        if 0 <= place < len(steps):
            other[question.id] = steps[place].value
    return counted(asked_of, other)


def findings(
    rule: Rule, asked_of: Questionnaire, answered: Mapping[str, Answer], rng: Random
) -> OutcomeFindings:
    """What a worker finds from the answers: each outcome that they suggest, by a way of being unable."""
    assert isinstance(rule, OutcomeRule), "the two years lie after April 2015, when the Care Act came"
    codes = {one.code for one in rule.outcomes}
    alone = {one.code for one in rule.enough_alone}
    found = list(dict.fromkeys(one.outcome for one in suggested(asked_of, answered)))
    limbs = [limb.code for limb in rule.limbs]
    unmet = tuple(Unmet(code, rng.choice(limbs)) for code in found if code in codes)
    felt = rng.sample([one.code for one in rule.wellbeing], k=2)
    enough = len(unmet) >= rule.least or any(code in alone for code in found)
    return OutcomeFindings(
        cause=True,
        unmet=unmet,
        alone=tuple(code for code in found if code in alone),
        impact=enough,
        wellbeing=tuple(felt) if enough else (),
    )


def _fill(asked_of: Questionnaire, drawn: Drawn, facts: Mapping[str, Answer], rng: Random) -> None:
    """Answer what is asked and not answered yet, until nothing new is asked because of an answer."""
    passed: set[str] = set()
    while waiting := [one for one in asked(asked_of, drawn) if one.id not in drawn and one.id not in passed]:
        for question in waiting:
            answer = _answer(question, facts, rng)
            if is_answered(answer):
                drawn[question.id] = answer
            passed.add(question.id)


def _answer(question: Question, facts: Mapping[str, Answer], rng: Random) -> Answer:
    known = facts.get(question.id)
    if is_answered(known) and not fault(question, known):
        return known
    if question.kind == "note" or (not question.required and rng.random() < 0.5):
        return None
    if steps := _ladder(question):
        return steps[0].value
    if question.kind in ("text", "longtext"):
        said_of_shape = SHAPES.get(question.check.pattern) or said(question.id, rng)
        return said_of_shape[: question.check.longest or 200]
    if question.kind == "several":
        return _several(question, rng)
    if question.choices:
        return rng.choice(question.choices).value
    return _number_or_day(question, rng)


def _several(question: Question, rng: Random) -> list[str]:
    together = [choice.value for choice in question.choices if not choice.alone]
    alone = [choice.value for choice in question.choices if choice.alone]
    if alone and rng.random() < 0.2:
        return [rng.choice(alone)]
    least = question.check.least if isinstance(question.check.least, int) else 1
    most = question.check.most if isinstance(question.check.most, int) else 3
    count = min(len(together), rng.randint(least, max(least, most)))
    chosen = set(rng.sample(together, k=count))
    return [value for value in together if value in chosen]


def _number_or_day(question: Question, rng: Random) -> Answer:
    least, most = question.check.least, question.check.most
    if question.kind == "date":
        last = date.fromisoformat(most) if isinstance(most, str) else LATEST
        first = date.fromisoformat(least) if isinstance(least, str) else last - timedelta(days=700)
        return (first + timedelta(days=rng.randint(0, (last - first).days))).isoformat()
    low = least if isinstance(least, int) else 1
    return rng.randint(low, min(most, low + 40) if isinstance(most, int) else low + 40)


def _ladder(question: Question) -> list[Choice]:
    """The choices of a scored question that takes one answer, fewest points first; none for any other."""
    if not question.is_scored or question.kind == "several":
        return []
    return sorted(question.choices, key=lambda choice: choice.points)


def _place(steps: list[Choice], answer: Answer) -> int:
    return next((place for place, choice in enumerate(steps) if choice.value == answer), 0)


def _lift_outcomes(
    asked_of: Questionnaire, drawn: Drawn, points: int, liking: Mapping[str, float], least: int
) -> None:
    """Raise ``least`` questions to where they suggest an outcome, the cheapest among those liked most."""
    tells = [one for one in asked(asked_of, drawn) if one.outcome_from_points is not None and _ladder(one)]
    for question in sorted(tells, key=lambda one: (one.outcome_from_points or 0) / liking[one.id])[:least]:
        reach = next(one for one in _ladder(question) if one.points >= (question.outcome_from_points or 0))
        if _total(tells, drawn) + reach.points <= points:
            drawn[question.id] = reach.value


def _lift(
    asked_of: Questionnaire, drawn: Drawn, points: int, liking: Mapping[str, float], rng: Random
) -> None:
    """Raise one question after another by a step while that does not go beyond ``points``."""
    scored = [question for question in asked(asked_of, drawn) if question.is_scored]
    ladders = {question.id: _ladder(question) for question in scored}
    gap = points - _total(scored, drawn)
    while True:
        steps = []
        for id, ladder in ladders.items():
            here = _place(ladder, drawn.get(id))
            if here + 1 < len(ladder) and ladder[here + 1].points - ladder[here].points <= gap:
                steps.append((id, ladder[here + 1].value, ladder[here + 1].points - ladder[here].points))
        if not gap or not steps:
            return
        id, value, gain = rng.choices(steps, [liking[id] for id, *_ in steps])[0]
        drawn[id] = value
        gap -= gain


def _total(questions: Sequence[Question], drawn: Drawn) -> int:
    return sum(points_of(question, drawn.get(question.id)) for question in questions)
