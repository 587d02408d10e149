"""The indicative budget: from the worker's answers, the same penny years later, looked at again."""

from datetime import date

import pytest
from assessing import (
    NONE_UNMET,
    adult_answers,
    agreed,
    carer_answers,
    offered,
    proposed,
    started,
    worker,
)
from making import at, person

from wherewithal.actions import allocation
from wherewithal.actions import person as people
from wherewithal.core.eligibility import OutcomeFindings, Unmet
from wherewithal.core.offer import OfferMissing
from wherewithal.core.plan_life import PersonEnded
from wherewithal.core.recompute import recompute
from wherewithal.core.workings import from_record
from wherewithal.policy import allocation as policy
from wherewithal.records.books import comes_to_the_same
from wherewithal.records.models import Allocation, Decision, Person, Plan

pytestmark = pytest.mark.django_db
HELPED = {
    "helped": "yes", "helped_by": ["children"], "helped_hours": 12, "helped_share": "a_lot",
    "helped_willing": "yes", "helped_able": "yes",
}  # fmt: skip


def propose(of, moment=None, **more):
    return allocation.propose(assessment=of, by=worker(), at=moment or at(), **more)


def ask_again(of, words="I wash my clothes myself now.", who="Pat Example"):
    return allocation.ask_again(allocation=of, words=words, who=who, by=worker(), at=at(2026, 4, 9))


def test_the_workers_answers_become_points_and_money_by_the_scheme_of_the_day():
    made = proposed()
    # 44 points: 10 carry no money, 34 at £4.45 (the price from April 2026), less 8% kept back.
    assert (made.scheme, made.points) == ("adult-points-2024", 44)
    assert made.pence_per_week == 13920
    assert made.pence_per_year == 13920 * 52
    assert (made.state, made.proposed_on) == ("proposed", date(2026, 4, 6))
    assert sum(line.value for line in from_record(made.workings)[:12] if line.unit == "points") == 44


def test_the_persons_own_answers_change_no_penny_and_stand_in_the_workings():
    alone = proposed()
    beside = proposed(person("Sam Sample"), own=adult_answers("most", eating_need="some"))
    assert beside.pence_per_week == alone.pence_per_week
    seen = [line for line in from_record(beside.workings) if line.says.startswith("Seen differently")]
    assert "Seen differently: Keeping clean" in [line.says for line in seen]
    assert all(line.value is None for line in seen)
    washing = next(line for line in seen if line.says.endswith("Keeping clean"))
    assert washing.answer == (
        "I need help every day (their own view); I need help or a reminder some of the time, or it hurts, is "
        "not safe or takes me very long (the worker’s view: 3 points fewer)"
    )
    assert not any(line.says == "Seen differently: Eating and drinking" for line in seen)


def test_own_answers_that_were_not_handed_in_are_not_compared():
    made = proposed()
    assert made.inputs["differences"] == []


@pytest.mark.parametrize(
    "answers, circumstances",
    [
        ({}, ("none", False)),
        (HELPED, ("a_lot", True)),
        (HELPED | {"helped_able": "less"}, ("some", True)),
        (HELPED | {"helped_share": "some", "helped_willing": "less"}, ("none", True)),
        (HELPED | {"helped_willing": "no"}, ("a_lot", False)),
        (HELPED | {"helped_able": "unknown"}, ("a_lot", False)),
    ],
)
def test_unpaid_care_counts_only_as_far_as_it_will_go_on(answers, circumstances):
    kept = proposed(answers=adult_answers(**answers)).inputs["circumstances"]
    assert (kept["unpaid_care"], kept["willing"]) == circumstances


@pytest.mark.parametrize(
    "lives_with, shares", [(["partner"], True), (["children"], False), (["children", "parents"], True)]
)
def test_a_home_is_shared_with_grown_ups(lives_with, shares):
    made = proposed(answers=adult_answers(lives_alone="no", lives_with=lives_with))
    assert made.inputs["circumstances"]["lives_with_someone"] is shares


def test_support_that_has_far_to_travel_adds_what_the_scheme_says():
    assert proposed(sparse_place=True).pence_per_week > proposed(person("Sam Sample")).pence_per_week


def test_a_carer_has_the_carers_scheme():
    one = OutcomeFindings(cause=True, unmet=(Unmet("work", "help"),), impact=True)
    made = proposed(person("Chris Carer"), kind="carer", answers=carer_answers(), findings=one)
    assert made.scheme == "carer-bands-2024"
    assert made.points == 24
    assert made.pence_per_week == 900


