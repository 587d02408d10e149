"""``wherewithal measures``: what each command says, writes and refuses, on a made-up return."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest
from at_terminal import run
from lxml import etree
from pyarrow import parquet

from wherewithal.analytics.spark import NoSpark, spark
from wherewithal.simulate.returns.making import make

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to" / "count-a-return.md"


@pytest.fixture(scope="module")
def returned(tmp_path_factory) -> Path:
    """A return of one council of people who do not exist."""
    path = tmp_path_factory.mktemp("return") / "return.csv"
    make(path, councils=1, events=4000, seed=7, format="csv", processes=1, report=lambda rows: None)
    return path


def rows(returned, *words) -> list[dict]:
    return json.loads(run("measures", "run", returned, "--format", "json", *words).out)


def test_a_file_is_counted_by_every_definition_that_it_can_answer(returned):
    found = rows(returned)
    assert {"ni130-revised", "ascof-3d-1a", "ascof-1c-2a", "budgets-median"} <= {
        one["measure"] for one in found
    }
    assert list(found[0]) == [
        "measure", "period", "council", "group", "numerator", "denominator", "value", "status", "base",
    ]  # fmt: skip
    assert all(one["base"] for one in found)


def test_what_is_left_out_is_said_beside_the_answer_and_not_in_it(returned):
    done = run("measures", "run", returned, "--measure", "ascof-3d-1a", "--format", "csv")
    assert re.search(r"[\d,]+ rows about [\d,]+ people of 1 council, for 2024-25", done.err)
    [total, *_] = csv.DictReader(io.StringIO(done.out))
    assert total["measure"] == "ascof-3d-1a" and total["group"] == "total"


def test_small_numbers_are_kept_back_unless_who_may_see_them_asks(returned):
    told, counted = (
        rows(returned, "--by", "gender,age", "--measure", "ascof-3d-2a", "--disclosure", rule)
        for rule in ("nhsd-ascof-legacy", "none")
    )
    hidden = [at for at, one in enumerate(told) if one["status"] == "c"]
    assert hidden
    assert all(told[at]["value"] is None and told[at]["base"].startswith("[c]") for at in hidden)
    assert {one["status"] for one in counted} <= {"ok", "x"}


def test_counts_are_rounded_unless_another_rule_is_named(returned):
    figures = rows(returned, "--measure", "ascof-3d-2a", "--by", "council,age")
    assert all(one[part] % 5 == 0 for one in figures for part in ("numerator", "denominator"))
    assert {one["status"] for one in figures} <= {"ok", "low"}


def test_figures_are_written_as_parquet_with_the_rule_they_were_told_by(returned, tmp_path):
    out = tmp_path / "figures.parquet"
    run("measures", "run", returned, "--measure", "ascof-3d-1a", "--format", "parquet", "--out", out)
    table = parquet.read_table(out)
    assert set(table["rule"].to_pylist()) == {"opensafely"}
    assert table["denominator"].to_pylist()[0] > 100


def test_a_table_to_read_says_what_each_figure_is_of_and_the_highest_it_can_be(returned):
    said = run("measures", "run", returned, "--measure", "ni130-revised", "--by", "council,age").out
    assert "Of: Adults with community-based services" in said
    assert "at most" in said
    assert "At most: if everybody in the base who could have a personal budget had one." in said


def test_every_definition_stands_side_by_side_in_one_table(returned):
    said = run("measures", "run", returned).out
    [line] = [line for line in said.splitlines() if line.startswith("NI130 (revised)")]
    assert re.search(r"[\d.]+% +[\d,]+ +[\d,]+ +[\d.]+$", line)
    assert said.count("definition") == 1


def test_a_year_that_no_file_reaches_is_refused(returned):
    done = run("measures", "run", returned, "--period", "2019-20", code=2)
    assert re.search(r"The files cover .* and nothing of 2019-20", done.err)


def test_the_bridge_is_told_step_by_step_drawn_and_followed_to_each_person(returned, tmp_path):
    between = ("--from", "ni130-revised", "--to", "ascof-3d-1a")
    picture, people = tmp_path / "bridge.svg", tmp_path / "people.csv"
    said = run(
        "measures", "bridge", returned, *between, "--disclosure", "none",
        "--picture", picture, "--people", people,
    ).out  # fmt: skip
    assert said.index("NI130 (revised)") < said.index("NI130 without reablement") < said.index("ASCOF 3D(1a)")
    assert "leaves out: reablement" in " ".join(said.split())
    assert etree.fromstring(picture.read_bytes())[0].text.startswith("From NI130 (revised) to ASCOF 3D(1a)")
    with people.open() as file:
        rows = list(csv.DictReader(file))
    [one, *_] = [row for row in rows if row["ascof-3d-1a in_numerator"] == "true"]
    assert "budget" in one["ascof-3d-1a why"] or "direct payment" in one["ascof-3d-1a why"]
    assert "Long term support: Community" in one["support"]


def test_the_bridge_for_machines_adds_up(returned):
    between = ("--from", "ascof-3d-1a", "--to", "ascof-3d-2a", "--disclosure", "none", "--format", "json")
    steps = json.loads(run("measures", "bridge", returned, *between).out)
    one, two = (
        rows(returned, "--measure", id, "--by", "council", "--disclosure", "none")[0]["numerator"]
        for id in ("ascof-3d-1a", "ascof-3d-2a")
    )
    assert sum(int(step["numerator"]) for step in steps) == two - one


@pytest.mark.parametrize(
    "words, says",
    [
        (("run", "nowhere.csv"), "There is no file nowhere.csv"),
        (("run", "{file}", "--measure", "shoe-size"), "There is no measure “shoe-size”"),
        (("run", "{file}", "--measure", "local-outcomes-met"), "is counted from a council's own record"),
        (("run", "{file}", "--by", "council,shoe size"), "There is no breakdown “shoe size”"),
        (("run", "{file}", "--disclosure", "secret"), "There is no disclosure rule “secret”"),
        (("run", "{file}", "--period", "2025"), "Write it like 2025-26"),
        (("run", "{file}", "--format", "parquet"), "say --out FIGURES.parquet"),
        (("bridge", "{file}", "--from", "ascof-3d-1a", "--to", "ascof-3d-1a"), "needs no bridge to itself"),
        (("bridge", "{file}", "--from", "ascof-3d-1a", "--to", "ascof-3d-2a", "--council", "999"),
         "nobody of council 999"),
        (("bridge", "{file}", "--from", "ascof-3d-1a", "--to", "ascof-3d-2a", "--people", "x.csv"),
         "add “--disclosure none”"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_words(returned, words, says):
    done = run("measures", *(word.format(file=returned) for word in words), code=2)
    assert says in done.err


BRIDGE = ("bridge", "{bad}", "--from", "ascof-3d-1a", "--to", "ascof-3d-2a")


@pytest.mark.parametrize(
    "words, says",
    [
        (("run", "{bad}", "--by", "council,shoe size"), "There is no breakdown “shoe size”"),
        (("run", "{bad}", "--by", "age,gender,reason"), "at most 2 breakdowns at once"),
        (("run", "{bad}", "--measure", "budgets-median", "--by", "ethnicity"), "not by ethnicity"),
        (("run", "{bad}", "--disclosure", "secret"), "There is no disclosure rule “secret”"),
        (("run", "{bad}", "--period", "2025"), "Write it like 2025-26"),
        (("run", "{bad}", "--mapping", "wales"), "There is no mapping “wales”"),
        (("run", "{bad}", "--format", "parquet"), "say --out FIGURES.parquet"),
        (("run", "{bad}", "--out", "figures.txt"), "A table is for the terminal"),
        (("run", "{bad}", "--format", "csv", "--out", "nowhere/figures.csv"), "there is no folder nowhere"),
        (("run", "{bad}", "nowhere.csv"), "There is no file nowhere.csv"),
        ((*BRIDGE[:-1], "ascof-3d"), "The nearest to it: ascof-3d-"),
        ((*BRIDGE[:-1], "budgets-median"), "no bridge leads to it"),
        ((*BRIDGE, "--council", "E10000006"), "expected 102, which is the code of Cumbria"),
        ((*BRIDGE, "--council", "Cumbria"), "expected a council’s code in social care collections"),
        ((*BRIDGE, "--picture", "nowhere/bridge.svg"), "there is no folder nowhere"),
        ((*BRIDGE, "--disclosure", "secret"), "There is no disclosure rule “secret”"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_a_file_is_read(returned, tmp_path, words, says):
    bad = tmp_path / "bad.csv"
    bad.write_text("no return")
    done = run("measures", *(word.format(bad=bad) for word in words), code=2)
    assert says in done.err and "bad.csv" not in done.err


def test_an_unknown_measure_names_the_nearest_and_where_all_are_listed():
    said = run("measures", "explain", "ascof-3d-1", code=2).err
    assert re.fullmatch(
        r"There is no measure “ascof-3d-1”. The nearest to it: (ascof-3d-\w+, ){1,2}ascof-[\w-]+\. "
        "“wherewithal measures list” lists all.",
        said,
    )
    said = run("measures", "explain", "shoe-size", code=2).err
    assert said == "There is no measure “shoe-size”. “wherewithal measures list” lists all."


def test_a_file_that_cannot_be_taken_in_is_refused_and_nothing_of_it_counted(returned, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(returned.read_bytes()[:-40])
    done = run("measures", "run", bad, code=2)
    assert "The file cannot be taken in." in done.err and done.out == ""


def test_each_measure_is_listed_and_explained_with_its_source():
    listed = json.loads(run("measures", "list", "--format", "json").out)
    assert {"ni130-revised", "local-outcomes-met"} <= {one["id"] for one in listed}
    said = run("measures", "explain", "ni130-without-reablement").out
    for words in ("Leaves out: reablement", "Source:", "Definition:", "1 decimal"):
        assert words in " ".join(said.split())


@pytest.fixture
def own(tmp_path) -> Path:
    """A folder with a definition of a council that does not exist."""
    (tmp_path / "ours.toml").write_text(
        """as_in = "ni130"
