"""From rows to what a review needs: when the next falls due, whether it presses, what is still to be said."""

from datetime import date
from typing import cast

from wherewithal.core import offer as core_offer
from wherewithal.core.policy import Used
from wherewithal.core.problem import Problem
from wherewithal.core.review import Clock, Due, next_due, presses
from wherewithal.core.review_held import Reviewed, from_record, problems
from wherewithal.policy.review import pattern, soon
from wherewithal.records.holding import held_pence
from wherewithal.records.models import Agreement, Assessment, Person, Plan, Review
from wherewithal.records.reading import as_offers


def next_review(person: Person, plan: Plan, kind: str) -> Review | None:
    """The next review, not saved yet, by the pattern of the day when the plan or the direct payment began.

    None where the plan is not in force, no direct payment runs under it, or the record has ended. Raises
    NoPolicy.
    """
    clock = cast(Clock, kind)
    started_on = _started_on(person, plan, clock)
    if started_on is None or person.state == Person.State.ENDED:
        return None
    rule = pattern(Used(started_on), clock)
    done = person.reviews.filter(kind=kind, state=Review.State.DONE, held_on__gte=started_on)
    if clock == "plan":
        done = done.filter(plan=plan)
    due = next_due(rule, started_on, [on for on in done.values_list("held_on", flat=True) if on])
    return Review(
        person=person, plan=plan, kind=kind, opens_on=due.opens_on, due_on=due.due_on, source=rule.rule
    )


def is_pressing(review: Review, on: date) -> bool:
    """Is it work of today: being held, or open and late or due soon?"""
    due = Due(review.opens_on, review.due_on)
    return review.state == Review.State.HELD or presses(due, on, soon(Used(on)))


def goes_on_under(review: Review) -> Plan:
    """The plan of the next review: a direct payment goes on under the plan that replaced the one reviewed."""
    if review.kind == Review.Kind.DIRECT_PAYMENT:
        running = (
            Agreement.objects.filter(person=review.person_id, ended_on=None).select_related("plan").first()
        )
        if running is not None:
            return running.plan
    return review.plan


def owed_an_offer(review: Review) -> bool:
    """Was the person found eligible, in the capacity that the plan is for?"""
    agreed = Assessment.objects.filter(person=review.person_id, state=Assessment.State.AGREED)
    return agreed.filter(kind=review.plan.kind, eligible=True).exists()


def offers_at(review: Review) -> tuple[core_offer.Moment, list[core_offer.Offer]]:
    """The review as a moment at which an offer is due, and the direct payments offered at it."""
    moment = core_offer.Moment("review", str(review.pk), review.held_on or review.opens_on)
    return moment, as_offers(review.offers.all(), moment)


def still_to_say(review: Review, on: date) -> list[Problem]:
    """All that stands in the way of finishing a review as it is written down: what is not said, and, under
    ``offer``, the direct payment that an eligible person is offered again.
    """
    outcomes = {str(one.pk): one.text for one in review.plan.outcomes.all()}
    budget = review.plan.final_pence_per_week or 0
    of = Reviewed(outcomes, budget, held_pence(review.person, on))
    found = problems(from_record(review.said_so_far), of)
    moment, offers = offers_at(review)
    try:
        core_offer.go_on(owed_an_offer(review), offers, moment)
    except core_offer.OfferMissing as refused:
        found.append(Problem("offer", refused.says))
    return found


def _started_on(person: Person, plan: Plan, clock: Clock) -> date | None:
    if clock == "plan":
        return plan.agreed_on if plan.state == Plan.State.AGREED else None
    running = Agreement.objects.filter(person=person, plan=plan, ended_on=None)
    return running.values_list("signed_on", flat=True).first()
