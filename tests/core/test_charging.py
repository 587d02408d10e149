"""Charging: what must hold for any means, and what must not be in the policy files."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.charging import assess
from wherewithal.core.charging_rules import NoChargingRates, charging_year
from wherewithal.core.income import UnknownKind
from wherewithal.core.means import BadMeans, Expense, Income, LightTouch, Means
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import names, parameters, table
from wherewithal.policy.charging import NATIONAL, expense_kinds, income_kinds, rules_on
from wherewithal.policy.payment import mode

DAY = date(2026, 5, 1)
PENCE = st.integers(0, 60000)
KINDS = st.sampled_from([kind.kind for kind in income_kinds(DAY)])
INCOMES = st.lists(st.builds(Income, KINDS, PENCE), max_size=5).map(tuple)
COSTS = st.lists(
    st.builds(Expense, st.sampled_from([kind.kind for kind in expense_kinds(DAY)]), st.integers(0, 3000)),
    max_size=3,
).map(tuple)
MEANS = st.builds(
    Means,
    born_on=st.dates(date(1930, 1, 1), date(2008, 1, 1)),
    capital_pence=st.integers(0, 2500000),
    incomes=INCOMES,
    housing_costs_pence_per_week=st.integers(0, 20000),
    disability_expenses=COSTS,
    household=st.sampled_from(["single", "lone_parent", "couple"]),
    partner_at_pension_age=st.booleans(),
    dependent_children=st.integers(0, 3),
    disability_premium=st.booleans(),
    enhanced_disability_premium=st.booleans(),
    carer_premium=st.booleans(),
    night_care=st.booleans(),
)
HOW = ("second-hand", "not read", "text not", "derived", "general knowledge", "not confirmed")
PENSIONER = Means(born_on=date(1946, 3, 9), incomes=(Income("state_pension", 40000),))


def charge(means, budget=50000, on=DAY, rules=None):
    return assess(rules or rules_on(on), means, budget_pence_per_week=budget, on=on)


def with_value(name, value):
    """Today's rules with one value changed."""
    rules = rules_on(DAY)
    changed = rules.parameters[name]
    values = tuple(replace(dated, value=value) for dated in changed.values)
    return replace(rules, parameters={**rules.parameters, name: replace(changed, values=values)})


@given(MEANS, PENCE)
def test_a_contribution_lies_between_nothing_and_the_budget(means, budget):
    made = charge(means, budget)
    assert 0 <= made.pence_per_week <= budget
    assert not made.full_cost or made.pence_per_week == budget


@given(MEANS, PENCE, KINDS, PENCE)
def test_more_income_never_lowers_the_contribution(means, budget, kind, amount):
    richer = replace(means, incomes=(*means.incomes, Income(kind, amount)))
    assert charge(richer, budget).pence_per_week >= charge(means, budget).pence_per_week


@given(MEANS, PENCE, st.integers(1, 1500000))
def test_more_capital_never_lowers_the_contribution(means, budget, more):
    richer = replace(means, capital_pence=means.capital_pence + more)
    assert charge(richer, budget).pence_per_week >= charge(means, budget).pence_per_week


@given(MEANS, PENCE, st.integers(0, 20000))
def test_more_costs_never_raise_the_contribution(means, budget, more):
    housed = replace(means, housing_costs_pence_per_week=means.housing_costs_pence_per_week + more)
    helped = replace(means, disability_expenses=(*means.disability_expenses, Expense("other", more)))
    assert charge(housed, budget).pence_per_week <= charge(means, budget).pence_per_week
    assert charge(helped, budget).pence_per_week <= charge(means, budget).pence_per_week


@given(MEANS, PENCE)
def test_earnings_and_the_mobility_component_change_nothing(means, amount):
    more = (Income("earnings", amount), Income("mobility", amount), Income("savings_credit", amount))
    richer = replace(means, incomes=means.incomes + more)
    assert charge(richer).pence_per_week == charge(means).pence_per_week


@given(MEANS)
def test_the_lines_of_the_workings_add_up_to_what_is_left_over(means):
    lines = charge(means).workings.lines
    values = {line.says: line.value for line in lines}
    if "Left over to pay with" not in values:
        assert lines[1].says == "Above the limit: full cost"
        return
    end = next(number for number, line in enumerate(lines) if line.says == "Left over to pay with")
    assert sum(line.value for line in lines[1:end]) == lines[end].value


@given(MEANS)
def test_what_is_unverified_in_the_workings_is_unverified_in_the_record(means):
    made = charge(means)
    marked = {line.source for line in made.workings.lines if not line.verified}
    unverified = {row["source"] for row in made.policy if row["name"] in made.unverified}
    assert marked <= unverified
    assert made.unverified == tuple(row["name"] for row in made.policy if not row["verified"])


@given(MEANS)
def test_the_same_means_give_the_same_fingerprint_and_a_record_that_can_be_kept(means):
    made = charge(means)
    assert made == charge(means)
    assert json.loads(json.dumps(made.policy)) == list(made.policy)


