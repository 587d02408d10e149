"""An extract mapped at a terminal: looked at, written, and its people counted."""

import csv
import io
import json

import pytest
from at_terminal import WIDE
from mapping import ROWS, extract_file, mapping_file
from samples import SAMPLES
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

SCOTLAND = SAMPLES / "indicators" / "scot_social_care_clients_2010.csv"
LACKS = '[[lacks]]\nwhat = "when support ended"\nfields = ["Event_End_Date"]\nsays = "No column tells it."'
NO_PAYMENTS = '[[lacks]]\nwhat = "direct payments"\nfields = ["Delivery_Mechanism"]\nsays = "Nobody says."'


def run(*words):
    return CliRunner().invoke(app, ["cld", *(str(word) for word in words)], env={"COLUMNS": str(WIDE)})


def mapped(folder, *rows, command="map", more=(), changes=()):
    return run(command, extract_file(folder, *rows), "--mapping", mapping_file(folder, *changes), *more)


def test_what_an_extract_becomes_is_told_with_whose_it_is_and_what_it_lacks(tmp_path):
    found = mapped(tmp_path)
    assert found.exit_code == 0
    for words in (
        "A made-up extract", "Nobody: None. None.",
        "4 rows become 3 events of 3 people; 1 row gives no event.",
        "Not in this extract: when support ended. No column tells it.",
    ):  # fmt: skip
        assert words in found.output


def test_what_is_not_clear_is_told_and_ends_with_1_and_nothing_is_written(tmp_path):
    rows = (*ROWS, "999;E9;X;1;20240501;Y;N;", "999;E10;X;1;20240501;Y;N;")
    out = tmp_path / "out.csv"
    found = mapped(tmp_path, *rows)
    assert found.exit_code == 1
    assert "Refused: Row 6, Sex: “X” stood there; expected a value that the mapping names" in found.output
    assert "So in 2 rows." in found.output
    refused = mapped(tmp_path, *rows, more=("--out", out))
    assert isinstance(refused.exception, Refusal) and "Row 6, Sex" in refused.exception.says
    assert not out.exists()


def test_a_dry_run_writes_nothing_and_without_it_the_events_are_written(tmp_path):
    out = tmp_path / "out.csv"
    dry = mapped(tmp_path, more=("--out", out, "--dry-run"))
    assert "Nothing was written: this was a dry run." in dry.output and not out.exists()
    assert f"Written to {out}." in mapped(tmp_path, more=("--out", out)).output
    assert run("check", out).exit_code == 0


def test_for_machines_it_is_json(tmp_path):
    told = json.loads(mapped(tmp_path, "999;E1;M;1;2024;Y;N;", more=("--format", "json")).output)
    assert (told["mapping"], told["rows"], told["lacks"][0]["what"]) == ("made-up", 1, "when support ended")
    [fault] = [one for one in told["faults"] if one["level"] == "refused"]
    assert (fault["column"], fault["value"], fault["rows"]) == ("Since", "2024", [2])


def test_people_are_counted_by_council_and_age_and_support(tmp_path):
    found = mapped(tmp_path, command="people", more=("--disclosure", "none", "--format", "csv"))
    lines = {
        (one["council"], one["group"], one["support"]): one
        for one in csv.DictReader(io.StringIO(found.stdout))
    }
    assert {key: one["people"] for key, one in lines.items() if key[2] == "Direct payment"} == {
        ("999", "total", "Direct payment"): "2", ("999", "18-64", "Direct payment"): "0",
        ("999", "65+", "Direct payment"): "2",
    }  # fmt: skip
    assert lines["999", "65+", "any support"]["of"] == "2"


def test_direct_payments_that_an_extract_does_not_hold_are_not_available_and_never_0(tmp_path):
    exactly = ("--disclosure", "none")
    found = mapped(tmp_path, command="people", more=exactly, changes=((LACKS, NO_PAYMENTS),))
    [line] = [one for one in found.output.splitlines() if "direct payments" in one and "total" in one]
    assert line.split() == ["999", "total", "direct", "payments", "[x]", "3", "x"]
    assert "Not in this extract: direct payments. Nobody says." in found.output
    machine = mapped(tmp_path, command="people", more=("--format", "json"), changes=((LACKS, NO_PAYMENTS),))
    told = [one for one in json.loads(machine.stdout) if one["support"] == "direct payments"]
    assert {(one["people"], one["status"]) for one in told} == {("", "x")}


def test_few_people_are_guarded_by_a_rule_unless_exact_counts_are_asked_for(tmp_path):
    by = ("--by", "council", "--disclosure", "nhsd-ascof-legacy")
    found = mapped(tmp_path, command="people", more=by)
    [line] = [one for one in found.output.splitlines() if "any support" in one]
    assert line.split()[-3:] == ["[c]", "[c]", "c"]
    assert "guarded by “" in found.output and "[c] is suppressed" in found.output
    found = mapped(tmp_path, command="people", more=("--disclosure", "no-such"))
    assert isinstance(found.exception, Refusal) and "no-such" in found.exception.says


