"""Closing an anonymous survey: with its key, or, where so few answered that they could be told, unread."""

import pytest
import surveying
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from making import at, signed_in
from reading_pages import page, words

from wherewithal.actions import survey_mail, survey_seal
from wherewithal.records.models import Wave

PAGES = [
    "survey_profile",
    "survey_tables",
    "survey_coding",
    "survey_quotations",
    "key_messages",
    "survey_report",
    "survey_release",
    "survey_packs",
    "survey_beside_which",
    "survey_replies",
    "survey_invitations",
]
OPEN = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1)}
SITE = "http://testserver/"


@pytest.fixture
def sol(client, transactional_db):
    return signed_in(client, surveying.surveyor()) or client


def said(answer) -> str:
    return words(page(answer))


def sealed(answers: int) -> tuple[Wave, bytes]:
    wave, key = surveying.opened("anonymous", **OPEN)
    for number in range(answers):
        surveying.answer(surveying.one_of(wave, number))
    return wave, key


def seen(sol, name: str, wave: Wave) -> str:
    return said(sol.get(reverse(name, args=[wave.slug])))


def pressed(sol, name: str, wave: Wave, **fields) -> str:
    return said(sol.post(reverse(name, args=[wave.slug]), fields, follow=True))


def file_of(key: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("key.pem", key)


def test_where_few_answered_the_page_offers_more_time_or_to_leave_them_unread(sol):
    wave, key = sealed(2)
    told = seen(sol, "survey_close", wave)
    assert "opened from 5 on" in told and "of 2 it could be told who said what" in told
    assert "Extend the survey" in told and "The file of the key" not in told
    assert "and 2 came" in pressed(sol, "survey_close", wave, key=file_of(key))
    assert wave.replies.count() == 0
    assert "Why are they not read?" in seen(sol, "survey_close_unread", wave)
    assert "Enter" in pressed(sol, "survey_close_unread", wave), "the why is asked for"
    told = pressed(sol, "survey_close_unread", wave, reason="Only two answered")
    assert "closed with 2 answers unread" in told and "Tables" not in told
    assert "Only two answered" in seen(sol, "survey_history", wave)


def test_who_answered_is_promised_it_before_and_told_it_after(sol, client):
    wave, _ = sealed(1)
    one = surveying.one_of(wave)
    other = survey_mail.link(surveying.one_of(wave, 1), wave, SITE)
    assert "Fewer than 5 answers are never opened" in said(client.get(other))
    pressed(sol, "survey_close_unread", wave, reason="Only one answered")
    assert "It was never read" in said(client.get(survey_mail.link(one, wave, SITE)))


def test_where_enough_answered_the_key_opens_them_and_without_it_they_can_be_left(sol):
    wave, key = sealed(5)
    told = seen(sol, "survey_close", wave)
    assert "The file of the key" in told and "The key is lost" in told
    assert "There are enough to open" in seen(sol, "survey_close_unread", wave)
    told = pressed(sol, "survey_close", wave, key=file_of(key))
    assert "is closed" in told and "5 replies" in told and "unread" not in told


def test_one_that_nobody_answered_asks_for_no_key(sol):
    wave, _ = sealed(0)
    assert "Nothing was handed in" in seen(sol, "survey_close", wave)
    assert "is closed" in pressed(sol, "survey_close", wave)


@pytest.mark.parametrize("mode", ["coded", "anonymous"])
def test_what_is_not_sealed_or_not_open_any_more_cannot_be_left_unread(sol, mode):
    wave, _ = surveying.opened(mode, **OPEN | {"closes_at": at(2026, 12, 1)})
    if mode == "anonymous":
        pressed(sol, "survey_close", wave)
    at_page = seen(sol, "survey_close_unread", wave)
    assert ("nothing to close" if mode == "anonymous" else "Only an anonymous survey") in at_page
    assert "Only " in pressed(sol, "survey_close_unread", wave, reason="So")
    wave.refresh_from_db()
    assert wave.state == ("closed" if mode == "anonymous" else "open")


def test_every_page_of_a_survey_that_was_closed_unread_opens(sol):
    wave, _ = sealed(1)
    survey_seal.close_unread(wave=wave, reason="Only one answered", **surveying.doing())
    for name in PAGES:
        assert sol.get(reverse(name, args=[wave.slug])).status_code == 200, name
