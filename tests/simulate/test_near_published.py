"""Some made-up replies of 2011 come near what was published, and nothing that is counted of them moves."""

from collections import Counter

import pytest

from wherewithal.core.self_report import agreeing
from wherewithal.policy.self_reports import compared_with, comparisons, said_by
from wherewithal.simulate import survey_2011
from wherewithal.simulate.near_published import SIZE, TAKE_UP
from wherewithal.simulate.survey_2011 import OPENED, made_up_survey


@pytest.fixture
def as_drawn(monkeypatch):
    monkeypatch.setattr(survey_2011, "come_near", lambda *_: None)
    return made_up_survey.__wrapped__()


def agree(survey) -> tuple[int, int]:
    [of] = comparisons("personalisation-2011", OPENED)
    figures = of.by_council()
    said = [(said_by(one.reply.answers, of), figures[one.council.code]) for one in survey.replies]
    return agreeing(compared_with(*one, of) for one in said)


def counted(survey, name) -> Counter:
    """How often each answer was given, by type of council and by band."""
    return Counter(
        (one.council.type, one.reply.codes.get("takeup_band") if name in TAKE_UP else "",
         one.reply.answers.get(name))
        for one in survey.replies
    )  # fmt: skip


def rest(survey) -> list:
    """All that is not exchanged, council by council."""
    moved = SIZE + TAKE_UP
    return [
        (one.council.code, one.received_on, one.reply.codes, one.reply.senses, one.reply.statuses,
         {name: answer for name, answer in one.reply.answers.items() if name not in moved})
        for one in survey.replies
    ]  # fmt: skip


def test_some_agree_and_most_do_not_where_none_agreed_as_they_were_drawn(as_drawn):
    assert agree(as_drawn) == (0, 37)
    assert agree(made_up_survey()) == (4, 37)


def test_what_is_counted_by_type_and_by_band_stays_and_so_does_every_other_answer(as_drawn):
    near = made_up_survey()
    for name in SIZE + TAKE_UP:
        assert counted(near, name) == counted(as_drawn, name)
    assert rest(near) == rest(as_drawn)
