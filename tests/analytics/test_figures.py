"""A figure says what it is, of whom, and on what authority."""

import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import ibis
import pytest
from pyarrow import parquet
from spec.events import people as made_up
from spec.events import person

from wherewithal.analytics.count import CannotCount, count
from wherewithal.analytics.groups import NoSuchGroup
from wherewithal.analytics.people import people
from wherewithal.analytics.schema import BadTable, as_table
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import NoMeasure, measure

YEAR = ReportingYear("2025-26")
EVENTS = made_up(
    "direct payment since 2024-05-01", "commissioned since 2024-05-01", "reablement since 2026-01-05"
)
JOURNEYS = [
    {"LA_Code": "999", "person_key": 1, "requested_on": date(2025, 4, 1), "first_paid_on": date(2025, 5, 13)},
    {"LA_Code": "999", "person_key": 2, "requested_on": date(2025, 4, 1), "first_paid_on": None},
]


def test_a_figure_holds_its_value_its_base_in_words_and_where_it_comes_from():
    [figure] = count(EVENTS, ["ascof-3d-1a"], YEAR, by=("council",))
    assert figure.value == Decimal("50.0")
    assert (figure.numerator, figure.denominator, figure.status, figure.unit) == (1, 2, "ok", "%")
    assert figure.base == "2 people with long-term community support on 31 March 2026"
    assert figure.definition == measure("ascof-3d-1a").definition
    assert "ASC-CLD-LA-Dashboard" in figure.source
    assert figure.verified
    with pytest.raises(FrozenInstanceError):
        figure.value = Decimal(0)


def test_the_row_for_json_has_the_nine_named_parts():
    [figure] = [one for one in count(EVENTS, ["ascof-3d-2a"], YEAR) if one.group == "65+"]
    assert figure.row() == {
        "measure": "ascof-3d-2a", "period": "2025-26", "council": "999", "group": "65+", "numerator": 1,
        "denominator": 2, "value": "50.0", "status": "ok",
        "base": "2 people aged 65 or over with long-term community support on 31 March 2026",
    }  # fmt: skip


def test_a_variant_names_in_its_base_what_it_leaves_out():
    id = "ni130-without-reablement-intermediate-care-sensory"
    [figure] = count(EVENTS, [id], YEAR, by=("council",))
    assert figure.base.endswith("without reablement, intermediate care and sensory services")
    assert not figure.verified


def test_figures_come_in_the_order_asked_for_council_by_council():
    rows = [
        *person("managed budget since 2025-05-01", council="B"),
        *person("commissioned since 2025-05-01", council="A"),
    ]
    figures = count(rows, ["ascof-3d-2a", "ni130-revised"], YEAR)
    assert [(one.council, one.measure, one.group) for one in figures] == [
        (council, id, group)
        for council in ("A", "B")
        for id in ("ascof-3d-2a", "ni130-revised")
        for group in ("total", "18-64", "65+")
    ]


def test_a_person_known_to_two_councils_counts_in_both():
    rows = [
        *person("managed budget since 2025-05-01", council="A"),
        *person("commissioned since 2025-05-01", council="B"),
    ]
    a, b = count(rows, ["ascof-3d-1a"], YEAR, by=("council",))
    assert (a.numerator, a.denominator, b.numerator, b.denominator) == (1, 1, 0, 1)


def test_days_need_the_journeys():
    with pytest.raises(CannotCount, match="needs the journeys"):
        count(EVENTS, ["days-to-first-payment-mean"], YEAR)
    with pytest.raises(CannotCount, match="needs the journeys"):
        people(EVENTS, "days-to-first-payment-mean", YEAR)


def test_a_council_without_a_payment_has_no_figure_and_never_nought_days():
    figures = count(EVENTS, ["days-to-first-payment-median"], ReportingYear("2024-25"), journeys=JOURNEYS)
    assert [(one.value, one.status, one.denominator) for one in figures] == [(None, "x", 0)] * 3


def test_no_journeys_at_all_is_no_figure_either():
    figures = count(EVENTS, ["days-to-first-payment-mean"], YEAR, journeys=[])
    assert [(one.council, one.status) for one in figures] == [("999", "x")] * 3


def test_days_are_told_person_by_person():
    told = people(EVENTS, "days-to-first-payment-mean", YEAR, journeys=JOURNEYS).to_pylist()
    assert [(one["person_key"], one["in_denominator"], one["why"]) for one in told] == [
        (1, True, "42 days"),
        (2, False, "Not paid yet"),
    ]


def test_days_and_shares_can_be_counted_together_with_days_alone_by_age():
    figures = count(EVENTS, ["ascof-3d-1a", "days-to-first-payment-mean"], YEAR, journeys=JOURNEYS)
    assert [(one.group, one.value) for one in figures if one.unit == "days"] == [
        ("total", Decimal("42.0")),
        ("18-64", None),
        ("65+", Decimal("42.0")),
    ]


def test_no_events_are_no_figures():
    assert count([], ["ascof-3d-1a"], YEAR) == []


