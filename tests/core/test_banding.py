"""A number told in bands: each number in one, in words that do not overlap, never cut by who is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wherewithal.core.comparable import why_not
from wherewithal.core.questions import (
    AnswerTo,
    Check,
    Compared,
    Given,
    Question,
    Questionnaire,
    Section,
    Worked,
    mistakes,
    told_as,
    values_told,
)


def of(kind="whole_number", bands=(0, 1, 100, 500), **more):
    return Question("many", "How many?", kind, bands=bands, **more)


def form(*questions):
    sections = (Section("s", "S", questions),)
    return Questionnaire("q", "1", "Q", "survey", date(2026, 1, 1), None, "made up", sections)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (of(check=Check(0)), ["0", "1 to 99", "100 to 499", "500 or more"]),
        (of(), ["Under 0", "0", "1 to 99", "100 to 499", "500 or more"]),
        (of(bands=(1000,)), ["Under 1,000", "1,000 or more"]),
        (of("decimal", (0.5, 2), check=Check(1)), ["0.5 to under 2", "2 or more"]),
        (of("money", (1500, 200_050)), ["Under £15", "£15 to under £2,000.50", "£2,000.50 or more"]),
        (of("whole_number", ()), []),
    ],
)
def test_bands_are_told_in_words(question, words):
    assert list(values_told(question).values()) == words


@given(some.lists(some.integers(-50, 50), min_size=1, unique=True).map(sorted), some.integers(-80, 80))
def test_each_number_is_in_the_one_band_that_it_reaches(bands, number):
    question = of(bands=tuple(bands))
    (value,) = told_as(question, number)
    assert value in values_told(question)
    places = [*values_told(question)]
    assert places.index(value) == sum(low <= number for low in bands)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (of("text"), "only a number is told in bands"),
        (of(bands=(1, 1)), "bands begin one above the other"),
        (of(bands=(5, 1)), "bands begin one above the other"),
        (of(bands=(0.5,)), "bands must be whole numbers"),
        (of(bands=(True,)), "bands must be whole numbers"),
        (of("decimal", ("1",)), "bands must be numbers"),
    ],
)
def test_bands_that_are_none_are_a_mistake(question, says):
    assert mistakes(form(question)) == (f"section “s”, question “many”: {says}",)


MORE = {"relevant": Given("many", at_least=150)}
WORKED = Question("twice", "Twice", "calculated", value=Worked("times", (AnswerTo("many"), 2)))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ((Question("next", "Next?", "text", relevant=Given("many", at_least=100)),), ""),
        ((Question("next", "Next?", "text", relevant=Given("many", at_most=99)),), ""),
        ((Question("next", "Next?", "text", relevant=Given("many")),), ""),
        ((Question("next", "A word", "note", **MORE),), ""),
        ((Question("next", "Next?", "text", **MORE),), "cuts a band of “many”: let a band begin there"),
        ((Question("next", "Next?", "text", relevant=Given("many", at_most=100)),), "cuts a band of “many”"),
        (
            (Question("next", "Next?", "text", relevant=Compared(AnswerTo("many"), "less", 100)),),
            "works with “many”, which is told in bands, and may cut one",
        ),
        (
            (WORKED, Question("next", "Next?", "text", relevant=Given("twice", at_least=100))),
            "works with “many”, which is told in bands",
        ),
    ],
)
def test_nobody_is_asked_by_a_part_of_a_band_for_how_many_were_would_tell_of_it(asked, says):
    found = "; ".join(mistakes(form(of(check=Check(0)), *asked)))
    assert says in found and bool(found) == bool(says)


def test_the_same_number_in_other_bands_is_not_compared():
    assert why_not(form(of()), form(of()), "many") == ""
    assert why_not(form(of()), form(of(bands=(0, 200))), "many") == "It is told in other bands."


def test_bands_are_part_of_the_fingerprint_and_none_leave_it_as_it_was():
    plain = form(Question("many", "How many?", "whole_number"))
    assert form(of(bands=())).fingerprint == plain.fingerprint != form(of()).fingerprint
