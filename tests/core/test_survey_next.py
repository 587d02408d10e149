"""What a closed survey leads with, step by step, and what ends with its keys."""

from dataclasses import replace
from datetime import date

import pytest

from wherewithal.core.survey_next import Afterwards, Step, keys_are_due, too_early

CLOSED = Afterwards(replies=58, in_words=True, unread=None, written=False, built=False, public=False, packs=0)


@pytest.mark.parametrize(
    "more, step",
    [
        ({"replies": 0}, None),
        ({}, Step.BEGIN_CODEBOOK),
        ({"unread": 3}, Step.CODE),
        ({"unread": 3, "written": True}, Step.CODE),
        ({"unread": 0}, Step.WRITE),
        ({"in_words": False}, Step.WRITE),
        ({"unread": 0, "written": True}, Step.RELEASE),
        ({"built": True, "written": True}, Step.WAIT),
        ({"built": True, "public": True, "packs": 2}, Step.SEND_PACKS),
        ({"built": True, "public": True}, None),
    ],
)
def test_what_comes_next(more, step):
    assert replace(CLOSED, **more).step == step


@pytest.mark.parametrize(
    "more, due",
    [
        ({}, True),
        ({"on": date(2026, 12, 30)}, False),
        ({"destroyed_on": date(2026, 12, 1)}, False),
        ({"mode": "attributed", "destroy_on": None}, False),
        ({"mode": "anonymous", "destroy_on": None}, False),
    ],
)
def test_keys_are_due_from_the_day_on_that_respondents_were_told(more, due):
    day = date(2026, 12, 31)
    assert keys_are_due(**{"mode": "coded", "destroy_on": day, "destroyed_on": None, "on": day} | more) is due


def test_before_the_release_more_ends_with_the_keys_than_after_it_and_once_packs_are_out_nothing():
    assert len(too_early(public=False, packs=0, councils=True)) == 2
    assert len(too_early(public=False, packs=0, councils=False)) == 1
    assert too_early(public=True, packs=1, councils=True) == (
        "1 council has not been sent the private pack yet, and would get none.",
    )
    assert too_early(public=True, packs=0, councils=True) == ()
