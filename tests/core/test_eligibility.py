"""Eligibility: what holds of every finding, and what the rules on record say."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.core.eligibility import (
    BandFindings,
    FindingMissing,
    OutcomeFindings,
    UnknownFinding,
    Unmet,
    decide,
    findings_from_record,
    suggested,
)
from wherewithal.core.policy import NoPolicy
from wherewithal.core.questions import Answers
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire import questionnaire

TODAY = date(2026, 4, 6)
ADULT, CARER = rules("adult", TODAY), rules("carer", TODAY)
FACS = rules("adult", date(2012, 6, 1))


def findings_of(rule):
    """Any findings that a rule knows, with nothing left open."""
    codes = {key: [one.code for one in getattr(rule, key)] for key in ("outcomes", "limbs", "wellbeing")}
    unmet = st.builds(Unmet, st.sampled_from(codes["outcomes"]), st.sampled_from(codes["limbs"]))
    alone = st.sampled_from([(), *((one.code,) for one in rule.enough_alone)])
    return st.builds(
        OutcomeFindings,
        cause=st.booleans(),
        unmet=st.lists(unmet, max_size=12).map(tuple),
        alone=alone,
        impact=st.booleans(),
        wellbeing=st.lists(st.sampled_from(codes["wellbeing"]), max_size=3).map(tuple),
    )


@settings(deadline=None)
@given(findings_of(ADULT))
def test_an_adult_qualifies_by_cause_two_outcomes_and_impact_and_by_nothing_else(findings):
    two = len({row.outcome for row in findings.unmet}) >= 2
    assert decide(ADULT, findings).eligible == (findings.cause and two and findings.impact)


@settings(deadline=None)
@given(findings_of(CARER))
def test_a_carer_qualifies_by_cause_one_outcome_or_health_and_impact_and_by_nothing_else(findings):
    enough = bool(findings.unmet or findings.alone)
    assert decide(CARER, findings).eligible == (findings.cause and enough and findings.impact)


@settings(deadline=None)
@given(
    st.one_of(
        findings_of(ADULT).map(lambda found: (ADULT, found)), findings_of(CARER).map(lambda f: (CARER, f))
    )
)
def test_every_result_says_why_and_what_comes_next(case):
    rule, findings = case
    result = decide(rule, findings)
    assert result.reasons[-1] == (rule.if_eligible if result.eligible else rule.if_not)
    assert all(reason.endswith(".") and reason[0].isupper() for reason in result.reasons)
    if not result.eligible:
        assert any("The law asks for" in reason for reason in result.reasons)
    for code in result.unmet:
        text = next(one.text for one in rule.outcomes if one.code == code)
        assert any(reason.startswith(f"{text}: ") for reason in result.reasons)


@settings(deadline=None)
@given(
    st.one_of(
        findings_of(ADULT).map(lambda found: (ADULT, found)),
        findings_of(CARER).map(lambda found: (CARER, found)),
        st.lists(st.sampled_from(["critical", "low"])).map(lambda bands: (FACS, BandFindings(tuple(bands)))),
    )
)
def test_a_kept_decision_can_be_made_again_years_later(case):
    rule, findings = case
    result = decide(rule, findings)
    kept = json.loads(json.dumps(result.record()))
    assert decide(rule, findings_from_record(kept["findings"])) == result


@settings(deadline=None)
@given(findings_of(ADULT), findings_of(ADULT))
def test_more_unmet_outcomes_never_take_eligibility_away(some, more):
    if decide(ADULT, some).eligible:
        assert decide(ADULT, replace(some, unmet=some.unmet + more.unmet)).eligible


@settings(deadline=None)
@given(st.lists(st.sampled_from(["critical", "substantial", "moderate", "low"])))
def test_before_the_care_act_the_worst_risk_counts(bands):
    result = decide(FACS, BandFindings(tuple(bands)))
    assert result.eligible == bool({"critical", "substantial"} & set(bands))


def test_one_unmet_outcome_is_enough_for_a_carer_and_not_for_an_adult():
    one = OutcomeFindings(True, (Unmet("h", "help"),), impact=True)
    assert not decide(ADULT, one).eligible
    assert decide(CARER, replace(one, unmet=(Unmet("work", "help"),))).eligible


def test_the_result_keeps_the_limbs_the_rule_and_its_fingerprint():
    found = OutcomeFindings(True, (Unmet("j", "danger", "the stove"), Unmet("a", "help")), impact=True)
    record = json.loads(json.dumps(decide(ADULT, found).record()))
    assert record["unmet"] == ["a", "j"]
    assert record["findings"]["unmet"][0] == {"outcome": "j", "limb": "danger", "note": "the stove"}
    assert (record["rule_id"], record["verified"]) == ("care-act-adult-2015", True)
    assert record["fingerprint"] != decide(replace(ADULT, least=1), found).fingerprint


@pytest.mark.parametrize(
    "rule, findings, field",
    [
        (ADULT, OutcomeFindings(), "cause"),
        (CARER, OutcomeFindings(True, alone=("health",)), "impact"),
        (FACS, BandFindings(), "bands"),
    ],
)
def test_what_is_not_found_out_yet_is_asked_for_by_name(rule, findings, field):
    with pytest.raises(FindingMissing) as refused:
        decide(rule, findings)
    assert refused.value.field == field
    assert refused.value.source == rule.source


@pytest.mark.parametrize(
    "rule, findings",
    [
        (ADULT, OutcomeFindings(True, alone=("health",), impact=True)),
        (ADULT, OutcomeFindings(True, wellbeing=("fame",), impact=True)),
        (CARER, OutcomeFindings(True, (Unmet("a", "help"),), impact=True)),
        (ADULT, BandFindings(("critical",))),
        (FACS, OutcomeFindings(True)),
    ],
)
def test_a_finding_of_another_rule_is_refused(rule, findings):
    with pytest.raises(UnknownFinding):
        decide(rule, findings)


def test_the_rules_on_record_have_the_counts_of_the_regulations():
    assert (len(ADULT.outcomes), len(ADULT.limbs), ADULT.least, ADULT.enough_alone) == (10, 4, 2, ())
    assert (len(CARER.outcomes), len(CARER.limbs), CARER.least) == (8, 3, 1)
    assert [one.code for one in CARER.enough_alone] == ["health"]
    assert len(ADULT.wellbeing) == len(CARER.wellbeing) == 9
    assert [band.code for band in FACS.bands] == ["critical", "substantial", "moderate", "low"]


def test_every_day_since_exampleshires_first_policy_has_one_rule_for_adults():
    day, found = date(2011, 4, 1), set()
    while day <= TODAY:
        found.add(rules("adult", day).id)
        day += timedelta(days=1)
    assert found == {"facs-2003", "care-act-adult-2015"}


def test_a_kind_without_rules_is_refused_by_name():
    with pytest.raises(NoPolicy, match="“child” is on record for 6 April 2026"):
        rules("child", TODAY)


def test_a_suggestion_says_which_answer_it_comes_from():
    answers: Answers = {"eating_need": "most", "dressing_need": "aid", "mind_need": "all"}
    (only,) = suggested(questionnaire("sds-adult", TODAY), answers)
    assert (only.outcome, only.question, only.points) == ("a", "eating_need", 8)
    assert only.answer_text == "I need help with most meals and drinks"
