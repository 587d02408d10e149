"""A review that is held: what is said is kept in one piece, what must be said, money back, what is kept."""

from datetime import date

import pytest
from assessing import NONE_UNMET
from assessing import agreed as assessed
from django.db import IntegrityError
from making import at, person
from planning import doing
from reviewing import (
    SAID,
    SEVEN_WEEKS_ON,
    ahead,
    finished,
    held,
    managed,
    observed,
    paid_in,
    ready,
    seen,
    spent,
    written,
)  # fmt: skip

from wherewithal.actions import assessment, offer
from wherewithal.actions import review_held as review
from wherewithal.core.review_held import NotFinished, Said, Seen, from_record
from wherewithal.records.holding import held_pence
from wherewithal.records.models import Observation, Review, Transfer

pytestmark = pytest.mark.django_db


def missing(of: Review, **said) -> dict[str, str]:
    """What a review that is finished like this is refused for, by place."""
    with pytest.raises(NotFinished) as refused:
        finished(of, **said)
    return {problem.where: problem.says for problem in refused.value.problems}


def test_all_that_is_said_is_kept_whole_or_not_and_said_anew_replaces_it(managed_plan):
    made = held(managed_plan)
    (outcome,) = made.plan.outcomes.all()
    half = Said(seen={str(outcome.pk): Seen("", "She likes it.")}, change="saved", why="Her sister helps.")
    assert from_record(written(made, **vars(half)).said_so_far) == half
    assert from_record(Review.objects.get(pk=made.pk).said_so_far) == half
    again = Said(seen={str(outcome.pk): Seen("met", "")}, surplus_back_pence=500)
    assert from_record(written(made, **vars(again)).said_so_far) == again
    assert not Observation.objects.filter(review=made).exists()


def test_nothing_is_written_down_at_a_review_that_is_not_held(managed_plan):
    with pytest.raises(review.NotHeld, match="Start the review first"):
        observed(ahead(managed_plan))
    made = ready(managed_plan)
    finished(made)
    with pytest.raises(review.NotHeld, match="was finished meanwhile"):
        observed(made)


def test_an_outcome_of_another_plan_and_answers_that_do_not_exist_are_refused(managed_plan):
    made, other = held(managed_plan), managed(person("Sam Sample"))
    strange = (
        {"seen": {**seen(made), str(other.outcomes.get().pk): Seen("met")}},
        {"seen": seen(made, "soon")},
        {"next_step": "hope"},
        {"change": "halved"},
    )
    for said in strange:
        with pytest.raises(review.NotAnAnswer):
            written(made, **said)
    assert Review.objects.get(pk=made.pk).said_so_far == {}


def test_all_that_is_still_to_be_said_is_told_at_once_and_nothing_is_lost(managed_plan):
    made = held(managed_plan)
    (outcome,) = made.plan.outcomes.all()
    told = missing(made, summary=" ", next_step="", change="added", surplus_back_pence=1)
    assert [*told] == [
        f"outcome:{outcome.pk}", "summary", "next_step", "saved", "why", "surplus_back", "offer"
    ]  # fmt: skip
    assert told[f"outcome:{outcome.pk}"] == "Say how far this outcome was met: “I swim every week.”."
    assert told["offer"].startswith("No direct payment was offered at the review of 25 May 2026.")
    again = Review.objects.get(pk=made.pk)
    assert (again.state, from_record(again.said_so_far).change) == ("held", "added")


def test_a_review_is_not_finished_before_a_direct_payment_was_offered_again(managed_plan):
    made = observed(held(managed_plan))
    offer.make(person=made.person, review=made, what="information", answer="later",
               ask_again_on=date(2026, 7, 1), **doing(moment=SEVEN_WEEKS_ON))  # fmt: skip
    assert [*missing(made)] == ["offer"]


def test_no_offer_is_owed_to_somebody_who_is_no_longer_eligible(managed_plan):
    assessed(managed_plan.person, findings=NONE_UNMET, moment=at(2026, 5, 20))
    assert finished(observed(held(managed_plan)), next_step="end").state == "done"


