"""Weights, weighted shares, their standard errors and the effective number, held against another program's.

A few hundred made-up replies to questions of each kind that is counted. svy is told only who answered what
and by which weights; its part is written once for this and for the benchmark.
"""

from datetime import date
from functools import cache
from math import sqrt
from random import Random

import pytest

from benchmarks import against_svy
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import tabulate
from wherewithal.analytics.weights import rake
from wherewithal.core.questions import Choice, Question, Questionnaire, Section
from wherewithal.policy.disclosure import rule

REPLIES, SEED, CLOSE = 400, 2011, 1e-6
FIELD = {
    "region": {"north": 50, "middle": 70, "south": 80},
    "type": {"county": 60, "borough": 90, "city": 50},
}
CHOICES = tuple(Choice(value, value.capitalize()) for value in ("a", "b", "c", "d"))
KINDS = {"scale": "likert", "one": "one", "some": "several", "words": "longtext"}
FORM = Questionnaire(
    "held", "1", "Held against svy", "survey", date(2026, 1, 1), None, "made up",
    (Section("s", "S", tuple(
        Question(id, id, kind, choices=() if kind == "longtext" else CHOICES) for id, kind in KINDS.items()
    )),),
)  # fmt: skip
CODES = {"words": {choice.value: choice.text for choice in CHOICES}}
# Nothing is hidden or rounded of so many, so that every share can be held against the other's.
SURVEY = Survey("made up", rule("councils"), unit="person", units="people")


@cache
def replies() -> list[Reply]:
    """Groups far from the field's, a seventh of each question blank, each choice rarer than the last."""
    chance, found = Random(SEED), []
    for _ in range(REPLIES):
        one = chance.choices("abcd", (8, 4, 2, 1), k=2)
        given = {"scale": one[0], "one": one[1], "some": _some(chance), "words": "made up"}
        answers = {id: answer for id, answer in given.items() if chance.random() > 1 / 7}
        groups = {name: chance.choices(list(of), range(1, len(of) + 1))[0] for name, of in FIELD.items()}
        found.append(
            Reply(answers, groups=groups, codes={"words": _some(chance)} if "words" in answers else None)
        )
    return found


def _some(chance: Random) -> list[str]:
    return [value for value in "abcd" if chance.random() < 0.4] or ["a"]


@cache
def weighted():
    return rake([one.groups for one in replies()], FIELD)


def of_svy(question: str, replies: list[Reply], weights: list[float]) -> dict[str, against_svy.Share]:
    """By value. A question of one answer is a column; of several, each answer is one, yes or no."""
    if KINDS[question] in ("likert", "one"):
        return against_svy.shares({question: [one.answers.get(question) for one in replies]}, weights)[
            question
        ]
    columns = {value: [_says(one, question, value) for one in replies] for value in "abcd"}
    return {value: found["yes"] for value, found in against_svy.shares(columns, weights).items()}


def _says(reply: Reply, question: str, value: str) -> str | None:
    if question not in reply.answers:
        return None
    given = reply.codes[question] if question in CODES else reply.answers[question]
    return "yes" if value in given else "no"


def who_answered(question: str, region: str = "") -> tuple[list[Reply], list[float]]:
    """They and their weights: of the base, as our shares are."""
    its = [number for number, one in enumerate(replies())
           if question in one.answers and region in ("", one.groups["region"])]  # fmt: skip
    return [replies()[one] for one in its], [weighted().weights[one] for one in its]


def table(question: str, by: str = ""):
    weighting = Weighting(weighted().weights, "by region and type")
    of = as_tables(FORM, replies())
    return next(
        one for one in tabulate(FORM, of, SURVEY, by=by, weighting=weighting, labels=CODES)
        if one.question == question
    )  # fmt: skip


def test_the_raked_weights_are_those_of_svy():
    groups = {name: [one.groups[name] for one in replies()] for name in FIELD}
    theirs = against_svy.raked(groups, FIELD)
    assert weighted().weights == pytest.approx(list(theirs), rel=0, abs=CLOSE)
    assert max(weighted().weights) > 2 > 0.5 > min(weighted().weights), "these weights weigh nothing"


def test_the_effective_number_is_what_svy_makes_of_the_weights():
    assert weighted().effective == pytest.approx(against_svy.effective(weighted().weights), abs=CLOSE)
    assert weighted().effective < REPLIES - 50


@pytest.mark.parametrize("question", KINDS)
def test_each_weighted_share_and_its_standard_error_are_those_of_svy(question):
    theirs, rows = of_svy(question, *who_answered(question)), table(question).rows
    assert [row.value for row in rows] == list("abcd")
    for row in rows:
        cell, (share, error) = row.cells["all"], theirs[row.value]
        assert cell.weighted / 100 == pytest.approx(share, rel=0, abs=CLOSE)
        assert cell.error / 100 == pytest.approx(error, rel=0, abs=CLOSE)
    assert any(abs(row.cells["all"].weighted - float(row.cells["all"].figure.value)) > 0.5 for row in rows)


@pytest.mark.parametrize("question", KINDS)
@pytest.mark.parametrize("region", FIELD["region"])
def test_a_groups_weighted_shares_are_svys_of_that_group_alone(question, region):
    theirs = of_svy(question, *who_answered(question, region))
    for row in table(question, by="region").rows:
        cell, (share, error) = row.cells[region], theirs[row.value]
        assert cell.weighted / 100 == pytest.approx(share, rel=0, abs=CLOSE)
        assert cell.error / 100 == pytest.approx(error, rel=0, abs=CLOSE)


@pytest.mark.parametrize("question", KINDS)
def test_beside_who_was_silent_svys_error_is_ours_but_for_how_many_are_taken_as_drawn(question):
    """svy takes everybody as drawn and who answered as a part of them; ours takes the base as drawn. Its
    factor is n / (n - 1) of everybody, ours of the base: ours is a little wider, by as much and no more.
    """
    theirs = of_svy(question, replies(), weighted().weights)
    base = len(who_answered(question)[0])
    assert base < REPLIES - 20
    wider = sqrt(base / (base - 1) / (REPLIES / (REPLIES - 1)))
    for row in table(question).rows:
        cell, (share, error) = row.cells["all"], theirs[row.value]
        assert cell.weighted / 100 == pytest.approx(share, rel=0, abs=CLOSE)
        assert cell.error / 100 == pytest.approx(error * wider, rel=0, abs=CLOSE)
