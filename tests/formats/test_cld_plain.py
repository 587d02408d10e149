"""Days and amounts read a column at a time say the same as each cell read by itself."""

from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wherewithal.formats.cld.cells import parse
from wherewithal.formats.cld.columns import NOTHING
from wherewithal.formats.cld.fields import fields
from wherewithal.formats.cld.plain import PLAIN_KINDS, PlainColumn
from wherewithal.formats.cld.words import Words

BY_KIND = {field.kind: field for field in fields() if field.kind in PLAIN_KINDS}
days = st.dates().map(lambda day: f"{day.day:02}/{day.month:02}/{day.year:04}")
near = st.text("0123456789/.- :'", max_size=11)
amounts = st.from_regex(r"\A[0-9]{1,8}(\.[0-9]{0,3})?\Z")


def read(kind: str, cells: list[str]) -> tuple[list, list]:
    field = BY_KIND[kind]
    column = PlainColumn(field, Words(field), pa.array(cells, pa.string()))
    said = {int(place): what.level for what, _, places in column.said() for place in places}
    assert [value is None for value in column.array().to_pylist()] == column.null.tolist()
    assert (column.values == NOTHING).tolist() == column.null.tolist()
    return column.array().to_pylist(), [said.get(place) for place in range(len(cells))]


@pytest.mark.parametrize("kind", BY_KIND)
@settings(max_examples=300, deadline=None)
@given(cells=st.lists(st.one_of(days, near, amounts, st.just("")), min_size=1, max_size=8))
@example(cells=["29/02/1900", "29/02/2000", "31/04/2025", "00/01/2025", "01/13/2025", "01/01/0000"])
@example(cells=["0", "1234567.89", "12345678", ".5", "5.", "1.234", "00.10", "1.5"])
def test_a_column_says_the_same_as_its_cells(kind, cells):
    values, levels = read(kind, cells)
    by_cell = [parse(BY_KIND[kind], cell) for cell in cells]
    assert values == [one.value for one in by_cell]
    assert levels == [one.said.level if one.said else None for one in by_cell]


def test_every_day_of_a_hundred_years_is_read():
    first = parse(BY_KIND["date"], "01/01/1926").value
    wanted = [first + timedelta(number) for number in range(36_525)]
    cells = [f"{day.day:02}/{day.month:02}/{day.year:04}" for day in wanted]
    assert read("date", cells)[0] == wanted


def test_what_is_plain_is_not_looked_at_cell_by_cell():
    field = BY_KIND["date"]
    words = Words(field)
    PlainColumn(field, words, pa.array(["31/03/2026", "", "2026-03-31"]))
    assert words.raw == ["2026-03-31"]
