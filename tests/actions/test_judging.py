"""How an answer is to be read, said by an analyst: apart in the tables, refused where it does not fit."""

import pytest
import surveying
from coding_by import doing
from django.db import Error, transaction

from wherewithal.actions import survey_seal
from wherewithal.actions.judging import judge
from wherewithal.core.survey import CannotJudge, Judgement
from wherewithal.extract.survey import replies_of, tables_of
from wherewithal.records.models import Judged, Reply, Wave

pytestmark = pytest.mark.django_db


def one_reply(moment=surveying.IN_TIME, **answers) -> tuple[Wave, Reply]:
    wave, _ = surveying.opened()
    return wave, surveying.answer(surveying.one_of(wave), moment, **answers)


def test_stated_and_implied_are_counted_apart_and_the_later_word_counts():
    wave, reply = one_reply()
    judge(reply=reply, question="brokerage", says=Judgement.STATED, **doing())
    judge(reply=reply, question="brokerage", says=Judgement.IMPLIED, why=" as it goes on ", **doing())
    assert Judged.objects.get().why == "as it goes on"
    table = next(one for one in tables_of(wave).tables if one.question == "brokerage")
    assert (table.rows[0].value, table.rows[0].stated, table.rows[0].implied) == ("own", 0, 1)
    judge(reply=reply, question="brokerage", says=None, **doing())
    assert not Judged.objects.exists()


def test_too_little_and_would_not_say_are_no_answer_and_each_its_own():
    wave, reply = one_reply()
    silent = surveying.answer(surveying.one_of(wave, 1), brokerage=None)
    surveying.answer(surveying.one_of(wave, 2), brokerage=None)
    judge(reply=reply, question="brokerage", says=Judgement.INSUFFICIENT, **doing())
    judge(reply=silent, question="brokerage", says=Judgement.REFUSED, **doing())
    table = next(one for one in tables_of(wave).tables if one.question == "brokerage")
    unheard = {status: count for status, count in table.unheard["all"].items() if count}
    assert unheard == {"insufficient": 1, "refused": 1, "blank": 1}
    assert [one.senses for one in replies_of(wave).values()] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("question", "says", "why"),
    [
        ("brokerage", Judgement.REFUSED, "so it was not refused"),
        ("words", Judgement.STATED, "left blank"),
        ("how_many", Judgement.REFUSED, "not asked"),
        ("nothing", Judgement.STATED, "not asked"),
    ],
)
def test_a_judgement_that_the_answer_does_not_bear_is_refused(question, says, why):
    _, reply = one_reply(budgets="no", words=None)
    with pytest.raises(CannotJudge, match=why):
        judge(reply=reply, question=question, says=says, **doing())


def test_a_late_reply_is_not_judged():
    wave, _ = surveying.opened()
    survey_seal.close(wave=wave, **surveying.doing(surveying.CLOSES))
    reply = surveying.answer(surveying.one_of(wave), surveying.LATE)
    with pytest.raises(CannotJudge, match="late"):
        judge(reply=reply, question="brokerage", says=Judgement.STATED, **doing())


def test_the_database_holds_one_judgement_an_answer_of_four():
    _, reply = one_reply()
    row = judge(reply=reply, question="brokerage", says=Judgement.STATED, **doing())
    with pytest.raises(Error, match="judged_once_an_answer"), transaction.atomic():
        Judged.objects.create(reply=reply, question="brokerage", says="implied", by=row.by)
    with pytest.raises(Error, match="a_judgement_is_one_of_four"), transaction.atomic():
        Judged.objects.filter(pk=row.pk).update(says="perhaps")
