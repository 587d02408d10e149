"""The page of a closed survey leads with what comes next; its keys are a quiet link until they are due."""

import pytest
import surveying
from coding_by import TEXTS, answered, book, coders, read
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, signed_in
from reading_pages import page, words
from releasing import EMBARGO, closed, released, written

from wherewithal.actions import survey_invite, survey_pack, survey_seal
from wherewithal.records.models import Wave

pytestmark = pytest.mark.django_db
SOON = at(2130, 1, 1)  # the day that respondents were told in tests/surveying.py


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) and client


def leads(client, wave) -> tuple[str, str]:
    """The words of the page's main button, and where it leads."""
    found = page(client.get(reverse("survey", args=[wave.slug])))
    [button] = found.xpath("//a[@role='button' and not(contains(@class, '--secondary'))]")
    return words(button), button.get("href")


def to(name, wave) -> str:
    return reverse(name, args=[wave.slug])


def test_a_closed_survey_leads_from_coding_to_the_report_to_the_release(sol):
    wave = answered(embargo_until=EMBARGO)
    assert leads(sol, wave) == ("Code the answers", to("survey_coding", wave))
    book(wave)
    assert "3 answers in words no coder has read yet." in words(page(sol.get(to("survey", wave))))
    read(wave, coders()[0], texts=TEXTS[:2])
    assert "1 answer in words no coder has read yet." in words(page(sol.get(to("survey", wave))))
    read(wave, coders()[0], texts=TEXTS[2:])
    assert leads(sol, wave) == ("Write the report", to("survey_report", wave))
    written(wave)
    assert leads(sol, wave) == ("Release the report", to("survey_release", wave))


def test_after_the_release_it_leads_to_the_packs_and_then_to_nothing(sol, monkeypatch):
    made = released()
    assert leads(sol, made.wave) == ("See the release", to("survey_release", made.wave))
    for module in ("survey", "survey_next", "survey_life"):
        monkeypatch.setattr(f"wherewithal.web.{module}.now", lambda: EMBARGO, raising=False)
    first = surveying.one_of(made.wave)
    address = survey_invite.Addressee(first.code, "one@example.org")
    survey_invite.give_addresses(wave=made.wave, addresses=[address], **surveying.doing())
    assert leads(sol, made.wave) == ("Send the private packs", to("survey_packs", made.wave))
    assert "1 pack waits to be sent" in words(page(sol.get(to("survey", made.wave))))
    warned = words(page(sol.get(to("survey_destroy_keys", made.wave))))
    assert "1 council has not been sent the private pack yet, and would get none." in warned
    first.refresh_from_db()
    survey_pack.begin(invitation=first, by=coders()[0], at=EMBARGO)
    assert not page(sol.get(to("survey", made.wave))).xpath("//a[@role='button']")
    assert "It is early" not in words(page(sol.get(to("survey_destroy_keys", made.wave))))


def test_destroying_the_keys_is_a_dated_link_and_warns_of_what_it_would_end(sol):
    wave = closed()
    found = page(sol.get(to("survey", wave)))
    assert "The keys are destroyed on 1 January 2130; respondents were told so." in words(found)
    [link] = found.xpath("//a[contains(@href, 'destroy-keys')]")
    assert words(link) == "Destroy the keys before that day" and "button" not in link.get("class")
    warned = page(sol.get(to("survey_destroy_keys", wave)))
    assert "It is early: what still needs the keys could not be done any more." in words(warned)
    assert "No council could be sent its private pack" in words(warned)
    survey_seal.destroy_keys(wave=wave, **surveying.doing())
    assert Wave.objects.get(pk=wave.pk).keys_destroyed_on
    assert not page(sol.get(to("survey", wave))).xpath("//a[contains(@href, 'destroy-keys')]")
    assert not page(sol.get(to("survey_destroy_keys", wave))).xpath("//main//form")


def test_once_their_day_is_there_the_page_and_the_list_say_that_the_keys_are_due(sol, monkeypatch):
    wave = closed()
    assert "Due:" not in words(page(sol.get(reverse("surveys"))))
    monkeypatch.setattr("wherewithal.web.survey.now", lambda: SOON)
    text = words(page(sol.get(to("survey", wave))))
    assert "The keys are due. Respondents were told that they are destroyed on 1 January 2130." in text
    assert "before that day" not in text
    due = "Due: the keys were to be destroyed on 1 January 2130. Destroy them"
    assert due in words(page(sol.get(reverse("surveys"))))
    survey_seal.destroy_keys(wave=wave, by=coders()[0], at=SOON)
    assert "Due:" not in words(page(sol.get(reverse("surveys"))))


def test_nobody_answered_so_nothing_comes_next_and_the_page_asks_as_often_for_many_replies_as_for_few(sol):
    silent, _ = surveying.opened(title="Silent")
    survey_seal.close(wave=silent, **surveying.doing(surveying.LATE))
    assert not page(sol.get(to("survey", silent))).xpath("//a[@role='button']")
    few, many = closed(2, title="Few"), closed(9, title="Many")

    def asked(wave: Wave) -> int:
        with CaptureQueriesContext(connection) as caught:
            sol.get(to("survey", wave))
        return len(caught)

    assert asked(few) == asked(many)
