"""What a council's analyst does at a terminal with Client Level Data: checks a file, and writes it anew."""

import csv
import json

import pytest
from returned import NAMES, file_with, read
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.formats.cld import CannotBeTakenIn, NoFile

CARER = {
    "Client_Type": "Carer", "Service_Type": "Carer Support: Direct to Carer", "Delivery_Mechanism": "",
    "Service_Component": "Carer Respite", "NHS_Number": "9990000026",
    "LA_Person_Unique_Identifier": "E1002",
}  # fmt: skip
WRONG = {"Delivery_Mechanism": "Gift", "NHS_Number": "", "LA_Person_Unique_Identifier": "=E1003"}


@pytest.fixture
def file(tmp_path):
    def made(*records):
        path = tmp_path / "return.csv"
        path.write_bytes(file_with(*records))
        return path

    return made


def run(*words):
    return CliRunner().invoke(app, ["cld", *map(str, words)])


def test_a_sound_file_is_in_order_and_exits_0(file):
    found = run("check", file({}))
    assert found.exit_code == 0
    assert "1 row about 1 person" in found.output
    assert "All in order." in found.output


def test_a_blank_that_a_measure_misses_is_a_warning_says_so_and_exits_0(file):
    found = run("check", file({}, CARER))
    assert found.exit_code == 0
    assert "Delivery_Mechanism, a carer’s own service" in found.output
    assert "Leaves the carer out of ASCOF 3D(1b) and 3D(2b)" in " ".join(found.output.split())
    assert "“Carer”, read as “Unpaid carer”: once, row 3" in found.output


def test_what_must_be_mended_exits_1(file):
    found = run("check", file({}, WRONG))
    assert found.exit_code == 1
    assert "“Gift”; expected one of “Direct payment”" in found.output
    assert "1 cell as if it were blank" in " ".join(found.output.split())


def test_what_cannot_be_taken_in_exits_1_and_says_so(file):
    found = run("check", file({"Event_Start_Date": "31-Mar-25"}))
    assert found.exit_code == 1
    assert "The file cannot be taken in" in found.output


def test_a_file_that_is_not_there_could_not_be_checked(tmp_path):
    assert isinstance(run("check", tmp_path / "nowhere.csv").exception, NoFile)


def test_no_line_is_wider_than_80_columns(file, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    output = run("check", file({}, CARER, WRONG)).output
    assert max(map(len, output.splitlines())) <= 80


def test_machines_get_all_of_it(file, tmp_path):
    out = tmp_path / "found.json"
    printed = json.loads(run("check", file({}, CARER, WRONG), "--json", out, "--format", "json").output)
    assert printed == json.loads(out.read_text())
    assert (printed["rows"], printed["people"], printed["councils"]) == (3, 3, {"999": 3})
    [gift] = [fault for fault in printed["faults"] if fault["level"] == "error"]
    assert (gift["field"], gift["value"], gift["rows"], gift["times"]) == (
        "Delivery_Mechanism", "Gift", [4], 1
    )  # fmt: skip
    assert "ascof-3d-1a" in gift["effects"][0]["measures"]


def test_the_rows_to_mend_come_with_why_and_run_nothing_in_a_spreadsheet(file, tmp_path):
    out = tmp_path / "rows.csv"
    run("check", file({}, CARER, WRONG, {"Client_Type": "", "Unit_Cost": "free"}), "--rows", out)
    head, wrong, worse = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert head == ["Row", "Expected", *NAMES]
    assert wrong[:2] == ["4", f"Delivery_Mechanism: {_expected()}"]
    assert wrong[2 + NAMES.index("LA_Person_Unique_Identifier")] == "'=E1003"
    assert worse[0] == "5"
    assert worse[1].count(";") == 1


def _expected() -> str:
    [fault] = read(file_with(WRONG)).faults
    return fault.expected


def test_a_row_with_too_few_cells_is_among_the_rows_to_mend(tmp_path):
    path, out = tmp_path / "return.csv", tmp_path / "rows.csv"
    path.write_bytes(file_with({}) + b"999,1\r\n")
    run("check", path, "--rows", out)
    [_, short] = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert short[0] == "3"
    assert short[1].startswith("46 cells, as in the header")


def test_a_file_is_written_in_release_2_and_reads_the_same(file, tmp_path):
    out = tmp_path / "new.csv"
    path = file({"Event_Start_Date": "2025-05-01", "Event_Description": "=1+1"}, CARER, WRONG)
    before = read(path.read_bytes())
    found = run("normalise", path, out)
    assert found.exit_code == 0
    assert "Client_Type: “Carer” is now “Unpaid carer”, once." in found.output
    after = read(out.read_bytes())
    assert after.rows == before.rows
    assert not any(fault.now for fault in after.health.faults)
    assert b"Gift" in out.read_bytes()
    assert b",01/05/2025,,'=1+1," in out.read_bytes()


def test_writing_anew_is_all_or_nothing(file, tmp_path):
    out = tmp_path / "new.csv"
    out.write_text("kept")
    found = run("normalise", file({}, {"Unit_Cost": "free"}), out)
    assert isinstance(found.exception, CannotBeTakenIn)
    assert out.read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.csv", "return.csv"]