source = "Madeupshire County Council, which is made up"

[measures.madeupshire-without-sensory]
title = "NI130 without sensory services"
plain = "The same, leaving out help with sight or hearing loss"
leaves_out = ["sensory"]
"""
    )
    return tmp_path


def test_a_council_counts_by_a_definition_of_its_own(returned, own):
    words = (returned, "--measure", "madeupshire-without-sensory", "--by", "council", "--format", "json")
    [ours] = json.loads(run("measures", "--definitions", own, "run", *words).out)
    [official] = rows(returned, "--measure", "ni130-revised", "--by", "council")
    assert 0 < ours["denominator"] < official["denominator"]
    assert "no measure “madeupshire" in run("measures", "explain", "madeupshire-without-sensory", code=2).err
    assert "There is no definition in" in run("measures", "--definitions", returned, "list", code=2).err


def test_own_definitions_are_named_before_the_word_or_after_it_alike(returned, own):
    id = "madeupshire-without-sensory"
    for words in (
        ("list", "--format", "csv"), ("explain", id), ("run", returned, "--measure", id),
        ("bridge", returned, "--from", "ni130-revised", "--to", id),
    ):  # fmt: skip
        before = run("measures", "--definitions", own, *words)
        assert before == run("measures", *words, "--definitions", own)
        assert "without sensory" in before.out


@pytest.fixture
def with_spark():
    """Skips where Spark cannot be started."""
    try:
        with spark():
            pass
    except NoSpark as absent:
        pytest.skip(absent.says)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("run", "{file}", "--by", "council,age", "--disclosure", "none", "--format", "csv"),
        ("bridge", "{file}", "--from", "ni130-revised", "--to", "ascof-3d-1a", "--format", "json"),
    ],
)
def test_spark_gives_the_same_figures_and_the_same_bridge(with_spark, returned, words):
    asked = ("measures", *(word.format(file=returned) for word in words))
    ours = run(*asked)
    assert run(*asked, "--engine", "spark").out == ours.out
    assert len(ours.out.splitlines()) > 10


@pytest.mark.slow
def test_who_is_behind_a_bridge_is_the_same_on_spark(with_spark, returned, tmp_path):
    between = ("--from", "ni130-revised", "--to", "ascof-3d-1a", "--disclosure", "none")
    found = []
    for engine in ("duckdb", "spark"):
        out = tmp_path / f"{engine}.csv"
        run("measures", "bridge", returned, *between, "--engine", engine, "--people", out)
        people = csv.DictReader(out.open())
        found.append(sorted([*one.values()][2:] for one in people))  # without the numbers of this reading
    assert found[0] == found[1] and len(found[0]) > 100


def test_without_spark_it_is_said_what_to_install_and_no_file_is_read(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    bad = tmp_path / "bad.csv"
    bad.write_text("no return")
    for words in (("run", bad), ("bridge", bad, "--from", "ascof-3d-1a", "--to", "ascof-3d-2a")):
        done = run("measures", *words, "--engine", "spark", code=2)
        assert done.err == "Spark is not installed. Install it with: pip install wherewithal[spark]"


def test_the_python_of_the_how_to_counts_a_file(returned, monkeypatch, capsys):
    [code] = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    monkeypatch.chdir(returned.parent)
    exec(compile(code, str(HOW_TO), "exec"), {})
    assert "'measure': 'ni130-revised'" in capsys.readouterr().out
