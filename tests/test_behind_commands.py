"""``wherewithal published below`` and ``ahead`` from a terminal."""

import json

import pytest
from at_terminal import lines, ran
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

SHARE = ["ascof-3d-2024-25", "3d-2a"]


def test_whoever_is_below_stands_with_its_interval_and_what_it_allows_to_be_said():
    found = lines("below", *SHARE, "--threshold", "12")
    under = [one for one in found if one["beside"] in ("below", "may not be below")]
    assert [one["council"] for one in under][:3] == ["Gloucestershire", "Wirral", "Portsmouth"]
    for one in under:
        assert (float(one["to"]) < 12) == (one["beside"] == "below")
    assert found[-1]["council"] == "Isles of Scilly" and found[-1]["percent"] == "[x]"
    assert "no judgement" in ran("below", *SHARE)


@pytest.mark.parametrize("threshold", ["ten", "0", "101"])
def test_a_threshold_that_is_no_percentage_is_refused_in_words(threshold):
    refused = CliRunner().invoke(app, ["published", "below", *SHARE, "--threshold", threshold])
    assert isinstance(refused.exception, Refusal) and "threshold" in refused.exception.says


def test_whoever_is_ahead_and_alike_lies_above_as_a_whole():
    own = next(one for one in lines("below", *SHARE) if one["council"] == "Wirral")
    found = json.loads(ran("ahead", *SHARE, "--council", "Wirral", "--format", "json"))
    assert found and all(float(one["from"]) > float(own["to"]) for one in found)
    assert [int(one["place"]) for one in found] == sorted(int(one["place"]) for one in found)


def test_a_council_with_a_mark_is_told_that_there_is_nothing_to_talk_about():
    refused = CliRunner().invoke(app, ["published", "ahead", *SHARE, "--council", "Isles of Scilly"])
    assert isinstance(refused.exception, Refusal)
