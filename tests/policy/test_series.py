"""The published tables: whole, each with whose it is, marks never numbers."""

from decimal import Decimal

import pytest

from wherewithal.core.policy import NoPolicy
from wherewithal.policy.councils import ENGLAND, councils
from wherewithal.policy.published import publication, publications
from wherewithal.policy.series import PARTS, Printed, parse, printed, series_table, series_tables, text

HEAD = {
    "title": "A table", "publisher": "Nobody", "publication": "None", "year": "2020-21", "licence": "None",
    "says": "Made up.", "marks": {"[c]": "suppressed"}, "groups": {"all": "everybody"},
    "series": [
        {"id": "one", "title": "One", "definition": "By one rule", "unit": "%", "counts": "a", "of": "b"}
    ],
}  # fmt: skip
LINE = {
    "series": "one", "year": "2020-21", "council": "102", "group": "all",
    "numerator": "1", "denominator": "2", "value": "50",
}  # fmt: skip


@pytest.mark.parametrize("id", publications())
def test_every_table_says_who_published_it_where_when_and_under_which_licence(id):
    of = publication(id)
    assert all((of.title, of.publisher, of.publication, of.year, of.licence, of.says))


@pytest.mark.parametrize("id", series_tables())
def test_each_figure_is_of_a_council_of_its_year_or_of_england(id):
    table = series_table(id)
    known = {one.code for year in ("2008-09", "2010-11", "2020-21", "2024-25") for one in councils(year)}
    for point in table.points:
        assert point.council in known | {ENGLAND}, point
        assert any(str(getattr(point, part)) for part in PARTS), point


def test_what_was_published_of_the_years_is_there_council_by_council():
    table = series_table("direct-payments-31-march")
    for year, count in (("2008-09", 150), ("2009-10", 152), ("2010-11", 152), ("2011-12", 152)):
        of = [one for one in table.points if one.year == year and one.group == "all"]
        assert len({one.council for one in of} - {ENGLAND}) == count
    three = series_table("ascof-3d-2024-25")
    assert len({one.council for one in three.of("3d-1a")} - {ENGLAND}) == 153
    england = next(one for one in three.of("3d-2a") if one.council == ENGLAND)
    assert (str(england.numerator), str(england.denominator), str(england.value)) == (
        "117655",
        "480105",
        "24.5",
    )


def test_a_mark_is_no_number_and_nothing_is_no_mark():
    marks = {"-": "few", "..": "missing", "[c]": "suppressed"}
    assert printed("-", marks) == Printed(mark="-")
    assert printed("..", marks).number is None
    assert printed("", marks) == Printed() != printed("0", marks)
    assert printed("0", marks).number == 0
    assert printed("12.50", marks).number == Decimal("12.50")


@pytest.mark.parametrize("cell", ["[x]", "n/a", "1,060", "NaN", "Infinity", "1 2"])
def test_a_cell_that_is_neither_a_number_nor_a_known_mark_is_refused_with_its_line(cell):
    with pytest.raises(NoPolicy, match=r"published/t\.csv, line 2: .*neither a number nor a mark"):
        parse("t", HEAD, [LINE | {"value": cell}])


@pytest.mark.parametrize("key", ["series", "group"])
def test_what_the_table_does_not_explain_is_refused(key):
    with pytest.raises(NoPolicy, match=f"line 2: the {key} “other” is not explained"):
        parse("t", HEAD, [LINE | {key: "other"}])


def test_a_figure_that_is_there_twice_is_refused():
    with pytest.raises(NoPolicy, match="line 3: this figure is there twice"):
        parse("t", HEAD, [LINE, LINE | {"value": "51"}])


def test_a_key_that_is_missing_or_not_known_is_named():
    with pytest.raises(NoPolicy, match="“licence” is missing"):
        parse("t", {key: HEAD[key] for key in HEAD if key != "licence"}, [])
    with pytest.raises(NoPolicy, match="series “one”: nothing here is called “units”"):
        parse("t", HEAD | {"series": [HEAD["series"][0] | {"units": "%"}]}, [])


@pytest.mark.parametrize("id", series_tables())
def test_a_table_written_is_read_the_same(id):
    import tomllib

    table = series_table(id)
    again = parse(id, tomllib.loads(text(table)), [])
    assert (again.publication, again.marks, again.groups, again.series) == (
        table.publication, table.marks, table.groups, table.series,
    )  # fmt: skip


def test_a_table_that_is_not_there_is_refused_and_the_others_named():
    with pytest.raises(NoPolicy, match="There are: ascof-1c-2020-21"):
        series_table("nothing")
