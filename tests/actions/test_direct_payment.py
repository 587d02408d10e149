"""A direct payment: conditions answered, agreement signed, payments stopped."""

from datetime import date

import pytest
from assessing import worker
from django.db import IntegrityError, connection
from making import at, person
from planning import (
    ASSISTANT,
    AUTHORISED,
    CONDITIONS,
    GROUP,
    agreed,
    conditions_met,
    doing,
    signed,
)

from wherewithal.actions import direct_payment
from wherewithal.actions import person as people
from wherewithal.actions.answered import NobodyToHold
from wherewithal.core.bank import NotBankDetails
from wherewithal.core.direct_payment import ConditionsUnanswered, NoSuchCondition, ReasonMissing
from wherewithal.core.plan_life import PersonEnded
from wherewithal.records.models import Decision, Representation
from wherewithal.records.reading import as_plan

pytestmark = pytest.mark.django_db


def representative(of, kind="nominated", **more) -> Representation:
    return Representation.objects.create(
        person=of.person, kind=kind, name="Robin Example", since=date(2026, 1, 5), **more
    )


def stop(of, on=date(2026, 5, 3), condition="manages", reason="The bills were not paid.", moment=None):
    return direct_payment.stop(
        agreement=of, on=on, condition=condition, reason=reason, **doing(moment=moment or at(2026, 5, 4))
    )


def test_conditions_that_hold_allow_a_direct_payment(draft):
    assert as_plan(draft).direct_payment_allowed is None
    decision = conditions_met(draft)
    assert (decision.outcome, decision.state, decision.level) == ("agreed", "decided", "officer")
    assert decision.content["answers"]["capacity"] == [True, ""]
    assert decision.content["answers"]["not_prohibited"][0] is True
    assert as_plan(draft).direct_payment_allowed is True


def test_a_condition_that_fails_refuses_with_its_reason_and_source(draft):
    answers = {**CONDITIONS, "manages": (False, "Pat does not want to keep accounts")}
    decision = conditions_met(draft, answers=answers, options="A payroll service was offered.")
    assert decision.outcome == "refused"
    assert "Why: Pat does not want to keep accounts. (Care Act 2014 s31(6))" in decision.reasons
    assert decision.options == "A payroll service was offered."
    assert as_plan(draft).direct_payment_allowed is False


def test_nothing_is_signed_for_somebody_whose_record_has_ended(in_force):
    people.end(person=in_force.person, on=date(2026, 4, 6), because="moved", **doing())
    with pytest.raises(PersonEnded, match="nothing to sign"):
        signed(in_force)


def test_the_last_answer_counts(draft):
    conditions_met(draft, answers={**CONDITIONS, "manages": (False, "Not yet")})
    conditions_met(draft)
    assert as_plan(draft).direct_payment_allowed is True
    assert draft.decisions.count() == 2


def test_every_condition_is_answered_and_a_no_says_why(draft):
    with pytest.raises(ConditionsUnanswered, match="Still open: Request, Condition 3"):
        conditions_met(draft, answers={"capacity": (True, ""), "appropriate": (True, "")})
    with pytest.raises(ReasonMissing):
        conditions_met(draft, answers={**CONDITIONS, "manages": (False, " ")})
    with pytest.raises(NoSuchCondition):
        conditions_met(draft, answers={**CONDITIONS, "rich": (True, "")})
    assert not Decision.objects.exists()


def test_a_court_order_shuts_a_direct_payment_out_and_says_that_the_list_is_not_verified(draft):
    decision = conditions_met(draft, orders=["drug_rehabilitation"])
    assert decision.outcome == "refused"
    assert "a drug rehabilitation requirement" in decision.reasons and "not verified" in decision.reasons


def test_somebody_else_holds_it_only_when_they_are_on_record(draft):
    nominated = {**CONDITIONS, "nominee_agrees": (True, "")}
    with pytest.raises(NobodyToHold, match="nominated person"):
        conditions_met(draft, held_by="nominated", answers=nominated)
    wrong = representative(draft, "authorised", holds_money=False)
    with pytest.raises(NobodyToHold):
        conditions_met(draft, held_by="nominated", answers=nominated, representation=wrong)
    decision = conditions_met(
        draft, held_by="nominated", answers=nominated, representation=representative(draft)
    )
    assert (decision.outcome, decision.content["holder"]) == ("agreed", "Robin Example")


def test_an_authorised_person_holds_it_for_somebody_without_capacity(draft):
    holder = representative(draft, "authorised")
    decision = conditions_met(draft, held_by="authorised", answers=AUTHORISED, representation=holder)
    assert decision.outcome == "agreed"
    assert decision.content["unverified"] == ["best_interests", "manages", "appropriate"]


