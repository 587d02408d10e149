"""The targets of the time as data, and a council's own: kept apart by definition, each with its source."""

import tomllib
from datetime import date

import pytest

from wherewithal.core.policy import NoPolicy
from wherewithal.policy.measure import measures
from wherewithal.policy.published import published_figures
from wherewithal.policy.rows import Row
from wherewithal.policy.targets import council_targets, of_shares, own_targets, parse, target, targets

OWN = """
title = "Our own"
[[target]]
id = "half"
title = "Half by 2012"
says = "Every second person."
definition = "ours"
measure = "people with a budget"
percent = 50
due = 2012-03-31
printed_day = "by 2012"
set_by = "the council"
source = "its plan"
[[target.milestones]]
due = 2011-03-31
percent = 12.5
says = "An eighth."
source = "its plan"
"""


def test_30_percent_is_two_targets_of_two_counts_by_the_same_day():
    both = [one for one in targets().values() if one.percent == 30]
    assert {one.due for one in both} == {date(2011, 3, 31)}
    assert len({one.definition for one in both}) == 2


def test_everyone_by_2013_is_three_targets_of_three_counts():
    three = [one for one in targets().values() if one.due == date(2013, 3, 31)]
    assert [one.percent for one in three] == [100, 100, 100]
    assert len({one.definition for one in three}) == 3
    assert "Only the year is printed" in target("everyone-ongoing-2013").reading


def test_what_a_source_names_by_its_id_is_a_printed_figure():
    printed = {one.id: one for one in published_figures()}
    assert printed["S-30"].percentage == 30
    assert (printed["R1.3-apr2013"].value, printed["R2.1-end-1112"].value) == ("2013-04", "2012-03-31")
    assert printed["R2.1-2013-ambition"].words == printed["P-2013-ambition"].words == "everyone"
    assert printed["R2.1-three-100"].numerator == 3


def test_every_target_says_whose_it_is_and_where_it_stands():
    assert all(all((one.says, one.measure, one.set_by, one.source)) for one in targets().values())


def test_a_councils_own_target_is_read_by_the_same_format(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(OWN)
    (own,) = own_targets(file)
    assert (own.percent, own.due, own.milestones[0].percent * 2) == (50, date(2012, 3, 31), 25)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("percent = 50", "percent = 150", "above 0 and at most 100"),
        ("percent = 50\n", "", "“percent” is missing"),
        ("due = 2012-03-31", 'due = "soon"', "“due” must be a date"),
        ("due = 2011-03-31", "due = 2012-03-31", "a milestone is due before its target"),
        ("says = ", "tells = ", "nothing here is called “tells”"),
        ("title = ", "title", "own.toml is no TOML file"),
    ],
)
def test_a_fault_is_named_by_its_place(tmp_path, was, becomes, says):
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace(was, becomes))
    with pytest.raises(NoPolicy, match=says):
        own_targets(file)


def test_the_councils_own_targets_are_of_measures_that_are_counted_and_made_up():
    assert council_targets()
    assert {one.definition for one in council_targets()} <= {
        one.id for one in measures().values() if one.unit == "%"
    }
    assert all(one.source == "Made up" for one in council_targets())
    assert not {one.id for one in council_targets()} & set(targets())


@pytest.mark.parametrize("id", [one.id for one in measures().values() if one.unit != "%"])
def test_a_councils_target_of_a_measure_that_is_no_share_is_refused(id):
    """Growth from 4 people to 5 is 25%, and would be held as 5 of 4: met at once."""
    rows = tomllib.loads(OWN.replace('"ours"', f'"{id}"'))
    with pytest.raises(
        NoPolicy, match=f"own, target “half”: “definition” must be a measure in %, and “{id}”"
    ):
        of_shares(Row("own", rows))


def test_a_file_or_a_target_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NoPolicy, match="cannot be read"):
        own_targets(tmp_path / "gone.toml")
    with pytest.raises(NoPolicy, match="There are: 30-percent-ongoing"):
        target("gone")
    assert parse(Row("none", {"title": "None", "target": []})) == ()