@pytest.mark.parametrize(
    "moment, scheme",
    [
        (at(2016, 6, 1), "adult-points-2015"),
        (at(2025, 6, 1), "adult-points-2024"),
        (at(2026, 6, 1), "adult-points-2024"),
    ],
)
def test_same_answers_same_policy_same_penny_years_later(moment, scheme, monkeypatch):
    """From what the record kept alone: the policy files may be gone."""
    answers = adult_answers(**HELPED, lives_alone="no", lives_with=["partner"])
    made = proposed(answers=answers, moment=moment, sparse_place=True)
    assert made.scheme == scheme
    made = Allocation.objects.get(pk=made.pk)  # as the database gives it back

    def gone(name):
        raise AssertionError(f"read the policy file {name}")

    monkeypatch.setattr(policy, "table", gone)
    policy.schemes.cache_clear()
    try:
        again = recompute(made.inputs, made.policy)
        assert comes_to_the_same(made)
    finally:
        policy.schemes.cache_clear()
    assert again.pence_per_week == made.pence_per_week
    assert again.fingerprint == made.fingerprint
    assert again.workings.record() == made.workings[: len(again.workings.lines)]


def test_a_changed_record_does_not_come_to_the_same():
    made = proposed()
    made.policy = [
        row | {"value": 500} if row["name"].endswith("pence_per_point") else row for row in made.policy
    ]
    assert not comes_to_the_same(made)
    again = recompute(made.inputs, made.policy)
    assert again.pence_per_week != made.pence_per_week
    assert again.fingerprint != made.fingerprint


def test_a_budget_waits_for_agreement_eligibility_and_the_offer():
    with pytest.raises(allocation.NotAgreed):
        propose(started())
    with pytest.raises(allocation.NotEligible, match="Sam Sample was not found eligible"):
        propose(agreed(person("Sam Sample"), findings=NONE_UNMET))
    of = agreed(person("Kim Kind"))
    with pytest.raises(OfferMissing, match="assessment of 6 April 2026"):
        propose(of)
    offered(of, answer="declined", why_not="no_change_wanted")
    assert propose(of).pence_per_week == 13920


def test_a_new_proposal_supersedes_also_that_of_an_earlier_assessment():
    who = person()
    first = proposed(who)
    second = propose(first.assessment, at(2026, 5, 1))
    later = proposed(who, moment=at(2027, 3, 1))
    states = Allocation.objects.filter(person=who).order_by("pk").values_list("pk", "state")
    assert list(states) == [
        (first.pk, "superseded"), (second.pk, "superseded"), (later.pk, "proposed")
    ]  # fmt: skip


def plan_with(made, state):
    return Plan.objects.create(
        person=made.person, assessment=made.assessment, allocation=made, state=state, written_by="worker",
        author=worker(), started_on=date(2026, 4, 7), indicative_pence_per_week=made.pence_per_week,
    )  # fmt: skip


def test_a_plan_in_writing_takes_up_the_new_budget():
    made = proposed()
    plan = plan_with(made, "draft")
    again = propose(made.assessment, at(2026, 5, 1), sparse_place=True)
    plan.refresh_from_db()
    assert (plan.allocation, plan.indicative_pence_per_week) == (again, again.pence_per_week)
    assert again.pence_per_week != made.pence_per_week


def test_a_plan_that_waits_for_sign_off_keeps_its_budget():
    made = proposed()
    plan_with(made, "submitted")
    with pytest.raises(allocation.PlanWaits):
        propose(made.assessment, at(2026, 5, 1))
    made.refresh_from_db()
    assert made.state == "proposed"


def test_a_carers_budget_and_an_adults_stand_side_by_side():
    who = person()
    own = proposed(who)
    one = OutcomeFindings(cause=True, alone=("health",), impact=True)
    proposed(who, kind="carer", findings=one)
    own.refresh_from_db()
    assert own.state == "proposed"


def test_anybody_may_ask_for_it_to_be_looked_at_again():
    made = proposed()
    asked = ask_again(made)
    assert (asked.kind, asked.level, asked.state) == (
        Decision.Kind.LOOK_AGAIN, Decision.Level.MANAGER, "asked"
    )  # fmt: skip
    assert (asked.author, asked.asked_on) == (made.by, date(2026, 4, 9))
    assert asked.content == {"who": "Pat Example", "pence_per_week": 13920}
    with pytest.raises(allocation.AlreadyAsked):
        ask_again(made)


def test_nothing_is_asked_about_the_budget_of_somebody_whose_record_has_ended():
    made = proposed()
    people.end(
        person=made.person, on=date(2026, 4, 8), because=Person.EndReason.DIED, by=worker(), at=at(2026, 4, 8)
    )
    with pytest.raises(PersonEnded, match="no budget to look at"):
        ask_again(made)
    assert not Decision.objects.exists()


def test_asking_again_says_who_and_what_and_is_about_the_budget_in_force():
    made = proposed()
    for words, who, field in ((" ", "Pat Example", "words"), ("Too low", "", "who")):
        with pytest.raises(allocation.SayWhat) as refused:
            ask_again(made, words, who)
        assert refused.value.field == field
    propose(made.assessment, at(2026, 5, 1))
    with pytest.raises(allocation.NoLongerProposed):
        ask_again(made)
