"""The made-up replies to the survey of 2011: the published cohort, sound answers, and nothing left unsaid."""

from collections import Counter
from random import Random

import pytest

from wherewithal.analytics.cohort import check_sum, profile
from wherewithal.core.questions import faults
from wherewithal.policy.councils import councils
from wherewithal.simulate.dealing import Dealer, Draft
from wherewithal.simulate.survey_2011 import CLOSED, OPENED, made_up_survey

SURVEY = made_up_survey()
REPLIES = [one.reply for one in SURVEY.replies]


def test_58_of_the_152_councils_replied_in_the_published_regions_and_exclusive_types():
    regions = Counter(one.council.region for one in SURVEY.replies)
    assert regions == {
        "London": 10, "South East": 8, "East of England": 6, "East Midlands": 3, "North East": 4,
        "North West": 7, "South West": 7, "West Midlands": 8, "Yorkshire and the Humber": 5,
    }  # fmt: skip
    types = Counter(one.council.type for one in SURVEY.replies)
    assert types == {
        "London borough": 10, "County": 17, "Metropolitan district": 7, "Unitary authority": 24,
    }  # fmt: skip
    check_sum("type", types, 58)
    assert len({one.council.code for one in SURVEY.replies}) == 58
    assert {one.council for one in SURVEY.replies} < set(SURVEY.invited) == set(councils("2010-11"))


def test_such_a_cohort_is_not_like_the_field_by_type():
    codes = {one.council.code for one in SURVEY.replies}
    field = [{"region": row.region, "type": row.type} for row in SURVEY.invited]
    found = profile(field, [row.code in codes for row in SURVEY.invited], ["region", "type"])
    assert round(found.response_rate) == 38
    assert not found.is_representative


def test_it_says_that_it_is_made_up():
    assert SURVEY.label.startswith("Made up")


def test_every_reply_could_be_handed_in_and_came_while_the_survey_was_open():
    for one in SURVEY.replies:
        assert faults(SURVEY.questionnaire, one.reply.answers, whole=True) == ()
        assert OPENED <= one.received_on <= CLOSED and one.received_on.weekday() < 5
        assert one.reply.answers["received"] == one.received_on.isoformat()
        assert "council" not in one.reply.answers


def test_twenty_were_invited_by_name_and_the_replies_say_which():
    assert len(SURVEY.targeted) == 20
    for one in SURVEY.replies:
        assert one.reply.answers["targeted"] == ("yes" if one.council.code in SURVEY.targeted else "no")


def test_codes_are_of_the_question_and_the_words_bear_them_out():
    for reply in REPLIES:
        for question, ids in reply.codes.items():
            codes = [SURVEY.book.code[id] for id in ids]
            assert ids and all(code.question == question for code in codes)
            assert len(codes) == 1 or not any(code.alone for code in codes)
            if question == "takeup_band" and "takeup" in reply.answers:
                assert reply.answers[question] == f"{reply.answers['takeup']} in a hundred."
                continue
            assert all(code.examples[0] in reply.answers[question] for code in codes)


def test_a_band_follows_from_the_stated_number_or_is_marked_as_implied():
    found = Counter()
    for reply in REPLIES:
        sense = reply.senses.get("takeup_band", "")
        (band,) = reply.codes.get("takeup_band", ("",))
        found[band, sense] += 1
        if sense == "stated":
            assert (reply.answers["takeup"] >= 60) == (band == "from_60")
        else:
            assert "takeup" not in reply.answers
    assert found == {
        ("under_60", "stated"): 20, ("under_60", "implied"): 9, ("from_60", "stated"): 17,
        ("from_60", "implied"): 6, ("", ""): 6,
    }  # fmt: skip


def test_who_is_slow_does_not_expect_everybody_by_2013_and_has_low_take_up():
    slow = [reply for reply in REPLIES if reply.answers.get("on_target") in ("slow", "disappointing")]
    assert [reply.codes["takeup_band"] for reply in slow] == [("under_60",), ("under_60",)]
    assert all(reply.answers["full_takeup_date"] > "2013-04-01" for reply in slow)


def test_one_council_has_several_codes_on_cost_and_those_that_stand_alone_are_sixteen_with_the_silent():
    codes = [reply.codes.get("cost_evidence_kinds", ()) for reply in REPLIES]
    alone = sum(len(ids) == 1 and SURVEY.book.code[ids[0]].alone for ids in codes)
    assert alone + codes.count(()) == 5 + 3 + 1 + 7
    assert sum(len(ids) for ids in codes) > sum(bool(ids) for ids in codes)


def test_the_same_seed_gives_the_same_and_another_other_councils():
    assert made_up_survey.__wrapped__() == SURVEY
    other = made_up_survey(7)
    assert {one.council for one in other.replies} != {one.council for one in SURVEY.replies}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"id": "risk_types", "answered": 1, "give": {"to_person": 2}}, "too few"),
        ({"id": "risk_types", "answered": 2, "give": {"to_person": 1}}, "1 of 2 would have no answer"),
        (
            {"id": "risk_types", "answered": 2, "give": {"to_person": 2},
             "also": [{"code": "to_service", "of": "to_reputation", "count": 1}]},
            "only 0 have “to_reputation”",
        ),
    ],
)  # fmt: skip
def test_numbers_that_cannot_all_come_out_are_refused(wanted, says):
    drafts = [Draft(row, {"risk_approach": "As ever."}) for row in SURVEY.invited[:2]]
    dealer = Dealer(SURVEY.questionnaire, SURVEY.book, drafts, Random(1), "It depends.")
    with pytest.raises(ValueError, match=says):
        dealer.deal(wanted)
