"""``wherewithal published variation``, ``funnel`` and ``neighbours`` from a terminal."""

import json

import pytest
from at_terminal import lines, ran
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

THREE_D = ["ascof-3d-2024-25", "3d-2a"]


def test_variation_says_what_is_compared_whose_it_is_and_who_has_a_mark():
    said = ran("variation", *THREE_D)
    for part in (
        "152 councils with a share.", "1 without a share, “[x]” (no data is available): Isles of Scilly.",
        "Definition: ASCOF 3D(2a) from Client Level Data", "Open Government Licence v3.0",
        "range: 6.2 to 50.7", "median: 24.1", "mean of rates: 24.5", "pooled rate: 24.5",
        "under 10%: 3 of 152", "over 20%: 109 of 152", "England as printed: 24.5", "150 to 152",
    ):  # fmt: skip
        assert part in said
    mark = next(line for line in said.splitlines() if line.startswith("Isles of Scilly  "))
    assert "[x]" in mark


def test_variation_as_csv_has_every_council_a_mark_in_place_of_its_share_and_no_rank_without_an_interval():
    found = lines("variation", *THREE_D)
    assert len(found) == 153
    for one in found:
        assert bool(one["rank_from"]) == bool(one["rank_to"]) == bool(one["low"]) == (one["share"] != "[x]")
    assert [one["council"] for one in found if one["share"] == "[x]"] == ["Isles of Scilly"]
    regions = lines("variation", *THREE_D, "--lines", "region", "--under", "15")
    assert len(regions) == 9 and all(one["low"] <= one["pooled_rate"] <= one["high"] for one in regions)
    assert {one["type"] for one in lines("variation", *THREE_D, "--lines", "type")} >= {"County"}


def test_variation_as_json_has_all_of_it():
    found = json.loads(ran("variation", *THREE_D, "--format", "json"))
    assert found["councils_with_a_mark"] == {"[x]": 1}
    assert found["everywhere"]["pooled_rate"] == "24.5"
    assert (len(found["region"]), len(found["type"]), len(found["councils"])) == (9, 4, 153)


def test_counts_are_compared_by_a_population_named_on_purpose_only():
    march = ["variation", "direct-payments-31-march", "direct-payments-2012"]
    refused = CliRunner().invoke(app, ["published", *march])
    assert isinstance(refused.exception, Refusal) and "--per" in refused.exception.says
    said = ran(*march, "--per", "population:population:2015:18-64+65-74+75-84+85-over")
    for part in (
        "Definition: RAP P2s 2011-12: direct payments", "Definition: Mid-year estimate", "per 1,000",
        "rounded to the nearest 5", "Two definitions", "England as printed: 108,105 people",
    ):  # fmt: skip
        assert part in said


def test_so_many_in_a_thousand_have_no_threshold_but_one_that_is_asked_for():
    """The thresholds that go without saying are percent."""
    march = ["variation", "direct-payments-31-march", "direct-payments-2012"]
    march += ["--per", "population:population:2015:18-64+65-74+75-84+85-over"]
    said = ran(*march)
    assert "under 10" not in said and "over 20" not in said and "\nunder" not in said
    assert json.loads(ran(*march, "--format", "json"))["thresholds"] == {}
    regions = lines(*march, "--lines", "region")
    assert len(regions) == 9 and not {"under", "over"} & set(regions[0])
    said = ran(*march, "--under", "2")
    assert "under 2 per 1,000: " in said and "over 20" not in said


def test_a_threshold_that_is_no_number_is_refused():
    found = CliRunner().invoke(app, ["published", "variation", *THREE_D, "--under", "nan"])
    assert isinstance(found.exception, Refusal) and "--under" in found.exception.says


def test_a_funnel_says_who_lies_outside_before_and_after_overdispersion():
    said = ran("funnel", *THREE_D)
    assert "phi: 66.49" in said and "tau squared: 0.005233" in said
    before = "7 above 95%, 48 above 99.8%, 9 below 95%, 57 below 99.8%"
    after = "12 above 95%, 1 above 99.8%, 8 below 95%, 3 below 99.8%"
    assert f"outside before overdispersion: {before}" in said
    assert f"outside after overdispersion: {after}" in said
    found = {one["council"]: one for one in lines("funnel", *THREE_D)}
    assert len(found) == 153
    assert (found["Isles of Scilly"]["share"], found["Isles of Scilly"]["high_95%_after"]) == ("[x]", "")
    assert found["Wirral"]["outside_after"] == "below 99.8%"
    whole = json.loads(ran("funnel", *THREE_D, "--format", "json"))
    assert (len(whole["councils"]), len(whole["no_share"]), whole["phi"]) == (152, 1, "66.49")


@pytest.mark.parametrize("format", ["table", "json"])
def test_neighbours_come_with_their_inputs_and_what_the_method_here_lacks(format):
    said = ran("neighbours", "Cumbria", "--count", "3", "--format", format)
    for part in (
        "Cornwall", "Office for National Statistics", "English indices of deprivation 2015", "weight 1",
        "Not here", "15 features 3 are here", "deprivation, which the published method does not have",
    ):  # fmt: skip
        assert part in said


def test_neighbours_as_csv_begin_with_the_council_itself():
    found = lines("neighbours", "Kent", "--count", "3")
    assert (found[0]["council"], found[0]["distance"]) == ("Kent", "0.000")
    assert len(found) == 4 and float(found[1]["people aged 15 and over"]) > 1_000_000
