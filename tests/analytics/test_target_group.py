"""The target group projected: what is counted, what is apart, bounds that hold whatever lies within them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wherewithal.analytics.national_picture import picture
from wherewithal.analytics.target_group import FIGURES, grains, project, projections, weights
from wherewithal.core.band import Band, NoBand, exactly
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.published import published_figures
from wherewithal.policy.target_groups import target_group

ALL = Fraction(100)
GROUP = target_group()


def within(share: Fraction, band: Band) -> Band:
    return exactly(band.low + share * band.width)


@given(some.lists(some.fractions(0, 1), min_size=30, max_size=30), some.sampled_from([None, 0, 1]))
def test_whatever_lies_within_the_bounds_of_the_inputs_comes_to_lie_within_those_of_the_answer(shares, which):
    left = iter(shares)
    one = replace(
        GROUP,
        parts=tuple(
            replace(
                part,
                size=within(next(left), part.size),
                use={age: within(next(left), use) for age, use in part.use.items()},
            )
            for part in GROUP.parts
        ),
        population={
            year: {age: within(next(left), count) if year == "2015" else count for age, count in ages.items()}
            for year, ages in GROUP.population.items()
        },
        pounds_a_year=within(next(left), GROUP.pounds_a_year),
    )
    scenario = None if which is None else GROUP.scenarios[which]
    bounds, found = (project(group, "2015", ALL, scenario) for group in (GROUP, one))
    for part in ("people", "mental_health", "others", "left_out", "pounds"):
        wide, narrow = getattr(bounds, part), getattr(found, part)
        assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_mental_health_is_apart_and_what_is_left_out_is_in_neither():
    found = project(GROUP, "2010", ALL)
    sizes = {one.id: one.size for one in GROUP.parts}
    assert found.mental_health == sizes["mental-health"]
    assert found.left_out == sizes["reablement"]
    assert found.people.central == 2000 + 800 + 350 + 600
    assert found.others + found.mental_health == found.people


@pytest.mark.parametrize("what", ["reablement", "early"])
def test_high_effect_leaves_fewer_than_low_and_both_leave_fewer_than_none(what):
    by_id = {one.id: one for one in GROUP.scenarios}
    none, low, high = (
        project(GROUP, "2015", ALL, one).people.central
        for one in (None, by_id[f"{what}-low"], by_id[f"{what}-high"])
    )
    assert high < low < none


def test_every_year_is_told_without_a_scenario_and_by_each_but_the_base_year():
    told = [(one.year, one.scenario and one.scenario.id) for one in projections(GROUP, ALL)]
    assert told[0] == ("2010", None) and ("2010", "reablement-low") not in told
    assert told.count(("2015", None)) == told.count(("2015", "reablement-high")) == 1


def test_which_input_weighs_most_is_the_one_that_would_narrow_the_answer_most():
    first, *_ = weights(GROUP, "2015", ALL)
    assert first.input == "the mean of a budget"
    sure = replace(GROUP, pounds_a_year=exactly(GROUP.pounds_a_year.central))
    assert weights(sure, "2015", ALL)[0].input == "how many have ongoing support in mental health"
    named = [one.input for one in weights(GROUP, "2015", ALL, GROUP.scenarios[1])]
    assert {"how many fewer come", "how many come anew"} <= set(named)
    assert not any("reablement" in one for one in named), "what is left out costs nothing"


def test_a_year_that_is_not_known_or_before_the_base_year_is_refused():
    with pytest.raises(NoPolicy, match="no population of 2031"):
        project(GROUP, "2031", ALL)
    with pytest.raises(NoPolicy, match="2010 is before the base year 2013"):
        project(replace(GROUP, base_year="2013"), "2010", ALL)


def test_a_band_is_in_order_and_not_divided_by_what_may_be_zero():
    with pytest.raises(NoBand):
        Band(Fraction(2), Fraction(1), Fraction(3))
    with pytest.raises(NoBand):
        exactly(1).over(Band(Fraction(0), Fraction(1), Fraction(2)))


def test_the_national_picture_names_printed_figures_and_says_what_does_not_follow():
    printed = {one.id for one in published_figures()}
    lines = picture()
    assert all(one.of and set(one.of) <= printed and one.caveat for one in lines)
    small, large, between = (
        next(one.value for one in lines if one.what.startswith(start))
        for start in ("Budgets under", "Budgets of", "Budgets between")
    )
    assert small + large + between == 338_000


def test_a_column_is_printed_by_one_rounding_so_that_what_rises_never_falls():
    told = list(projections(GROUP, ALL))
    to = grains(told)
    for field in FIGURES:
        bands = [getattr(one, field) for one in told]
        assert to[field] == max(band.grain for band in bands)
        rising = sorted(bands, key=lambda band: band.central)
        central = [band.to_nearest(to[field])[1] for band in rising]
        assert central == sorted(central) and not any(one % to[field] for one in central)


def test_a_band_is_said_to_the_nearest_that_its_column_bears():
    band = Band(Fraction(3301), Fraction(3749), Fraction(4196))
    assert (band.said(), band.said("£", 100)) == ("3,750 (3,300 to 4,200)", "£3,700 (£3,300 to £4,200)")
    assert exactly(3749).said(grain=100) == "3,700"
