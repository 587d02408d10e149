"""Quotations on their pages: from the coding desk to the second person's sign-off."""

import pytest
from coding_by import QUESTION, book, coders, put, reply
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import signed_in
from quoting import CLEAN, NAMED, agreed, picked, signed, wave
from reading_pages import page, words

from wherewithal.records.models import Quotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) or client


@pytest.fixture
def sky():
    return signed_in(Client(), coders()[1])


def href(name, wave, *args) -> str:
    return reverse(name, args=[wave.slug, *args])


def at(row, name="quotation", *args) -> str:
    return href(name, row.wave, row.pk, *args)


def post(client, row, name, **given):
    return page(client.post(at(row, f"quotation_{name}"), given, follow=True))


def test_a_coded_passage_is_quoted_by_its_link_and_joins_another(sol):
    of = wave()
    book(of)
    put(of, CLEAN, "Panels are slow.", "panels")
    desk = page(sol.get(f"{href('coding_desk', of, QUESTION)}?reply={reply(of, CLEAN).pk}"))
    link = desk.xpath("//a[starts-with(., 'Quote this')]/@href")[0]
    asked = page(sol.get(link))
    assert asked.xpath("//blockquote")[0].text == "Panels are slow."
    hidden = {one.name: one.value for one in asked.xpath("//main//form//input[@type='hidden']")}
    given = {name: hidden[name] for name in ("start", "end")}
    shown = page(sol.post(link.split("?")[0], given | {"into": "own"}, follow=True))
    row = Quotation.objects.get()
    assert words(shown.xpath("//h1")[0]) == f"Quotation {row.pk} Ready for sign-off"
    more = {"start": "0", "end": "27", "into": str(row.pk)}
    shown = page(sol.post(href("quotation_pick", of, QUESTION, reply(of, CLEAN).pk), more, follow=True))
    assert words(shown.xpath("//h1")[0]).startswith(f"Vignette {row.pk}")
    assert "A vignette has a heading in the report: give it a title." in words(shown)
    given = {"printed": row.printed, "telling": "nothing", "title": "Who comes early"}
    shown = post(sol, row, "word", **given)
    box = shown.xpath("//div[@class='ww-vignette']")[0]
    assert (words(box.xpath("./h3")[0]), words(box.xpath("./p")[0])) == ("Who comes early", "A council")
    listed = words(page(sol.get(href("survey_quotations", of))))
    assert "Who comes early vignette of 2 passages" in listed
    shown = page(sol.post(shown.xpath("//form[contains(@action, '/out/')]/@action")[0], follow=True))
    assert row.passages.count() == 1
    assert not shown.xpath("//div[@class='ww-vignette'] | //input[@name='title']")


def test_words_that_were_copied_at_the_desk_are_looked_for_and_asked_about(sol):
    of = wave()
    address = href("quotation_pick", of, QUESTION, reply(of, CLEAN).pk)
    shown = page(sol.post(address, {"passage": "meet people", "start": "", "end": "", "memo": ""}))
    assert shown.xpath("//blockquote")[0].text == "meet people" and not Quotation.objects.exists()
    refused = page(sol.post(address, {"passage": "nowhere said"}))
    assert "The answer does not say this" in words(refused)
    assert sol.get(href("quotation_pick", of, "how_many", reply(of, CLEAN).pk)).status_code == 404


def test_findings_are_marked_on_both_sides_and_answered_before_sign_off(sol, sky):
    row = picked(wave(), NAMED)
    shown = page(sol.get(at(row)))
    assert [one.text for one in shown.xpath("//section[@aria-labelledby='stood']//mark")] == ["Kent", "43"]
    assert [one.text for one in shown.xpath("//section[@aria-labelledby='prints']//mark")] == ["Kent", "43"]
    assert "Before it can be signed off: “Kent” may tell" in words(shown)
    assert "“Kent” may tell" in words(post(sky, row, "sign_off"))
    post(sol, row, "word", printed="We learned it elsewhere, for 43 people.", telling="nothing")
    keep = page(sol.get(at(row))).xpath("//a[starts-with(., 'Keep it')]/@href")[0]
    assert "Why may it stay?" in words(page(sol.post(keep, {"why": ""})))
    kept = page(sol.post(keep, {"why": "Nobody counts it"}, follow=True))
    assert "43, number Kept Nobody counts it" in words(kept)
    assert "You picked it or changed it last" in words(kept)
    assert "You picked these words" in words(post(sol, row, "sign_off"))
    assert "Signed off by Sky Second" in words(post(sky, row, "sign_off"))
    assert "43, number Open" in words(post(sol, row, "ask_again", kind="number", words="43"))
    assert sol.get(at(row, "quotation_keep") + "?kind=place&words=Kent").status_code == 404


