"""Choices that another answer of the same page decides, and an order that two people give."""

from datetime import date

import pytest
from making import at
from reading_pages import page, words
from surveying import doing, one_of

from wherewithal.actions import survey_design, survey_mail
from wherewithal.policy.questionnaire import parse
from wherewithal.records.models import Draft

pytestmark = pytest.mark.django_db
SITE, NAMED = "http://testserver/", {"name": "Ann Answerer"}
OPENS = at(2020, 1, 1)
AREAS = {"coast": "north", "hills": "north", "plain": "south"}


def form():
    regions = [{"value": value, "text": value.title()} for value in ("north", "south")]
    areas = [
        {"value": value, "text": value.title(), "relevant": {"question": "region", "is": region}}
        for value, region in AREAS.items()
    ]
    order = [{"value": value, "text": value.title()} for value in ("money", "time", "staff")]
    asks = [
        {"id": "region", "text": "Which region?", "kind": "one", "choices": regions},
        {"id": "area", "text": "Which area of it?", "kind": "one", "choices": areas},
        {"id": "order", "text": "What stands in the way most?", "kind": "rank", "choices": order},
    ]
    return parse("areas", {
        "id": "areas", "version": "1", "title": "Areas", "about": "A test", "first": date(2026, 1, 1),
        "source": "Made up", "sections": [{"id": "all", "title": "All", "questions": asks},
                                          {"id": "end", "title": "End", "questions": [
                                              {"id": "words", "text": "Anything else?", "kind": "text"}]}],
    })  # fmt: skip


@pytest.fixture
def link():
    """A respondent's page of all the questions."""
    wave = survey_design.design(
        title="Areas", questionnaire=form(), mode="coded", opens_at=OPENS, closes_at=at(2126, 1, 1),
        destroy_keys_on=date(2126, 6, 1), **doing(OPENS),
    )  # fmt: skip
    wave = survey_design.open_wave(wave=wave, **doing(OPENS))
    return survey_mail.link(one_of(wave), wave, SITE).removeprefix(SITE[:-1]) + "part/all/"


def offered(response) -> list[str]:
    return page(response).xpath("//main//input[@name='area']/@value")


def test_a_question_whose_choices_another_decides_comes_once_there_are_some(client, link):
    assert "Which area of it?" not in words(page(client.get(link))), "there is nothing to choose yet"
    went = client.post(link, NAMED | {"shown": "region order", "region": "north"})
    assert went.url == link
    again = client.get(link)
    assert "They lead to one more question on this page: “Which area of it?”" in words(page(again))
    assert offered(again) == ["coast", "hills"]


def test_another_answer_clears_what_can_no_longer_be_chosen_and_shows_the_other_choices(client, link):
    client.post(link, NAMED | {"shown": "region order", "region": "north"})
    client.post(link, NAMED | {"shown": "region area order", "region": "north", "area": "coast"})
    went = client.post(link, NAMED | {"shown": "region area order", "region": "south", "area": "coast"})
    assert went.url == link, "nobody can take a mark off a circle, so it is not asked for"
    assert Draft.objects.get().answers == {"region": "south"}
    assert offered(client.get(link)) == ["plain"]
    went = client.post(link, NAMED | {"shown": "region area order", "region": "south"})
    assert went.url.endswith("/part/end/"), "left open it is asked no third time"


def test_what_was_never_shown_is_still_refused(client, link):
    client.post(link, NAMED | {"shown": "region order", "region": "north"})
    forged = client.post(link, NAMED | {"shown": "region area order", "region": "north", "area": "plain"})
    assert "Choose from the answers to “Which area of it?” that are shown." in words(page(forged))


def test_an_order_that_a_colleague_changed_is_shown_in_places_and_not_written_over(client, link):
    def order(*values):
        return {f"order_{value}": str(place) for place, value in enumerate(values, 1)}

    opened = page(client.get(link)).xpath("//input[@name='opened']/@value")[0]
    asked = NAMED | {"shown": "region order"}
    client.post(link, asked | order("staff", "money", "time"))
    behind = page(client.post(link, asked | {"opened": opened, "region": "north"}))
    places = {value: behind.xpath(f"//input[@name='order_{value}']/@value") for value in ("staff", "money")}
    assert places == {"staff": ["1"], "money": ["2"]}
    seen = page(client.get(link)).xpath("//input[@name='opened']/@value")[0]
    client.post(link, asked | {"opened": seen} | order("time", "money", "staff"))
    later = client.post(link, asked | {"opened": seen} | order("money", "staff", "time"))
    assert "On record is now: Time, Money, Staff." in words(page(later))
    assert Draft.objects.get().answers["order"] == ["time", "money", "staff"]
