"""Reviews before and after they are held: the two clocks, brought forward, called off, prepared for."""

from datetime import date

import pytest
from assessing import worker
from making import at
from planning import doing
from reviewing import SEVEN_WEEKS_ON, ahead, finished, held, managed, ready, running

from wherewithal.actions import assessment, direct_payment, review
from wherewithal.actions import person as people
from wherewithal.records.models import Response, Review

pytestmark = pytest.mark.django_db
OWN_WORDS = {
    "life_overall": "4", "life_change": "5", "changed": ["none"], "support_good": "5", "control": "4",
    "enough": "enough", "handles_money": "no", "feels_safe": "4", "helped": "no", "wants": "same",
}  # fmt: skip


def clocks(who) -> dict[str, tuple[date, date]]:
    due = Review.objects.filter(person=who, state="due")
    return {one.kind: (one.opens_on, one.due_on) for one in due}


def test_a_plan_and_a_direct_payment_have_a_clock_each():
    plan = running()
    assert clocks(plan.person) == {
        "plan": (date(2026, 5, 18), date(2026, 6, 1)),
        "direct_payment": (date(2026, 4, 6), date(2026, 10, 6)),
    }


def test_after_a_review_the_next_one_is_due_within_a_year_of_the_day_it_was_held():
    plan = running()
    finished(ready(plan))
    assert clocks(plan.person)["plan"] == (date(2026, 5, 25), date(2027, 5, 25))
    finished(ready(plan, "direct_payment", at(2026, 6, 2)), at(2026, 6, 2))
    assert clocks(plan.person)["direct_payment"] == (date(2026, 6, 2), date(2027, 6, 2))
    assert {one.plan_id for one in Review.objects.all()} == {plan.pk}


def test_a_plan_of_2012_is_reviewed_by_the_pattern_of_its_time():
    plan = managed()
    Review.objects.filter(person=plan.person).delete()
    plan.agreed_on = date(2012, 4, 2)
    plan.save()
    made = review.schedule(person=plan.person, plan=plan, kind="plan", **doing())
    assert (made.due_on, made.source) == (
        date(2012, 5, 14),
        "Practice of 2011: 6 weeks, 12 weeks, then yearly",
    )


def test_one_review_of_a_kind_is_ahead_and_only_of_what_is_in_force():
    plan = managed()
    with pytest.raises(review.AlreadyAhead, match="by 1 June 2026"):
        review.schedule(person=plan.person, plan=plan, kind="plan", **doing())
    with pytest.raises(review.NothingToReview, match="no direct payment runs"):
        review.schedule(person=plan.person, plan=plan, kind="direct_payment", **doing())
    plan.state = "superseded"
    plan.save()
    review.call_off(review=ahead(plan), reason="The plan was replaced.", **doing())
    with pytest.raises(review.NothingToReview):
        review.schedule(person=plan.person, plan=plan, kind="plan", **doing())


def test_a_review_is_held_when_it_opens_and_not_before():
    plan = managed()
    with pytest.raises(review.TooEarly, match="before 18 May 2026") as refused:
        held(plan, moment=at(2026, 5, 17))
    assert "Care Act 2014 s27" in refused.value.source
    made = held(plan, moment=at(2026, 5, 18))
    assert (made.state, made.held_on, made.by) == ("held", date(2026, 5, 18), worker())
    with pytest.raises(review.NotDue, match="being held"):
        review.hold(review=made, **doing(moment=at(2026, 5, 18)))


def test_a_review_is_brought_forward_for_a_reason_of_the_policy_and_does_not_settle_the_calendar():
    plan = managed()
    early = at(2026, 4, 20)
    with pytest.raises(review.NoSuchReason):
        review.bring_forward(review=ahead(plan), trigger="breach", **doing(moment=early))
    moved_up = review.bring_forward(review=ahead(plan), trigger="asked", **doing(moment=early))
    assert (moved_up.opens_on, moved_up.due_on, moved_up.source) == (
        date(2026, 4, 20), date(2026, 4, 20), "Care Act 2014 s27(1)(b)"
    )  # fmt: skip
    finished(ready(plan, moment=early), early)
    assert clocks(plan.person)["plan"] == (date(2026, 5, 18), date(2026, 6, 1))


def test_nothing_is_reviewed_for_somebody_whose_record_has_ended():
    plan = managed()
    people.end(
        person=plan.person, because="moved", on=date(2026, 5, 1), reason="", **doing(moment=at(2026, 5, 2))
    )
    with pytest.raises(review.NothingToReview, match="has ended"):
        held(plan)
    with pytest.raises(review.SayWhyNot, match="not needed"):
        review.call_off(review=ahead(plan), reason=" ", **doing(moment=SEVEN_WEEKS_ON))
    assert (
        review.call_off(review=ahead(plan), reason="She moved.", **doing(moment=SEVEN_WEEKS_ON)).state
        == "cancelled"
    )


def test_no_next_review_of_a_direct_payment_that_was_stopped():
    plan = running()
    made = ready(plan, "direct_payment")
    agreement = plan.person.agreements.get()
    direct_payment.stop(agreement=agreement, on=date(2026, 5, 24), condition="asked",
                        reason="She would rather not.", **doing(moment=SEVEN_WEEKS_ON))  # fmt: skip
    finished(made)
    assert "direct_payment" not in clocks(plan.person)


def test_the_person_may_prepare_and_their_whole_answers_are_kept_with_the_review():
    plan = managed()
    given = review.prepare(review=ahead(plan), **doing(moment=at(2026, 5, 1)))
    assert review.prepare(review=ahead(plan), **doing(moment=at(2026, 5, 2))).pk == given.pk
    assessment.save_answers(response=given, answers=OWN_WORDS, **doing(moment=at(2026, 5, 2)))
    done = finished(ready(plan))
    kept = Response.objects.get(review=done)
    assert (kept.state, kept.answers["wants"]) == ("handed_in", "same")
    with pytest.raises(review.NotDue, match="is over"):
        review.prepare(review=done, **doing())
