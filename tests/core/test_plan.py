"""Costs that add up, plans that are stopped with everything said at once."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import costing, plan, restriction
from wherewithal.core.costing import Contingency, CostedLine, cost
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.core.relatives import Payee
from wherewithal.core.risk import Risk, Score
from wherewithal.policy import delegation, direct_payment, mitigation
from wherewithal.policy import restriction as restrictions_policy

ON = date(2026, 4, 6)

LINE = CostedLine(
    id="1",
    outcome="swim",
    what="Swimming with Sam Sample",
    kind="personal_assistant",
    units=Fraction(10),
    unit="hour",
    pence_per_unit=1500,
    how_often="weekly",
    first=ON,
    last=None,
    held="direct_payment",
)

GOOD = plan.Plan(
    first=ON,
    outcomes={"swim": "I swim every week."},
    lines=(LINE,),
    written_by="person",
    indicative_pence_per_week=15000,
    tests={"lawful": (True, "Yes."), "disrepute": (True, "Yes."), "will_work": (True, "It worked before.")},
    if_it_breaks_down="Sam's sister comes.",
    direct_payment_allowed=True,
)

lines = st.lists(
    st.builds(
        lambda units, pence, how_often, held: replace(
            LINE, units=units, pence_per_unit=pence, how_often=how_often, held=held
        ),
        st.fractions(min_value=0, max_value=200, max_denominator=8),
        st.integers(0, 100_000),
        st.sampled_from(sorted(costing.A_WEEK)),
        st.sampled_from(["direct_payment", "council_managed", "commissioned"]),
    ),
    max_size=6,
)


def rules():
    used = Used(ON)
    return plan.Rules(
        kinds=restrictions_policy.kinds(used),
        restrictions=restrictions_policy.restrictions(used),
        relations=direct_payment.relations(used),
        tests=delegation.tests(used),
        mitigations=mitigation.library(used),
    )


@given(lines, lines)
def test_the_cost_of_two_lists_of_lines_is_the_cost_of_both(some, others):
    both, one, other = cost(some + others), cost(some), cost(others)
    assert both.pence_per_week == one.pence_per_week + other.pence_per_week
    assert both.pence_per_year == one.pence_per_year + other.pence_per_year
    assert both.one_off_pence == one.one_off_pence + other.one_off_pence


@given(lines, st.none() | st.builds(Contingency, st.integers(0, 50_000), st.just("direct_payment")))
def test_how_money_is_held_adds_up_to_the_whole(some, contingency):
    total = cost(some, contingency)
    assert sum(total.by_held.values()) == total.pence_per_week


@given(lines)
def test_a_lines_week_is_within_half_a_penny_of_its_year(some):
    for line in some:
        assert abs(line.pence_per_week * 52 - line.pence_per_year) <= 27


def test_units_are_read_exactly():
    assert costing.units(" 7.5 ") == Fraction(15, 2)
    assert costing.units("3") == 3
    for written in ("", "-1", "7,5", "seven", "1.23456", "1e3"):
        with pytest.raises(costing.NotACost, match=r"Write it like 7\.5"):
            costing.units(written)


@pytest.mark.parametrize(
    "changes",
    [
        {"units": Fraction(-1)},
        {"pence_per_unit": -1},
        {"how_often": "daily"},
        {"held": "cash"},
        {"unit": "pint"},
        {"term": "medium"},
    ],
)
def test_a_line_that_cannot_be_costed_is_refused(changes):
    with pytest.raises(costing.NotACost, match="Swimming with Sam Sample"):
        replace(LINE, **changes)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_contingency_is_a_share(percent):
    with pytest.raises(costing.NotACost, match="between 0% and 100%"):
        costing.share([LINE], percent, "in_house")


def test_a_contingency_is_not_below_nothing():
    with pytest.raises(costing.NotACost, match="below nothing"):
        Contingency(-1, "in_house")


def test_the_workings_say_how_each_line_came_about_and_that_a_one_off_was_spread():
    chair = replace(
        LINE, what="Bath chair", units=Fraction(1), unit="item", pence_per_unit=52000, how_often="one-off"
    )
    half_hours = replace(LINE, units=Fraction(15, 2))
    some = [half_hours, chair]
    said = costing.workings(some, costing.share(some, 10, "direct_payment")).lines
    assert [(line.value, line.answer) for line in said] == [
        (11250, "7.5 × £15.00 an hour, weekly"),
        (1000, "1 × £520.00 an item, once: £520.00 spread over 52 weeks for the budget"),
        (1125, "set aside for when support breaks down"),
        (13375, ""),
        (695500, ""),
    ]


def test_only_the_lines_of_the_day_run():
    short = replace(LINE, id="2", last=ON + timedelta(days=41), term="short")
    assert costing.running([LINE, short], ON + timedelta(days=41)) == [LINE, short]
    assert costing.running([LINE, short], ON + timedelta(days=42)) == [LINE]
    assert costing.running([LINE, short], ON - timedelta(days=1)) == []


def test_a_good_plan_has_nothing_in_its_way():
    assert plan.problems(GOOD, rules(), ON) == []
    plan.submit([])


def test_everything_wrong_is_said_at_once_each_at_its_place():
    bad = replace(
        GOOD,
        lines=(
            replace(LINE, id="7", kind="gambling", outcome="", last=date(2026, 4, 1)),
            replace(LINE, id="8", payee=Payee("child", same_household=True)),
        ),
        risks=(Risk("2", "May fall", "customer", Score(3, 3)),),
        tests={},
    )
    found = plan.problems(bad, rules(), ON)
    places = {problem.where for problem in found if problem.blocks}
    assert places == {"line:7", "line:8", "risk:2", "test:lawful", "test:disrepute", "test:will_work"}
    relative = next(problem for problem in found if problem.where == "line:8")
    assert relative.source == "SI 2014/2871 reg 3"
    with pytest.raises(plan.PlanBlocked, match="9 things to put right") as refused:
        plan.submit(found)
    assert refused.value.problems == found
    assert refused.value.field == "line:7"


def test_a_plan_is_not_stopped_by_what_is_only_shown():
    shown = plan.problems(replace(GOOD, if_it_breaks_down="", indicative_pence_per_week=1), rules(), ON)
    assert len(shown) == 2
    plan.submit(shown)


def test_a_contingency_line_needs_no_outcome():
    spare = replace(LINE, id="2", kind="contingency", outcome="", what="Spare hours", pence_per_unit=0)
    found = plan.problems(replace(GOOD, lines=(LINE, spare), if_it_breaks_down=""), rules(), ON)
    assert found == []


@pytest.mark.parametrize(("units", "told"), [(169, "169"), (Fraction("168.5"), "168.5"), (20_000, "20,000")])
def test_more_hours_than_a_week_has_are_told_in_figures(units, told):
    many = replace(LINE, unit="hour", units=Fraction(units), pence_per_unit=1, how_often="weekly")
    says = [one.says for one in plan.problems(replace(GOOD, lines=(many,)), rules(), ON) if not one.blocks]
    assert any(f"is for {told} hours a week; a week has 168" in one for one in says)


def test_an_absolute_restriction_holds_whatever_reason_the_line_gives():
    (problem,) = restriction.meets(
        replace(LINE, kind="loan", exception="Just this once."), restrictions_policy.restrictions(Used(ON))
    )
    assert problem.blocks


def test_the_law_is_not_said_twice_where_the_councils_own_rule_covers_it():
    own = restrictions_policy.restrictions(Used(ON))
    none = restrictions_policy.restrictions(Used(ON), "local/restrictions-none")
    assert [rule.id for rule in own if "residential" in rule.kinds] == ["residential"]
    assert [rule.id for rule in none] == ["long_term_residential"]


def test_before_the_law_began_a_council_without_restrictions_has_none():
    assert restrictions_policy.restrictions(Used(date(2012, 1, 1)), "local/restrictions-none") == ()


def test_a_restriction_covers_only_what_it_fully_says():
    wide = restriction.Restriction("a", ("food", "alcohol"), "No.", True, "Policy")
    narrow = restriction.Restriction(
        "b", ("food",), "No.", True, "Law", held=("direct_payment",), terms=("long",)
    )
    assert wide.covers(narrow)
    assert not narrow.covers(wide)
    assert not replace(wide, absolute=False).covers(narrow)


def test_every_restricted_kind_can_be_chosen_on_a_line():
    kinds = {kind.id for kind in restrictions_policy.kinds(Used(ON))}
    for rule in restrictions_policy.restrictions(Used(ON)):
        assert set(rule.kinds) <= kinds


def test_a_council_that_has_no_file_is_refused_by_name():
    with pytest.raises(NoPolicy, match="local/restrictions-elsewhere"):
        restrictions_policy.restrictions(Used(ON), "local/restrictions-elsewhere")
