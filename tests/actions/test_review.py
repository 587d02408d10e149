"""Reviews: the two clocks, what must be said and offered, money back, and the review after."""

from datetime import date

import pytest
from assessing import NONE_UNMET, worker
from assessing import agreed as assessed
from django.db import IntegrityError
from making import at, person
from planning import doing
from reviewing import (
    SEVEN_WEEKS_ON,
    ahead,
    finished,
    held,
    managed,
    observed,
    paid_in,
    ready,
    running,
    spent,
)  # fmt: skip

from wherewithal.actions import assessment, direct_payment, offer, review
from wherewithal.actions import person as people
from wherewithal.core.offer import OfferMissing
from wherewithal.core.review import OutcomeNotSeen, WhyMissing
from wherewithal.records.holding import held_pence
from wherewithal.records.models import Observation, Response, Review, Transfer

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
    with pytest.raises(review.SayWhatCameOfIt, match="not needed"):
        review.call_off(review=ahead(plan), reason=" ", **doing(moment=SEVEN_WEEKS_ON))
    assert (
        review.call_off(review=ahead(plan), reason="She moved.", **doing(moment=SEVEN_WEEKS_ON)).state
        == "cancelled"
    )


def test_an_outcome_is_seen_once_a_review_and_the_last_word_counts():
    plan = managed()
    with pytest.raises(review.NotHeld):
        observed(ahead(plan))
    made = observed(observed(held(plan), "not_met"), "partly", " The pool was shut. ")
    (seen,) = Observation.objects.filter(review=made)
    assert (seen.level, seen.note, seen.seen_on, seen.person) == (
        "partly", "The pool was shut.", date(2026, 5, 25), plan.person
    )  # fmt: skip


def test_an_outcome_of_another_plan_or_a_strange_level_is_refused():
    made, other = held(managed()), managed(person("Sam Sample"))
    with pytest.raises(review.NotInThisPlan, match="not an outcome"):
        review.observe(review=made, outcome=other.outcomes.first(), level="met", **doing())
    with pytest.raises(review.NotInThisPlan, match="Say how far"):
        review.observe(review=made, outcome=made.plan.outcomes.first(), level="soon", **doing())


def test_a_review_is_not_finished_while_an_outcome_was_not_looked_at():
    made = held(managed())
    offer.make(person=made.person, review=made, answer="accepted", **doing(moment=SEVEN_WEEKS_ON))
    with pytest.raises(OutcomeNotSeen, match="I swim every week"):
        finished(made)


def test_a_review_is_not_finished_before_a_direct_payment_was_offered_again():
    made = observed(held(managed()))
    offer.make(person=made.person, review=made, what="information", answer="later",
               ask_again_on=date(2026, 7, 1), **doing(moment=SEVEN_WEEKS_ON))  # fmt: skip
    with pytest.raises(OfferMissing, match="review of 25 May 2026"):
        finished(made)


def test_no_offer_is_owed_to_somebody_who_is_no_longer_eligible():
    plan = managed()
    assessed(plan.person, findings=NONE_UNMET, moment=at(2026, 5, 20))
    assert finished(observed(held(plan)), next_step="end").state == "done"


def test_a_finished_review_says_what_was_said_and_what_comes_next():
    made = ready(managed())
    for missing in ({"summary": "  "}, {"next_step": "hope"}):
        with pytest.raises(review.SayWhatCameOfIt) as refused:
            finished(made, **missing)
        assert refused.value.field in missing
    done = finished(made, next_step="change_plan")
    assert (done.state, done.done_on, done.next_step) == ("done", date(2026, 5, 25), "change_plan")
    with pytest.raises(review.NotHeld):
        finished(done)


def test_money_saved_or_added_says_why_and_is_no_more_than_the_budget():
    plan = managed()
    made = ready(plan)
    for saved in (500, -500):
        with pytest.raises(WhyMissing):
            finished(made, saved_pence_per_week=saved)
    with pytest.raises(review.MoreThanThereIs, match=r"£19\.20 a week"):
        finished(made, saved_pence_per_week=1921, saved_why="She moved in with her sister.")
    done = finished(made, saved_pence_per_week=-500, saved_why="She needs a lift there now.")
    assert (done.saved_pence_per_week, done.saved_why) == (-500, "She needs a lift there now.")


def test_surplus_goes_back_once_and_never_more_than_is_held():
    plan = running()
    paid_in(plan.person, 48000, date(2026, 4, 8))
    made = ready(plan)
    for pence in (48001, -1):
        with pytest.raises(review.MoreThanThereIs, match=r"holds £480\.00"):
            finished(made, surplus_back_pence=pence)
    done = finished(made, surplus_back_pence=20000)
    (back,) = Transfer.objects.filter(kind="surplus_back")
    assert (back.pence, back.on, back.debit.kind, back.credit.kind) == (
        20000,
        date(2026, 5, 25),
        "council",
        "held",
    )
    assert (held_pence(plan.person, date(2026, 5, 25)), done.surplus_back_pence) == (28000, 20000)


def test_a_review_keeps_spending_beside_the_plan_as_it_stood():
    plan = running()
    swimming = plan.arrangements.get(what="Swimming with Sam Sample")
    paid_in(plan.person, 96000, date(2026, 4, 8))
    spent(plan.person, 70000, date(2026, 5, 11), swimming)
    spent(plan.person, 1250, date(2026, 5, 12))
    done = finished(ready(plan))
    spent(plan.person, 900, date(2026, 5, 26), swimming)
    assert done.spending == {
        "first": "2026-04-06",
        "last": "2026-05-25",
        "held_pence": 24750,
        "rows": [  # fifty days at £120.00 a week; the lunch group is paid by the council
            {"outcome": "I swim every week.", "planned_pence": 85714, "spent_pence": 70000},
            {"outcome": "Not matched to an outcome", "planned_pence": 0, "spent_pence": 1250},
        ],
    }


def test_the_next_review_looks_at_the_money_since_the_last_one():
    plan = running()
    finished(ready(plan))
    swimming = plan.arrangements.get(what="Swimming with Sam Sample")
    paid_in(plan.person, 96000, date(2026, 4, 8))
    spent(plan.person, 70000, date(2026, 5, 11), swimming)
    spent(plan.person, 900, date(2026, 5, 26), swimming)
    done = finished(ready(plan, "direct_payment", at(2026, 6, 1)), at(2026, 6, 1))
    assert (done.spending["first"], done.spending["rows"][0]["spent_pence"]) == ("2026-05-26", 900)


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


def test_half_an_answer_is_closed_with_the_review():
    plan = managed()
    made = ready(plan)
    assessment.save_answers(response=made.responses.get(), answers={"life_overall": "2"}, **doing())
    finished(made)
    assert made.responses.get().state == "superseded"
    with pytest.raises(assessment.NotOpen):
        assessment.save_answers(response=made.responses.get(), answers={"life_overall": "5"}, **doing())


def test_the_database_refuses_a_done_review_without_what_was_said():
    made = held(managed())
    made.state, made.done_on = "done", date(2026, 5, 25)
    with pytest.raises(IntegrityError, match="a_done_review_is_whole"):
        made.save()
