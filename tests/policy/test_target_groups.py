"""A target group as a file says it: each part in or out with a reason, each fault named by its place."""

from pathlib import Path

import pytest

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import HERE
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


def test_a_group_that_is_not_on_record_is_refused_by_name():
    with pytest.raises(NoPolicy, match="There are: exampleshire"):
        target_group("gone")
