"""Who is alike: the published method on what we have, with its choice of transformations held by its test."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import shapiro

from wherewithal.analytics.neighbours import (
    ADULTS,
    DIFFERENT,
    FEATURES,
    LEFT_OUT,
    TRANSFORMED,
    Feature,
    NoNeighbours,
    neighbours,
    value_of,
)  # fmt: skip
from wherewithal.policy.councils import areas, code_of, councils
from wherewithal.policy.series import series_table

TO_CHOOSE_FROM = TRANSFORMED | {
    "square": lambda value: value**2,
    "one by its square root": lambda value: value**-0.5,
    "one by it": lambda value: 1 / value,
}
"""All of the published method without a parameter that is fitted."""


@pytest.fixture(scope="module")
def everybody():
    found = neighbours("Kent", count=200)
    return {one.name: one.values for one in (found.of, *found.nearest)}


@pytest.mark.parametrize("at", range(len(FEATURES)))
def test_the_transformation_written_down_is_the_one_nearest_to_a_normal_curve(everybody, at):
    likely = {
        name: shapiro([turned(values[at]) for values in everybody.values()]).pvalue
        for name, turned in TO_CHOOSE_FROM.items()
    }
    assert max(likely, key=likely.get) == FEATURES[at].transformed


@pytest.mark.parametrize("council", ["Kent", "Manchester", "Cumbria"])
def test_distances_are_those_of_another_reckoning(everybody, council):
    found = neighbours(council, count=200)
    table = np.array(list(everybody.values()))
    people, oldest, density, score = table.T
    turned = np.column_stack([np.log1p(people), oldest, np.log1p(density), np.sqrt(score)])
    spread = (turned - turned.min(axis=0)) / (turned.max(axis=0) - turned.min(axis=0))
    at = list(everybody).index(found.of.name)
    expected = dict(zip(everybody, cdist(spread[[at]], spread)[0], strict=True))
    assert {one.name: one.distance for one in found.nearest} == pytest.approx(
        {name: far for name, far in expected.items() if name != found.of.name}
    )
    assert [one.distance for one in found.nearest] == sorted(one.distance for one in found.nearest)


def test_every_council_of_today_is_in_one_area_but_those_left_out(everybody):
    ground = areas(["2015-16", "2021-22", "2024-25"])
    today = {one.name for one in councils()}
    assert set(everybody) == {area.name for area in ground} - set(LEFT_OUT)
    assert sum(len(area.codes["2024-25"]) for area in ground) == len(today) == 153


@pytest.mark.parametrize("council", ["Cumbria", "Cumberland", "Westmorland and Furness"])
def test_a_council_that_was_taken_apart_is_compared_as_the_whole_ground(council):
    found = neighbours(council)
    assert found.of.name == "Cumberland with Westmorland and Furness"
    assert (found.asked, len(found.nearest), found.compared) == (council, 15, 147)
    of = {
        (one.series, one.group): float(one.value.number)
        for one in series_table("land-and-people-2020").points
        if one.council == code_of("Cumbria")
    }
    people, oldest, density, _ = found.of.values
    assert people == of["people", "15-over"]
    assert oldest == pytest.approx(100 * of["people", "85-over"] / people)
    assert density == pytest.approx(of["people", "all"] / of["land", "all"])


def test_the_density_of_an_area_is_of_all_its_people_and_all_its_land():
    density = FEATURES[2]
    town, county = (code_of(name) for name in ("Bournemouth, Christchurch and Poole", "Dorset"))
    alone = [value_of(density, (code,)) for code in (town, county)]
    assert alone[1] < value_of(density, (town, county)) < alone[0]
    land = {one.council: float(one.value.number) for one in series_table(density.table).of("land")}
    people = sum(alone[at] * land[code] for at, code in enumerate((town, county)))
    assert value_of(density, (town, county)) == pytest.approx(people / (land[town] + land[county]))
    assert value_of(density, (town, "999")) is None


def test_what_is_used_of_the_published_method_is_counted_right():
    """Its features with a weight above 0 are 15: three here, twelve named as not at hand."""
    own = [one for one in FEATURES if one.table != "deprivation-2015"]
    assert f"15 features {len(own)} are here, each with its weight of 1:" in DIFFERENT[0]
    assert all(one.weight == 1 for one in own)
    absent = (
        "six ethnic groups",
        "rent from a social landlord",
        "students",
        "English",
        "level 4",
        "sea",
        "thinly",
    )
    assert all(part in DIFFERENT[1] for part in absent) and len(own) + 6 + len(absent) - 1 == 15


def test_a_score_is_averaged_by_people_over_an_area_and_stays_between_its_councils():
    deprivation = FEATURES[-1]
    codes = tuple(code_of(name) for name in ("Bournemouth", "Poole", "Dorset"))
    alone = [value_of(deprivation, (code,)) for code in codes]
    assert min(alone) < value_of(deprivation, codes) < max(alone)
    population = {
        (one.council, one.group): float(one.value.number)
        for one in series_table("population").points
        if one.year == "2015"
    }
    people = [sum(population[code, group] for group in ADULTS) for code in codes]
    assert value_of(deprivation, codes) == pytest.approx(np.average(alone, weights=people))


@pytest.mark.parametrize(("council", "says"), [("City of London", "like nobody"), ("England", "cannot be")])
def test_who_cannot_be_compared_is_refused(council, says):
    with pytest.raises(NoNeighbours, match=says):
        neighbours(council)


def test_a_mark_is_no_value():
    marked = Feature(
        "direct payments", "direct-payments-31-march", "direct-payments-2009", "2008-09",
        ("18-64-mental-health",), "as it is", 1,
    )  # fmt: skip
    points = [
        one
        for one in series_table(marked.table).of(marked.series)
        if one.group == marked.groups[0] and one.council != "England"
    ]
    assert any(one.value.mark for one in points)
    for one in points:
        assert (value_of(marked, (one.council,)) is None) == bool(one.value.mark)


def test_a_weight_is_the_most_that_a_feature_can_tell_apart(everybody):
    halved = tuple(replace(one, weight=0.5) for one in FEATURES)
    whole, half = neighbours("Kent", 1).nearest[0], neighbours("Kent", 1, halved).nearest[0]
    assert (half.name, half.distance) == (whole.name, pytest.approx(whole.distance / 2))
    furthest = max(one.distance for one in neighbours("Kent", 200, FEATURES[:1]).nearest)
    assert 0.5 <= furthest <= 1
