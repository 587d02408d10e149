"""The offer of a direct payment: on record, answered, and never skipped silently."""

from datetime import date

import pytest
from assessing import NONE_UNMET, agreed, offered, started, worker
from making import at, person

from wherewithal.actions import allocation, offer
from wherewithal.core.offer import DeclinedNeedsWhy, LaterNeedsADate, NotAnOffer, OfferMissing
from wherewithal.records.models import Offer, Plan, Review

pytestmark = pytest.mark.django_db


def answer(of, reply, moment=None, **more):
    return offer.answer(offer=of, answer=reply, by=worker(), at=moment or at(), **more)


def review_of(who):
    plan = Plan.objects.create(person=who, written_by="worker", author=worker(), started_on=date(2026, 4, 6))
    return Review.objects.create(
        person=who,
        plan=plan,
        kind="plan",
        opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 15),
        source="made up",
    )


def test_an_offer_says_when_by_whom_and_in_the_persons_own_format():
    made = offered(agreed(person(format="large_print")))
    assert (made.made_on, made.made_by, made.format, made.answer) == (
        date(2026, 4, 6), worker(), "large_print", ""
    )  # fmt: skip


def test_offer_and_answer_may_come_in_one_conversation():
    made = offered(agreed(), answer="accepted", words="I would like to choose who comes.")
    assert (made.answer, made.answered_on) == ("accepted", date(2026, 4, 6))


def test_a_declined_offer_says_why():
    made = offered(agreed())
    with pytest.raises(DeclinedNeedsWhy) as refused:
        answer(made, "declined")
    assert refused.value.field == "why_not"
    with pytest.raises(DeclinedNeedsWhy, match="not among the reasons"):
        answer(made, "declined", why_not="weather")
    with pytest.raises(DeclinedNeedsWhy, match="in the person's own words"):
        answer(made, "declined", why_not="other", words=" ")
    assert answer(made, "declined", why_not="not_an_employer").why_not == "not_an_employer"


def test_later_has_a_day_still_to_come_and_can_be_answered_again():
    made = offered(agreed())
    for day in (None, date(2026, 4, 6)):
        with pytest.raises(LaterNeedsADate, match="after 6 April 2026") as refused:
            answer(made, "later", ask_again_on=day)
        assert refused.value.field == "ask_again_on"
    answer(made, "later", ask_again_on=date(2026, 5, 1))
    said = answer(made, "accepted", at(2026, 5, 1))
    assert (said.answer, said.answered_on, said.ask_again_on) == ("accepted", date(2026, 5, 1), None)
    with pytest.raises(offer.AlreadyAnswered, match="accepted on 1 May 2026"):
        answer(made, "declined", why_not="not_an_employer")


def test_an_answer_is_one_of_three():
    with pytest.raises(NotAnOffer) as refused:
        answer(offered(agreed()), "perhaps")
    assert refused.value.field == "answer"


def test_nothing_is_offered_before_the_assessment_is_agreed_or_to_nobody_in_particular():
    of = started()
    with pytest.raises(offer.NoMoment, match="not agreed yet"):
        offered(of)
    with pytest.raises(offer.NoMoment, match="Choose which"):
        offer.make(person=of.person, by=worker(), at=at())
    with pytest.raises(offer.NoMoment, match="not about Sam Sample"):
        offer.make(person=person("Sam Sample"), assessment=of, by=worker(), at=at())


def test_a_second_offer_waits_for_the_answer_to_the_first():
    of = agreed()
    made = offered(of)
    with pytest.raises(offer.AlreadyWaiting, match="6 April 2026"):
        offered(of)
    answer(made, "declined", why_not="no_change_wanted")
    assert offered(of).pk != made.pk


def test_who_is_not_eligible_is_offered_information_only():
    of = agreed(findings=NONE_UNMET)
    with pytest.raises(offer.NotOwed, match="Offer information instead"):
        offered(of)
    assert offered(of, what="information").what == Offer.What.INFORMATION


def test_an_offer_is_made_again_at_a_review():
    who = agreed().person
    made = offer.make(person=who, review=review_of(who), by=worker(), at=at(2026, 6, 1), answer="accepted")
    assert made.review.person == who


def test_the_offer_of_one_assessment_does_not_stand_for_the_next():
    who = person()
    first = agreed(who)
    offered(first)
    second = agreed(who, moment=at(2027, 3, 1))
    with pytest.raises(OfferMissing, match="assessment of 1 March 2027"):
        allocation.propose(assessment=second, by=worker(), at=at(2027, 3, 1))


def test_an_offer_of_information_is_no_offer_of_a_direct_payment():
    of = agreed()
    offered(of, what="information")
    with pytest.raises(OfferMissing):
        allocation.propose(assessment=of, by=worker(), at=at())
