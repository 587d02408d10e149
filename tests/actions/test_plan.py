"""A plan from its start to sign-off: what may be written when, what stops it, where it goes."""

from datetime import date
from decimal import Decimal

import assessing
import pytest
from assessing import carer_answers, proposed, worker
from django.db import IntegrityError, connection
from making import at, person, user
from planning import (
    ASSISTANT,
    GROUP,
    TESTS,
    add_line,
    agreed,
    doing,
    drafted,
    ready,
    submitted,
)

from wherewithal.actions import plan, plan_line, plan_outcome, plan_sign_off, risk
from wherewithal.core.costing import NotACost
from wherewithal.core.eligibility import OutcomeFindings, Unmet
from wherewithal.core.offer import OfferMissing
from wherewithal.core.plan import PlanBlocked
from wherewithal.core.plan_life import (
    NoBudgetYet,
    NotWaiting,
    PersonEnded,
    PlanAlreadyOpen,
    PlanNotOpen,
)
from wherewithal.core.plan_line import NotMeant
from wherewithal.core.risk import NotAScore
from wherewithal.core.roles import Role
from wherewithal.records.models import Household, Plan, PlanLine

pytestmark = pytest.mark.django_db
CARERS_NEED = OutcomeFindings(
    cause=True, unmet=(Unmet("child", "help"),), impact=True, wellbeing=("dignity",)
)
FALL = {
    "kind": "customer", "what": "Pat may fall at the pool", "likelihood": 3, "impact": 4,
    "mitigation": "practice_journey", "likelihood_after": 2, "impact_after": 3, "owner": "Sam Sample",
}  # fmt: skip


def start(who, **more):
    return plan.start(person=who, written_by="worker", **doing(), **more)


def describe(of, **more):
    words = {
        "summary": "",
        "wishes": [],
        "contingency": "",
        "contingency_pence_per_week": 0,
        "written_by": "family",
    }
    return plan.describe(plan=of, **{**words, **more}, **doing())


def test_somebody_found_eligible_who_pays_for_themselves_is_offered_a_direct_payment_first():
    who = person("Sol Selfpay", funding="self_funder")
    found = assessing.agreed(who)
    with pytest.raises(OfferMissing, match="assessment of 6 April 2026"):
        plan.start(person=who, written_by="person", **doing())
    assessing.offered(found)
    assert plan.start(person=who, written_by="person", **doing()).allocation is None


def test_a_plan_starts_from_the_budget_in_force():
    budget = proposed()
    made = start(budget.person)
    assert (made.allocation, made.assessment) == (budget, budget.assessment)
    assert (made.version, made.state, made.indicative_pence_per_week) == (1, "draft", 13920)
    assert made.author == worker()


def test_without_a_budget_only_people_who_pay_for_themselves_have_a_plan():
    with pytest.raises(NoBudgetYet, match="Propose one first"):
        start(person())
    made = start(person("Sol Selfpay", funding="self_funder"))
    assert made.allocation is None


def test_a_budget_of_somebody_else_or_of_another_kind_starts_no_plan():
    budget = proposed()
    other = proposed(person("Sam Sample"))
    with pytest.raises(plan.NotTheirBudget, match="another plan"):
        start(other.person, allocation=budget)
    with pytest.raises(plan.NotTheirBudget, match="another plan"):
        start(budget.person, allocation=budget, kind="carer")
    other.state = "superseded"
    other.save()
    with pytest.raises(plan.NotTheirBudget, match="replaced"):
        start(other.person, allocation=other)


