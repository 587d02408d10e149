"""What a council can do about each key message, on a page that anybody can open and print."""

import compending
import pytest
from django.urls import reverse
from making import signed_in, user
from reading_pages import page, words

from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy.compendium import themes
from wherewithal.policy.guidance import guidance
from wherewithal.policy.measure import measures
from wherewithal.policy.questionnaire import surveys
from wherewithal.web.address import address
from wherewithal.web.clock import today

pytestmark = pytest.mark.django_db
AT = reverse("guidance")


def section(found, number):
    return found.xpath(f"//section[@aria-labelledby='message-{number}']")[0]


def test_each_of_the_seven_messages_has_what_can_be_done_and_what_shows_whether_it_works(client):
    found = page(client.get(AT))
    assert len(found.xpath("//section[starts-with(@aria-labelledby, 'message-')]")) == 7
    for one in guidance().messages:
        said = words(section(found, one.number))
        assert one.can_do and one.shows and all(says in said for says in one.can_do)
        assert all(place.says in said for place in one.shows)


def test_every_page_measure_theme_and_question_that_is_named_exists():
    asked = {id for one in surveys() for id in one.questions}
    known = themes(Used(today()))
    for one in guidance().messages:
        assert all(address(place.page, *filter(None, [place.of])) for place in one.shows)
        assert all(place.of in measures() for place in one.shows if place.page == "measure")
        assert {*one.themes} <= {*known} and {*one.questions} <= asked
    assert {theme for one in guidance().messages for theme in one.themes} >= {
        "Brokerage", "Risk and safeguarding", "Providers and the market", "People who pay for their own care"
    }  # fmt: skip


def test_a_question_of_a_survey_belongs_to_one_message():
    every = [id for one in guidance().messages for id in one.questions]
    assert len(every) == len(set(every))


def test_pages_for_staff_are_links_for_those_who_may_open_them(client):
    own, public = "The same without short-term support", "What a budget is and how support is asked for"
    found = page(client.get(AT))
    assert f"{own} (a page for staff)" in words(found)
    assert found.xpath(f"//a[starts-with(., '{public}')]/@href") == [reverse("budgets_explained")]
    signed_in(client, user("Ana Analyst", Role.ANALYST))
    found = page(client.get(AT))
    assert found.xpath(f"//a[. = '{own}']/@href") == [reverse("measure", args=["ni130-without-short-term"])]


def test_an_example_stands_under_its_message_while_it_is_published(client):
    out = compending.published()
    brokerage = words(section(page(client.get(AT)), 2))
    assert "Brokers meet people early" in brokerage
    assert "Brokers meet people early" not in words(section(page(client.get(AT)), 5))
    compending.desk.withdraw(example=out, reason="Its council asked", **compending.doing())
    assert "None is published about this yet" in words(section(page(client.get(AT)), 2))
