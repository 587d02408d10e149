"""A reply's page says how each answer is to be read, and who codes says so there."""

import pytest
import surveying
from coding_by import coders
from django.urls import reverse
from making import signed_in, user
from reading_pages import errors, page, words

from wherewithal.core.roles import Role
from wherewithal.records.models import Judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) or client


@pytest.fixture
def reply(db):
    return surveying.answer(surveying.one_of(surveying.opened()[0]), budgets="no", brokerage=None)


def href(reply, question):
    return reverse("reply_judge", args=[reply.wave.slug, reply.pk, question])


def test_an_answer_is_judged_and_the_reply_says_so(sol, reply):
    asked = page(sol.get(href(reply, "words")))
    assert "Brokers meet people early." in words(asked)
    assert "They would not say" not in words(asked), "it was answered"
    done = sol.post(href(reply, "words"), {"says": "implied", "why": "From its end"}, follow=True)
    assert "Brokers meet people early. (It follows from what was written)" in words(page(done))
    assert Judged.objects.get().why == "From its end"
    taken_back = sol.post(href(reply, "words"), {"says": "nothing", "why": ""}, follow=True)
    assert "(It follows" not in words(page(taken_back))


def test_a_blank_answer_may_be_one_that_was_refused(sol, reply):
    assert "Left blank" in words(page(sol.get(href(reply, "brokerage"))))
    done = sol.post(href(reply, "brokerage"), {"says": "refused", "why": ""}, follow=True)
    assert "Left blank (They would not say)" in words(page(done))
    wrong = page(sol.post(href(reply, "brokerage"), {"says": "stated", "why": ""}))
    assert errors(wrong) and Judged.objects.get().says == "refused"


def test_what_was_not_asked_is_not_judged(sol, reply):
    assert sol.get(href(reply, "how_many")).status_code == 404
    assert sol.get(href(reply, "nothing")).status_code == 404


def test_who_may_only_look_is_not_led_to_it(client, reply):
    signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    shown = words(page(client.get(reverse("survey_reply", args=[reply.wave.slug, reply.pk]))))
    assert "Brokers meet people early." in shown and "How it is read" not in shown
