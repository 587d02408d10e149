"""The survey of 2011 goes the whole path: answered, coded by two, released and corrected, told again."""

import csv
import io
from datetime import date

from django.urls import reverse
from making import user
from reading_pages import page, words

from wherewithal.core.release import content
from wherewithal.core.roles import Role
from wherewithal.core.survey import MODE_WORDS, Judgement, Mode
from wherewithal.extract.survey import replies_of, tables_of
from wherewithal.records.coders import Held, pair
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import Coded, Judged, Settled, Wave
from wherewithal.records.release import public_releases
from wherewithal.simulate.clock import moment
from wherewithal.simulate.release_2011 import CORRECTS, UNSAID, release_2011
from wherewithal.simulate.report_2011 import counted, told
from wherewithal.simulate.survey_2011 import made_up_survey
from wherewithal.simulate.wave_2011 import wave_2011

KEYS = date(2126, 6, 1)


def test_the_survey_of_2011_goes_the_whole_path(db, client):
    surveyors = user("Sol Surveyor", Role.SURVEYOR), user("Sky Second", Role.SURVEYOR)
    wave = wave_2011(surveyors, KEYS)
    it_gives_the_tables_of_the_made_up_replies_count_for_count(wave)
    it_is_of_2011_and_as_it_stands_on_record(wave)
    two_coders_agree_enough_and_settled_the_rest(wave)
    first, second = release_2011(wave, surveyors)
    words_are_quoted_by_consent_and_seven_messages_agreed(wave)
    version_1_was_held_back_and_version_2_says_what_it_corrects(first, second)
    the_report_is_that_of_the_made_up_replies(second)
    anybody_reads_it_and_what_would_not_be_printed_again(client, wave)


def it_gives_the_tables_of_the_made_up_replies_count_for_count(wave):
    made, there = tables_of(wave), counted().tables
    assert made.waiting == {} and made.replies == 58
    assert {one.question for one in made.tables} == set(there)
    for table in made.tables:
        same = there[table.question]
        assert table.unheard == same.unheard, table.question
        assert _counts(table) == _counts(same), table.question


def _counts(table):
    return [(row.value, row.cells["all"].figure.numerator, row.stated, row.implied) for row in table.rows]


def _in_order(one):
    return sorted((id, str(answer)) for id, answer in one.answers.items())


def it_is_of_2011_and_as_it_stands_on_record(wave):
    survey = made_up_survey()
    assert (wave.state, wave.mode) == (Wave.State.CLOSED, Mode.CODED) and MODE_WORDS[Mode(wave.mode)]
    assert "made-up replies" in wave.title and wave.says.startswith("Made up")
    assert wave.opens_at.date() == date(2011, 8, 8) and wave.closes_at.date() == date(2011, 9, 9)
    assert wave.invitations.count() == 152 and wave.invitations.filter(answered=True).count() == 58
    assert set(wave.invitations.filter(targeted=True).values_list("code", flat=True)) == survey.targeted
    assert not wave.replies.filter(late=True).exists()
    on_record = sorted(replies_of(wave).values(), key=_in_order)
    made_up = sorted((one.reply for one in survey.replies), key=_in_order)
    for kept, said in zip(on_record, made_up, strict=True):
        assert (kept.answers, kept.statuses, kept.senses) == (said.answers, said.statuses, said.senses)
    assert {one.says for one in Judged.objects.all()} == set(Judgement)


def two_coders_agree_enough_and_settled_the_rest(wave):
    assert Coded.objects.filter(reply__wave=wave).count() > 4_000
    assert {one.stands for one in Settled.objects.filter(reply__wave=wave)} == {True, False}
    book, held = as_book(book_in_use(wave)), Held(wave)
    assert set(held.readers) == set(book.questions)
    for question in ("action_kinds", "training", "market_kinds"):
        two = pair(held, question, book, held.readers[question])
        assert two.differ and not two.resolved.open
        assert 0.9 < two.by_answer.together.kappa.value < 1


def words_are_quoted_by_consent_and_seven_messages_agreed(wave):
    quoted = wave.quotations.values_list("state", "consent")
    assert set(quoted) == {("signed_off", "given"), ("open", "refused"), ("open", "asked")}
    [story] = wave.quotations.exclude(title="")
    assert story.passages.count() == 3 and story.state == "signed_off"
    messages = list(wave.key_messages.all())
    assert len(messages) == 7 and {one.state for one in messages} == {"agreed"}
    assert all(one.stood_on and one.owner and one.action for one in messages)


def version_1_was_held_back_and_version_2_says_what_it_corrects(first, second):
    embargo = moment(date(2011, 10, 19), 0, 1)
    assert first.embargo_until == embargo and first.built_at < embargo
    assert public_releases(first.wave, moment(date(2011, 10, 18))) == []
    assert [one.version for one in public_releases(first.wave, embargo)] == [1]
    assert second.changed == CORRECTS
    assert UNSAID in second.content["summary"][0] and UNSAID not in first.content["summary"][0]
    assert {one.name for one in second.files.all()} == {
        "report.pdf", "report.docx", "report.html", "tables.ods", "press-notice.docx",
    }  # fmt: skip


def the_report_is_that_of_the_made_up_replies(release):
    """But for what people wrote for it, which the replies alone do not tell."""
    there = content(told(on=date(2011, 11, 2), embargo=moment(date(2011, 10, 19))).report)
    assert release.content["made_up"].startswith("Made up")
    assert [release.content[name] for name in ("headline", "summary")] == [
        there["headline"],
        there["summary"],
    ]
    told_by = {one["title"]: one for part in release.content["sections"] for one in part["blocks"]
               if "says_who" in one and "title" in one}  # fmt: skip
    assert told_by["Beginning a market together"]["says_who"] == "Three councils, with their consent"
    for made, same in zip(release.content["sections"], there["sections"], strict=True):
        counts = [one for one in made["blocks"] if "items" not in one and "source" not in one]
        assert made["title"] == same["title"]
        assert [one for one in same["blocks"] if one not in counts] == [], made["title"]


def anybody_reads_it_and_what_would_not_be_printed_again(client, wave):
    report = page(client.get(reverse("report", args=[wave.slug])))
    assert CORRECTS in words(report)
    sector = page(client.get(reverse("sector")))
    address = reverse("report_published", args=[wave.slug])
    assert address in {link for *_, link, _ in sector.iterlinks()} & {
        link for *_, link, _ in report.iterlinks()
    }
    again = words(page(client.get(address)))
    assert "Made up" in again
    assert "267 figures" in again and "175 of them can be counted from replies, and 114 come out" in again
    assert "Of 27 it is not told whether they do" in again
    assert "58 of 152, 33% 58 of 152 councils that were invited (38%)" in again
    rows = csv.DictReader(io.StringIO(client.get(f"{address[:-1]}.csv").content.decode("utf-8-sig")))
    by_id = {row["Figure"]: row for row in rows}
    assert (
        len(by_id) == 267
        and by_id["R2.1-on-target"]["Printed here"] == "55 of 58 councils that took part (95%)"
    )
    assert by_id["R2.1-on-target"]["Verdict"] == "another number"
    assert by_id["P-two-slow"]["Printed here"] == "1 of 58 councils that took part (2%)"
    assert (by_id["R4.5-14"]["Verdict"], by_id["R4.5-14"]["Printed here"]) == ("held back", "")
