"""A hand-in is once: killed at any statement, asked for by sixteen at a time, it is one reply or none.

Whoever handed it in opens their link again, and the page says which.
"""

from random import Random

import pytest
from actions.test_once import at_once, killed
from django.test import Client
from making import at
from reading_pages import page, words
from surveying import IN_TIME, WHOLE, doing, fill, one_of, opened

from wherewithal.actions import survey_answer, survey_mail, survey_seal
from wherewithal.records.models import Draft, Invitation, Reply, ReplyKey

pytestmark = pytest.mark.django_db(transaction=True)

STILL_OPEN = {"closes_at": at(2126, 1, 1), "destroy_keys_on": at(2126, 6, 1).date()}


def hand_in(one):
    return survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME))


def opened_again(one) -> str:
    """What the respondent's page says at their link."""
    return words(page(Client().get(survey_mail.link(one, one.wave, "/"))))


def test_a_hand_in_killed_at_any_point_is_one_reply_or_none(transactional_db):
    wave, _ = opened(**STILL_OPEN)
    one = one_of(wave)
    fill(one)
    doing()  # the surveyor is on record before
    for after in range(100):
        was_killed = killed(lambda: hand_in(one), after)
        counts = (Reply.objects.count(), ReplyKey.objects.count(), Draft.objects.count())
        answered = Invitation.objects.get(pk=one.pk).answered
        assert (counts, answered) in [((0, 0, 1), False), ((1, 1, 0), True)]
        told = opened_again(one)
        assert ("Handed in by Ann" in told, "Check and hand in" in told) == (answered, not answered)
        if answered:
            break
    assert (after > 5, was_killed) == (True, False), "it was killed at each of its statements"


def test_a_sealed_hand_in_killed_at_any_point_is_one_envelope_or_none(transactional_db):
    wave, _ = opened("anonymous", **STILL_OPEN)
    one = one_of(wave)
    doing()
    for after in range(100):
        killed(lambda: survey_seal.seal(invitation=one, answers=WHOLE, **doing(IN_TIME)), after)
        row = Invitation.objects.get(pk=one.pk)
        assert row.answered == (row.envelope is not None)
        told = opened_again(row)
        assert ("was handed in with this link, once" in told, "Start" in told) == (
            row.answered, not row.answered
        )  # fmt: skip
        if row.answered:
            break
    assert after > 2


def test_a_close_killed_at_a_random_point_opens_all_or_nothing(transactional_db):
    wave, key = opened("anonymous")
    for number in range(6):
        survey_seal.seal(invitation=one_of(wave, number), answers=WHOLE, **doing(IN_TIME))
    chance = Random(3)
    while killed(lambda: survey_seal.close(wave=wave, key=key, **doing(IN_TIME)), chance.randrange(20)):
        assert Reply.objects.count() == 0
        assert Invitation.objects.exclude(envelope=None).count() == 6
    assert Reply.objects.count() == 6
    assert not Invitation.objects.exclude(envelope=None).exists()


def test_one_of_sixteen_colleagues_hands_in(transactional_db):
    wave, _ = opened()
    one = one_of(wave)
    fill(one)
    doing()
    found = at_once(lambda number: hand_in(one))
    assert [type(given) for given in found].count(Reply) == 1
    assert {type(given) for given in found} == {Reply, survey_answer.NotTaken}
    assert Reply.objects.count() == 1
