"""What ``wherewithal published`` and ``target`` print fits the terminal, and nothing in it is cut."""

import re

import pytest
from at_terminal import ran, typed

from wherewithal.policy.councils import councils

SHARE = ("ascof-3d-2024-25", "3d-2a")
PUBLISHED = [
    ("list",), ("variation", *SHARE), ("funnel", *SHARE), ("neighbours", "Somerset"), ("below", *SHARE),
    ("ahead", *SHARE, "--council", "Wirral"), ("trend", "direct-payments"), ("recount",),
    ("show", "adass-2011"), ("show", "councils"), ("show", "council-successors"),
    ("show", "ascof-3d-2024-25"), ("show", "direct-payments-31-march", "--council", "Somerset"),
    ("show", "direct-payment-costs", "--council", "Bath and North East Somerset"),
    ("join", *["direct-payments-31-march:direct-payments-2012"] * 2),
]  # fmt: skip
FIGURES = """
council = "Exampleshire"
definition = "personal budget, of people with ongoing support from the council"
source = "Made up"
""" + "".join(f"[[figure]]\non = 20{at:02}-03-31\npercent = {10 + at % 3}\n" for at in range(1, 12))


@pytest.fixture
def figures(tmp_path):
    path = tmp_path / "figures.toml"
    path.write_text(FIGURES, encoding="utf-8")
    return str(path)


def words(text):
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", PUBLISHED, ids=lambda one: " ".join(one[:2]))
def test_what_was_published_fits_the_terminal_and_is_not_cut(command, columns):
    said = ran(*command, columns=columns)
    assert max(map(len, said.splitlines())) <= columns
    assert "…" not in said and set(words(ran(*command))) <= set(words(said))


@pytest.mark.parametrize("columns", [80, 120])
def test_targets_fit_the_terminal_and_are_not_cut(figures, columns):
    target = ("--figures", figures, "--target", "everyone-ongoing-2013")
    for command in (("list",), ("group",), ("group", "--take-up", "60"), ("arrive", *target),
                    ("check", *target), ("watch", "--figures", figures)):  # fmt: skip
        said = typed("target", *command, columns=columns)
        assert max(map(len, said.splitlines())) <= columns
        assert "…" not in said and set(words(typed("target", *command))) <= set(words(said))


def test_years_come_in_order_across_series_and_an_empty_column_is_left_out():
    said = ran("show", "direct-payments-31-march", "--council", "Somerset", "--group", "all")
    table = said[said.index("\n   year ") + 1 :].splitlines()
    assert "council: Somerset\ngroup: all ages\n" in said
    assert re.split(r"\s{2,}", table[0].strip()) == ["year", "series", "value"]
    rows = [re.split(r"\s{2,}", line) for line in table[2:6]]
    assert [row[0] for row in rows] == ["2008-09", "2009-10", "2010-11", "2011-12"]
    assert len({row[1] for row in rows}) == 3 and [row[2] for row in rows] == ["735", "895", "825", "850"]
    assert "direct-payments-and-budgets-31-march: People with a direct payment or a personal budget" in said


@pytest.mark.parametrize("columns", [80, 120])
def test_numbers_stand_under_each_other_to_the_right(columns):
    rows = ran("below", "ascof-3d-2024-25", "3d-1a", columns=columns).splitlines()
    ends = [row.index(part) + len(part) for row, part in zip(rows[2:4], ("6.2", "6.6"), strict=True)]
    assert ends[0] == ends[1] == rows[0].index("share, %") + len("share, %")
    assert rows[2].rstrip().endswith("5.5 to 7.0") and len(rows[2]) == len(rows[0]) == len(rows[1])


def test_a_name_that_is_too_long_goes_on_in_the_next_line():
    two = ("--council", "Bath and North East Somerset", "--council", "Kent")
    said = ran("show", "direct-payment-costs", *two, columns=80)
    first = " ".join(line.split("  ")[0] for line in said.splitlines() if "─" not in line)
    assert "Bath and North East Somerset" in first and "Bath and North East Somerset" not in said


def test_where_there_is_no_room_for_a_table_each_line_is_a_paragraph():
    said = ran("below", *SHARE, columns=40)
    assert "council: Gloucestershire\n    beside: below\n    share, %: 6.2\n" in said
    assert max(map(len, said.splitlines())) <= 40


def test_every_council_is_told_by_its_whole_name_at_80_columns():
    said = " ".join(ran("show", "ascof-3d-2024-25", "--series", "3d-1a", columns=80).split())
    for one in councils():
        assert all(word in said for word in one.name.split())
