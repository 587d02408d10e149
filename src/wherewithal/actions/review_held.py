"""A review that is held: what is said is written down; when all is said it is finished, and the next one set.

The plan: Care Act 2014 s27. The direct payment: SI 2014/2871 reg 7.
"""

from datetime import date, datetime
from typing import get_args

from wherewithal.actions.posting import Posting, post
from wherewithal.actions.record import action, day, locked
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.questions import faults
from wherewithal.core.refusal import Refusal
from wherewithal.core.review_held import Change, Level, NotFinished, Said, from_record
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.against_plan import since_last_review
from wherewithal.records.models import Observation, Response, Review, User
from wherewithal.records.reviewing import goes_on_under, next_review, still_to_say


class NotHeld(Refusal):
    """Something said at a review that is not being held."""


class NotAnAnswer(Refusal):
    """An outcome of another plan, or an answer that does not exist."""


@action("write down review")
def write_down(*, review: Review, said: Said, by: User, at: datetime) -> Review:
    """Keep what is said at a review, whole or not; said anew, it replaces all that was written before.

    Raises NotHeld, NotAnAnswer.
    """
    review = _held(review)
    _check_answers(review, said)
    review.said_so_far = said.record()
    review.save()
    return review


@action("finish review")
def finish(*, review: Review, by: User, at: datetime) -> Review:
    """What was written down is what the review said: each outcome as it was seen, the words, the figures.
    The surplus leaves the person's account for the council's, and the review after it is put in the calendar.

    Raises NotHeld; NotFinished with all that is still to be said, the offer of a direct payment among it.
    """
    review, on = _held(review), day(at)
    if missing := still_to_say(review, on):
        raise NotFinished(missing)
    said = from_record(review.said_so_far)
    _observe(review, said, by)
    stood = since_last_review(review, on)
    if said.surplus_back_pence:
        _give_back(review, said.surplus_back_pence, on, at)
    review.summary, review.next_step = said.summary.strip(), said.next_step
    review.spending = stood.record()
    review.surplus_back_pence = said.surplus_back_pence or 0
    review.saved_pence_per_week = said.saved_pence_per_week
    review.saved_why = said.why.strip() if said.saved_pence_per_week else ""
    review.said_so_far = {}
    review.state, review.done_on = Review.State.DONE, on
    review.save()
    _close_answers(review, at)
    _set_the_next(review)
    return review


def _held(review: Review) -> Review:
    review = locked(review)
    if review.state == Review.State.DUE:
        raise NotHeld("Start the review first, then write down what is said at it.")
    if review.state != Review.State.HELD:
        says = "finished" if review.state == Review.State.DONE else "called off"
        raise NotHeld(f"This review was {says} meanwhile, so nothing more can be written down at it.")
    return review


def _check_answers(review: Review, said: Said) -> None:
    outcomes = {str(pk) for pk in review.plan.outcomes.values_list("pk", flat=True)}
    if not outcomes >= said.seen.keys():
        raise NotAnAnswer("An outcome is not one of this plan. Open the review again.")
    if any(seen.level not in get_args(Level) for seen in said.seen.values()):
        raise NotAnAnswer("An outcome is met, partly met or not met. Choose one of these.")
    if said.next_step and said.next_step not in Review.Next.values:
        raise NotAnAnswer("Choose one of the answers shown.", field="next_step")
    if said.change not in get_args(Change):
        raise NotAnAnswer("Choose one of the answers shown.", field="change")


def _observe(review: Review, said: Said, by: User) -> None:
    assert review.held_on, "the database wants the day of a review that is finished"
    for outcome in review.plan.outcomes.all():
        seen = said.seen[str(outcome.pk)]
        Observation.objects.create(
            person=review.person, review=review, outcome=outcome, level=seen.level, note=seen.note.strip(),
            seen_on=review.held_on, by=by,
        )  # fmt: skip


def _give_back(review: Review, pence: int, on: date, at: datetime) -> None:
    """Surplus leaves the person's account for the council's, once."""
    account = Account("held", review.person.ref)
    key, about = f"surplus:{review.pk}", f"review {review.pk}"
    post([Posting(Transfer(key, COUNCIL, account, pence, on, at, "surplus_back", about))])


def _close_answers(review: Review, at: datetime) -> None:
    """Answers that are whole count as handed in; others can no longer be changed."""
    for response in review.responses.filter(state=Response.State.DRAFT):
        asked_of = questionnaire_version(response.questionnaire, response.version, response.view)
        if faults(asked_of, response.answers, whole=True):
            response.state = Response.State.SUPERSEDED
        else:
            response.state, response.handed_in_at = Response.State.HANDED_IN, at
        response.save()


def _set_the_next(review: Review) -> None:
    """The review after this one, unless one is ahead: agreeing a new plan set its own."""
    plan = goes_on_under(review)
    following = next_review(review.person, plan, review.kind)
    ahead = review.person.reviews.filter(kind=review.kind, plan=plan, state__in=Review.AHEAD)
    if following is not None and not ahead.exists():
        following.save()
