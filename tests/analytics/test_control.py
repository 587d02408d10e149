"""Control charts and the test for a trend: by another's reckoning, every order tried, and in sentences."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import kendalltau
from targeting import progress

from wherewithal.analytics.control import control, trend_test
from wherewithal.analytics.watched import watched

VALUES = some.lists(some.integers(-50, 50).map(Fraction), min_size=8, max_size=20)


def score(values):
    return sum(
        (later > earlier) - (later < earlier)
        for at, earlier in enumerate(values)
        for later in values[at + 1 :]
    )


@given(some.lists(some.integers(0, 4).map(Fraction), min_size=5, max_size=6))
def test_the_chance_is_that_of_all_orders_with_ties_too(values):
    orders = [abs(score(order)) >= abs(score(values)) for order in permutations(values)]
    assert trend_test(values).chance == Fraction(sum(orders), len(orders))


@given(some.lists(some.integers(-99, 99), min_size=5, max_size=12, unique=True))
def test_without_ties_it_is_kendalls_test_of_scipy(values):
    ours = trend_test(list(map(Fraction, values)))
    theirs = kendalltau(range(len(values)), values, method="exact")
    assert float(ours.chance) == pytest.approx(theirs.pvalue)


@given(VALUES, some.fractions(-5, 5, max_denominator=9), some.integers(1, 9))
def test_another_unit_moves_the_limits_along_and_changes_no_signal(values, added, times):
    before, after = control(values), control([one * times + added for one in values])
    assert after.limits == tuple(one * times + added for one in before.limits)
    assert after.signals == before.signals


@given(VALUES)
def test_turned_over_what_rose_falls(values):
    before, after = control(values), control([-one for one in values])
    turned = {"seven rising": "seven falling", "seven falling": "seven rising"}
    assert [{turned.get(one, one) for one in found} for found in before.signals] == [
        set(found) for found in after.signals
    ]


def monthly(*percents):
    days = [f"{2010 + at // 12}-{at % 12 + 1:02}-15" for at in range(len(percents))]
    return progress(", ".join(f"{day}: {one}" for day, one in zip(days, percents, strict=True)))


def test_a_month_that_stands_out_is_named_with_its_share_and_its_signal():
    found = watched(monthly(21, 20, 21, 20, 21, 32, 21, 20, 21, 20))
    assert [(one.on.month, why) for one, why in found.standing_out] == [(6, ("outside a limit",))]
    mean, outside, *rest = found.says
    assert mean.startswith("Mean 21.7%; from one figure to the next it moves by 3.2 points.")
    assert outside == "15 June 2010, 32.0%: outside a limit."
    assert rest == ["A trend is tested of yearly figures, and these are not a year apart each."]


def test_where_nothing_stands_out_that_is_said():
    assert (
        "Nothing is more than that: no figure asks for a cause of its own."
        in watched(monthly(21, 20, 21, 20, 21, 20, 21, 20)).says
    )


def yearly(*percents):
    return progress(", ".join(f"{2010 + at}-03-31: {one}" for at, one in enumerate(percents)))


@pytest.mark.parametrize(
    ("percents", "says"),
    [
        (
            (10, 12, 15, 19, 24),
            "It rises: over 5 years, chance alone goes as far as this, one way or the other, 1.7 times",
        ),
        ((24, 19, 15, 12, 10), "It falls: over 5 years"),
        ((10, 15, 12, 19, 14), "A trend cannot be told from chance: over 5 years"),
        ((10, 12, 15, 19), "A trend is tested of 5 years or more; here are 4."),
    ],
)
def test_whether_years_have_a_trend_is_said(percents, says):
    found = watched(yearly(*percents))
    assert any(one.startswith(says) for one in found.says)
    assert found.says[0] == f"A control chart needs 8 figures; here are {len(percents)}."


def test_limits_are_told_as_far_as_a_share_goes_and_signals_stand_on_where_they_lie():
    low, high = watched(monthly(2, 6, 2, 6, 2, 6, 2, 6)), watched(monthly(98, 94, 98, 94, 98, 94, 98, 94))
    wide = watched(monthly(0, 100, 0, 100, 0, 100, 0, 100))
    assert low.control.limits[0] < 0 and low.says[0].endswith("The usual up and down lies up to 14.6%.")
    assert high.control.limits[1] > 100 and high.says[0].endswith("lies from 85.4% up.")
    assert wide.says[0].endswith("The usual up and down may lie anywhere from 0% to 100%.")
    assert not low.standing_out and not high.standing_out


def test_one_figure_is_one():
    assert watched(yearly(10)).says[:2] == [
        "A control chart needs 8 figures; here is 1.", "A trend is tested of 5 years or more; here is 1.",
    ]  # fmt: skip


def test_two_of_three_in_the_outer_third_are_said_plainly():
    says = watched(monthly(10, 12, 10, 12, 16, 16, 12, 10, 12, 10, 12, 10)).says
    third = "one of two, of three in a row, in the outer third on the same side of the mean."
    assert [one for one in says if one.endswith(third)] == [
        f"15 May 2010, 16.0%: {third}", f"15 June 2010, 16.0%: {third}",
    ]  # fmt: skip


def test_figures_that_are_not_evenly_apart_are_said_to_be_so_and_bounds_too():
    days = [f"2010-{month:02}-01" for month in (1, 2, 3, 4, 5, 6, 7, 9)]
    found = watched(progress(", ".join(f"{day}: 20 to 21" for day in days)))
    assert found.says[-1].startswith("The figures are not evenly apart in time")
    assert "1 January 2010: from 20.0% to 21.0%, as its counts were rounded." in found.says
