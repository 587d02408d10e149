"""Somebody with an age group in place of a birth date is counted by age as far as the group tells it."""

from datetime import date

import ibis
import pyarrow.parquet as pq
import pytest
from spec.events import person

from wherewithal.analytics.count import count
from wherewithal.analytics.people import people
from wherewithal.analytics.schema import as_table
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")


def aged(key: int, youngest: int | None, oldest: int | None, born: date | None = None) -> list[dict]:
    """Direct payment all year, of somebody of that age group."""
    rows = person("direct payment since 2024-05-01", key=key)
    return [{**row, "Date_of_Birth": born, "Age_From": youngest, "Age_To": oldest} for row in rows]


def bases(rows: list[dict]) -> dict[str, int]:
    return {one.group: one.denominator for one in count(rows, ["ascof-3d-2a"], YEAR)}


@pytest.mark.parametrize(
    ("youngest", "oldest", "told"),
    [
        (18, 64, {"total": 1, "18-64": 1, "65+": 0}),
        (75, 84, {"total": 1, "18-64": 0, "65+": 1}),
        (85, None, {"total": 1, "18-64": 0, "65+": 1}),
        (60, 69, {"total": 1, "18-64": 0, "65+": 0}),
        (16, 24, {"total": 1, "18-64": 0, "65+": 0}),
        (0, 17, {"total": 0, "18-64": 0, "65+": 0}),
        (None, None, {"total": 1, "18-64": 0, "65+": 0}),
    ],
)
def test_an_age_group_puts_somebody_where_it_is_sure_and_in_the_total(youngest, oldest, told):
    assert bases(aged(1, youngest, oldest)) == told


def test_a_birth_date_goes_before_an_age_group():
    assert bases(aged(1, 18, 64, born=date(1950, 6, 1))) == {"total": 1, "18-64": 0, "65+": 1}


def test_age_groups_that_disagree_are_no_age():
    rows = [*aged(1, 18, 64), *aged(1, 75, 84)]
    assert bases(rows) == {"total": 1, "18-64": 0, "65+": 0}


def test_who_is_under_18_by_their_group_is_told_so():
    [told] = people(aged(1, 0, 17), "ascof-3d-2a", YEAR)["why"].to_pylist()
    assert told == "Under 18"


def test_events_without_age_groups_are_counted_as_before(tmp_path):
    """A Parquet file of Client Level Data has no such columns."""
    rows = as_table(person("direct payment since 2024-05-01", key=1)).drop(["Age_From", "Age_To"])
    pq.write_table(rows, tmp_path / "events.parquet")
    connection = ibis.duckdb.connect()
    table = connection.read_parquet(tmp_path / "events.parquet")
    of = count(table, ["ascof-3d-2a"], YEAR, connection=connection)
    assert [(one.group, one.denominator) for one in of] == [("total", 1), ("18-64", 0), ("65+", 1)]
