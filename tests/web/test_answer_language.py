"""A survey that was translated is read in the language that is chosen; what is kept is the same."""

from dataclasses import replace

import pytest
from django.urls import reverse
from lxml import html
from making import at, signed_in
from reading_pages import page
from reading_pages import words as said
from surveying import one_of, opened, small, surveyor

from wherewithal.actions import survey_mail
from wherewithal.core.questions import Wording
from wherewithal.records.models import Draft

pytestmark = pytest.mark.django_db
WELSH = "Cymraeg (cy)"
TEXTS = (
    ("section.money.title", "Cyllidebau"),
    ("question.budgets.text", "A yw pawb yn cael cyllideb bersonol?"),
    ("choice.brokerage.own.text", "Y cyngor ei hun"),
)
TWO = replace(small(), translations=(Wording(WELSH, TEXTS), Wording("Easy words", ())))
SITE = "http://testserver/"
DAYS = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1), "destroy_keys_on": at(2126, 6, 1).date()}


def words(response):
    return said(page(response))


def part(client, link, section, **answers):
    more = {"shown": " ".join(answers), "name": "Ann Answerer"}
    return client.post(f"{link}part/{section}/", more | answers)


def link_of(mode="coded", questionnaire=TWO):
    more = DAYS if mode == "coded" else {key: DAYS[key] for key in ("opens_at", "closes_at")}
    wave, _ = opened(mode, questionnaire=questionnaire, **more)
    return wave, survey_mail.link(one_of(wave), wave, SITE).removeprefix(SITE[:-1])


def test_the_questions_stand_in_the_language_chosen_on_every_page_and_the_answers_are_the_same(client):
    _, link = link_of()
    first = page(client.get(link))
    offered = first.xpath("//nav[@aria-label='Language of the questions']//a")
    assert [one.text for one in offered] == [WELSH, "Easy words"]
    chosen = page(client.get(link + offered[0].get("href")))
    assert chosen.xpath("//strong[@aria-current='true']")[0].text == WELSH
    assert "Cyllidebau" in words(client.get(link))
    asked = page(client.get(f"{link}part/money/"))
    assert [(one.text, one.get("lang")) for one in asked.xpath("//h1")] == [("Cyllidebau", "cy")]
    (spoken,) = asked.xpath("//div[@lang='cy']")
    assert "A yw pawb yn cael cyllideb bersonol?" in spoken.text_content()
    part(client, link, "money", budgets="no")
    part(client, link, "support", brokerage="own")
    assert Draft.objects.get().answers == {"budgets": "no", "brokerage": "own"}
    assert "Y cyngor ei hun" in words(client.get(f"{link}whole/"))


def test_another_browser_and_who_goes_back_read_the_language_they_were_written_in(client):
    from django.test import Client

    _, link = link_of()
    client.get(link, {"language": WELSH})
    assert "Cyllidebau" not in words(Client().get(link))
    client.get(link, {"language": ""})
    assert "Cyllidebau" not in words(client.get(link))


def test_the_choice_is_in_the_browser_alone_and_for_this_link(client):
    _, link = link_of()
    kept = client.get(link, {"language": WELSH}).cookies["survey_language"]
    assert (kept["path"], kept["httponly"], kept["samesite"], kept["max-age"]) == (link, True, "Lax", "")


def test_a_language_that_it_does_not_have_leaves_the_words_as_they_are(client):
    _, link = link_of()
    for language in ("Klingon", "x" * 5_000, "\x00"):
        assert "Does everybody get a personal budget?" in words(
            client.get(f"{link}part/money/", {"language": language})
        )
    client.cookies["survey_language"] = "%%%not base64"
    assert "Does everybody get a personal budget?" in words(client.get(f"{link}part/money/"))


def test_an_anonymous_survey_is_read_in_the_language_chosen_too(client):
    _, link = link_of("anonymous")
    client.get(link, {"language": WELSH})
    first = client.post(link)
    assert html.fromstring(first.content).xpath("//h1")[0].text == "Cyllidebau"
    assert "A yw pawb yn cael cyllideb bersonol?" in words(first)


def test_where_nothing_was_translated_no_language_is_offered(client):
    _, link = link_of(questionnaire=small())
    assert page(client.get(link)).xpath("//nav[@aria-label='Language of the questions']") == []


def test_who_designs_it_sees_the_questions_in_each_language(client):
    wave, _ = link_of()
    signed_in(client, surveyor())
    where = reverse("survey_questions", args=[wave.slug])
    first = words(client.get(where))
    assert "Cyllidebau" not in first
    asked = "“How many people have one?” is asked only if “Does everybody get a personal budget?” is “Yes”."
    assert asked in first
    shown = page(client.get(where, {"language": WELSH}))
    assert "Cyllidebau" in shown.text_content() and shown.xpath("//div[@lang='cy']")
