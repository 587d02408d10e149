"""Reviews: in the calendar on their two clocks, held, each outcome looked at, finished, and the next one set.

The plan: Care Act 2014 s27. The direct payment: SI 2014/2871 reg 7. The patterns are dated policy.
"""

from contextlib import suppress
from datetime import date, datetime
from typing import cast

from wherewithal.actions.posting import Posting, post
from wherewithal.actions.record import action, day, locked
from wherewithal.core import offer as core_offer
from wherewithal.core import review as core
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.questions import faults
from wherewithal.core.refusal import Refusal
from wherewithal.policy import review as policy
from wherewithal.policy.questionnaire import NoQuestionnaire, questionnaire, questionnaire_version
from wherewithal.records.against_plan import since_last_review
from wherewithal.records.holding import held_pence
from wherewithal.records.models import (
    Observation,
    Person,
    Plan,
    PlanOutcome,
    Response,
    Review,
    User,
)
from wherewithal.records.reviewing import goes_on_under, next_review, offers_at, owed_an_offer

QUESTIONNAIRE = "review"
AHEAD = (Review.State.DUE, Review.State.HELD)


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


class NotHeld(Refusal):
    """Something said at a review that is not being held."""


class NotInThisPlan(Refusal):
    """An outcome of another plan, or a level that does not exist."""


class SayWhatCameOfIt(Refusal):
    """A review finished without what was said, or without what comes next."""


class MoreThanThereIs(Refusal):
    """More money taken back than the account holds, or saved than the budget is."""


@action("schedule review")
def schedule(*, person: Person, plan: Plan, kind: str, by: User, at: datetime) -> Review:
    """Put the next review of that kind (plan or direct_payment) in the calendar, by the pattern in force.

    Agreeing a plan, signing a direct payment and finishing a review do so themselves. Raises NothingToReview,
    AlreadyAhead, NoPolicy.
    """
    person = locked(person)
    ahead = person.reviews.filter(kind=kind, plan=plan, state__in=AHEAD).first()
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
    """A review that nobody needs any more, and why. Raises NotDue, SayWhatCameOfIt."""
    review = _due(review)
    if not reason.strip():
        raise SayWhatCameOfIt("Say why the review is not needed.", field="reason")
    review.state = Review.State.CANCELLED
    review.save()
    return review


@action("prepare review")
def prepare(*, review: Review, by: User, at: datetime) -> Response:
    """The questions that the person may answer before or at the review; given out once.

    Raises NotDue after it, NoQuestionnaire where the policy has none for the day.
    """
    review = locked(review)
    if review.state not in AHEAD:
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


@action("observe outcome")
def observe(
    *, review: Review, outcome: PlanOutcome, level: str, by: User, at: datetime, note: str = ""
) -> Observation:
    """How far an outcome was met (met, partly, not_met), in the review's own word; said anew, it replaces
    what was said before. Raises NotHeld, NotInThisPlan.
    """
    review = _held(review)
    if outcome.plan_id != review.plan_id:
        raise NotInThisPlan(f"“{outcome.text}” is not an outcome of this plan.")
    if level not in Observation.Level.values:
        raise NotInThisPlan(f"Say how far this outcome was met: “{outcome.text}”.", field="level")
    said = {"level": level, "note": note.strip(), "seen_on": day(at), "by": by, "person": review.person}
    found, _ = Observation.objects.update_or_create(review=review, outcome=outcome, defaults=said)
    return found


