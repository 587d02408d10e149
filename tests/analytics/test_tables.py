"""The contracts of the tables, the reporting year, and one key for each person."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from spec.events import person

from wherewithal.analytics.schema import EVENTS, JOURNEYS, PARTICULARS, BadTable, as_table, check
from wherewithal.analytics.year import NoSuchYear, ReportingYear

ROWS = person("managed budget since 2025-05-01")


def test_a_table_made_from_rows_has_every_column_of_the_contract_in_order():
    table = as_table(ROWS)
    assert table.column_names == [column.name for column in EVENTS]
    assert check(table) == []
    assert table.schema.field("person_key").type == pa.int64()
    assert table["Ethnicity"].null_count == 1


def test_no_column_of_the_events_tells_who_the_person_is():
    telling = {"NHS_Number", "LA_Person_Unique_Identifier", "Postcode", "GP_Practice_Code", "Event_Reference",
               "Event_Description", "Adult_1_Linked_Person_ID"}  # fmt: skip
    assert telling.isdisjoint(column.name for column in EVENTS)
    with pytest.raises(BadTable, match="no column “NHS_Number”"):
        as_table([{**ROWS[0], "NHS_Number": "999 000 0000"}])


def test_every_column_says_what_it_means():
    assert all(column.meaning for column in (*EVENTS, *JOURNEYS, *PARTICULARS))


def test_a_missing_column_and_one_of_the_wrong_type_are_both_named():
    table = as_table(ROWS).drop(["Service_Type"]).set_column(1, "LA_Code", pa.array([1]))
    faults = check(table)
    assert any("“Service_Type” is missing" in fault for fault in faults)
    assert any("“LA_Code” holds int64; it should hold text" in fault for fault in faults)
    with pytest.raises(BadTable, match=r"LA_Code.*int64|Service_Type"):
        as_table(table)


@pytest.mark.parametrize(
    "name, value",
    [
        ("Event_Start_Date", "2025-05-01"), ("person_key", "one"), ("Unit_Cost", "cheap"), ("LA_Code", 123),
        ("person_key", 2**80), ("Event_Start_Date", 2**80), ("Event_Start_Date", float("nan")),
        ("Unit_Cost", {"pounds": 1}),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_by_its_column(name, value):
    with pytest.raises(BadTable, match=f"“{name}” should hold"):
        as_table([{**ROWS[0], name: value}])


def test_blank_text_is_empty_and_a_council_must_not_be():
    assert as_table([{**ROWS[0], "Delivery_Mechanism": "  "}])["Delivery_Mechanism"].null_count == 1
    with pytest.raises(BadTable, match="“LA_Code” is empty in 1 of 1 rows"):
        as_table([{**ROWS[0], "LA_Code": " "}])


def test_money_stays_exact():
    assert as_table([{**ROWS[0], "Unit_Cost": Decimal("214.50")}])["Unit_Cost"][0].as_py() == Decimal(
        "214.50"
    )
    floats = as_table(ROWS).drop(["Unit_Cost"]).append_column("Unit_Cost", pa.array([214.5]))
    with pytest.raises(BadTable, match="“Unit_Cost” holds double; it should hold pounds and pence"):
        as_table(floats)


def test_an_arrow_table_of_other_widths_is_taken():
    table = as_table(ROWS)
    dictionary = table.set_column(1, "LA_Code", table["LA_Code"].dictionary_encode())
    narrow = dictionary.set_column(0, "person_key", pa.array([1], pa.int32()))
    assert as_table(narrow) == table


def test_a_reporting_year_runs_from_april_to_march():
    year = ReportingYear("2025-26")
    assert (year.first, year.last, year.label) == (date(2025, 4, 1), date(2026, 3, 31), "2025-26")
    assert ReportingYear("1999-00").last == date(2000, 3, 31)
    assert ReportingYear.of(date(2026, 3, 31)) == year
    assert ReportingYear.of(date(2026, 4, 1)).name == "2026-27"


def test_the_year_so_far_ends_on_the_day_and_the_whole_year_when_it_is_over():
    year = ReportingYear("2025-26")
    assert year.so_far(date(2025, 9, 30)).last == date(2025, 9, 30)
    assert year.so_far(date(2025, 9, 30)).label == "2025-26 to 30 September 2025"
    assert year.so_far(date(2026, 3, 31)) == year
    assert year.so_far(date(2027, 1, 1)) == year
    with pytest.raises(NoSuchYear, match="31 March 2025 is not in 2025-26"):
        year.so_far(date(2025, 3, 31))


@pytest.mark.parametrize("name", ["2025", "2025-27", "2025/26", "25-26", ""])
def test_a_name_that_is_no_year_is_refused(name):
    with pytest.raises(NoSuchYear, match="Write it like 2025-26"):
        ReportingYear(name)