def test_a_finished_review_is_what_was_written_down_last(managed_plan):
    made = observed(observed(ready(managed_plan), "not_met"), "partly", " The pool was shut. ")
    done = finished(made, at(2026, 5, 27), summary=f" {SAID['summary']} ", next_step="change_plan")
    assert (done.state, done.done_on, done.next_step, done.summary, done.said_so_far) == (
        "done", date(2026, 5, 27), "change_plan", SAID["summary"], {}
    )  # fmt: skip
    (saw,) = Observation.objects.filter(review=made)
    assert (saw.level, saw.note, saw.seen_on, saw.person) == (
        "partly", "The pool was shut.", date(2026, 5, 25), managed_plan.person
    )  # fmt: skip
    with pytest.raises(review.NotHeld):
        review.finish(review=done, **doing(moment=SEVEN_WEEKS_ON))


def test_money_saved_or_added_says_why_and_is_no_more_than_the_budget(managed_plan):
    made = ready(managed_plan)
    assert [*missing(made, change="saved", change_pence_per_week=1921)] == ["saved", "why"]
    done = finished(made, change="added", change_pence_per_week=500, why="She needs a lift there now.")
    assert (done.saved_pence_per_week, done.saved_why) == (-500, "She needs a lift there now.")


def test_why_is_not_kept_where_the_cost_stays(managed_plan):
    done = finished(ready(managed_plan), change="none", change_pence_per_week=500, why="A slip.")
    assert (done.saved_pence_per_week, done.saved_why) == (0, "")


def test_surplus_goes_back_once_and_never_more_than_is_held(paid_plan):
    paid_in(paid_plan.person, 48000, date(2026, 4, 8))
    made = ready(paid_plan)
    for pence in (48001, -1):
        assert missing(made, surplus_back_pence=pence) == {
            "surplus_back": "The account holds £480.00. Take back no more than that."
        }
    done = finished(made, surplus_back_pence=20000)
    (back,) = Transfer.objects.filter(kind="surplus_back")
    assert (back.pence, back.on, back.debit.kind, back.credit.kind) == (
        20000,
        date(2026, 5, 25),
        "council",
        "held",
    )
    assert (held_pence(paid_plan.person, date(2026, 5, 25)), done.surplus_back_pence) == (28000, 20000)


def test_a_review_keeps_spending_beside_the_plan_as_it_stood(paid_plan):
    swimming = paid_plan.arrangements.get(what="Swimming with Sam Sample")
    paid_in(paid_plan.person, 96000, date(2026, 4, 8))
    spent(paid_plan.person, 70000, date(2026, 5, 11), swimming)
    spent(paid_plan.person, 1250, date(2026, 5, 12))
    done = finished(ready(paid_plan))
    spent(paid_plan.person, 900, date(2026, 5, 26), swimming)
    assert done.spending == {
        "first": "2026-04-06",
        "last": "2026-05-25",
        "held_pence": 24750,
        "rows": [  # fifty days at £120.00 a week; the lunch group is paid by the council
            {"outcome": "I swim every week.", "planned_pence": 85714, "spent_pence": 70000},
            {"outcome": "Not matched to an outcome", "planned_pence": 0, "spent_pence": 1250},
        ],
    }


def test_the_next_review_looks_at_the_money_since_the_last_one(paid_plan):
    finished(ready(paid_plan))
    swimming = paid_plan.arrangements.get(what="Swimming with Sam Sample")
    paid_in(paid_plan.person, 96000, date(2026, 4, 8))
    spent(paid_plan.person, 70000, date(2026, 5, 11), swimming)
    spent(paid_plan.person, 900, date(2026, 5, 26), swimming)
    done = finished(ready(paid_plan, "direct_payment", at(2026, 6, 1)), at(2026, 6, 1))
    assert (done.spending["first"], done.spending["rows"][0]["spent_pence"]) == ("2026-05-26", 900)


def test_half_an_answer_is_closed_with_the_review(managed_plan):
    made = ready(managed_plan)
    assessment.save_answers(response=made.responses.get(), answers={"life_overall": "2"}, **doing())
    finished(made)
    assert made.responses.get().state == "superseded"
    with pytest.raises(assessment.NotOpen):
        assessment.save_answers(response=made.responses.get(), answers={"life_overall": "5"}, **doing())


def test_the_database_refuses_a_done_review_without_what_was_said(managed_plan):
    made = held(managed_plan)
    made.state, made.done_on = "done", date(2026, 5, 25)
    with pytest.raises(IntegrityError, match="a_done_review_is_whole"):
        made.save()
