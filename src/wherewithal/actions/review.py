"""Reviews before they are held: in the calendar on their two clocks, brought forward, called off, begun.

The plan: Care Act 2014 s27. The direct payment: SI 2014/2871 reg 7. The patterns are dated policy.
"""

from contextlib import suppress
from datetime import datetime
from typing import cast

from wherewithal.actions.record import action, day, locked
from wherewithal.core import review as core
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import review as policy
from wherewithal.policy.questionnaire import NoQuestionnaire, questionnaire
from wherewithal.records.models import Person, Plan, Response, Review, User
from wherewithal.records.reviewing import next_review

QUESTIONNAIRE = "review"


class NothingToReview(Refusal):
    """A review of a plan that is not in force, of a direct payment that does not run, or of nobody's."""


class AlreadyAhead(Refusal):
    """A second review of one kind while one is due or being held."""


class NotDue(Refusal):
    """A review held, brought forward or called off that is not waiting."""


class TooEarly(Refusal):
    """A review held before it opens, without a reason that makes it due at once."""


class NoSuchReason(Refusal):
    """A reason to bring a review forward that the policy does not know."""


class SayWhyNot(Refusal):
    """A review called off without saying why."""


@action("schedule review")
def schedule(*, person: Person, plan: Plan, kind: str, by: User, at: datetime) -> Review:
    """Put the next review of that kind (plan or direct_payment) in the calendar, by the pattern in force.

    Agreeing a plan, signing a direct payment and finishing a review do so themselves. Raises NothingToReview,
    AlreadyAhead, NoPolicy.
    """
    person = locked(person)
    ahead = person.reviews.filter(kind=kind, plan=plan, state__in=Review.AHEAD).first()
    if ahead is not None:
        raise AlreadyAhead(f"A review is in the calendar already, to be held by {written(ahead.due_on)}.")
    made = next_review(person, plan, kind)
    if made is None:
        raise NothingToReview(
            "There is nothing to review: the plan is not in force, or no direct payment runs under it."
        )
    made.save()
    return made


@action("bring review forward")
def bring_forward(*, review: Review, trigger: str, by: User, at: datetime, reason: str = "") -> Review:
    """Due today, because of something that the policy names (``policy.review.triggers``).

    Raises NotDue, NoSuchReason.
    """
    review, on = _due(review), day(at)
    found = policy.triggers(Used(on), cast(core.Clock, review.kind))
    chosen = next((one for one in found if one.id == trigger), None)
    if chosen is None:
        raise NoSuchReason("Choose what makes the review due now.", field="trigger")
    review.trigger, review.source = chosen.id, chosen.source
    review.opens_on, review.due_on = min(on, review.opens_on), min(on, review.due_on)
    review.save()
    return review


@action("call off review")
def call_off(*, review: Review, by: User, at: datetime, reason: str) -> Review:
    """A review that nobody needs any more, and why. Raises NotDue, SayWhyNot."""
    review = _due(review)
    if not reason.strip():
        raise SayWhyNot("Say why the review is not needed.", field="reason")
    review.state = Review.State.CANCELLED
    review.save()
    return review


@action("prepare review")
def prepare(*, review: Review, by: User, at: datetime) -> Response:
    """The questions that the person may answer before or at the review; given out once.

    Raises NotDue after it, NoQuestionnaire where the policy has none for the day.
    """
    review = locked(review)
    if review.state not in Review.AHEAD:
        raise NotDue("This review is over, so there is nothing to prepare for it.")
    return _hand_out(review, by, at)


@action("hold review")
def hold(*, review: Review, by: User, at: datetime) -> Review:
    """Start the conversation. Raises NotDue, NothingToReview for an ended record, TooEarly."""
    review, on = _due(review), day(at)
    if review.person.state == Person.State.ENDED:
        raise NothingToReview(f"The record of {review.person.name} has ended, so nothing is reviewed.")
    if on < review.opens_on:
        raise TooEarly(
            f"A review before {written(review.opens_on)} would not count for this one. Wait until then, or "
            "bring it forward and say what makes it due now.",
            source=review.source,
        )
    review.state, review.held_on, review.by = Review.State.HELD, on, by
    review.save()
    with suppress(NoQuestionnaire):
        _hand_out(review, by, at)
    return review


def _due(review: Review) -> Review:
    review = locked(review)
    if review.state != Review.State.DUE:
        raise NotDue(
            f"This review is not waiting any more. It stands as: {review.get_state_display().lower()}."
        )
    return review


def _hand_out(review: Review, by: User, at: datetime) -> Response:
    given = review.responses.first()
    if given is not None:
        return given
    asked_of = questionnaire(QUESTIONNAIRE, day(at))
    return Response.objects.create(
        person=review.person, review=review, view=Response.View.OWN, by=by, saved_at=at,
        questionnaire=asked_of.id, version=asked_of.version, fingerprint=asked_of.fingerprint,
    )  # fmt: skip
