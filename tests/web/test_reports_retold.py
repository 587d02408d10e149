"""What was printed before, told again beside a report: only once it is public, only of such a survey."""

from dataclasses import replace
from datetime import timedelta

import pytest
import surveying
from coding_by import coders
from django.urls import reverse
from making import at
from reading_pages import page, words

from wherewithal.actions import survey_seal
from wherewithal.extract.retold import NOT_ASKED, NOT_CODED, retold
from wherewithal.policy.questionnaire import surveys
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Release, Wave

pytestmark = pytest.mark.django_db
OF_2011 = next(one for one in surveys() if one.id == "personalisation-2011")


def released(questionnaire, embargo=None, shown=()) -> Wave:
    """One council answered; the report was built, with nothing in it; its tables show ``shown``."""
    wave, _ = surveying.opened(questionnaire=questionnaire, opens_at=at(2011, 8, 8))
    first = surveying.one_of(wave)
    answers = {"restrictions": "yes", "ni130": "It counts people with a handrail."}
    if questionnaire == OF_2011:
        surveying.survey_answer.save_part(
            invitation=first,
            section="profile",
            answers=answers,
            name="Ro",
            **surveying.doing(surveying.IN_TIME),
        )
        surveying.survey_answer.hand_in(
            invitation=first, name="Ro", **surveying.doing(surveying.IN_TIME + timedelta(hours=1))
        )
    wave = survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))
    said = {"title": "Told", "publisher": "Nobody", "headline": "Done", "summary": [], "sections": []}
    Release.objects.create(
        wave=wave, version=1, content=said, content_hash="0" * 64, embargo_until=embargo,
        built_by=coders()[0], built_at=at(), shown=shown,
    )  # fmt: skip
    return wave


def href(wave):
    return reverse("report_published", args=[wave.slug])


def test_what_is_counted_by_codes_waits_until_all_is_coded(client):
    wave = released(OF_2011)
    told = {one.figure.id: one for one in retold(wave.releases.get())}
    assert (told["R2.3-handful-ni130"].verdict, told["R2.3-handful-ni130"].why) == ("outside", NOT_CODED)
    assert NOT_CODED in words(page(client.get(href(wave))))


def test_what_a_wave_left_out_is_not_told_again():
    wave = released(replace(OF_2011, sections=(OF_2011.sections[0], *OF_2011.sections[2:])))
    assert (told_of(wave, "R2.1-no-info").verdict, told_of(wave, "R2.1-no-info").why) == (
        "outside",
        NOT_ASKED,
    )
    assert told_of(wave, "R7.1-restrict").why != NOT_ASKED


def test_how_many_were_asked_and_took_part_is_told_though_nobody_was_asked_who_they_are():
    wave = released(OF_2011)
    assert "council" not in asked_in(wave).questions
    assert told_of(wave, "R1.6-152").count == wave.invitations.count()
    assert told_of(wave, "R1.5-58").why != NOT_ASKED


def told_of(wave: Wave, id: str):
    return next(one for one in retold(wave.releases.get()) if one.figure.id == id)


def test_what_few_said_is_told_where_the_release_tells_it(client):
    shown = [["restrictions", "", "all", "=yes", 1], ["restrictions", "", "all", "cohort", 1]]
    wave = released(OF_2011, shown=shown)
    assert told_of(wave, "R7.1-restrict").instead == "1 of 1 council that took part (100%)"
    assert "1 of 1 council that took part (100%)" in words(page(client.get(href(wave))))


def test_what_few_said_and_no_release_tells_is_held_back_and_the_page_says_of_how_many(client):
    wave = released(OF_2011)
    assert (told_of(wave, "R7.1-restrict").verdict, told_of(wave, "R7.1-restrict").instead) == (
        "held back", "",
    )  # fmt: skip
    held = sum(one.verdict == "held back" for one in retold(wave.releases.get()))
    shown = words(page(client.get(href(wave))))
    assert f"Of {held} it is not told whether they do" in shown
    assert "1 of 1 council that took part" not in shown
    file = client.get(reverse("report_published_csv", args=[wave.slug])).content.decode()
    assert file.count("held back") == held and "1 of 1 council that took part" not in file


def test_before_the_embargo_ends_nobody_reads_it(client):
    assert client.get(href(released(OF_2011, embargo=at(2126, 1, 1)))).status_code == 404


def test_a_survey_of_which_nothing_was_printed_has_no_such_page(client):
    wave = released(surveying.small())
    assert client.get(href(wave)).status_code == 404
    assert href(wave) not in words(page(client.get(reverse("report", args=[wave.slug]))))


def test_a_survey_that_asks_the_same_later_is_another_and_nothing_was_printed_of_it(client):
    first = released(OF_2011)
    assert client.get(href(first)).status_code == 200
    Wave.objects.filter(pk=first.pk).update(opens_at=at(2025, 8, 8))
    later = Wave.objects.get(pk=first.pk)
    assert client.get(href(later)).status_code == 404
    shown = words(page(client.get(reverse("report", args=[later.slug]))))
    assert "What was printed then" not in shown