def test_one_plan_of_a_kind_is_open_at_a_time_and_the_database_says_so_too():
    first = start(proposed().person)
    with pytest.raises(PlanAlreadyOpen, match="Version 1 of this plan is open"):
        start(first.person)
    with pytest.raises(IntegrityError, match="one_open_plan"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_plan (person_id, author_id, kind, version, state, written_by, started_on,
                 summary, wishes, contingency, contingency_pence_per_week, tests, panel_called_by,
                 panel_called_because, indicative_pence_per_week, final_reason)
               SELECT person_id, author_id, kind, 2, 'sent_back', written_by, started_on,
                 '', '[]', '', 0, '{}', '', '', 0, '' FROM records_plan"""
        )


def test_a_person_who_cares_can_have_a_plan_as_a_carer_beside_their_own():
    adult = proposed()
    start(adult.person)
    carer = proposed(adult.person, kind="carer", answers=carer_answers(), findings=CARERS_NEED)
    made = start(adult.person, kind="carer")
    assert (made.kind, made.allocation, made.version) == ("carer", carer, 1)


def test_nothing_is_planned_for_somebody_whose_support_ended():
    who = proposed().person
    who.state, who.ended_on, who.end_reason = "ended", date(2026, 4, 5), "moved"
    who.save()
    with pytest.raises(PersonEnded):
        start(who)


def test_a_line_is_costed_when_it_is_saved():
    made = drafted()
    line = add_line(made, units=Decimal("7.5"), unit="hour", pence_per_unit=1333, how_often="fortnightly")
    assert line.pence_per_week == 4999  # 7.5 x 13.33 / 2 = 49.9875
    plan_line.change_line(line=line, how_often="weekly", **doing())
    assert PlanLine.objects.get(pk=line.pk).pence_per_week == 9998


@pytest.mark.parametrize(
    ("changes", "refusal", "says"),
    [
        ({"what": "  "}, plan_line.LineNotWhole, "Say what it is"),
        ({"units": Decimal(0)}, plan_line.LineNotWhole, "more than 0"),
        ({"units": Decimal(5000), "pence_per_unit": 999_900}, NotMeant, "£49,995,000.00 each"),
        ({"last": date(2026, 4, 5)}, NotMeant, "ends before it starts"),
        ({"first": date(1997, 3, 31)}, NotMeant, "starts on 31 March 1997"),
        ({"first": date(2032, 1, 1)}, NotMeant, "1 April 1997 and 31 December 2031"),
        ({"last": date(2127, 1, 1)}, NotMeant, "empty while there is no end"),
        ({"kind": "unicorn"}, plan_line.LineNotWhole, "Choose the kind"),
        ({"unit": "pint"}, NotACost, "not one of"),
        ({"held": "own_money"}, plan_line.NotHeldSo, "council budget"),
    ],
)
def test_a_line_that_has_no_shape_is_refused(changes, refusal, says):
    made = drafted(lines=())
    with pytest.raises(refusal, match=says):
        add_line(made, **changes)
    assert not made.lines.exists()


@pytest.mark.parametrize(
    "days",
    [
        {"first": date(1997, 4, 1)},
        {"first": date(2031, 12, 31)},
        {"first": date(2026, 4, 6), "last": date(2126, 12, 31)},
        {"first": date(2026, 4, 6), "last": date(2026, 4, 6)},
    ],
)
def test_a_line_may_have_the_days_at_the_edge(days):
    assert add_line(drafted(lines=()), **days).first == days["first"]


def test_a_line_cannot_be_for_an_outcome_of_another_plan():
    one, other = drafted(), drafted(person("Sam Sample"))
    with pytest.raises(plan_line.LineNotWhole, match="another plan"):
        add_line(one, outcome=other.outcomes.first())


def test_saving_a_line_that_policy_stops_is_allowed_and_handing_it_in_is_not():
    made = ready(lines=(ASSISTANT, GROUP, {**GROUP, "what": "A bottle of sherry", "kind": "alcohol"}))
    with pytest.raises(PlanBlocked, match="1 thing to put right"):
        plan_sign_off.submit(plan=made, **doing())


def test_an_outcome_goes_only_when_nothing_is_bought_for_it():
    made = drafted()
    outcome = made.outcomes.get()
    with pytest.raises(plan_outcome.OutcomeInUse, match="2 lines are for this outcome"):
        plan_outcome.remove_outcome(outcome=outcome, **doing())
    for line in made.lines.all():
        plan_line.remove_line(line=line, **doing())
    plan_outcome.remove_outcome(outcome=outcome, **doing())
    assert not made.outcomes.exists()


def test_an_outcome_has_words():
    made = drafted()
    with pytest.raises(plan_outcome.NoWords):
        plan_outcome.add_outcome(plan=made, text=" ", **doing())
    outcome = plan_outcome.change_outcome(
        outcome=made.outcomes.get(), text="I swim twice a week.", serves=["i", "b"], **doing()
    )
    assert (outcome.text, outcome.serves) == ("I swim twice a week.", ["i", "b"])


def test_a_risk_is_scored_from_one_to_five_and_again_as_a_whole():
    made = drafted()
    with pytest.raises(NotAScore, match="from 1 to 5, not 6"):
        risk.add_risk(plan=made, **{**FALL, "impact": 6}, **doing())
    with pytest.raises(risk.RiskNotWhole, match="Score both again"):
        risk.add_risk(plan=made, **{**FALL, "impact_after": None}, **doing())
    with pytest.raises(risk.RiskNotWhole, match="could go wrong"):
        risk.add_risk(plan=made, **{**FALL, "what": ""}, **doing())
    kept = risk.add_risk(plan=made, **FALL, **doing())
    risk.change_risk(risk=kept, likelihood_after=1, **doing())
    kept.refresh_from_db()
    assert (kept.likelihood_after, kept.impact_after) == (1, 3)
    risk.remove_risk(risk=kept, **doing())
    assert not made.risks.exists()


def test_every_problem_is_told_at_once():
    made = drafted()
    risk.add_risk(
        plan=made, **{**FALL, "mitigation": "", "likelihood_after": None, "impact_after": None}, **doing()
    )
    with pytest.raises(PlanBlocked) as refused:
        plan_sign_off.submit(plan=made, **doing())
    where = [problem.where.split(":")[0] for problem in refused.value.problems if problem.blocks]
    assert where == ["line", "risk", "risk", "test", "test", "test"]
    assert "answer its conditions first" in refused.value.says
    made.refresh_from_db()
    assert made.state == "draft"


def test_an_answer_to_a_test_that_nobody_asks_is_refused():
    with pytest.raises(plan.NoSuchTest, match="cheap"):
        plan.answer_tests(plan=drafted(), answers={"cheap": (True, "")}, **doing())


def test_a_small_plan_takes_the_light_route_with_its_cost_and_reasons():
    asked = submitted()
    assert (asked.kind, asked.level, asked.state) == ("sign_off", "light", "asked")
    assert asked.asks == "Agree Pat Example’s plan at £139.20 a week?"
    assert asked.content["pence_per_week"] == asked.content["indicative_pence_per_week"] == 13920
    assert asked.content["reasons"] == ["The plan costs £139.20 a week, below £200.00."]
    assert asked.content["limit_pence_per_week"] == 150000
    assert (asked.author, asked.plan.state, asked.plan.submitted_on) == (
        worker(),
        "submitted",
        date(2026, 4, 6),
    )


@pytest.mark.parametrize(
    ("units", "own_limit", "level"),
    [(8, 0, "light"), (40, 0, "manager"), (120, 0, "panel"), (8, 20000, "own"), (40, 20000, "manager")],
)
def test_a_plan_goes_where_its_cost_sends_it(units, own_limit, level):
    by = user("Lee Limit", Role.PRACTITIONER, own_limit=own_limit)
    asked = submitted(lines=({**ASSISTANT, "units": Decimal(units)},), by=by)
    assert asked.level == level


def test_a_very_high_risk_goes_to_the_panel():
    made = ready()
    risk.add_risk(plan=made, **{**FALL, "likelihood_after": 4, "impact_after": 4}, **doing())
    asked = plan_sign_off.submit(plan=made, **doing())
    assert asked.level == "panel"
    assert asked.content["reasons"] == ["“Pat may fall at the pool” scores 16 after its mitigation."]


def test_the_person_calls_the_panel_before_and_after_the_plan_is_handed_in():
    made = ready()
    call = {"called_by": "Pat Example", "reason": "I want to go alone."}
    plan_sign_off.call_panel(plan=made, **call, **doing())
    assert plan_sign_off.submit(plan=made, **doing()).level == "panel"
    asked = submitted(person("Sam Sample"))
    plan_sign_off.call_panel(plan=asked.plan, **call, **doing())
    asked.refresh_from_db()
    assert (asked.level, asked.content["limit_pence_per_week"]) == ("panel", 500000)
    assert asked.content["reasons"][:2] == [
        "Called by Pat Example.",
        "Why the panel was called: I want to go alone.",
    ]


def test_the_panel_is_called_with_a_reason_and_in_time():
    with pytest.raises(plan_sign_off.SayWhy):
        plan_sign_off.call_panel(plan=ready(), called_by="Pat", reason=" ", **doing())
    late = agreed(person("Sam Sample"))
    with pytest.raises(plan_sign_off.TooLateForThePanel, match="Ask for a review"):
        plan_sign_off.call_panel(plan=late, called_by="Sam", reason="Too late", **doing())


def test_a_plan_that_waits_can_be_taken_back_but_not_changed():
    asked = submitted()
    for change in (
        lambda: add_line(asked.plan),
        lambda: plan_line.remove_line(line=asked.plan.lines.first(), **doing()),
        lambda: describe(asked.plan),
        lambda: risk.add_risk(plan=asked.plan, **FALL, **doing()),
        lambda: plan.answer_tests(plan=asked.plan, answers=TESTS, **doing()),
        lambda: plan_outcome.add_outcome(plan=asked.plan, text="More", **doing()),
        lambda: plan_sign_off.submit(plan=asked.plan, **doing()),
    ):
        with pytest.raises(PlanNotOpen, match="Take it back"):
            change()
    back = plan_sign_off.take_back(plan=asked.plan, **doing())
    asked.refresh_from_db()
    assert (back.state, back.submitted_on, asked.state) == ("draft", None, "withdrawn")
    with pytest.raises(NotWaiting):
        plan_sign_off.take_back(plan=back, **doing())
    assert plan_sign_off.submit(plan=back, **doing()).state == "asked"


def test_the_next_version_starts_from_what_is_agreed_and_still_runs():
    once = {**GROUP, "what": "A swimming float", "kind": "equipment", "how_often": "one-off"}
    over = {**GROUP, "what": "A course", "last": date(2026, 4, 30)}
    first = agreed(lines=(ASSISTANT, GROUP, once, over), why_different="More at the start.")
    made = plan.start(person=first.person, written_by="family", **doing(moment=at(2026, 6, 1)))
    assert (made.version, made.previous, made.state) == (2, first, "draft")
    assert [line.what for line in made.lines.all()] == ["Swimming with Sam Sample", "Lunch group"]
    assert {line.outcome.plan for line in made.lines.all()} == {made}
    assert (made.summary, made.wishes, made.tests) == (first.summary, ["Swim every week"], {})
    assert Plan.objects.get(pk=first.pk).lines.count() == 4


def test_a_self_funders_plan_is_kept_without_a_decision():
    who = person("Sol Selfpay", funding="self_funder")
    line = {**GROUP, "held": "own_money", "kind": "alcohol", "what": "A glass of sherry on Sundays"}
    made = drafted(who, lines=(line,), budget=False)
    with pytest.raises(plan_line.NotHeldSo, match="no council budget"):
        add_line(made, held="direct_payment")
    with pytest.raises(plan_sign_off.NoSignOffNeeded, match="Keep it"):
        plan_sign_off.submit(plan=made, **doing())
    kept = plan_sign_off.keep(plan=made, **doing())
    assert (kept.state, kept.final_pence_per_week) == ("agreed", 0)
    assert not kept.decisions.exists() and not who.arrangements.exists()
    second = plan.start(person=who, written_by="person", **doing())
    plan_sign_off.keep(plan=second, **doing())
    kept.refresh_from_db()
    assert kept.state == "superseded"


def test_a_plan_with_a_council_budget_is_not_kept_without_sign_off():
    with pytest.raises(plan_sign_off.NoSignOffNeeded, match="Send it for sign-off"):
        plan_sign_off.keep(plan=ready(), **doing())


def test_who_did_it_and_which_verb_stand_in_the_audit():
    made = drafted(lines=())
    add_line(made)
    event = made.lines.get().events.get()
    assert (event.pgh_context["verb"], event.pgh_context["by_name"]) == ("add line", "Wren Worker")


@pytest.mark.parametrize(
    ("household", "stopped"),
    [
        ({"name": "sam  SAMPLE", "relation": "sibling"}, True),
        ({"name": "Sam Sample", "relation": "sibling", "same_household": False}, False),
        ({"name": "Sam Sampler", "relation": "sibling"}, False),
        ({"name": "Sam Sample", "relation": "sibling", "until": date(2026, 4, 1)}, False),
    ],
)
def test_who_lives_with_the_person_is_known_though_the_line_does_not_say_so(household, stopped):
    made = ready()
    Household.objects.create(person=made.person, since=date(2020, 1, 1), **household)
    if not stopped:
        assert plan_sign_off.submit(plan=made, **doing()).state == "asked"
        return
    with pytest.raises(PlanBlocked, match="cannot pay this relative"):
        plan_sign_off.submit(plan=made, **doing())
    plan_line.change_line(
        line=made.lines.get(supplier="Sam Sample"), exception_reason="Nobody else knows how.", **doing()
    )
    assert plan_sign_off.submit(plan=made, **doing()).state == "asked", "an exception, with its reason"
