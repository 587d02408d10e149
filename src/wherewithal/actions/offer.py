"""The offer of a direct payment: made at an assessment or a review, and answered."""

from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core import offer as rule
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy.direct_payment import reasons_declined
from wherewithal.records.models import Assessment, Offer, Person, Review, User


class NoMoment(Refusal):
    """An offer at no assessment or review, at somebody else's, or at an assessment that is not agreed."""


class NotOwed(Refusal):
    """A direct payment offered to somebody who was not found eligible."""


class AlreadyWaiting(Refusal):
    """A second offer while one waits for its answer."""


class AlreadyAnswered(Refusal):
    """A second answer to an offer that was accepted or declined."""


@action("make offer")
def make(
    *,
    person: Person,
    by: User,
    at: datetime,
    assessment: Assessment | None = None,
    review: Review | None = None,
    what: str = Offer.What.DIRECT_PAYMENT,
    format: str = "",
    answer: str = "",
    why_not: str = "",
    words: str = "",
    ask_again_on: date | None = None,
) -> Offer:
    """An offer of a direct payment (or of information), at an agreed assessment or at a review.

    ``format`` is the person's own unless given. ``answer``, where it came at once, is recorded with it: see
    ``answer`` below. Raises NoMoment, NotOwed, AlreadyWaiting, and what core/offer.check raises.
    """
    person = locked(person)
    _check_moment(person, assessment, review, what)
    waiting = person.offers.filter(assessment=assessment, review=review, what=what, answer="").first()
    if waiting:
        raise AlreadyWaiting(
            f"The offer of {written(waiting.made_on)} waits for its answer. Record that answer first."
        )
    made = Offer(
        person=person, assessment=assessment, review=review, what=what, made_on=day(at), made_by=by,
        format=format or person.format,
    )  # fmt: skip
    _take(made, answer, why_not, words, ask_again_on, at)
    made.save()
    return made


@action("answer offer")
def answer(
    *,
    offer: Offer,
    answer: str,
    by: User,
    at: datetime,
    why_not: str = "",
    words: str = "",
    ask_again_on: date | None = None,
) -> Offer:
    """What came back: accepted, declined (``why_not`` is a coded reason of the policy), or later (when).

    "Later" can be answered again. Raises AlreadyAnswered, and what core/offer.check raises.
    """
    offer = locked(offer)
    if offer.answer in (Offer.Answer.ACCEPTED, Offer.Answer.DECLINED) and offer.answered_on:
        said = Offer.Answer(offer.answer).label.lower()
        raise AlreadyAnswered(
            f"This offer was {said} on {written(offer.answered_on)}. "
            "When they change their mind, make a new one."
        )
    if answer not in Offer.Answer.values:
        raise rule.NotAnOffer("Say what the answer was.", field="answer")
    _take(offer, answer, why_not, words, ask_again_on, at)
    offer.save()
    return offer


def _take(
    offer: Offer, reply: str, why_not: str, words: str, ask_again_on: date | None, at: datetime
) -> None:
    """Put the answer on the offer, and let the rule look at the whole. Nothing is saved."""
    offer.answer = reply
    offer.answered_on = day(at) if reply else None
    offer.why_not = why_not if reply == Offer.Answer.DECLINED else ""
    offer.ask_again_on = ask_again_on if reply == Offer.Answer.LATER else None
    offer.words = words.strip()
    if reply == Offer.Answer.LATER and (ask_again_on is None or ask_again_on <= day(at)):
        raise rule.LaterNeedsADate(f"Give a day after {written(day(at))} to ask again.", field="ask_again_on")
    rule.check(_as_the_rule_sees_it(offer), reasons_declined(Used(day(at))))


def _as_the_rule_sees_it(offer: Offer) -> rule.Offer:
    """The offer as core/offer takes it."""
    return rule.Offer(
        moment=_moment(offer),
        made_on=offer.made_on,
        by=str(offer.made_by),
        format=offer.format,
        reply=offer.answer,  # type: ignore[arg-type]  # the model's choices are the rule's replies
        again_on=offer.ask_again_on,
        why_not=(offer.why_not,) if offer.why_not else (),
        words=offer.words,
    )


def _moment(offer: Offer) -> rule.Moment:
    if offer.review is not None:
        return rule.Moment("review", str(offer.review_id), offer.review.held_on or offer.review.opens_on)
    assert offer.assessment and offer.assessment.agreed_on, "the database wants a moment"
    return rule.Moment("assessment", str(offer.assessment_id), offer.assessment.agreed_on)


def _check_moment(person: Person, assessment: Assessment | None, review: Review | None, what: str) -> None:
    if assessment is None and review is None:
        raise NoMoment("An offer belongs to an assessment or a review. Choose which.")
    if any(one is not None and one.person_id != person.pk for one in (assessment, review)):
        raise NoMoment(f"That assessment or review is not about {person.name}.")
    if assessment is None:
        return
    if assessment.state == Assessment.State.STARTED:
        raise NoMoment("The assessment is not agreed yet. Agree it, then make the offer.")
    if what == Offer.What.DIRECT_PAYMENT and not assessment.eligible:
        raise NotOwed(
            f"{person.name} was not found eligible, so there is no direct payment to offer. "
            "Offer information instead."
        )
