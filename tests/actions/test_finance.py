"""The financial assessment: a contribution by date, its workings, what is not verified, who pays in full."""

from datetime import date

import pytest
from assessing import carer_answers, proposed, worker
from making import at, person

from wherewithal.actions import finance
from wherewithal.core.charging_rules import NoChargingRates
from wherewithal.core.eligibility import OutcomeFindings, Unmet
from wherewithal.core.means import Income, Means
from wherewithal.core.workings import from_record
from wherewithal.records.models import FinancialAssessment, Person, Plan
from wherewithal.records.terms import contributions

pytestmark = pytest.mark.django_db
CARER_UNMET = OutcomeFindings(
    cause=True, unmet=(Unmet("leisure", "help"),), impact=True, wellbeing=("dignity",)
)
BORN = date(1948, 5, 12)
FIRST = date(2026, 4, 13)
PENSION = (Income("state_pension", 24000), Income("attendance_allowance", 7660))


def assess(who, first=FIRST, **means):
    means = Means(born_on=BORN, **{"capital_pence": 500_000, "incomes": PENSION} | means)
    return finance.assess(person=who, means=means, first=first, by=worker(), at=at(2026, 4, 9))


def test_the_contribution_towards_the_indicative_budget_with_its_workings():
    who = proposed().person
    made = assess(who)
    # £240.00 and £76.60, less £241.45 to live on and the £10.00 standard cost of disability.
    assert (made.pence_per_week, made.budget_pence_per_week) == (24000 + 7660 - 24145 - 1000, 13920)
    assert (made.first, made.assessed_on, made.full_cost) == (FIRST, date(2026, 4, 9), False)
    assert from_record(made.workings)[-1].value == made.pence_per_week
    assert made.means["born_on"] == "1948-05-12"
    assert made.means["incomes"][0] == {"kind": "state_pension", "pence_per_week": 24000}
    assert made.fingerprint
    who.refresh_from_db()
    assert who.funding == Person.Funding.COUNCIL


def test_values_that_are_not_verified_are_named():
    made = assess(proposed().person, household="couple", partner_at_pension_age=True)
    assert "protected_couple_pension_age" in made.unverified
    assert not all(line.verified for line in from_record(made.workings))


def test_nobody_pays_more_than_the_budget():
    assert assess(proposed().person, incomes=(Income("state_pension", 90000),)).pence_per_week == 13920


@pytest.mark.parametrize("means", [{"capital_pence": 2_325_001}, {"assessed": "declined"}])
def test_above_the_limit_or_unwilling_to_say_pays_the_full_cost_and_goes_on(means):
    who = proposed().person
    made = assess(who, **means)
    assert (made.full_cost, made.pence_per_week) == (True, 13920)
    who.refresh_from_db()
    assert who.funding == Person.Funding.SELF_FUNDER


def test_the_agreed_plans_budget_comes_before_the_indicative_one():
    made = proposed()
    Plan.objects.create(
        person=made.person, allocation=made, written_by="worker", author=worker(), state="agreed",
        started_on=date(2026, 4, 7), agreed_on=date(2026, 4, 8), indicative_pence_per_week=13920,
        final_pence_per_week=5000, final_reason="Less is enough",
    )  # fmt: skip
    assert assess(made.person).budget_pence_per_week == 5000


def test_there_is_nothing_to_pay_towards_without_a_budget():
    with pytest.raises(finance.NoBudget, match="Pat Example has no adult budget yet"):
        assess(person())
    with pytest.raises(finance.NoBudget, match="no carer budget"):
        assess(proposed(person("Sam Sample")).person, about="carer")


def test_a_year_without_rates_is_refused_by_name_and_nothing_changes():
    who = proposed().person
    kept = assess(who)
    with pytest.raises(NoChargingRates, match="2027-28"):
        assess(who, date(2027, 4, 6))
    kept.refresh_from_db()
    assert kept.state == "current"


def test_somebody_who_is_a_carer_too_has_two_that_leave_each_other_alone():
    who = proposed().person
    own = assess(who, capital_pence=2_400_000)
    proposed(who, kind="carer", answers=carer_answers(), findings=CARER_UNMET)
    as_carer = assess(who, about="carer")
    own.refresh_from_db()
    assert (own.state, own.kind, as_carer.kind) == ("current", "adult", "carer")
    assert (own.pence_per_week, as_carer.pence_per_week) == (13920, 0)  # carers are not charged
    who.refresh_from_db()
    assert who.funding == Person.Funding.SELF_FUNDER  # as the adult's assessment says
    found = contributions([who.pk])
    assert [price.pence_per_week for price in found[who.pk, "adult"]] == [13920]
    assert [price.pence_per_week for price in found[who.pk, "carer"]] == [0]


def test_a_new_assessment_supersedes_the_one_before():
    who = proposed().person
    first = assess(who)
    second = assess(who, date(2026, 5, 4), incomes=())
    first.refresh_from_db()
    assert first.state == "superseded"
    assert FinancialAssessment.objects.get(person=who, state="current") == second
    assert second.pence_per_week == 0
