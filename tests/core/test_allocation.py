"""Allocation: what must hold for every scheme, those on file and any that could be written."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.allocation import (
    NotScored,
    allocate,
    indicative,
    what_would_change,
)
from wherewithal.core.circumstances import Circumstances, UnknownCare
from wherewithal.core.ladder import NoLadder, ladder_pence, percentile_ladder
from wherewithal.core.policy import Dated, NoPolicy, Parameter, fingerprint
from wherewithal.core.questions import ScoreLine
from wherewithal.core.scheme import UNPAID_CARE, Adjustment, Scheme, SchemeBroken, Step
from wherewithal.policy import allocation as on_file
from wherewithal.policy import table

DAY = date(2026, 5, 1)
POINTS = st.integers(0, 140)


@st.composite
def adjustments(draw):
    """Any adjustments that a scheme may have, in any order."""
    made = []
    for kind in draw(st.permutations(["unpaid_care", "lives_with_someone", "sparse_place", "contingency"])):
        unit = draw(st.sampled_from(["percent", "pence_per_week"]))
        most = 100 if unit == "percent" else 30000
        if kind == "unpaid_care":
            taken = sorted(draw(st.lists(st.integers(0, most), min_size=3, max_size=3)))
            change = tuple(zip(UNPAID_CARE, (0, *(-amount for amount in taken)), strict=True))
        else:
            sign = 1 if kind == "sparse_place" else -1
            change = (("yes", sign * draw(st.integers(0, most))),)
        made.append(Adjustment(kind, f"because of {kind}", unit, change))
    return tuple(made)


@st.composite
def schemes(draw):
    """Any scheme that can be read, of any way."""
    way = draw(st.sampled_from(["price_per_point", "bands", "percentile"]))
    common = {
        "id": "any",
        "title": "Any",
        "version": "1",
        "about": "adult",
        "first": date(2024, 4, 1),
        "last": None,
        "source": "made up",
        "made_up": True,
        "way": way,
    }
    changes = draw(adjustments())
    if way == "price_per_point":
        dated = Dated(draw(st.integers(0, 2000)), date(2024, 4, 1), "made up")
        price = Parameter("price", "Price", "pence_per_week", (dated,))
        return Scheme(**common, price=price, free_points=draw(st.integers(0, 30)), adjustments=changes)
    starts = sorted(draw(st.sets(st.integers(0, 140), min_size=1, max_size=12)))
    money = sorted(draw(st.lists(st.integers(0, 90000), min_size=len(starts), max_size=len(starts))))
    steps = tuple(Step(*row) for row in zip(starts, money, strict=True))
    if way == "percentile":
        changes = tuple(change for change in changes if change.kind != "contingency")
    return Scheme(**common, table=steps, adjustments=changes)


FOUND = st.sampled_from([scheme for scheme in on_file.schemes() if DAY in scheme.period])
ANY = st.one_of(FOUND, schemes())
CIRCUMSTANCES = st.builds(
    Circumstances,
    unpaid_care=st.sampled_from(UNPAID_CARE),
    willing=st.booleans(),
    lives_with_someone=st.booleans(),
    sparse_place=st.booleans(),
)


def weekly(scheme, points, circumstances):
    return indicative(scheme, points=points, circumstances=circumstances, on=DAY)


@given(ANY, POINTS, POINTS, CIRCUMSTANCES)
def test_more_need_never_gives_less_money(scheme, one, other, circumstances):
    fewer, more = sorted([one, other])
    assert weekly(scheme, fewer, circumstances) <= weekly(scheme, more, circumstances)


@pytest.mark.parametrize("scheme", on_file.schemes(), ids=lambda scheme: scheme.id)
def test_each_point_of_each_scheme_on_file_gives_no_less_than_the_one_before(scheme):
    """Across every band edge and rung, on the first day of the scheme."""
    alone = Circumstances()
    money = [indicative(scheme, points=points, circumstances=alone, on=scheme.first) for points in range(200)]
    assert money == sorted(money)
    assert money[0] == 0 < money[-1]


@given(ANY, POINTS, CIRCUMSTANCES, st.sampled_from(UNPAID_CARE))
def test_less_unpaid_care_never_gives_less_money(scheme, points, circumstances, care):
    one, other = sorted([circumstances.unpaid_care, care], key=UNPAID_CARE.index)
    less, more = (replace(circumstances, unpaid_care=level) for level in (one, other))
    assert weekly(scheme, points, less) >= weekly(scheme, points, more)


@given(ANY, POINTS, CIRCUMSTANCES)
def test_care_that_is_not_given_willingly_takes_nothing_off(scheme, points, circumstances):
    unwilling = replace(circumstances, willing=False)
    assert weekly(scheme, points, unwilling) == weekly(scheme, points, replace(unwilling, unpaid_care="none"))


@given(ANY, POINTS, CIRCUMSTANCES)
def test_a_budget_is_never_below_nothing_and_its_year_is_52_weeks(scheme, points, circumstances):
    made = allocate(scheme, points=points, circumstances=circumstances, on=DAY)
    assert made.pence_per_week >= 0
    assert made.pence_per_year == 52 * made.pence_per_week
    assert made.pence_per_week == weekly(scheme, points, circumstances)


@given(ANY, POINTS, CIRCUMSTANCES)
def test_the_lines_of_the_workings_add_up_to_the_week(scheme, points, circumstances):
    lines = allocate(scheme, points=points, circumstances=circumstances, on=DAY).workings.lines
    *parts, week = [line.value for line in lines if line.unit == "pence_per_week"]
    assert sum(parts) == week


@given(ANY, POINTS, CIRCUMSTANCES)
def test_the_same_inputs_give_the_same_fingerprint(scheme, points, circumstances):
    first = allocate(scheme, points=points, circumstances=circumstances, on=DAY)
    again = allocate(replace(scheme), points=points, circumstances=circumstances, on=DAY)
    assert first == again
    assert first.fingerprint == fingerprint(json.loads(json.dumps(first.policy)))


@given(schemes())
def test_any_changed_policy_value_changes_the_fingerprint(scheme):
    before = scheme.on(DAY).fingerprint
    for changed in variations(scheme):
        assert changed.on(DAY).fingerprint != before


def variations(scheme):
    """The scheme with one value changed, for each value."""
    yield replace(scheme, version="2")
    yield replace(scheme, source="another source")
    if scheme.price:
        [dated] = scheme.price.values
        yield replace(scheme, free_points=scheme.free_points + 1)
        yield replace(scheme, price=replace(scheme.price, values=(replace(dated, value=dated.value + 1),)))
    else:
        *rows, last = scheme.table
        yield replace(scheme, table=(*rows, replace(last, pence_per_week=last.pence_per_week + 1)))
        yield replace(scheme, table=(*rows, replace(last, points_from=last.points_from + 1)))
    for number, adjustment in enumerate(scheme.adjustments):
        level, amount = adjustment.change[-1]
        further = amount + (1 if adjustment.kind == "sparse_place" else -1)
        if adjustment.unit == "percent" and further < -100:
            continue
        changed = replace(adjustment, change=(*adjustment.change[:-1], (level, further)))
        yield replace(
            scheme, adjustments=(*scheme.adjustments[:number], changed, *scheme.adjustments[number + 1 :])
        )
    if len(scheme.adjustments) > 1:
        yield replace(scheme, adjustments=scheme.adjustments[::-1])


def test_a_price_added_for_later_leaves_the_fingerprint_of_an_earlier_day():
    scheme = on_file.scheme("adult-points-2024")
    later = Dated(500, date(2027, 4, 1), "made up")
    longer = replace(scheme, price=replace(scheme.price, values=(*scheme.price.values, later)))
    assert longer.on(DAY).fingerprint == scheme.on(DAY).fingerprint
    assert longer.on(date(2027, 4, 1)).fingerprint != scheme.on(date(2027, 4, 1)).fingerprint


def test_a_day_before_the_first_price_is_refused():
    scheme = replace(on_file.scheme("adult-points-2024"), first=date(2024, 1, 1))
    with pytest.raises(NoPolicy, match="Price of a point in Exampleshire adult points 2024"):
        allocate(scheme, points=20, circumstances=Circumstances(), on=date(2024, 2, 1))


def test_answers_that_do_not_add_up_to_the_points_are_refused():
    answers = [ScoreLine("eating", "Eating and drinking", "Meals are made for me", 6)]
    with pytest.raises(NotScored, match="add up to 6 points, but 7"):
        allocate(
            on_file.scheme_in_force(DAY),
            points=7,
            score_lines=answers,
            circumstances=Circumstances(),
            on=DAY,
        )


def test_points_below_nothing_and_unknown_care_are_refused():
    with pytest.raises(NotScored, match="cannot be below 0"):
        allocate(on_file.scheme_in_force(DAY), points=-1, circumstances=Circumstances(), on=DAY)
    with pytest.raises(UnknownCare, match="not an amount of unpaid care"):
        Circumstances(unpaid_care="lots")


def test_budgets_can_spread_as_they_did_in_2011():
    """A fifth under £1,000 a year, a quarter at £10,000 or more: points for both lie well within a score."""
    scheme = on_file.scheme_in_force(DAY)
    years = [52 * weekly(scheme, points, Circumstances()) for points in range(121)]
    assert sum(year < 100000 for year in years) == 15
    assert sum(year >= 1000000 for year in years) == 64


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 90000)), min_size=1, max_size=40), st.data())
def test_a_ladder_rises_and_does_not_depend_on_which_case_cost_what(cases, data):
    percent = data.draw(st.integers(0, 100))
    costs = data.draw(st.permutations([cost for _, cost in cases]))
    shuffled = [(points, cost) for (points, _), cost in zip(cases, costs, strict=True)]
    made = percentile_ladder(cases, contingency_percent=percent)
    assert made == percentile_ladder(shuffled, contingency_percent=percent)
    assert [step.pence_per_week for step in made] == sorted(step.pence_per_week for step in made)
    assert made[0].points_from == min(points for points, _ in cases)
    assert made[-1].points_from == max(points for points, _ in cases)


@given(st.lists(st.tuples(st.integers(1, 120), st.integers(0, 90000)), min_size=1, max_size=40), POINTS)
def test_money_between_two_rungs_lies_between_theirs(cases, points):
    made = percentile_ladder(cases, contingency_percent=8)
    below = [step.pence_per_week for step in made if step.points_from <= points]
    above = [step.pence_per_week for step in made if step.points_from >= points]
    money = ladder_pence(made, points)
    assert (below[-1] if below else 0) <= money <= (above[0] if above else made[-1].pence_per_week)


def test_a_ladder_without_cases_or_with_impossible_ones_is_refused():
    for cases, percent in [([], 8), ([(10, 500)], 101), ([(-1, 500)], 8), ([(10, -500)], 8)]:
        with pytest.raises(NoLadder):
            percentile_ladder(cases, contingency_percent=percent)


def test_the_ladder_on_file_is_the_one_that_its_past_cases_give():
    body = table("schemes/adult-percentile-2024")
    cases = [tuple(case) for case in body["percentile"]["cases"]]
    made = percentile_ladder(cases, contingency_percent=body["percentile"]["contingency_percent"])
    assert made == on_file.scheme("adult-percentile-2024").table


def test_every_scheme_on_file_says_that_it_is_made_up():
    assert len(on_file.schemes()) >= 6
    for scheme in on_file.schemes():
        assert scheme.made_up
        assert "made up" in scheme.source


def test_a_method_that_is_not_confirmed_is_marked_in_the_workings():
    made = allocate(on_file.scheme("adult-percentile-2024"), points=30, circumstances=Circumstances(), on=DAY)
    assert [line.says for line in made.workings.lines if not line.verified] == [
        "Between the ladder's steps at 27 and 31 points"
    ]


@pytest.mark.parametrize(
    "change, says",
    [
        ({"source": None}, "lacks: source"),
        ({"colour": "blue"}, "keys that mean nothing: colour"),
        ({"way": "dice"}, "way"),
        ({"table": [[5, 1200], [15, 1100]]}, "row 2 of the table"),
        ({"table": [[5, 1200], [5, 1300]]}, "row 2 of the table"),
        ({"table": [[-5, 1200]]}, "row 1 of the table is below 0"),
        ({"table": []}, "needs a table"),
        ({"free_points": 3}, "neither price nor free points"),
        ({"adjustments": [{"kind": "luck", "says": "Luck", "percent": 1}]}, "“luck”"),
        ({"adjustments": [{"kind": "contingency", "says": "Kept", "percent": 8}]}, "not add it"),
        ({"adjustments": [{"kind": "sparse_place", "says": "Far", "percent": -8}]}, "not take it off"),
        ({"adjustments": [{"kind": "contingency", "says": "Kept", "percent": -101}]}, "more than 100%"),
        ({"adjustments": [{"kind": "unpaid_care", "says": "Care", "percent": -10}]}, "a number for: none"),
        (
            {
                "adjustments": [
                    {
                        "kind": "unpaid_care",
                        "says": "Care",
                        "percent": {"none": 0, "some": -20, "a_lot": -10, "most": -30},
                    }
                ]
            },
            "never less for more care",
        ),
        ({"adjustments": [{"kind": "contingency", "says": "Kept", "percent": -8}] * 2}, "twice"),
        (
            {
                "way": "percentile",
                "adjustments": [{"kind": "contingency", "says": "Kept", "percent": -8}],
            },
            "contingency off twice",
        ),
    ],
)
def test_a_scheme_file_that_cannot_be_used_is_refused_by_name(change, says):
    body = table("schemes/adult-bands-2010") | change
    with pytest.raises(SchemeBroken, match=says):
        on_file.read({key: value for key, value in body.items() if value is not None})


def test_what_would_change_leaves_out_what_would_add_nothing():
    scheme = on_file.scheme("adult-points-2024")
    many = Circumstances("most", willing=True, lives_with_someone=True)
    assert len(what_would_change(scheme, points=40, circumstances=many, on=DAY)) == 3
    assert len(what_would_change(scheme, points=5, circumstances=many, on=DAY)) == 1
