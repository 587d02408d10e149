"""Advocates, and what a person is told."""

import pytest

from wherewithal.core.assessment import (
    EXPLANATIONS,
    AdvocateNeeded,
    NoSuchExplanation,
    NotExplained,
    NotHeard,
    advocate_due,
    check_advocate,
    check_explained,
    check_heard,
    explanation,
)


@pytest.mark.parametrize(
    "difficulty, helper, due",
    [(False, "", False), (True, "Their sister", False), (True, "", True), (True, "  ", True)],
)
def test_an_advocate_is_due_where_taking_part_is_hard_and_nobody_appropriate_helps(difficulty, helper, due):
    assert advocate_due(substantial_difficulty=difficulty, appropriate_person=helper) is due


def test_a_name_is_enough_and_a_blank_is_none():
    check_advocate(substantial_difficulty=True, appropriate_person="", advocate="Ada Advocate")
    with pytest.raises(AdvocateNeeded):
        check_advocate(substantial_difficulty=True, appropriate_person="", advocate=" ")


def test_five_things_are_explained_and_each_missing_one_is_named():
    codes = [one.code for one in EXPLANATIONS]
    assert codes == ["need", "entitlement", "quality", "who", "where"]
    check_explained(codes)
    with pytest.raises(NotExplained, match="not told yet: where to find it"):
        check_explained(codes[:4])


def test_the_workers_view_alone_wants_a_reason():
    check_heard(True, "")
    check_heard(False, "They did not want to.")
    with pytest.raises(NotHeard):
        check_heard(False, "  ")


def test_an_unknown_code_is_refused_with_those_there_are():
    assert explanation("who").title == "Who can give support"
    with pytest.raises(NoSuchExplanation, match="need, entitlement, quality, who, where"):
        explanation("when")
