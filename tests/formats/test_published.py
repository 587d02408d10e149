"""A publication brought in by a mapping: our own tables again from the files that were published, and what is
not clear named by file, row and column.
"""

import pytest
from at_terminal import WIDE
from samples import SAMPLES
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal
from wherewithal.formats.published import bring, mapping, write
from wherewithal.policy import HERE
from wherewithal.policy.series import series_table, series_tables

FOLDERS = {
    "population": "population",
    "land-and-people-2020": "population",
    "deprivation-2015": "neighbours",
}
MAPPINGS = HERE / "published" / "mappings"
OURS = """
id = "made-up"
title = "A made-up table"
publisher = "Nobody"
publication = "None"
year = "2020-21"
licence = "None"
says = "Made up."

[marks]
"-" = "few"

[groups]
all = "everybody"

[[series]]
id = "share"
title = "A share"
definition = "By one rule"
unit = "%"
counts = "some"
of = "all"
decimals = 1

[[files]]
file = "figures.csv"
year = "2020-21"
first_row = 2
council = { column = 1, pattern = '^(\\d{3})-' }
england = ["England"]
beside = ["Region .*"]
[[files.cells]]
column = 3
series = "share"
group = "all"
part = { column = 2, is = { n = "numerator", d = "denominator", p = "value" } }
"""
FIGURES = """council,what,figure
820-Kent,n,"1,060"
820-Kent,d,4000
820-Kent,p,26.5
820-Kent,margin,3
Region 1,n,5000
England,n,-
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "figures.csv").write_text(FIGURES)
    return tmp_path


def mapped(folder, text=OURS):
    file = folder / "mapping.toml"
    file.write_text(text)
    return file


@pytest.mark.parametrize("id", series_tables())
def test_the_files_that_were_published_give_our_table_again(id):
    folder = SAMPLES / FOLDERS.get(id, "indicators")
    if not folder.is_dir():
        pytest.skip("The published files are not here.")
    brought = bring(mapping(MAPPINGS / f"{id}.toml"), folder)
    assert (brought.remarks, brought.missing) == ((), ())
    assert brought.table == series_table(id)


def test_every_table_of_ours_has_the_mapping_that_made_it():
    assert {file.stem for file in MAPPINGS.glob("*.toml")} == set(series_tables())


def test_a_row_says_what_it_is_of_and_what_is_beside_is_passed_over(folder):
    brought = bring(mapping(mapped(folder)), folder)
    assert brought.remarks == ()
    told = [
        (one.council, *map(str, (one.numerator, one.denominator, one.value))) for one in brought.table.points
    ]
    assert told == [("820", "1060", "4000", "26.5"), ("England", "-", "", "")]
    assert brought.marks == {"-": 1}
    assert brought.missing == ("share, 2020-21: nothing of " + brought.missing[0].split("nothing of ")[1],)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("999-Nowhere,n,5", "figures.csv, row 8: “999-Nowhere” is no council of 2020-21"),
        ("England,d,many", "figures.csv, row 8, column 3: “many” is neither a number nor a mark"),
        ("820-Kent,n,1061", "figures.csv, row 8, column 3: the numerator of this figure is there twice"),
    ],
)
def test_what_is_not_clear_is_named_by_its_place_and_nothing_is_written(folder, row, says):
    (folder / "figures.csv").write_text(f"{FIGURES}{row}\n")
    out = folder / "out"
    out.mkdir()
    words = ["published", "add", str(mapped(folder)), str(folder), "--into", str(out)]
    ran = CliRunner().invoke(app, words, env={"COLUMNS": str(WIDE)})
    assert ran.exit_code == 1
    assert f"not clear: {says}" in ran.output and "Nothing was written" in ran.output
    assert list(out.iterdir()) == []


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(folder):
    out = folder / "out"
    out.mkdir()
    words = ["published", "add", str(mapped(folder)), str(folder), "--into", str(out)]
    dry = CliRunner().invoke(app, [*words, "--dry-run"])
    assert dry.exit_code == 0 and "2 figures of 1 councils, 2020-21" in dry.output
    assert "1 times “-”: few." in dry.output and "dry run" in dry.output
    assert list(out.iterdir()) == []
    assert CliRunner().invoke(app, words).exit_code == 0
    assert {file.name for file in out.iterdir()} == {"made-up.toml", "made-up.csv"}
    assert (out / "made-up.csv").read_text().splitlines()[1] == "share,2020-21,820,all,1060,4000,26.5"
    with pytest.raises(Refusal, match="is there already"):
        write(bring(mapping(mapped(folder)), folder), out)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "made-up"', "", "“id” is missing"),
        ("column = 3", "column = 0", "“column” must be a whole number from 1"),
        ('series = "share"', 'series = "other"', "cells 1: the series “other” is not explained"),
        ('group = "all"', 'group = "some"', "cells 1: the group “some” is not explained"),
        ('p = "value"', 'p = "price"', "cells 1: the part “price” is not explained"),
        ("column = 1, pattern", "column = 1, by = 'postcode', pattern", "“by” must be code, ons or name"),
        (r"'^(\d{3})-'", "'('", "is no regular expression"),
        ('year = "2020-21"\nfirst', 'years = "2020-21"\nfirst', "nothing here is called “years”"),
        ("[marks]", "[marks", "is no TOML file"),
    ],
)  # fmt: skip
def test_a_mapping_with_a_mistake_is_refused_and_the_place_named(folder, old, new, says):
    assert old in OURS
    with pytest.raises(Refusal, match=says):
        mapping(mapped(folder, OURS.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("nowhere.csv", "cannot be read"),
        ("figures.xlsx", "cannot be read as a workbook"),
        ("latin.csv", "is not written in utf-8-sig"),
    ],
)
def test_a_file_that_is_not_there_or_damaged_is_refused(folder, file, says):
    (folder / "figures.xlsx").write_bytes(b"PK not a workbook")
    (folder / "latin.csv").write_bytes("council,what,£\n".encode("cp1252"))
    with pytest.raises(Refusal, match=says):
        bring(mapping(mapped(folder, OURS.replace("figures.csv", file))), folder)


def test_a_mark_in_brackets_is_shown_in_a_table_to_read():
    words = ["published", "show", "ascof-1c-2020-21", "--council", "Hackney", "--series", "1c-1a"]
    said = CliRunner().invoke(app, [*words, "--group", "all"], env={"COLUMNS": "200"}).output
    row = next(line for line in said.splitlines() if "Hackney" in line)
    assert row.count("[x]") == 3
