"""Limits, routes and decisions: what the reference tables do not show."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import risk, sign_off
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role
from wherewithal.policy import delegation, mitigation

ON = date(2026, 4, 6)
SCHEME = delegation.delegation(Used(ON))
BANDS = mitigation.bands(Used(ON))
CHECKS = delegation.checks(Used(ON))
YES = {check.id: True for check in CHECKS}
SCORES = st.builds(risk.Score, st.integers(1, 5), st.integers(1, 5))


def may_decide(**changes):
    given_ = {
        "roles": ["manager"],
        "own_limit_pence_per_week": 0,
        "author": "worker-1",
        "decider": "worker-2",
        "pence_per_week": 10000,
    }
    sign_off.may_decide(SCHEME, **(given_ | changes))


def check(**changes):
    decision = sign_off.Decision(
        answer="agreed", route="manager", final_pence_per_week=20800, reason="It fits.", checked=YES
    )
    sign_off.check(
        replace(decision, **changes), CHECKS, plan_pence_per_week=20800, indicative_pence_per_week=20800
    )


@given(
    st.integers(0, 1_000_000),
    st.integers(0, 50_000),
    st.sampled_from(["", "the person", "the carer", "the worker"]),
    st.lists(SCORES, max_size=3),
)
def test_every_plan_has_one_route_and_a_reason_for_it(pence, own, called_by, scores):
    risks = [risk.Risk(str(n), "Falls", "customer", score, after=score) for n, score in enumerate(scores)]
    found = sign_off.route(
        SCHEME,
        BANDS,
        pence_per_week=pence,
        risks=risks,
        called_by=called_by,
        own_limit_pence_per_week=own,
    )
    assert found.kind in ("own", "light", "manager", "panel")
    assert found.reasons
    if called_by:
        assert found.kind == "panel"
    if found.kind == "own":
        assert 0 < pence <= own or pence == 0 < own


@given(st.integers(0, 1_000_000), st.integers(0, 50_000), st.sampled_from(list(Role)))
def test_an_author_never_decides_above_their_own_limit(pence, own, role):
    try:
        may_decide(roles=[role], own_limit_pence_per_week=own, author="w", decider="w", pence_per_week=pence)
    except sign_off.AuthorDecides:
        return
    assert pence <= own
    assert own > 0


@given(st.integers(0, 600_000), st.integers(0, 600_000), st.sampled_from(list(Role)))
def test_whoever_may_agree_an_amount_may_agree_less(pence, less, role):
    more, less = max(pence, less), min(pence, less)
    try:
        may_decide(roles=[role], pence_per_week=more)
    except Refusal:
        return
    may_decide(roles=[role], pence_per_week=less)


def test_a_role_that_the_scheme_does_not_name_has_no_authority():
    for role in set(Role) - {Role.MANAGER, Role.PANEL}:
        with pytest.raises(sign_off.NoAuthority) as refused:
            may_decide(roles=[role])
        assert refused.value.who_could == "a manager"


def test_of_several_roles_the_highest_limit_counts():
    may_decide(roles=["manager", "panel"], pence_per_week=200000)


def test_a_plan_for_the_panel_is_decided_by_the_panel():
    with pytest.raises(sign_off.NoAuthority, match="risk panel") as refused:
        may_decide(route="panel")
    assert refused.value.who_could == "the risk panel"
    may_decide(route="panel", roles=["panel"])


def test_a_plan_above_every_limit_says_so():
    limits = max(SCHEME.limits.values())
    for called_by in ("", "the person"):
        within, above = (
            sign_off.route(SCHEME, BANDS, pence_per_week=pence, risks=[], called_by=called_by)
            for pence in (limits, limits + 1)
        )
        assert (within.kind, above.kind) == ("panel", "panel")
        assert "above the limit of every role; the highest is £5,000.00." in above.reasons[-1]
        assert not any("every role" in reason for reason in within.reasons)


def test_the_panels_reasons_name_who_called_it_and_every_risk_that_brought_it_there():
    falls = risk.Risk("1", "Falls", "customer", risk.Score(5, 5), after=risk.Score(4, 4))
    fraud = risk.Risk("2", "Fraud", "reputational", risk.Score(5, 5), after=risk.Score(1, 5))
    found = sign_off.route(SCHEME, BANDS, pence_per_week=10000, risks=[falls, fraud], called_by="the person")
    assert found.reasons == ("Called by the person.", "“Falls” scores 16 after its mitigation.")


def test_a_scheme_without_a_manager_sends_what_is_not_light_to_the_panel():
    found = sign_off.route(replace(SCHEME, limits={}), BANDS, pence_per_week=20000, risks=[])
    assert found.kind == "panel"


def test_the_light_route_says_that_it_is_our_reading():
    used = Used(ON)
    delegation.delegation(used)
    assert used.unverified == ("light_route_below",)
    assert "Our reading" in used.read["light_route_below"].source


def test_a_day_without_a_scheme_is_refused():
    with pytest.raises(NoPolicy, match="1 April 2009"):
        delegation.delegation(Used(date(2009, 4, 1)))


def test_a_sample_of_none_is_refused():
    with pytest.raises(sign_off.DecisionNotWhole, match="1 or more"):
        sign_off.sampled(0, 0)


@given(st.integers(1, 50), st.integers(0, 500))
def test_one_in_so_many_is_sampled(every, start):
    assert sum(sign_off.sampled(before, every) for before in range(start, start + every)) == 1


def test_a_check_left_open_is_refused_by_its_question():
    with pytest.raises(sign_off.DecisionNotWhole, match="unpaid care") as refused:
        check(checked={id: True for id in YES if id != "carer"})
    assert refused.value.field == "carer"


def test_the_light_route_is_whole_with_the_light_checks():
    check(route="light", checked={"own_words": True, "needs_met": True})


def test_a_check_answered_no_needs_a_condition_to_agree_all_the_same():
    with pytest.raises(sign_off.DecisionNotWhole, match="set a condition that mends this"):
        check(checked=YES | {"choice": False})
    check(checked=YES | {"choice": False}, conditions="Offer the direct payment again this week.")


@pytest.mark.parametrize(
    "answer, says", [("agreed", "why the plan is agreed"), ("sent_back", "what should change")]
)
def test_every_decision_says_why(answer, says):
    with pytest.raises(sign_off.DecisionNotWhole, match=says):
        check(answer=answer, reason=" ")


def test_an_author_who_sits_on_the_panel_does_not_decide_there():
    with pytest.raises(sign_off.AuthorDecides):
        may_decide(route="panel", roles=["panel"], own_limit_pence_per_week=20000, author="w", decider="w")


def test_without_an_indicative_budget_only_the_plans_cost_is_compared():
    decision = sign_off.Decision("agreed", "manager", 20800, "It fits.", checked=YES)
    sign_off.check(decision, CHECKS, plan_pence_per_week=20800, indicative_pence_per_week=None)
    with pytest.raises(sign_off.DifferenceNeedsAReason, match=r"£1\.00 a week less than the plan costs"):
        sign_off.check(decision, CHECKS, plan_pence_per_week=20900, indicative_pence_per_week=None)
