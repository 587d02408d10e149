"""A made-up return: the same from the same seed, what it says stands in it does, and a count finds it."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as dataset
import pytest
from typer.testing import CliRunner

from wherewithal.analytics.count import count
from wherewithal.analytics.load import loaded
from wherewithal.analytics.year import ReportingYear
from wherewithal.cli import app
from wherewithal.core.refusal import Refusal
from wherewithal.policy import table
from wherewithal.policy.councils import councils
from wherewithal.simulate.returns.making import make
from wherewithal.simulate.returns.planning import kept_numbers, parts

YEAR = ReportingYear("2024-25")
MEASURES = ("ascof-3d-1a", "ascof-3d-2a", "ascof-3d-1b", "ascof-3d-2b")
SIZE = {"councils": 12, "events": 24_000, "seed": 7}


@pytest.fixture(scope="module")
def returned(tmp_path_factory) -> Path:
    """The same return as Parquet and as CSV, a file a council and submission, and as one CSV."""
    folder = tmp_path_factory.mktemp("return")
    make(folder / "parquet", format="parquet", processes=1, **SIZE)
    make(folder / "csv", format="csv", processes=1, **SIZE)
    make(folder / "whole.csv", format="csv", processes=2, **SIZE)
    return folder


@pytest.fixture(scope="module")
def summary(returned) -> dict:
    return json.loads((returned / "parquet" / "summary.json").read_text())


def as_read(folder: Path) -> pa.Table:
    return dataset.dataset(sorted(folder.glob("*.parquet"))).to_table()


def as_sent(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def newest(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row["Reporting_Period_End_Date"] == YEAR.last]


def test_a_count_finds_exactly_what_was_put_in(returned, summary):
    files = sorted((returned / "parquet").glob("*.parquet"))
    with loaded((dataset.dataset(path).to_batches() for path in files), period=YEAR) as made:
        figures = count(made.events, MEASURES, YEAR, connection=made.connection)
    assert len(figures) == 12 * len(MEASURES) * 3
    wrong = [
        one for one in figures
        if [one.numerator, one.denominator] != summary["counts"][one.council][one.measure][one.group]
    ]  # fmt: skip
    assert wrong == []
    assert all(sum(one.denominator for one in figures if one.measure == id) > 200 for id in MEASURES)
    stands = {id: of["many"] for id, of in summary["stands"].items()}
    assert made.superseded == stands["earlier-submission"] > 0
    assert made.left_out == stands["could-be-anybodys"] > 0
    assert made.people == summary["people"]


def test_every_fault_that_it_tells_of_stands_in_the_files(returned, summary):
    rows = as_sent(returned / "whole.csv")
    assert len(rows) == SIZE["events"]
    stands = {id: of["many"] for id, of in summary["stands"].items()}
    services = [row for row in rows if row["Event_Type"] == "Service"]
    assert stands["no-mechanism"] == sum(not row["Delivery_Mechanism"] for row in services) > 0
    assert stands["no-component"] == sum(not row["Service_Component"] for row in services) > 0
    assert stands["no-nhs-number"] == sum(not row["NHS_Number"] for row in rows) > 0
    assert stands["no-birth-date"] == sum(not row["Date_of_Birth"] for row in rows) > 0
    assert stands["open-after-death"] == sum(
        bool(row["Date_of_Death"]) and not row["Event_End_Date"] for row in services
    )
    assert stands["end-before-start"] == sum(
        bool(row["Event_End_Date"]) and day(row["Event_End_Date"]) < day(row["Event_Start_Date"])
        for row in rows
    ) > 0  # fmt: skip
    values = table("national/client-level-data")["values"]
    cells = Counter(
        "word" if row[name] in body["words"] else "old" if row[name] in body.get("was", {}) else "outside"
        for name, body in values.items()
        if body["complete"]
        for row in rows
        if row[name]
    )
    assert stands["word-outside-its-list"] == cells["outside"] > 0
    assert stands["release-1-word"] == cells["old"] > 0


def day(written: str) -> date:
    return date(int(written[6:]), int(written[3:5]), int(written[:2]))


def test_csv_and_parquet_hold_the_same(returned):
    """What the Parquet has blank is blank in the CSV or a fault in it, and old words are read as new ones."""
    was = {name: body.get("was", {}) for name, body in table("national/client-level-data")["values"].items()}
    blanked = Counter()
    for path in sorted((returned / "csv").glob("*.csv")):
        sent = as_sent(path)
        read = as_read_file(returned / "parquet" / f"{path.stem}.parquet")
        assert [row["row"] for row in read] == list(range(2, len(sent) + 2))
        for one, other in zip(sent, read, strict=True):
            for name, cell in one.items():
                word = was.get(name, {}).get(cell, cell)
                if other[name] is None and word:
                    blanked[name] += 1
                else:
                    assert word == written(other[name])
    faulty = {"NHS_Number", "Event_End_Date", "Delivery_Mechanism", "Service_Component",
              "Primary_Support_Reason", "Event_Outcome", "Ethnicity"}  # fmt: skip
    assert set(blanked) <= faulty
    assert sum(blanked.values()) < SIZE["events"] / 100


def as_read_file(path: Path) -> list[dict]:
    return dataset.dataset(path).to_table().to_pylist()


def written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def test_the_same_seed_writes_the_same_bytes_however_many_processes_share_the_work(returned, tmp_path):
    make(tmp_path / "again", format="parquet", processes=2, **SIZE)
    files = sorted(path.name for path in (returned / "parquet").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    for name in files:
        assert (tmp_path / "again" / name).read_bytes() == (returned / "parquet" / name).read_bytes()
    pieces = [as_sent(path) for path in sorted((returned / "csv").glob("*.csv"))]
    assert [row for piece in pieces for row in piece] == as_sent(returned / "whole.csv")
    make(tmp_path / "other", format="parquet", processes=1, **{**SIZE, "seed": 8})
    assert (tmp_path / "other" / files[0]).read_bytes() != (returned / "parquet" / files[0]).read_bytes()


def test_what_happens_to_a_person_hangs_together_in_time(returned):
    rows = as_read(returned / "parquet").to_pylist()
    of_people: dict[str, list[dict]] = {}
    for row in newest(rows):
        of_people.setdefault(row["LA_Person_Unique_Identifier"], []).append(row)
    order = ("Request", "Assessment", "Service", "Review")
    seen = Counter(len(events) for events in of_people.values())
    assert max(seen) >= 5
    for events in of_people.values():
        if any(row["Event_Type"] == "Request" for row in events):
            days = [row["Event_Start_Date"] for kind in order for row in events if row["Event_Type"] == kind]
            assert days == sorted(days)
        died = {row["Date_of_Death"] for row in events}
        assert len(died) == 1
        last = died.pop()
        assert last is None or all(row["Event_Start_Date"] <= last for row in events)


def test_councils_differ_as_was_published():
    everywhere = parts(153, 1_000_000, 1)
    assert {part.code for part in everywhere} == {council.code for council in councils("2024-25")}
    assert sum(part.rows for part in everywhere) == 1_000_000
    shares = sorted(part.direct for part in everywhere)
    assert shares[0] < 0.1 and shares[-1] > 0.4
    assert all(
        part.direct >= 0 and part.managed >= 0 and part.direct + part.managed <= 1 for part in everywhere
    )


def test_an_nhs_number_is_one_kept_for_tests_and_nobodys_twice(returned):
    numbers = kept_numbers()
    assert numbers.min() >= 9_990_000_000 and numbers.max() <= 9_999_999_999
    assert len(set(numbers.tolist())) == len(numbers) > 900_000
    weighed = sum(numbers // 10 ** (10 - place) % 10 * (11 - place) for place in range(1, 11))
    assert not (weighed % 11).any()
    read = as_read(returned / "parquet").to_pylist()
    pairs = {(row["NHS_Number"], row["LA_Person_Unique_Identifier"]) for row in read if row["NHS_Number"]}
    assert len({number for number, _ in pairs}) == len(pairs) > 5_000
    assert {number for number, _ in pairs} <= {str(number) for number in numbers.tolist()}


def test_a_return_of_more_people_than_there_are_numbers_goes_on_without_them():
    first, *_, last = parts(3, 30_000_000, 1)
    assert first.nhs[1] - first.nhs[0] < first.rows / 20
    assert last.nhs[1] == len(kept_numbers())


def test_nothing_is_written_over_and_nothing_impossible_made(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(Refusal, match="is there already"):
        make(tmp_path / "there", format="csv", **SIZE)
    with pytest.raises(Refusal, match="153 councils"):
        make(tmp_path / "many", format="csv", councils=154, events=1_000, seed=1)
    with pytest.raises(Refusal, match="an event at least"):
        make(tmp_path / "few", format="csv", councils=153, events=100, seed=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there"]


def test_the_command_makes_a_file_and_says_what_is_in_it(tmp_path):
    out = tmp_path / "return.csv"
    words = ["simulate", "return", str(out), "--councils", "2", "--events", "500", "--seed", "3"]
    found = CliRunner().invoke(app, words, catch_exceptions=False)
    assert found.exit_code == 0
    assert "500 events of 2 councils" in found.output
    assert len(as_sent(out)) == 500
    assert json.loads((tmp_path / "return.summary.json").read_text())["seed"] == 3
