"""Made-up people as values: plainly made up, the same from the same seed, spread as published."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest
from nhs_number.validate import is_valid

from wherewithal.analytics.year import ReportingYear
from wherewithal.core.allocation import indicative
from wherewithal.core.charging import assess
from wherewithal.core.eligibility import decide
from wherewithal.core.questions import faults, score
from wherewithal.formats import contact
from wherewithal.policy.allocation import scheme_in_force
from wherewithal.policy.charging import rules_on
from wherewithal.policy.circumstances import circumstances
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire import parse, questionnaire
from wherewithal.simulate import names, needs, support
from wherewithal.simulate.arriving import for_a_while
from wherewithal.simulate.clock import LONDON, after, before, is_working, moment
from wherewithal.simulate.council import two_years
from wherewithal.simulate.demo import PAT, somebody
from wherewithal.simulate.living import days_late
from wherewithal.simulate.means import means
from wherewithal.simulate.persona import BECOMES, HOLDS, TWISTS, is_carer, persona

YEARS = two_years(date(2026, 6, 30))
ON = date(2026, 4, 6)
PEOPLE = [persona(number, 1, YEARS) for number in range(1, 401)]


def test_nhs_numbers_are_of_the_range_kept_for_tests_and_nobody_shares_one():
    made = [names.nhs_number(number) for number in range(0, 250_000, 97)]
    assert all(number.startswith("999") and is_valid(number) for number in made)
    assert len(set(made)) == len(made)


def test_where_people_live_and_ring_from_is_nobodys():
    rng = Random("homes")
    for _ in range(300):
        home, number = names.home(rng), names.telephone(rng)
        assert re.fullmatch(r"ZZ[1-6] \d[A-Z]{2}", contact.postcode(home.postcode))
        assert re.fullmatch(r"01632 960\d{3}|07700 900\d{3}", contact.telephone(number))
        assert home.place.name in home.address
    assert names.email("Fern", "Example", 7) == "fern.example.7@example.org"


def test_there_are_names_enough_that_they_seldom_repeat():
    for words in (names.GIVEN, names.FAMILY):
        assert len(words) >= 60
        assert len(set(words)) == len(words)
    assert Counter(one.name for one in PEOPLE).most_common(1)[0][1] <= 2


def test_a_person_is_the_same_from_the_same_seed_and_alone_in_it():
    assert persona(40, 1, YEARS) == PEOPLE[39]
    assert persona(40, 2, YEARS) != PEOPLE[39]
    assert persona(40, 1, YEARS).rng("plan").random() == PEOPLE[39].rng("plan").random()
    assert PEOPLE[39].rng("plan").random() != PEOPLE[39].rng("means").random()


def test_what_befalls_people_meets_how_they_hold_their_money():
    lengths = [len(BECOMES), len(HOLDS), len(TWISTS)]
    assert (
        len({length for length in lengths if all(other % length for other in lengths if other != length)})
        == 3
    )
    assert {one.becomes for one in PEOPLE} == set(BECOMES)
    assert {one.holds for one in PEOPLE} == set(HOLDS)
    assert {one.twist for one in PEOPLE} == set(TWISTS)


def test_a_carer_comes_right_after_whom_they_care_for():
    carers = [number for number in range(1, 401) if is_carer(number)]
    assert 0.09 < len(carers) / 400 < 0.13
    for number in carers:
        carer, cared_for = PEOPLE[number - 1], PEOPLE[number - 2]
        assert carer.carer
        assert cared_for.has_carer
        assert not cared_for.carer
        assert carer.starts_at > cared_for.starts_at


def test_pat_is_always_pat():
    for seed in (1, 2, 3):
        pat = somebody(PAT, seed, YEARS)
        assert (pat.name, pat.format, pat.holds, pat.becomes) == (
            "Pat Example", "large_print", "direct_payment", "supported",
        )  # fmt: skip


def test_a_fifth_of_budgets_are_below_1000_pounds_and_a_quarter_10000_or_more():
    yearly = [52 * pence for pence in _budgets()]
    assert 0.15 < sum(pence < 100_000 for pence in yearly) / len(yearly) < 0.25
    assert 0.20 < sum(pence >= 1_000_000 for pence in yearly) / len(yearly) < 0.30


def test_those_who_shall_have_support_are_found_eligible_and_the_others_not():
    for one in PEOPLE[:150]:
        asked_of = _questionnaire(one)
        answered = needs.answers(asked_of, _points(one, asked_of), one.facts, one.rng("needs"), least=3)
        found = needs.findings(rules(one.kind, ON), asked_of, answered, one.rng("findings"))
        assert decide(rules(one.kind, ON), found).eligible
    nobody = needs.answers(questionnaire("sds-adult", ON), 4, {}, Random(1))
    found = needs.findings(rules("adult", ON), questionnaire("sds-adult", ON), nobody, Random(1))
    assert not decide(rules("adult", ON), found).eligible


@pytest.mark.parametrize("id", ["sds-adult", "sds-carer", "review"])
@pytest.mark.parametrize("points", [0, 13, 40, 200])
def test_answers_fit_their_questionnaire_and_come_near_the_points(id, points):
    asked_of = questionnaire(id, ON)
    for number in range(20):
        answered = needs.answers(asked_of, points, {}, Random(number))
        assert not faults(asked_of, answered, whole=True)
        found = score(asked_of, answered).points
        assert found <= points
        if id == "sds-adult" and points <= 40:
            assert found >= points - 2


def test_another_sees_nearly_the_same():
    asked_of = questionnaire("sds-adult", ON)
    seen = needs.answers(asked_of, 50, PEOPLE[0].facts, Random(3))
    others = [needs.seen_by_another(asked_of, seen, Random(number)) for number in range(30)]
    assert not any(faults(asked_of, other, whole=True) for other in others)
    differences = [abs(score(asked_of, other).points - score(asked_of, seen).points) for other in others]
    assert max(differences) > 0
    assert max(differences) <= 15


def test_a_question_added_tomorrow_is_answered_by_chance():
    asked_of = parse("tomorrow", NEW)
    for number in range(50):
        answered = needs.answers(
            asked_of, 3, {"pets": "a fact that it does not take"}, Random(number), least=0
        )
        assert not faults(asked_of, answered, whole=True)
        assert answered["pets"] in ("cat", "dog", "none")


def test_a_plan_costs_near_its_budget():
    for one in PEOPLE:
        wanted = one.wanted_pence_per_year // 52
        cost = sum(draft.pence_per_week for draft in _bought(one, wanted))
        assert abs(cost - wanted) <= max(900, wanted * 15 // 100)
        assert all(draft.units > 0 for draft in _bought(one, wanted))


def test_what_a_plan_buys_serves_the_outcome_that_it_stands_under():
    for one in PEOPLE:
        bought = _bought(one, one.wanted_pence_per_year // 52)
        found = support.goals(one.rng("goals"), _unmet(one), bought)
        assert sorted(map(id, bought)) == sorted(id(draft) for goal in found for draft in goal.bought)
        for goal in found:
            assert set(goal.serves) <= set(_unmet(one))
            serving = [draft for draft in goal.bought if set(goal.serves) & set(draft.support.serves)]
            assert serving or goal.words == support.ANY_OUTCOME
            aside = [draft.support for draft in goal.bought if draft not in serving]
            assert goal is found[0] or not aside


def _bought(one, wanted):
    return support.drafts(one.rng("plan"), one.holds, wanted, _unmet(one), carer=one.carer)


def _unmet(one):
    known = [code for code in support.OUTCOMES if (len(code) > 1) == one.carer]
    return one.rng("unmet").sample(known, k=3)


def test_means_are_read_by_the_rules_and_give_every_kind_of_contribution():
    found = Counter()
    for one in PEOPLE:
        paid = assess(rules_on(ON), means(one, ON), budget_pence_per_week=15_000, on=ON)
        found["full" if paid.full_cost else "some" if paid.pence_per_week else "none"] += 1
        assert means(one, ON) == means(one, ON)
    assert min(found["full"], found["some"], found["none"]) > 20


def test_nothing_is_done_at_night_or_on_a_bank_holiday():
    christmas_eve = moment(date(2025, 12, 24), 16, 30)
    rng = Random(1)
    for days in range(0, 12):
        later = after(christmas_eve, rng, days, days + 2)
        assert later > christmas_eve
        assert is_working(later.astimezone(LONDON).date())
    assert before(date(2025, 12, 29), 1) == date(2025, 12, 24)


def _questionnaire(one):
    return questionnaire("sds-carer" if one.carer else "sds-adult", ON)


def _points(one, asked_of):
    beside = circumstances(one.facts, sparse_place=one.home.place.sparse)
    scheme = scheme_in_force(ON, one.kind)
    return needs.points_for(scheme, one.wanted_pence_per_year // 52, beside, ON, needs.ceiling(asked_of))


def _budgets():
    for one in PEOPLE:
        if one.carer or one.becomes != "supported" or one.holds == "own_money":
            continue
        asked_of = _questionnaire(one)
        answered = needs.answers(asked_of, _points(one, asked_of), one.facts, one.rng("needs"), least=3)
        beside = circumstances(answered, sparse_place=one.home.place.sparse)
        yield indicative(
            scheme_in_force(ON), points=score(asked_of, answered).points, circumstances=beside, on=ON
        )


NEW = {
    "id": "tomorrow",
    "version": "1",
    "title": "A questionnaire of tomorrow",
    "about": "adult",
    "first": date(2026, 1, 1),
    "source": "made up",
    "sections": [
        {
            "id": "new",
            "title": "New questions",
            "questions": [
                {"id": "pets", "text": "A pet?", "kind": "one", "required": True, "choices": [
                    {"value": value, "text": value} for value in ("cat", "dog", "none")]},
                {"id": "pet_need", "text": "Help with it?", "kind": "likert", "required": True,
                 "relevant": {"question": "pets", "any_of": ["cat", "dog"]}, "choices": [
                    {"value": str(points), "text": str(points), "points": points} for points in (0, 1, 3)]},
                {"id": "since", "text": "Since when?", "kind": "date", "required": True,
                 "check": {"min": date(2020, 1, 1), "max": date(2021, 1, 1)}},
                {"id": "cost", "text": "What does it cost?", "kind": "money", "required": True,
                 "check": {"max": 5000}},
                {"id": "name", "text": "Its name?", "kind": "text", "required": True,
                 "check": {"longest": 12}},
                {"id": "vet", "text": "A vet's email?", "kind": "text", "check": {"pattern": "email"}},
                {"id": "toys", "text": "Which toys?", "kind": "several", "required": True,
                 "check": {"min": 2, "max": 2}, "choices": [
                    {"value": value, "text": value} for value in ("ball", "bone", "bell")]},
            ],
        }
    ],
}  # fmt: skip


def test_each_kind_of_short_term_support_is_all_that_somebody_has_in_the_last_whole_year():
    """So that no two definitions of take-up count the same people."""
    years = two_years(date(2026, 11, 28))
    year = ReportingYear("2025-26")
    only = [
        one
        for one in (persona(number, 1, years) for number in range(1, 201))
        if one.becomes == "short_term" and year.first <= one.starts_at.date() <= year.last
    ]
    kinds = {(for_a_while(one)[0], one.support_reason.startswith("Sensory")) for one in only}
    assert {kind for kind, _ in kinds} == {"reablement", "intermediate", "sensory", "equipment"}
    assert {sensory for kind, sensory in kinds if kind == "sensory"} == {True}


def test_a_made_up_review_is_held_most_often_in_its_time_and_at_the_latest_weeks_after_it():
    rng = Random("reviews")
    late = [days_late(rng) for _ in range(2_000)]
    assert min(late) > -13 and max(late) < 11 * 7
    assert 0.6 < sum(days <= 0 for days in late) / len(late) < 0.75
    assert sum(days >= 30 for days in late) > 200, "some are late by weeks"