def test_signing_starts_support_held_as_a_direct_payment_and_its_review(in_force):
    agreement = signed(in_force)
    assert (agreement.holder, agreement.sort_code, agreement.account_number) == (
        "person",
        "200000",
        "55779911",
    )
    swim = in_force.arrangements.get(held="direct_payment")
    assert (swim.state, swim.first) == ("active", date(2026, 4, 6))
    review = in_force.reviews.get(kind="direct_payment")
    assert (review.opens_on, review.due_on) == (date(2026, 4, 6), date(2026, 10, 6))


def test_a_direct_payment_runs_from_its_signature_when_that_comes_later(in_force):
    signed(in_force, moment=at(2026, 4, 20))
    swim = in_force.arrangements.get(held="direct_payment")
    assert (swim.first, swim.prices.get().first) == (date(2026, 4, 20), date(2026, 4, 20))
    assert in_force.arrangements.get(held="council_managed").first == date(2026, 4, 6)


def test_what_was_over_before_the_signature_is_not_paid():
    short = {**ASSISTANT, "what": "A week away", "last": date(2026, 4, 12)}
    made = agreed(lines=(ASSISTANT, short), why_different="One week away.")
    signed(made, moment=at(2026, 4, 20))
    week = made.arrangements.get(what="A week away")
    assert (week.state, week.last) == ("ended", date(2026, 4, 12))


@pytest.mark.parametrize(
    ("more", "refusal", "says"),
    [
        ({"sort_code": "12"}, NotBankDetails, "6 digits"),
        ({"account_number": "1"}, NotBankDetails, "8 digits"),
        ({"paid_to": "card"}, direct_payment.CardMissing, "card provider"),
        ({"signed_on": date(2026, 4, 5)}, direct_payment.WrongDay, "between 6 April 2026"),
        ({"signed_on": date(2026, 4, 7)}, direct_payment.WrongDay, "and today"),
    ],
)
def test_an_agreement_has_an_account_a_card_where_needed_and_a_true_day(more, refusal, says, in_force):
    with pytest.raises(refusal, match=says):
        signed(in_force, **more)
    assert not in_force.agreements.exists()


def test_an_agreement_needs_an_agreed_plan_with_a_direct_payment(whole):
    with pytest.raises(direct_payment.NoAgreedPlan, match="not agreed yet"):
        signed(whole)
    with pytest.raises(direct_payment.NoAgreedPlan, match="Nothing in the agreed plan"):
        signed(agreed(person("Sam Sample"), lines=(GROUP,), why_different="Less is enough."))


def test_conditions_that_were_not_met_sign_nothing():
    made = agreed(lines=(GROUP,), why_different="Less is enough.")
    conditions_met(made, answers={**CONDITIONS, "manages": (False, "Not now")})
    with pytest.raises(direct_payment.NotAllowed):
        signed(made)


def test_one_direct_payment_runs_and_a_card_belongs_to_one(in_force):
    signed(in_force, paid_to="card", card="CARD 1")
    with pytest.raises(direct_payment.AlreadyRunning):
        signed(in_force)
    with pytest.raises(direct_payment.CardMissing, match="another direct payment"):
        signed(agreed(person("Sam Sample")), paid_to="card", card="CARD 1")
    with pytest.raises(IntegrityError, match="one_running_direct_payment"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_agreement (person_id, plan_id, decision_id, holder, paid_to, payee_name,
                 sort_code, account_number, card, signed_on, signed_by_id, end_reason)
               SELECT person_id, plan_id, decision_id, holder, 'bank', payee_name,
                 sort_code, account_number, '', signed_on, signed_by_id, '' FROM records_agreement"""
        )


def test_a_condition_that_fails_stops_payments_with_why(in_force):
    agreement, why = stop(signed(in_force))
    assert (agreement.ended_on, agreement.end_reason) == (date(2026, 5, 3), "The bills were not paid.")
    assert "Payments must stop (Care Act 2014 s33(4))." in why[0]
    swim = in_force.arrangements.get(held="direct_payment")
    assert (swim.state, swim.last) == ("ended", date(2026, 5, 3))
    assert in_force.arrangements.get(held="council_managed").state == "active"
    assert in_force.reviews.get(kind="direct_payment").state == "cancelled"
    last = in_force.decisions.latest("id")
    assert (last.outcome, last.decided_by) == ("refused", worker())
    assert as_plan(in_force).direct_payment_allowed is False


def test_payments_stop_once_for_a_reason_on_a_true_day(in_force):
    agreement = signed(in_force)
    with pytest.raises(ReasonMissing):
        stop(agreement, reason=" ")
    with pytest.raises(NoSuchCondition):
        stop(agreement, condition="rich")
    for day in (date(2026, 4, 5), date(2026, 5, 5)):
        with pytest.raises(direct_payment.WrongDay, match="between 6 April 2026"):
            stop(agreement, on=day)
    stop(agreement)
    with pytest.raises(direct_payment.NotRunning, match="ended on 3 May 2026"):
        stop(agreement)


def test_after_a_stop_a_new_direct_payment_asks_the_conditions_again(in_force):
    stop(signed(in_force))
    with pytest.raises(direct_payment.NotAllowed):
        signed(in_force, moment=at(2026, 5, 5))
