"""Conditions in words, also for every one of the surveys that come with the product."""

import pytest

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
    said,
)
from wherewithal.policy.questionnaire import questionnaires

QUESTIONS = (
    Question("plan", "Have you a plan?", "one", choices=(Choice("yes", "Yes"), Choice("soon", "Not yet"))),
    Question("count", "How many?", "whole_number"),
    Question("cost", "What does it cost?", "money", short="Cost"),
    Question("since", "Since when?", "date"),
)
OF = Questionnaire("q", "1", "Q", "survey", None, None, "made up", (Section("s", "S", QUESTIONS),))
YES, SOON, MANY = Given("plan", ("yes",)), Given("plan", ("soon",)), Given("count", at_least=3)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (YES, "“Have you a plan?” is “Yes”"),
        (Given("plan", ("yes", "soon")), "“Have you a plan?” is “Yes” or “Not yet”"),
        (Given("count"), "“How many?” is answered"),
        (Given("count", at_least=3, at_most=9), "“How many?” is at least 3 and at most 9"),
        (Given("cost", at_least=150_000), "“Cost” is at least £1,500.00"),
        (Given("since", at_most="2026-04-01"), "“Since when?” is at most 1 April 2026"),
        (Every((YES, MANY)), "“Have you a plan?” is “Yes” and “How many?” is at least 3"),
        (Every((Some((YES, SOON)), MANY)),
         "(“Have you a plan?” is “Yes” or “Have you a plan?” is “Not yet”) and “How many?” is at least 3"),
        (Unless(YES), "not (“Have you a plan?” is “Yes”)"),
        (Compared(AnswerTo("count"), "less", 5), "“How many?” is less than 5"),
        (Compared(Worked("plus", (AnswerTo("count"), 1)), "is", SizeOf("plan")),
         "(“How many?” + 1) is how much is given to “Have you a plan?”"),
        (Compared(If(YES, AnswerTo("count"), 0), "at_most", "9"),
         "(“How many?” if “Have you a plan?” is “Yes”, else 0) is at most “9”"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_the_words_of_the_questionnaire(condition, words):
    assert said(condition, OF) == words


def test_every_condition_of_every_questionnaire_can_be_said():
    found = [
        said(on, of)
        for of in questionnaires()
        for one in (*of.sections, *of.questions.values())
        if (on := one.relevant) is not None
    ]
    assert len(found) > 50 and all("“" in words for words in found)