@action("finish review")
def finish(
    *,
    review: Review,
    summary: str,
    next_step: str,
    by: User,
    at: datetime,
    surplus_back_pence: int = 0,
    saved_pence_per_week: int = 0,
    saved_why: str = "",
) -> Review:
    """What was said and what comes next; the review after it is put in the calendar.

    ``surplus_back_pence`` leaves the person's account for the council's. ``saved_pence_per_week`` above 0 is
    saved, below 0 is added, and says why. Raises NotHeld, core.review's OutcomeNotSeen and WhyMissing,
    core.offer's OfferMissing (an eligible person is offered a direct payment again), SayWhatCameOfIt,
    MoreThanThereIs.
    """
    review, on = _held(review), day(at)
    _check_said(review, summary, next_step)
    moment, offers = offers_at(review)
    core_offer.go_on(owed_an_offer(review), offers, moment)
    _check_saved(review.plan, saved_pence_per_week, saved_why)
    stood = since_last_review(review, on)
    if surplus_back_pence:
        _give_back(review, surplus_back_pence, on, at)
    review.summary, review.next_step = summary.strip(), next_step
    review.spending = stood.record()
    review.surplus_back_pence = surplus_back_pence
    review.saved_pence_per_week, review.saved_why = saved_pence_per_week, saved_why.strip()
    review.state, review.done_on = Review.State.DONE, on
    review.save()
    _close_answers(review, at)
    _set_the_next(review)
    return review


def _due(review: Review) -> Review:
    review = locked(review)
    if review.state != Review.State.DUE:
        raise NotDue(
            f"This review is not waiting any more. It stands as: {review.get_state_display().lower()}."
        )
    return review


def _held(review: Review) -> Review:
    review = locked(review)
    if review.state != Review.State.HELD:
        raise NotHeld("Start the review first, then write down what is said at it.")
    return review


def _set_the_next(review: Review) -> None:
    """The review after this one, unless one is ahead: agreeing a new plan set its own."""
    plan = goes_on_under(review)
    following = next_review(review.person, plan, review.kind)
    ahead = review.person.reviews.filter(kind=review.kind, plan=plan, state__in=AHEAD)
    if following is not None and not ahead.exists():
        following.save()


def _hand_out(review: Review, by: User, at: datetime) -> Response:
    given = review.responses.first()
    if given is not None:
        return given
    asked_of = questionnaire(QUESTIONNAIRE, day(at))
    return Response.objects.create(
        person=review.person, review=review, view=Response.View.OWN, by=by, saved_at=at,
        questionnaire=asked_of.id, version=asked_of.version, fingerprint=asked_of.fingerprint,
    )  # fmt: skip


def _close_answers(review: Review, at: datetime) -> None:
    """Answers that are whole count as handed in; others can no longer be changed."""
    for response in review.responses.filter(state=Response.State.DRAFT):
        asked_of = questionnaire_version(response.questionnaire, response.version)
        if faults(asked_of, response.answers, whole=True):
            response.state = Response.State.SUPERSEDED
        else:
            response.state, response.handed_in_at = Response.State.HANDED_IN, at
        response.save()


def _check_said(review: Review, summary: str, next_step: str) -> None:
    outcomes = {str(one.pk): one.text for one in review.plan.outcomes.all()}
    seen = {str(one.outcome_id): cast(core.Seen, one.level) for one in review.observations.all()}
    core.outcome_summary(outcomes, seen)
    if not summary.strip():
        raise SayWhatCameOfIt("Write down what was said, in a few sentences.", field="summary")
    if next_step not in Review.Next.values:
        raise SayWhatCameOfIt("Say what happens next.", field="next_step")


def _check_saved(plan: Plan, saved_pence_per_week: int, why: str) -> None:
    before = plan.final_pence_per_week or 0
    if saved_pence_per_week > before:
        raise MoreThanThereIs(
            f"The budget is {pounds(before)} a week, so no more than that can be saved.", field="saved"
        )
    core.money_changed(before, before - saved_pence_per_week, why)


def _give_back(review: Review, pence: int, on: date, at: datetime) -> None:
    """Surplus leaves the person's account for the council's, once."""
    there = held_pence(review.person, on)
    if not 0 < pence <= there:
        raise MoreThanThereIs(
            f"The account holds {pounds(there)}. Take back no more than that.", field="surplus_back"
        )
    account = Account("held", review.person.ref)
    key, about = f"surplus:{review.pk}", f"review {review.pk}"
    post([Posting(Transfer(key, COUNCIL, account, pence, on, at, "surplus_back", about))])
