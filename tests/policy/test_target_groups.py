"""A target group as a file says it: each part in or out with a reason, each fault named by its place."""

from fractions import Fraction
from pathlib import Path

import pytest

from wherewithal.analytics.target_group import project
from wherewithal.core.policy import NoPolicy
from wherewithal.policy import HERE
from wherewithal.policy.councils import code_of
from wherewithal.policy.series import series_table
from wherewithal.policy.target_groups import own_target_group, target_group

TEXT = (HERE / "target_groups" / "exampleshire.toml").read_text(encoding="utf-8")


def given(folder: Path, text: str) -> Path:
    path = folder / "group.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_part_says_why_it_is_in_or_out_and_whose_figure_it_is():
    group = target_group()
    assert {one.counted for one in group.parts} == {True, False}
    assert all(one.why and one.source for one in group.parts)
    assert "does not exist" in group.title


def test_a_councils_own_file_is_read_like_the_one_on_record(tmp_path):
    assert own_target_group(given(tmp_path, TEXT)) == target_group()


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('confidence = "high"', 'confidence = "great"', "“confidence” is one of high, medium, low"),
        ("low = 1900", "low = 2050", "size: A band's low value is at most its central one"),
        ('"18-64" = 1\n', '"16-64" = 1\n', "part “home-care”: no population aged 16-64 in 2010"),
        ('base_year = "2010"', 'base_year = "2009"', "no population of the base year 2009"),
        ('parts = ["home-care"]', 'parts = ["gone"]', "there is no part “gone”"),
        ("fewer_percent = { low = 5, central = 10, high = 15 }", "fewer_percent = 150", "at most 100"),
        ("low = 1900", "low = -1", "“low” is not below 0"),
        ("counted = true", 'counted = "yes"', "“counted” must be true or false"),
        ('year = "2013"', 'year = "later"', "“later” is no year"),
    ],
)
def test_a_fault_is_named_by_its_place(tmp_path, was, becomes, says):
    with pytest.raises(NoPolicy, match=f"group.toml.*{says}"):
        own_target_group(given(tmp_path, TEXT.replace(was, becomes, 1)))


PUBLISHED = """
title = "Made up of a real population"
council = "Made up"
source = "made up"
base_year = "2015"
population_of = "Somerset"
[[part]]
id = "home-care"
title = "Home care"
counted = true
why = "It goes on"
confidence = "low"
size = 1000
source = "made up"
[part.use]
"85-over" = 100
[budget]
pounds_a_year = 4438
source = "made up"
"""


def test_a_councils_published_population_serves_in_place_of_the_files_own(tmp_path):
    group = own_target_group(given(tmp_path, PUBLISHED))
    printed = {
        (one.year, one.group): one.value.number
        for one in series_table("population").of("population")
        if one.council == code_of("Somerset")
    }
    assert len(printed) > 8
    assert {
        (year, age): count.central for year, ages in group.population.items() for age, count in ages.items()
    } == printed
    older = project(group, "2020", Fraction(100)).people.central
    assert older == Fraction(1000 * printed["2020", "85-over"]) / Fraction(printed["2015", "85-over"])


def test_a_population_is_given_once_and_of_a_council_that_there_is(tmp_path):
    with pytest.raises(NoPolicy, match="not both"):
        own_target_group(given(tmp_path, f'population_of = "Somerset"\n{TEXT}'))
    with pytest.raises(NoPolicy, match="no council called “Nowhere”"):
        own_target_group(given(tmp_path, PUBLISHED.replace("Somerset", "Nowhere")))


def test_the_population_of_a_council_whose_ground_changed_is_not_carried_across(tmp_path):
    with pytest.raises(NoPolicy, match="the ground of Dorset changed in 2019-20"):
        own_target_group(given(tmp_path, PUBLISHED.replace("Somerset", "Dorset")))


def test_a_group_that_is_not_on_record_is_refused_by_name():
    with pytest.raises(NoPolicy, match="There are: exampleshire"):
        target_group("gone")
