"""Conditions, holders, orders and offers: what the reference tables do not show."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import direct_payment, offer, relatives
from wherewithal.core.policy import Used
from wherewithal.policy import direct_payment as policy

ON = date(2026, 4, 6)
HOLDERS = ("person", "nominated", "authorised")


def conditions(held_by="person"):
    return policy.conditions(Used(ON), held_by)


def all_yes(asked):
    return {condition.id: (True, "Seen.") for condition in asked.asked}


@pytest.mark.parametrize(
    "has_capacity, nominated, held_by",
    [
        (True, False, "person"),
        (True, True, "nominated"),
        (False, False, "authorised"),
        (False, True, "authorised"),
    ],
)
def test_who_holds_follows_from_capacity_and_choice(has_capacity, nominated, held_by):
    assert direct_payment.holder(has_capacity=has_capacity, nominated=nominated) == held_by


@given(st.sampled_from(HOLDERS), st.data())
def test_a_direct_payment_is_allowed_exactly_when_every_condition_was_answered_yes(held_by, data):
    asked = conditions(held_by)
    answers = {
        condition.id: (data.draw(st.booleans()), "Seen.")
        for condition in asked.asked
        if data.draw(st.booleans())
    }
    outcome = direct_payment.decide(asked, answers)
    assert outcome.allowed == (len(answers) == len(asked.asked) and all(yes for yes, _ in answers.values()))
    assert len(outcome.refusals) == sum(not yes for yes, _ in answers.values())
    assert len(outcome.unanswered) == len(asked.asked) - len(answers)


def test_a_no_without_its_reason_is_refused_with_what_to_think_of():
    answers = all_yes(conditions()) | {"manages": (False, "  ")}
    with pytest.raises(direct_payment.ReasonMissing, match="payroll service") as refused:
        direct_payment.decide(conditions(), answers)
    assert (refused.value.field, refused.value.source) == ("manages", "Care Act 2014 s31(6)")


def test_an_answer_to_a_condition_that_is_not_asked_is_refused():
    with pytest.raises(direct_payment.NoSuchCondition, match="nominee_agrees"):
        direct_payment.decide(conditions(), {"nominee_agrees": (True, "")})


def test_a_decision_is_not_concluded_while_a_condition_is_open():
    answers = all_yes(conditions())
    del answers["manages"], answers["appropriate"]
    with pytest.raises(direct_payment.ConditionsUnanswered, match=r"Condition 3, Condition 4") as refused:
        direct_payment.conclude(conditions(), answers)
    assert refused.value.field == "manages"
    assert direct_payment.conclude(conditions(), all_yes(conditions())).allowed


def test_an_outcome_names_the_conditions_whose_text_is_not_verified():
    assert direct_payment.decide(conditions(), {}).unverified == ()
    outcome = direct_payment.decide(conditions("authorised"), {})
    assert outcome.unverified == ("best_interests", "manages", "appropriate")


def test_an_order_answers_condition_2_with_its_words_and_says_that_they_are_not_verified():
    exclusions = policy.exclusions(Used(ON))
    met, why = direct_payment.not_prohibited(exclusions, ["licence", "drug_testing"])
    assert not met
    assert "release on licence" in why
    assert "drug testing" in why
    assert why.endswith("(SI 2014/2871 Schedule 1, not verified).")
    outcome = direct_payment.decide(conditions(), {"not_prohibited": (met, why)})
    assert why in outcome.refusals[0]


def test_an_order_that_the_policy_does_not_list_is_refused():
    with pytest.raises(direct_payment.NoSuchCondition, match="curfew"):
        direct_payment.not_prohibited(policy.exclusions(Used(ON)), ["curfew"])


def test_payments_go_on_while_what_was_looked_at_again_still_holds():
    assert direct_payment.must_stop(conditions(), {"manages": (True, "")}) == ()


def test_lost_capacity_stops_payments_and_says_what_may_keep_them_going():
    (said,) = direct_payment.must_stop(conditions(), {"capacity": (False, "Seen by Dr Sample")})
    assert "Why: Seen by Dr Sample. " in said
    assert "Payments must stop (Care Act 2014 s33(4))." in said
    assert "reg 8, not verified" in said


def test_rules_before_april_2015_are_refused_in_words_for_conditions_orders_and_relatives():
    for read in (lambda used: policy.conditions(used, "person"), policy.exclusions, policy.relations):
        with pytest.raises(direct_payment.NotTheseRules, match=r"31 March 2015 .*SI 2009/1887"):
            read(Used(date(2015, 3, 31)))


def test_what_was_read_is_kept_with_its_source_for_the_decision():
    used = Used(ON)
    policy.conditions(used, "authorised")
    assert used.unverified == ("conditions_without_capacity",)
    assert "Care Act 2014 s32" in used.record()[0]["source"]
    assert used.fingerprint() != Used(ON).fingerprint()


def test_a_relation_that_is_not_listed_by_the_policy_is_refused():
    with pytest.raises(relatives.NoSuchRelation, match="cousin"):
        relatives.may_be_paid(relatives.Payee("cousin", True), policy.relations(Used(ON)), where="line:1")


def test_an_exception_for_a_relative_is_shown_with_its_purpose_and_reason():
    payee = relatives.Payee("sibling", True, "managing", "Keeps the payroll.")
    (problem,) = relatives.may_be_paid(payee, policy.relations(Used(ON)), where="line:7")
    assert problem.where == "line:7"
    assert problem.says.endswith("found necessary to help manage the payment: Keeps the payroll.")
    assert not problem.blocks
    assert not problem.verified


MOMENT = offer.Moment("review", "R1", date(2026, 5, 20))
MADE = offer.Offer(MOMENT, MOMENT.on, "worker-1", "easy read")


def test_the_next_step_is_refused_without_an_offer_and_open_with_one():
    with pytest.raises(offer.OfferMissing, match="at the review of 20 May 2026"):
        offer.go_on(True, [], MOMENT)
    offer.go_on(True, [MADE], MOMENT)
    offer.go_on(False, [], MOMENT)


def test_an_offer_at_another_review_on_the_same_day_does_not_count():
    other = replace(MOMENT, ref="R2")
    assert offer.due(True, [replace(MADE, moment=other)], MOMENT)


@pytest.mark.parametrize("missing", ["by", "format"])
def test_an_offer_says_by_whom_and_in_which_format(missing):
    with pytest.raises(offer.NotAnOffer) as refused:
        offer.check(replace(MADE, **{missing: " "}), policy.reasons_declined(Used(ON)))
    assert refused.value.field == missing


def test_later_is_asked_again_on_its_day_until_a_newer_answer_comes():
    later = replace(MADE, reply="later", again_on=date(2026, 7, 1))
    newer = replace(MADE, made_on=date(2026, 7, 1), reply="accepted")
    assert offer.ask_again_on([]) is None
    assert offer.ask_again_on([later]) == date(2026, 7, 1)
    assert offer.ask_again_on([newer, later]) is None
