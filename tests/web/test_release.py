"""A report on its pages: written, checked, built, held back, read by those who are named, then by anybody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import quoting
from coding_by import QUESTION, coders, doing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml.html import tostring
from making import at, signed_in, user
from reading_pages import errors, page, words
from releasing import DEFINITION, EMBARGO, closed, look_at_all, released, written

from wherewithal.actions import quotation
from wherewithal.core.roles import Role
from wherewithal.policy.report import parse
from wherewithal.records.models import Release, Wave
from wherewithal.web import templating

pytestmark = pytest.mark.django_db
HEAD = {
    "title": "Budgets", "publisher": "Nobody", "headline": "{share budgets=yes} do",
    "summary": "{cohort} took part.", "shares_of": "answered", "contacts": "", "notice": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def surveys(lasting):
    """One that is closed and of which nobody has written, and one whose report is released."""
    return closed().pk, released(written(closed(title="Released"))).pk


@pytest.fixture
def wave(surveys):
    return Wave.objects.get(pk=surveys[0])


@pytest.fixture
def made(surveys):
    return Release.objects.get(pk=surveys[1])


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) and client


@pytest.fixture
def sky(client):
    return signed_in(client, coders()[1]) and client


def href(name, wave, *args) -> str:
    return reverse(name, args=[wave.slug, *args])


def shown(client, name, wave, *args) -> str:
    return words(page(client.get(href(name, wave, *args))))


def definition(wave):
    return parse(Wave.objects.get(pk=wave.pk).report.definition)


def section(**given) -> dict:
    kept = {"title": "Brokerage", "says": "", "shows_budgets": "no", "shows_brokerage": "table"}
    return kept | given


def test_a_wave_without_a_report_has_one_to_begin_from(sol, wave):
    text = shown(sol, "survey_report", wave)
    assert "8 of 152 councils took part (5%)" in text
    assert "Nobody has written it yet" in text
    assert "2. Who took part" in text and "4. Brokerage" in text
    assert not hasattr(Wave.objects.get(pk=wave.pk), "report")


def test_what_is_written_is_filled_and_what_does_not_hold_is_marked_where_it_stands(sol, wave):
    sol.post(href("survey_report_head", wave), HEAD)
    assert "8 of 8 councils that answered this (100%) do" in shown(sol, "survey_report", wave)
    sol.post(href("survey_report_section", wave, 4), section(says="{word all brokerage=own} offer it."))
    text = shown(sol, "survey_report", wave)
    assert "Cannot stand in the report yet “all” stands on 7 of 8 councils that answered this" in text
    sol.post(href("survey_report_section", wave, 4), section(says="{word most brokerage=own} offer it."))
    assert "most offer it." in shown(sol, "survey_report", wave)
    assert definition(wave).sections[3].tables == ("brokerage",)


def test_a_section_can_be_written_before_it_is_said_who_publishes_the_report(sol, monkeypatch, wave):
    """Of whoever runs surveys and is no council, nobody can be put there beforehand."""
    monkeypatch.setattr(templating, "_council", [])  # a process keeps whose it is, perhaps of another test
    sol.post(href("survey_report_section", wave, 4), section(says="It is so."))
    text = shown(sol, "survey_report", wave)
    assert "It is so." in text and "Nobody is named yet who publishes it" in text
    assert "Nobody is named who publishes it." in shown(sol, "survey_release", wave)
    sol.post(href("survey_report_head", wave), HEAD)
    assert "Nobody is named who publishes it." not in shown(sol, "survey_release", wave)


def test_a_section_is_added_moved_and_taken_out(sol, wave):
    wave = written(wave)
    sol.post(
        href("survey_report_new", wave), section(title="Budgets", shows_brokerage="no", shows_budgets="chart")
    )
    assert [one.title for one in definition(wave).sections] == ["Brokerage", "Budgets"]
    assert definition(wave).sections[1].charts == ("budgets",)
    sol.post(href("survey_report_move", wave, 2), {"number": 1, "title": "Brokerage"})
    assert [one.title for one in definition(wave).sections] == ["Brokerage", "Budgets"], "another was meant"
    sol.post(href("survey_report_move", wave, 2), {"number": 1, "title": "Budgets"})
    assert [one.title for one in definition(wave).sections] == ["Budgets", "Brokerage"]
    sol.post(href("survey_report_remove", wave, 1), {"title": "Brokerage"})
    assert len(definition(wave).sections) == 2, "somebody moved it meanwhile"
    sol.post(href("survey_report_remove", wave, 1), {"title": "Budgets"})
    assert [one.title for one in definition(wave).sections] == ["Brokerage"]
    again = sol.post(href("survey_report_new", wave), section())
    assert errors(page(again)) == ["There is a section called “Brokerage” already. Give this one another."]


def test_who_saves_second_is_told_what_the_first_one_changed(sol, wave):
    wave = written(wave)
    opened = page(sol.get(href("survey_report_section", wave, 1)))
    marks = opened.xpath("//input[@name='opened']/@value")[0]
    sol.post(href("survey_report_section", wave, 1), section(says="Theirs."))
    second = sol.post(href("survey_report_section", wave, 1), section(says="Mine.", opened=marks))
    assert any("Theirs." in one for one in errors(page(second)))
    assert definition(wave).sections[0].says == ("Theirs.",)


def test_the_figures_that_a_sentence_can_name_stand_with_how_they_are_written(sol, wave):
    text = shown(sol, "survey_report_figures", wave)
    assert "7 of 8 councils that answered this (88%) {share brokerage=own}" in text
    assert "{rate} 5%" in text


def test_it_is_taken_away_and_brought_in_again(sol, wave):
    wave, other = written(wave), closed(title="Another")
    file = sol.get(href("survey_report_file", wave))
    assert file["Content-Disposition"] == f'attachment; filename="{wave.slug}-report.toml"'
    sol.post(href("survey_report_bring_in", other), {"file": SimpleUploadedFile("r.toml", file.content)})
    assert definition(other) == definition(wave)
    wrong = SimpleUploadedFile("r.toml", b"title = 1")
    refused = sol.post(href("survey_report_bring_in", other), {"file": wrong})
    assert errors(page(refused)) == ["The report: “title” must be text."]
    assert definition(other) == definition(wave)


def test_the_preview_is_the_whole_with_its_charts_and_says_that_it_is_not_released(sol, wave):
    wave = written(wave)
    sol.post(href("survey_report_section", wave, 1), section(shows_brokerage="chart"))
    text = page(sol.get(href("survey_report_preview", wave)))
    assert "Version 1, not released" in words(text)
    assert text.xpath("//figure/div[starts-with(@aria-label, 'Bars: Own 88%')]")


def test_a_chart_on_the_page_is_the_drawing_of_the_files(sol, wave):
    wave = written(wave)
    sol.post(href("survey_report_section", wave, 1), section(shows_brokerage="chart"))
    [picture] = page(sol.get(href("survey_report", wave))).xpath("//figure/div[@role='img']")
    [in_file] = page(sol.get(href("survey_report_preview", wave))).xpath("//figure/div[@role='img']")
    assert tostring(picture[0], with_tail=False) == tostring(in_file[0], with_tail=False)
    assert picture.get("aria-label") == in_file.get("aria-label")


def test_a_vignette_stands_in_a_section_as_a_box_without_a_table(sol):
    wave = quoting.wave(title="Quoted")
    row = quoting.picked(wave)
    row = quotation.add_passage(
        quotation=row, **quoting.place(wave, quoting.NAMED, "We learned it"), **doing()
    )
    row = quotation.word(
        quotation=row, printed=row.printed, telling="nothing", title="Early talks", **doing()
    )
    quotation.sign_off(quotation=row, **doing(quoting.second()))
    wave = written(wave, replace(DEFINITION, headline="{cohort} took part", sections=()))
    asked = page(sol.get(href("survey_report_new", wave)))
    field = f"shows_{QUESTION}"
    values = asked.xpath(f"//*[@name='{field}']//option/@value | //input[@name='{field}']/@value")
    assert "words" in values and "words" not in asked.xpath("//*[@name='shows_budgets']//option/@value")
    names = {one.get("name") for one in asked.xpath("//select[starts-with(@name, 'shows_')]")}
    given = dict.fromkeys(names, "no") | {field: "words", "title": "Stories", "says": ""}
    sol.post(href("survey_report_new", wave), given)
    assert definition(wave).sections[0].words == (QUESTION,)
    [box] = page(sol.get(href("survey_report", wave))).xpath("//article//div[@class='ww-vignette']")
    assert words(box) == f"Early talks {quoting.CLEAN} We learned it Two councils"
    again = page(sol.get(href("survey_report_section", wave, 1)))
    assert again.xpath(f"//select[@name='{field}']/option[@selected]/@value") == ["words"]


def test_it_is_built_when_all_is_in_order(client, sol, wave):
    wave = written(wave)
    refused = page(sol.post(href("survey_build", wave)))
    assert errors(refused) == [
        "The checklist is not done. Small numbers: “Who offers brokerage?”, “Own”: 7 of 8."
    ]
    assert "It is built when all of this is in order." in words(refused)
    signed_in(client, coders()[1])
    text = page(client.get(href("survey_release", wave)))
    nothing = page(client.post(href("survey_look", wave), {}))
    assert errors(nothing) == ["Tick the figures that you looked at"]
    client.post(href("survey_look", wave), {"figures": text.xpath("//input[@name='figures']/@value")})
    signed_in(client, coders()[0])
    assert "“Own”: 7 of 8: Sky Second" in shown(client, "survey_release", wave)
    built = page(client.post(href("survey_build", wave), follow=True))
    assert "Version 1 is built: 5 files with one hash." in words(built)
    assert "Under embargo" in words(built)
    assert wave.releases.get().files.count() == 5
    again = page(client.post(href("survey_build", wave), {"changed": " "}))
    assert errors(again) == ["Answer “What does this version correct?”"]


def test_before_the_embargo_it_opens_to_who_is_named_alone_and_leaves_a_trace(client, monkeypatch, made):
    wave, address = made.wave, href("report", made.wave)
    assert client.get(address).url.startswith(reverse("account_login"))
    assert words(page(client.get(reverse("reports")))).count("Budgets in made-up councils") == 0
    signed_in(client, user("Ana Analyst", Role.ANALYST))
    assert "can be read by anybody from 1 December 2126" in words(page(client.get(address), 403))
    assert client.get(href("report_file", wave, 1, "report.pdf")).status_code == 403
    signed_in(client, coders()[0])
    assert "Under embargo until 1 December 2126" in words(page(client.get(address)))
    file = client.get(href("report_file", wave, 1, "report.pdf"))
    assert file.content.startswith(b"%PDF") and file["Content-Type"] == "application/pdf"
    assert "no-store" in file["Cache-Control"] and "private" in file["Cache-Control"]
    assert [one.what for one in made.early_looks.order_by("pk")] == ["the page", "report.pdf"]
    assert "Version 1, report.pdf" in shown(client, "survey_release", wave)
    assert made.early_looks.last().what == "the figures of very few"

    monkeypatch.setattr("wherewithal.web.reports.now", lambda: EMBARGO)
    client.logout()
    text = words(page(client.get(address)))
    assert "8 of 8 councils that answered this (100%) give everybody a budget" in text
    assert made.content_hash in text
    alone = client.get(href("report_file", wave, 1, "report.html"))
    assert b"<html" in alone.content
    assert "default-src 'none'; style-src 'unsafe-inline'" in alone["Content-Security-Policy"]
    assert "Budgets in made-up councils" in words(page(client.get(reverse("reports"))))
    assert made.early_looks.count() == 3, "what anybody may read leaves no trace"


def test_a_correction_says_what_it_changed_and_the_older_stays_to_be_read(client, monkeypatch, made):
    monkeypatch.setattr("wherewithal.web.reports.now", lambda: at(2126, 12, 10))
    written(made.wave, parse(made.wave.report.definition.replace("give everybody", "offer everybody")))
    released(made.wave, "They offer it.", moment=at(2126, 12, 9))
    text = words(page(client.get(href("report", made.wave))))
    assert "What this version corrects They offer it." in text
    assert "Headline 8 of 8 councils that answered this (100%) give everybody a budget" in text
    older = words(page(client.get(href("report_version", made.wave, 1))))
    assert "There is a newer version: version 2." in older


def test_a_version_that_was_never_public_is_not_there(client, monkeypatch, made):
    written(made.wave, parse(made.wave.report.definition.replace("give everybody", "offer everybody")))
    released(made.wave, "They offer it.")
    monkeypatch.setattr("wherewithal.web.reports.now", lambda: EMBARGO)
    assert client.get(href("report_version", made.wave, 2)).status_code == 200
    assert client.get(href("report_version", made.wave, 1)).status_code == 404
    assert client.get(href("report_file", made.wave, 1, "report.html")).status_code == 404
    assert client.get(reverse("report", args=[closed(title="Another").slug])).status_code == 404


def test_an_embargo_is_set_to_the_minute_and_somebody_named_and_taken_off(sol, wave):
    late = {"until_day": "2", "until_month": "1", "until_year": "2127", "at": "00:01"}
    sol.post(href("survey_embargo", wave), late)
    assert "Nobody but those who are named reads it before 2 January 2127" in shown(
        sol, "survey_release", wave
    )
    past = sol.post(href("survey_embargo", wave), late | {"until_year": "2020"})
    assert errors(page(past)) == ["Choose a time to come, after the survey closes."]
    wrong = sol.post(href("survey_embargo", wave), late | {"at": "noon"})
    assert errors(page(wrong)) == ["Enter a time in hours and minutes, such as 00:01"]
    sky = coders()[1]
    sol.post(href("survey_reader", wave), {"email": sky.email, "why": "Briefs the director"})
    text = page(sol.get(href("survey_release", wave)))
    assert "Sky Second: Briefs the director Named by Sol Surveyor" in words(text)
    sol.post(href("survey_reader_off", wave, wave.early_readers.get().pk))
    assert not wave.early_readers.exists()


def test_an_embargo_in_summer_is_set_in_london_time(sol, wave):
    sol.post(
        href("survey_embargo", wave),
        {"until_day": "1", "until_month": "7", "until_year": "2127", "at": "00:01"},
    )
    assert Wave.objects.get(pk=wave.pk).embargo_until == datetime(2127, 6, 30, 23, 1, tzinfo=UTC)
    assert "before 1 July 2127" in shown(sol, "survey_release", wave)


def test_an_embargo_that_was_moved_says_that_what_was_built_still_opens_at_its_own_time(sol, made):
    assert "was built for" not in shown(sol, "survey_release", made.wave)
    later = {"until_day": "9", "until_month": "12", "until_year": "2126", "at": "00:01"}
    sol.post(href("survey_embargo", made.wave), later)
    text = shown(sol, "survey_release", made.wave)
    assert "Version 1 was built for 1 December 2126" in text and "Build it again" in text


def test_who_reads_it_where_it_is_written_while_it_is_held_back_leaves_a_trace_too(sky, wave, monkeypatch):
    wave = written(wave)
    shown(sky, "survey_report", wave)
    made = released(wave)
    shown(sky, "survey_report", wave)
    sky.get(href("survey_report_preview", wave))
    looks = [(one.user, one.what) for one in made.early_looks.order_by("pk")]
    assert looks == [(coders()[1], "the report as it is written"), (coders()[1], "its preview")]
    monkeypatch.setattr("wherewithal.web.held_back.now", lambda: EMBARGO)
    shown(sky, "survey_report", wave)
    assert made.early_looks.count() == 2


def test_the_keys_can_be_destroyed_before_their_day_after_the_release_too(sol, made):
    assert "Destroy the keys" in shown(sol, "survey", made.wave)


def test_a_look_holds_for_the_figure_that_was_seen(sky, wave):
    wave = written(wave)
    look_at_all(wave, coders()[1])
    assert not page(sky.get(href("survey_release", wave))).xpath("//input[@name='figures']")
    wave.second_looks.filter(figure="brokerage:own").update(count=6)
    assert page(sky.get(href("survey_release", wave))).xpath("//input[@name='figures']/@value") == [
        "brokerage:own"
    ]