def test_a_measure_that_needs_what_the_extract_lacks_is_not_available_with_its_base(tmp_path):
    file = mapping_file(tmp_path, (LACKS, NO_PAYMENTS))
    words = [
        "measures",
        "run",
        str(extract_file(tmp_path)),
        "--measure",
        "ascof-3d-2a",
        "--mapping",
        str(file),
        "--by",
        "council,age",
    ]
    found = CliRunner().invoke(app, [*words, "--disclosure", "none", "--format", "json"])
    told = {one["group"]: one for one in json.loads(found.stdout)}
    assert {group: one["denominator"] for group, one in told.items()} == {"total": 3, "18-64": 1, "65+": 2}
    assert {(one["numerator"], one["value"], one["status"]) for one in told.values()} == {(None, None, "x")}
    assert "Not in this extract: direct payments." in CliRunner().invoke(app, words).output


def test_what_cannot_be_asked_of_an_extract_is_refused_before_it_is_read(tmp_path):
    for words, says in (
        (("--by", "council,shoe size"), "There is no breakdown “shoe size”"),
        (("--by", "age,gender,reason"), "at most 2 breakdowns"),
        (("--disclosure", "no-such"), "There is no disclosure rule “no-such”"),
        (("--period", "2024"), "Write it like 2025-26"),
    ):
        found = mapped(tmp_path, "999;E1;X;1;20240501;Y;N;", command="people", more=words)
        assert isinstance(found.exception, Refusal) and says in found.exception.says


def bridged(folder, *changes, more=()):
    words = ("bridge", extract_file(folder), "--mapping", mapping_file(folder, *changes), *more)
    return CliRunner().invoke(app, ["measures", *map(str, words)], env={"COLUMNS": str(WIDE)})


def test_a_bridge_over_what_an_extract_lacks_is_refused_in_words_and_never_told_as_0(tmp_path):
    between = ("--from", "ascof-3d-1a", "--to", "ascof-3d-2a", "--disclosure", "none")
    refused = bridged(tmp_path, (LACKS, NO_PAYMENTS), more=between).exception
    assert isinstance(refused, Refusal)
    assert refused.says.startswith(
        "“ASCOF 3D(1a): self-directed support” cannot be told from this extract, so no"
    )
    assert "Not in the extract: direct payments." in refused.says


def test_a_bridge_is_told_of_an_extract_with_what_it_lacks_beside_it(tmp_path):
    between = ("--from", "ascof-3d-1a", "--to", "ascof-3d-2a", "--disclosure", "none")
    found = bridged(tmp_path, more=between)
    assert found.exception is None, found.exception
    assert "ASCOF 3D(1a): self-directed support: 66.7%, 2 of 3." in found.output
    assert "Not in this extract: when support ended. No column tells it." in found.output


def test_people_of_an_extract_that_is_refused_are_not_counted(tmp_path):
    found = mapped(tmp_path, "999;E1;X;1;20240501;Y;N;", command="people")
    assert isinstance(found.exception, Refusal)
    assert "The file cannot be taken in. Row 2, Sex: “X” stood there" in found.exception.says


def test_the_real_records_of_scotland_are_counted_by_council_and_age():
    if not SCOTLAND.is_file():
        pytest.skip("The public release of Scotland’s home care census is not here.")
    words = (
        "people",
        SCOTLAND,
        "--mapping",
        "scotland-home-care-2010",
        "--disclosure",
        "none",
        "--format",
        "csv",
    )
    lines = list(csv.DictReader(io.StringIO(run(*words).stdout)))
    assert len({one["council"] for one in lines}) == 32
    home = {
        (one["name"], one["group"]): one["people"]
        for one in lines
        if one["support"].startswith("Home support")
    }
    told = ("Orkney Islands", "Glasgow City", "Aberdeen City")
    assert [home[name, "total"] for name in told] == _by_hand("330", "260", "100")
    assert sum(int(many) for (_, group), many in home.items() if group == "total") == 65_515
    assert sum(int(many) for (_, group), many in home.items() if group == "18-64") == 11_841
    assert {one["council"][0] for one in lines} == {"S"}
    payments = [one for one in lines if one["support"] == "direct payments"]
    assert len(payments) == 32 * 3 and {(one["people"], one["status"]) for one in payments} == {("", "x")}


def _by_hand(*codes):
    with SCOTLAND.open(newline="") as file:
        people = list(csv.DictReader(file))
    return [str(sum(one["LAcode"] == code and one["HCclient"] == "1" for one in people)) for code in codes]
