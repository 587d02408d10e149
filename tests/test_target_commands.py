"""Targets at a terminal: listed, held against, arrived at; refused across a definition."""

import json
import re

import pytest
from at_terminal import WIDE
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

FILE = """
council = "Exampleshire"
definition = "personal budget, of people with ongoing support from the council"
source = "Made up"
[[figure]]
on = 2010-03-31
numerator = 360
denominator = 6000
[[figure]]
on = 2010-09-30
numerator = 540
denominator = 6000
[[figure]]
on = 2011-03-31
numerator = 900
denominator = 6000
[[own_word]]
target = "30-percent-ongoing"
on = 2010-10-15
on_target = true
source = "its reply"
"""


def run(*words):
    wide = {"COLUMNS": str(WIDE)}
    return CliRunner().invoke(app, ["target", *(str(word) for word in words)], env=wide)


@pytest.fixture
def figures(tmp_path):
    path = tmp_path / "figures.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_every_target_is_listed_with_its_day_and_source():
    told = run("list").output
    assert "30% of “NI130 (revised)”, by 31 March 2011." in told
    ids = [one["id"] for one in json.loads(run("list", "--format", "json").output)]
    assert [one for one in ids if one.startswith("everyone") and one.endswith("2013")] == [
        "everyone-eligible-2013", "everyone-ongoing-2013", "everyone-direct-payment-2013",
    ]  # fmt: skip


def test_a_missed_target_ends_with_1_and_stands_beside_the_councils_own_word(figures):
    found = run("check", "--figures", figures)
    assert found.exit_code == 1
    assert "31 March 2011, 30%: missed; it was below on 31 March 2011" in found.output
    assert "On target, as computed: no" in found.output
    assert "As it said itself on 15 October 2010: on target (its reply)." in found.output
    told = json.loads(run("check", "--figures", figures, "--format", "json").output)
    assert [one["on_target"]["computed"] for one in told["targets"]] == ["no", "no"]
    assert told["acceleration"]["times"] == 2


def test_a_target_that_is_not_due_yet_ends_with_0(figures):
    found = run("check", "--figures", figures, "--target", "everyone-ongoing-2013")
    assert (found.exit_code, "not due yet" in found.output) == (0, True)
    assert "Of “30-percent-ongoing” it said on 15 October 2010 that it is on target; these" in found.output


def test_when_one_arrives_is_said_in_words(figures):
    found = run("arrive", "--figures", figures, "--target", "30-percent-ongoing", "--pace", "1.5").output
    assert "At the pace of the last six months 30% is reached in June 2012, 15 months late." in found
    assert "At 1.50 points a month 30% is reached in January 2012, 10 months late." in found
    (told,) = json.loads(
        run("arrive", "--figures", figures, "--target", "30-percent-ongoing", "--format", "json").output
    )
    assert [one["day"] for one in told["arrivals"]] == ["2012-06-30", "2012-11-30", None]


def test_figures_of_another_definition_are_refused_in_words(figures):
    for command in ("check", "arrive"):
        with pytest.raises(Refusal, match="These are two counts"):
            CliRunner().invoke(
                app, ["target", command, "--figures", str(figures), "--target", "everyone-eligible-2013"],
                catch_exceptions=False,
            )  # fmt: skip
    counts = ["--series", "direct-payments-31-march:direct-payments-2009", "--council", "Cumbria"]
    assert "No target is of “RAP P2s 2008-09: direct payments”" in run("check", *counts).exception.says


def test_a_councils_own_target_is_held_like_the_others(figures, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'title = "Ours"\n[[target]]\nid = "eighth"\ntitle = "An eighth"\nsays = "One in eight."\n'
        'definition = "personal budget, of people with ongoing support from the council"\n'
        'measure = "people"\npercent = 12.5\ndue = 2011-03-31\nprinted_day = "March"\nset_by = "us"\n'
        'source = "our plan"\n'
    )
    found = run("check", "--figures", figures, "--own", own, "--target", "eighth")
    assert (found.exit_code, "31 March 2011, 12.5%: met" in found.output) == (0, True)


def test_published_figures_need_a_target_of_ones_own_and_the_refusal_says_how_to_give_one():
    refused = run("check", "--series", "ascof-3d-2024-25:3d-1a", "--council", "Somerset").exception.says
    assert "No target is of “ASCOF 3D(1a) from Client Level Data”" in refused
    assert refused.endswith("give it with --own our-targets.toml.")
    assert "--own our-targets.toml" in run("check").exception.says


def test_what_is_missing_or_no_pace_is_said(figures):
    assert "--figures FILE" in run("check").exception.says
    assert "is no pace" in run("arrive", "--figures", figures, "--pace", "fast").exception.says


def test_what_is_more_than_the_usual_up_and_down_is_said_and_machines_have_the_limits(figures, tmp_path):
    few = run("watch", "--figures", figures)
    assert few.exit_code == 0 and "A control chart needs 8 figures; here are 3." in few.output
    path = tmp_path / "months.toml"
    months = "".join(f"[[figure]]\non = 2010-{at:02}-15\npercent = {20 + at % 2}\n" for at in range(1, 11))
    path.write_text(f'council = "Exampleshire"\ndefinition = "ours"\nsource = "Made up"\n{months}')
    told = json.loads(run("watch", "--figures", path, "--format", "json").output)
    assert (told["limits"], told["standing_out"]) == ([17.84, 23.16], [])
    assert "no figure asks for a cause of its own" in run("watch", "--figures", path).output
    picture = tmp_path / "control.svg"
    assert run("watch", "--figures", path, "--picture", picture).exit_code == 0
    drawn = picture.read_text(encoding="utf-8")
    assert (
        "<title" in drawn
        and "10 figures, from 21.0% on 15 January 2010" in drawn
        and "None of them are" in drawn
    )
    assert "needs 8 figures" in run("watch", "--figures", figures, "--picture", picture).exception.says


def test_the_target_group_is_told_within_its_bounds_and_what_weighs_most():
    told = run("group", "--take-up", "60").output
    assert "Left out: Reablement and intermediate care" in told
    assert "Size band in 2010: fewer than 5,000 people, as some London boroughs had in 2011." in told
    rows = [re.split(r"\s{2,}", line) for line in told.splitlines()]
    assert [
        "year",
        "what if",
        "people",
        "of them in mental health",
        "with a budget, at 60%",
        "£ a year",
    ] in rows
    first = next(row for row in rows if row[0] == "2010")
    assert first[3:5] == ["350 (200 to 500)", "2,250 (1,980 to 2,520)"]
    assert "What weighs most in the money of 2015: the mean of a budget" in told
    assert "rows and columns may not add up exactly" in told
    years = json.loads(run("group", "--format", "json").output)["years"]
    assert (years[0]["year"], years[0]["people"]["central"]) == ("2010", 3750)


def test_a_take_up_that_is_none_is_refused():
    for wrong in ("0", "101", "much"):
        assert "is no take-up" in run("group", "--take-up", wrong).exception.says