def test_where_both_had_a_hand_in_it_the_page_says_that_a_third_signs_it_off(sky):
    shown = post(sky, picked(wave()), "word", printed="Brokers come early.", telling="nothing")
    said = "Sol Surveyor picked it and Sky Second changed it last, so a third surveyor signs it off"
    assert said in words(shown) and not shown.xpath("//button[contains(., 'Sign it off')]")


def test_every_change_is_told_in_words_newest_first(sol, sky):
    row = picked(wave())
    post(sol, row, "word", printed="Brokers come early.", telling="nothing")
    post(sky, row, "sign_off")
    shown = page(sol.get(at(row)))
    told = [words(one) for one in shown.xpath("//ol[@class='ww-deeds']/li")]
    deeds = ("Signed a quotation off Sky", "Worded a quotation Sol", "Picked words for a quotation Sol")
    assert all(one.startswith(deed) for one, deed in zip(told, deeds, strict=True)), told
    assert (
        "Words to be printed Brokers meet people early. Panels are slow. → became Brokers come early."
        in told[1]
    )
    history = words(page(sol.get(href("survey_history", row.wave))))
    assert "Brokers" not in history, "a wave's history tells nothing of what was answered"


def test_who_saves_second_is_told_what_the_first_one_wrote(sol, sky):
    row = picked(wave())
    opened = page(sky.get(at(row))).xpath("//input[@name='opened']/@value")[0]
    post(sol, row, "word", printed="Brokers come early.", telling="nothing")
    shown = post(sky, row, "word", printed="They come soon.", telling="nothing", opened=opened)
    assert "somebody changed this since you opened it" in words(shown)
    row.refresh_from_db()
    assert row.printed == "Brokers come early."


def test_consent_is_noted_on_its_page_and_refused_is_said(sol):
    row = picked(wave())
    wrong = post(sol, row, "consent", consent="refused")
    assert "Say when they answered" in words(wrong.xpath("//div[contains(@class, 'govuk-error-summary')]")[0])
    days = {f"{name}_{part}": value for name in ("asked_on", "answered_on")
            for part, value in (("day", "1"), ("month", "6"), ("year", "2026"))}  # fmt: skip
    shown = post(sol, row, "consent", consent="refused", answered_by="Head of service", **days)
    assert "Consent refused" in words(shown.xpath("//h1")[0])
    assert "Refused, asked 1 June 2026, answered 1 June 2026, Head of service" in words(shown)
    assert "Head of service" not in words(shown.xpath("//ol[@class='ww-deeds']")[0])


def test_the_list_says_where_each_stands_and_a_withdrawn_one_why(sol):
    of = wave()
    assert "No words were picked yet" in words(page(sol.get(href("survey_quotations", of))))
    signed(of)
    agreed(picked(of, NAMED, "We learned"), "refused")
    row = picked(of, NAMED)
    gone = picked(of, CLEAN, "Panels")
    assert "Why is it withdrawn?" in words(post(sol, gone, "withdraw", reason=""))
    assert "It was withdrawn: Says nothing new" in words(
        post(sol, gone, "withdraw", reason="Says nothing new")
    )
    shown = page(sol.get(href("survey_quotations", of)))
    states = [words(one.xpath("./td[4]")[0]) for one in shown.xpath("//tbody/tr")]
    assert states == ["Signed off by Sky Second", "Consent refused", "Findings open", "Withdrawn"]
    assert "1 of 4 quotations signed off" in words(shown)
    assert sol.get(reverse("quotation", args=[wave(title="Another").slug, row.pk])).status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_many_there_are(sol):
    def asked(*texts: str) -> int:
        of = wave(title=f"Of {len(texts)}")
        for text in texts:
            picked(of, text)
        with CaptureQueriesContext(connection) as found:
            page(sol.get(href("survey_quotations", of)))
        return len(found)

    assert asked(CLEAN) == asked(CLEAN, NAMED, CLEAN, NAMED)