def test_an_unknown_measure_or_group_is_refused_by_name():
    with pytest.raises(NoMeasure, match="no measure “take-up”"):
        count(EVENTS, ["take-up"], YEAR)
    with pytest.raises(NoSuchGroup, match=r"no breakdown “shoe size”.*council, age, gender"):
        count(EVENTS, ["ascof-3d-1a"], YEAR, by=("council", "shoe size"))
    with pytest.raises(NoSuchGroup, match="at most 2 breakdowns at once"):
        count(EVENTS, ["ascof-3d-1a"], YEAR, by=("age", "gender", "reason"))
    with pytest.raises(CannotCount, match="can be told by age, and not by gender"):
        count(EVENTS, ["days-to-first-payment-mean"], YEAR, journeys=JOURNEYS, by=("gender",))


def test_a_parquet_file_is_counted_where_it_lies(tmp_path):
    parquet.write_table(as_table(EVENTS), tmp_path / "events.parquet")
    connection = ibis.duckdb.connect()
    table = connection.read_parquet(tmp_path / "events.parquet")
    assert count(table, ["ascof-3d-1a"], YEAR, connection=connection) == count(EVENTS, ["ascof-3d-1a"], YEAR)
    with pytest.raises(BadTable, match="Service_Type"):
        count(table.drop("Service_Type"), ["ascof-3d-1a"], YEAR, connection=connection)
    connection.disconnect()


def test_everybody_in_the_events_is_told_whether_and_why():
    told = people(EVENTS, "ni130-without-reablement", YEAR)
    assert told.column_names == ["LA_Code", "person_key", "in_numerator", "in_denominator", "why"]
    assert told["why"].to_pylist() == [
        "Self-directed support in the year",
        "Support in the year, none of it self-directed",
        "Only support that this definition leaves out: reablement",
    ]


def test_counting_needs_no_django():
    code = (
        "import sys, wherewithal.analytics.count, wherewithal.analytics.people, wherewithal.formats.cld;"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _told(gender: str | None, since: str, key: int, **more: object) -> dict[str, object]:
    [row] = person(f"direct payment since {since}")
    return {**row, "person_key": key, "Gender": gender, **more}


def test_groups_of_two_breakdowns_are_told_alone_and_crossed_and_add_up():
    rows = [
        _told("Female", "2025-05-01", 1, Date_of_Birth=date(1940, 1, 1)),
        _told("Female", "2025-05-01", 2, Date_of_Birth=date(1980, 1, 1)),
        _told("Male", "2025-05-01", 3, Date_of_Birth=date(1980, 1, 1)),
        _told(None, "2025-05-01", 4, Date_of_Birth=None),
    ]
    found = count(rows, ["ascof-3d-2a"], YEAR, by=("age", "gender"))
    assert [(one.council, one.group, one.denominator) for one in found] == [
        ("all", "total", 4), ("all", "18-64", 2), ("all", "65+", 1),
        ("all", "gender: Female", 2), ("all", "gender: Male", 1), ("all", "gender: Not known", 1),
        ("all", "18-64 · gender: Female", 1), ("all", "18-64 · gender: Male", 1),
        ("all", "65+ · gender: Female", 1),
    ]  # fmt: skip
    assert found[-1].base.startswith("1 person aged 65 or over whose gender is recorded as “Female” with")


def test_a_person_is_in_one_group_only_by_the_newest_word_there_is():
    rows = [
        _told("Male", "2024-05-01", 1),
        _told("Female", "2025-05-01", 1),
        _told(None, "2025-09-01", 1),
        _told("Unknown", "2024-05-01", 2),
        _told("Male", "2024-05-01", 2),
    ]
    found = count(rows, ["ascof-3d-2a"], YEAR, by=("council", "gender"))
    assert {one.group: one.denominator for one in found} == {
        "total": 2, "gender: Female": 1, "gender: Unknown": 1,
    }  # fmt: skip


def test_what_is_no_word_of_the_list_makes_no_group_and_is_told_nowhere():
    rows = [_told("Johanna Example 9990000018", "2025-05-01", 1), _told("Male", "2025-05-01", 2)]
    found = count(rows, ["ascof-3d-2a"], YEAR, by=("gender",))
    assert {one.group for one in found} == {"total", "gender: Male", "gender: Not known"}


def test_an_ethnic_group_is_what_stands_before_the_colon():
    rows = [_told("Male", "2025-05-01", 1, Ethnicity="White: Irish"),
            _told("Male", "2025-05-01", 2, Ethnicity="White: Roma")]  # fmt: skip
    found = count(rows, ["ascof-3d-2a"], YEAR, by=("ethnicity",))
    assert {one.group: one.denominator for one in found} == {"total": 2, "ethnicity: White": 2}


def test_councils_counted_together_are_the_sum_of_councils():
    rows = [*EVENTS, *person("commissioned since 2025-05-01", council="B")]
    [together] = count(rows, ["ascof-3d-1a"], YEAR, by=())
    apart = count(rows, ["ascof-3d-1a"], YEAR, by=("council",))
    assert (together.council, together.denominator) == ("all", sum(one.denominator for one in apart))
    assert len(apart) == 2
