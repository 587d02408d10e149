"""One question by another on its page: chosen, shown with its bases, taken away; refused in words."""

import pytest
from coding_by import coders
from django.urls import reverse
from making import signed_in
from reading_pages import errors, page, words
from releasing import closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) and client


def href(name, wave, **chosen) -> str:
    return reverse(name, args=[wave.slug], query=chosen)


def test_two_questions_are_chosen_and_the_one_stands_by_the_other(sol):
    wave = closed(12)
    empty = page(sol.get(href("survey_crossed", wave)))
    assert empty.xpath("//select[@name='by']/option/@value") == ["budgets", "brokerage"]
    assert not empty.xpath("//table")
    shown = page(sol.get(href("survey_crossed", wave, of="brokerage", by="budgets")))
    assert (
        words(shown.xpath("//caption")[0])
        == "Who offers brokerage?, by Does everybody get a personal budget?"
    )
    assert [words(one) for one in shown.xpath("//thead//th")] == ["Answer", "All", "Yes"]
    assert "Own 11 (92%) 11 (92%)" in words(shown)
    file = sol.get(href("survey_crossed_csv", wave, of="brokerage", by="budgets")).content.decode()
    assert "brokerage:own,Own,Yes,12 councils that answered this,12,11,92,ok" in file


def test_what_cannot_be_made_says_why(sol):
    wave = closed(2)
    refused = page(sol.get(href("survey_crossed", wave, of="budgets", by="budgets")))
    assert errors(refused) == ["Choose two different questions."]
    assert sol.get(href("survey_crossed_csv", wave, of="budgets", by="budgets")).status_code == 404
    assert sol.get(href("survey_crossed_csv", wave, of="words", by="budgets")).status_code == 404