@pytest.mark.parametrize(
    "name, value",
    [
        ("upper_capital_limit", 2400000),
        ("lower_capital_limit", 1400000),
        ("protected_single_pension_age", 24146),
        ("protected_addition", 500),
        ("standard_disability_expenses", 1001),
        ("income_state_pension", {"treatment": "disregarded"}),
    ],
)
def test_a_changed_value_that_was_used_changes_the_fingerprint(name, value):
    assert charge(PENSIONER, rules=with_value(name, value)).fingerprint != charge(PENSIONER).fingerprint


def test_a_higher_guarantee_of_the_councils_own_leaves_more():
    more = charge(PENSIONER, rules=with_value("protected_addition", 500))
    assert more.pence_per_week == charge(PENSIONER).pence_per_week - 500
    assert "More that Exampleshire leaves everybody" in [line.says for line in more.workings.lines]


def test_a_council_that_charges_carers_assesses_them_like_anyone():
    carer = replace(PENSIONER, about="carer")
    assert charge(carer).pence_per_week == 0
    assert charge(carer, rules=with_value("carers_charged", True)).pence_per_week == 40000 - 24145


def test_the_first_ten_pounds_of_one_kind_are_left_out_once():
    twice = replace(PENSIONER, incomes=(Income("war_widows_pension", 20000),) * 2)
    values = [line.value for line in charge(twice).workings.lines[1:3]]
    assert values == [19000, 20000]


def test_wrong_figures_that_stand_in_a_public_calculator_are_not_in_the_policy():
    wrong = {10995, 8865, 11605, 4560}
    for name in (*NATIONAL, "national/charging-income"):
        for parameter in parameters(name).values():
            assert not wrong & {dated.value for dated in parameter.values if isinstance(dated.value, int)}


@pytest.mark.parametrize("year", range(2015, 2027))
def test_every_year_from_2015_has_every_rate(year):
    on = date(year, 6, 1)
    for household in ("single", "lone_parent", "couple"):
        for born_on in (date(year - 20, 1, 1), date(year - 40, 1, 1), date(year - 80, 1, 1)):
            means = Means(
                born_on=born_on,
                capital_pence=1500001,
                household=household,
                dependent_children=1,
                disability_premium=True,
                enhanced_disability_premium=True,
                carer_premium=True,
            )
            assert charge(means, on=on).pence_per_week == 0


@pytest.mark.parametrize("name", ["protected_single_25_to_pension_age", "protected_child", "carer_premium"])
def test_rates_never_fell_from_one_year_to_the_next(name):
    values = [dated.value for dated in rules_on(DAY).parameters[name].values]
    assert len(values) == 6
    assert values == sorted(values)


def test_every_amount_on_file_has_a_source_and_what_was_not_read_says_how_it_was_found():
    for name in (*NATIONAL, "national/charging-income"):
        for parameter in parameters(name).values():
            for dated in parameter.values:
                assert len(dated.source) > 15, f"{parameter.name} from {dated.first}"
                assert dated.verified or any(word in dated.source for word in HOW), parameter.name


def test_a_day_outside_the_rules_is_refused_by_its_year():
    with pytest.raises(NoChargingRates, match="2027-28"):
        charge(PENSIONER, on=date(2027, 4, 6), rules=rules_on(DAY))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_charging_year_starts_on_6_april(on):
    year = charging_year(on)
    assert date(int(year[:4]), 4, 6) <= on < date(int(year[:4]) + 1, 4, 6)
    assert int(year[5:]) == (int(year[:4]) + 1) % 100


def test_a_kind_that_the_rules_do_not_name_is_refused_by_name():
    with pytest.raises(UnknownKind, match="income “lottery”"):
        charge(replace(PENSIONER, incomes=(Income("lottery", 100),)))
    with pytest.raises(UnknownKind, match="expense “yacht”"):
        charge(replace(PENSIONER, disability_expenses=(Expense("yacht", 100),)))


def test_a_treatment_that_means_nothing_is_refused_not_counted():
    with pytest.raises(UnknownKind, match="“halved”"):
        charge(PENSIONER, rules=with_value("income_state_pension", {"treatment": "halved"}))


def test_rates_of_2010_that_were_not_found_are_refused_by_name():
    child = Means(born_on=date(1970, 1, 1), dependent_children=1)
    with pytest.raises(NoPolicy, match="each dependent child"):
        charge(child, on=date(2010, 9, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"capital_pence": -1},
        {"housing_costs_pence_per_week": -1},
        {"dependent_children": -1},
        {"incomes": (Income("state_pension", -1),)},
        {"disability_expenses": (Expense("laundry", -1),)},
        {"assessed": "light_touch"},
        {"light_touch": LightTouch("ample")},
        {"assessed": "light_touch", "light_touch": LightTouch("small_charge", -1)},
    ],
)
def test_impossible_facts_are_refused(change):
    with pytest.raises(BadMeans):
        replace(PENSIONER, **change)


def test_nobody_under_18_is_charged_and_no_budget_is_below_nothing():
    with pytest.raises(BadMeans, match="under 18"):
        charge(Means(born_on=DAY - timedelta(days=365 * 17)))
    with pytest.raises(BadMeans, match="budget"):
        charge(PENSIONER, budget=-1)


@pytest.mark.parametrize("on", [date(2010, 10, 1), DAY])
def test_exampleshire_pays_budgets_net_of_the_contribution_which_one_file_says(on):
    assert mode(Used(on)) == "net"
    assert [name for name in names("local") if "net or gross" in str(table(name))] == ["local/payments"]
