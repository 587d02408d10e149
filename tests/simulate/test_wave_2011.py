"""The survey of 2011 on the record: the published cohort, coded by two, the tables of its made-up replies."""

from datetime import date

import pytest
from making import user

from wherewithal.core.roles import Role
from wherewithal.core.survey import MODE_WORDS, Judgement, Mode
from wherewithal.extract.survey import replies_of, tables_of
from wherewithal.records.coders import pair, readers
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import Coded, Judged, Settled, Wave
from wherewithal.simulate.report_2011 import counted
from wherewithal.simulate.survey_2011 import made_up_survey
from wherewithal.simulate.wave_2011 import wave_2011

KEYS = date(2126, 6, 1)


@pytest.fixture
def wave(db):
    return wave_2011((user("Sol Surveyor", Role.SURVEYOR), user("Sky Second", Role.SURVEYOR)), KEYS)


def test_the_wave_gives_the_tables_of_the_made_up_replies_count_for_count(wave):
    made, there = tables_of(wave), counted().tables
    assert made.waiting == {} and made.replies == 58
    assert {one.question for one in made.tables} == set(there)
    for table in made.tables:
        same = there[table.question]
        assert table.unheard == same.unheard, table.question
        assert _counts(table) == _counts(same), table.question
    of_2011_and_as_they_stand_on_record(wave)
    two_coders_agree_enough_and_settled_the_rest(wave)


def _counts(table):
    return [(row.value, row.cells["all"].figure.numerator, row.stated, row.implied) for row in table.rows]


def _in_order(one):
    return sorted((id, str(answer)) for id, answer in one.answers.items())


def of_2011_and_as_they_stand_on_record(wave):
    survey = made_up_survey()
    assert (wave.state, wave.mode) == (Wave.State.CLOSED, Mode.CODED) and MODE_WORDS[Mode(wave.mode)]
    assert "made-up replies" in wave.title and wave.says.startswith("Made up")
    assert wave.opens_at.date() == date(2011, 8, 8) and wave.closes_at.date() == date(2011, 9, 9)
    assert wave.invitations.count() == 152 and wave.invitations.filter(answered=True).count() == 58
    assert set(wave.invitations.filter(targeted=True).values_list("code", flat=True)) == survey.targeted
    assert not wave.replies.filter(late=True).exists()
    on_record = sorted(replies_of(wave).values(), key=_in_order)
    made_up = sorted((one.reply for one in survey.replies), key=_in_order)
    for kept, told in zip(on_record, made_up, strict=True):
        assert (kept.answers, kept.statuses, kept.senses) == (told.answers, told.statuses, told.senses)
    assert {one.says for one in Judged.objects.all()} == set(Judgement)


def two_coders_agree_enough_and_settled_the_rest(wave):
    assert Coded.objects.filter(reply__wave=wave).count() > 4_000
    assert {one.stands for one in Settled.objects.filter(reply__wave=wave)} == {True, False}
    book, by_question = as_book(book_in_use(wave)), readers(wave)
    assert set(by_question) == set(book.questions)
    for question in ("action_kinds", "training", "market_kinds"):
        two = pair(wave, question, book, by_question[question])
        assert two.differ and not two.resolved.open
        assert 0.9 < two.by_answer.together.kappa.value < 1
