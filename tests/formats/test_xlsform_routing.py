"""Our routing beside XPath: forms of our own, drawn by a seed, run by elementpath on answers by chance."""

from datetime import date
from random import Random

import pytest
from xform import XForm
from xform_answers import as_a_form_holds, by_chance

from wherewithal.core.questions import (
    AnswerTo,
    Choice,
    Compared,
    Every,
    Given,
    If,
    Question,
    Questionnaire,
    Section,
    SizeOf,
    Some,
    Unless,
    Worked,
    asked,
    mistakes,
)
from wherewithal.formats import xlsform

KINDS = ("one", "several", "rank", "text", "whole_number", "decimal", "money", "date")
CHOICES = (Choice("1", "One"), Choice("2", "Two"), Choice("other", "Other"))
DAYS = ("2026-04-05", "2026-04-06", "2026-04-07")


def condition(earlier, rng, depth=2):
    if depth and rng.random() < 0.5:
        parts = tuple(condition(earlier, rng, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice([Every(parts), Some(parts), Unless(parts[0])])
    question = rng.choice(earlier)
    if rng.random() < 0.3:
        left, right = value(earlier, rng), value(earlier, rng)
        return Compared(left, rng.choice(["is", "less", "at_most"]), right)
    match question.kind:
        case "one" | "several" | "rank" if rng.random() < 0.8:
            return Given(question.id, tuple(rng.sample(["1", "2", "other"], rng.randint(1, 2))))
        case "whole_number" if rng.random() < 0.8:
            return Given(question.id, at_least=rng.choice([None, 2, 18]), at_most=rng.choice([None, 18, 100]))
        case "decimal" if rng.random() < 0.8:
            return Given(question.id, at_least=rng.choice([0.5, 1.5]))
        case "money" if rng.random() < 0.8:
            return Given(question.id, at_most=rng.choice([215, 100]))
        case "date" if rng.random() < 0.8:
            return Given(question.id, at_least=rng.choice(DAYS))
        case "text" if rng.random() < 0.8:
            return Compared(AnswerTo(question.id), "is", rng.choice(["other", "yes"]))
    return Given(question.id)


def value(earlier, rng, depth=1):
    """A number or an answer, but no date: a form that compares one with a number is in error."""
    question = rng.choice([one for one in earlier if one.kind != "date"])
    if depth and rng.random() < 0.3:
        how = rng.choice(["plus", "minus", "times"])
        return Worked(how, (value(earlier, rng, 0), value(earlier, rng, 0)))
    if depth and rng.random() < 0.2:
        return If(condition(earlier, rng, 0), value(earlier, rng, 0), value(earlier, rng, 0))
    if question.kind in ("several", "rank", "text") and rng.random() < 0.5:
        return SizeOf(question.id)
    return AnswerTo(question.id) if rng.random() < 0.6 else rng.choice([0, 1, 2, 18, 2.5])


def questionnaire(rng):
    made = []
    for number in range(12):
        kind = KINDS[number] if number < len(KINDS) else rng.choice([*KINDS, "calculated", "calculated"])
        relevant = condition(made, rng) if made and rng.random() < 0.7 else None
        choices = CHOICES if kind in ("one", "several", "rank") else ()
        worked = value(made, rng) if kind == "calculated" else None
        made.append(Question(f"q{number}", "?", kind, choices=choices, relevant=relevant, value=worked))
    second = Section("second", "Second", tuple(made[6:]), relevant=condition(made[:6], rng))
    sections = (Section("first", "First", tuple(made[:6])), second)
    return Questionnaire("drawn", "1", "Drawn", "test", date(2026, 1, 1), None, "Made up", sections)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_asked_is_what_xpath_finds_relevant(seed, tmp_path):
    rng = Random(seed)
    drawn = questionnaire(rng)
    assert mistakes(drawn) == ()
    xlsform.write(drawn, tmp_path / "drawn.xlsx")
    form = XForm(tmp_path / "drawn.xlsx")
    path = {leaf.rsplit("/", 1)[1]: leaf for leaf in form.leaves()}
    for _ in range(30):
        answers = by_chance(drawn, rng)
        held = {path[id]: as_a_form_holds(drawn.questions[id], given) for id, given in answers.items()}
        relevant = form.asked(held)
        found = {one.id for one in asked(drawn, answers)}
        assert found == {id for id in drawn.questions if path[id] in relevant}, answers


@pytest.mark.parametrize("seed", range(5))
def test_a_drawn_questionnaire_means_the_same_when_it_comes_back(seed, tmp_path):
    """Its conditions may be spelled otherwise (18 or more for more than 17); what they ask is the same."""
    rng = Random(100 + seed)
    drawn = questionnaire(rng)
    xlsform.write(drawn, tmp_path / "drawn.xlsx")
    back = xlsform.read(tmp_path / "drawn.xlsx", first=date(2026, 1, 1))
    assert back.is_whole
    for _ in range(200):
        answers = by_chance(drawn, rng)
        assert [one.id for one in asked(back.questionnaire, answers)] == [
            one.id for one in asked(drawn, answers)
        ]
    xlsform.write(back.questionnaire, tmp_path / "again.xlsx")
    assert xlsform.read(tmp_path / "again.xlsx", first=date(2026, 1, 1)) == back
