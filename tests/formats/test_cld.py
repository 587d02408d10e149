"""Client Level Data as CSV: out and back the same, old spellings read as new, faults by row and field."""

import csv
import io
import random
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.analytics.count import count
from wherewithal.analytics.load import loaded
from wherewithal.analytics.year import ReportingYear
from wherewithal.formats.cld import Fault, Normalised, NotAField, read, write
from wherewithal.formats.cld_cells import fields

NAMES = [field.name for field in fields()]
SERVICE = {
    "LA_Code": "999",
    "NHS_Number": "9990000018",
    "LA_Person_Unique_Identifier": "E1001",
    "Date_of_Birth": date(1950, 6, 17),
    "Client_Type": "Service user",
    "Event_Type": "Service",
    "Event_Start_Date": date(2025, 5, 1),
    "Service_Type": "Long term support: Community",
    "Service_Component": "Home support or domiciliary care",
    "Delivery_Mechanism": "Direct payment",
    "Unit_Cost": Decimal("214.50"),
    "Cost_Frequency_Unit_Type": "Weekly",
    "Planned_units_per_week": Decimal("1"),
}


def whole(row: dict) -> dict:
    return {name: row.get(name) for name in NAMES}


def file_with(**cells: str) -> bytes:
    """The service's row with some cells as text, whatever they say."""
    [header, record] = list(csv.reader(io.StringIO(write([SERVICE]).decode())))
    record = [cells.get(name, cell) for name, cell in zip(header, record, strict=True)]
    text = io.StringIO()
    csv.writer(text).writerows([header, record])
    return text.getvalue().encode()


def test_a_file_has_the_46_fields_in_order_and_dates_as_the_collection_asks():
    header, row = write([SERVICE]).decode().splitlines()
    assert header.split(",") == NAMES
    assert len(NAMES) == 46
    assert "17/06/1950" in row
    assert "214.50" in row


def test_what_is_written_is_read_back_the_same():
    reading = read(write([SERVICE]))
    assert reading.rows == (whole(SERVICE),)
    assert reading.faults == reading.normalised == ()


texts = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(texts, st.dates(), st.decimals(0, 9_999_999, places=2), st.integers(0, 99))
def test_any_text_date_and_amount_comes_back_the_same(text, day, amount, number):
    row = {**SERVICE, "Event_Description": text, "Date_of_Death": day, "Unit_Cost": amount,
           "No_of_adults_being_cared_for": number}  # fmt: skip
    assert read(write([row])).rows == (whole(row),)


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1632 960001", "-2+3", "@SUM(A1)", "\t=1", "'=1+1", "''=1", " =1"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_comes_back(text):
    row = {**SERVICE, "Event_Description": text}
    [_, record] = list(csv.reader(io.StringIO(write([row]).decode(), newline="")))
    assert record[NAMES.index("Event_Description")] == f"'{text}"
    assert read(write([row])).rows[0]["Event_Description"] == text


def test_a_key_that_is_no_field_is_refused_and_not_dropped():
    with pytest.raises(NotAField, match="“Surname” is not a field"):
        write([{**SERVICE, "Surname": "Example"}])


def test_chosen_columns_make_another_file():
    assert (
        write([{"person_key": 7, "LA_Code": "999"}], ["LA_Code", "person_key"])
        == b"LA_Code,person_key\r\n999,7\r\n"
    )


def test_release_1_words_are_read_as_release_2_and_reported():
    reading = read(
        file_with(
            Client_Type="Carer",
            Service_Type="Carer Support: Direct to Carer",
            Delivery_Mechanism="CASSR Managed Personal Budget",
            Event_Outcome="NFA - Moved to another LA",
        )
    )
    assert reading.faults == ()
    assert reading.rows[0]["Service_Type"] == "Unpaid carer support: Direct to unpaid carer"
    assert reading.rows[0]["Delivery_Mechanism"] == "CASSR managed personal budget"
    assert Normalised("Client_Type", "Carer", "Unpaid carer", 1) in reading.normalised
    assert len(reading.normalised) == 4


def test_a_word_outside_a_list_is_named_with_what_was_meant():
    reading = read(file_with(Delivery_Mechanism="Direct paymnt", Service_Type="Something else"))
    assert reading.rows == ()
    assert (
        Fault(2, "Delivery_Mechanism", "Direct paymnt", "“Direct payment” or another word of the list")
        in reading.faults
    )
    assert any(fault.field == "Service_Type" and "others" in fault.expected for fault in reading.faults)


def test_a_word_outside_a_list_that_is_not_complete_is_let_through():
    reading = read(file_with(Gender="Another"))
    assert reading.faults == ()
    assert reading.rows[0]["Gender"] == "Another"


@pytest.mark.parametrize(
    "field, cell",
    [("Date_of_Birth", "31/02/1950"), ("Date_of_Birth", "1/6/1950"), ("Event_Start_Date", "next week"),
     ("Unit_Cost", "£214.50"), ("Unit_Cost", "1e3"), ("Unit_Cost", "214.505"),
     ("Planned_units_per_week", "-1"),
     ("No_of_adults_being_cared_for", "two")],
)  # fmt: skip
def test_a_cell_of_the_wrong_kind_is_a_fault_at_its_place(field, cell):
    reading = read(file_with(**{field: cell}))
    assert [(fault.row, fault.field, fault.value) for fault in reading.faults][:1] == [(2, field, cell)]
    assert reading.rows == ()
    assert f"Row 2, {field}: “{cell}” stood there; expected" in reading.faults[0].says


def test_dates_may_also_be_written_year_first():
    assert read(file_with(Date_of_Birth="1950-06-17")).rows[0]["Date_of_Birth"] == date(1950, 6, 17)


@pytest.mark.parametrize(
    "field", ["LA_Code", "Client_Type", "Event_Type", "Event_Start_Date", "Service_Type"]
)
def test_what_nothing_can_be_counted_without_must_be_there(field):
    faults = read(file_with(**{field: " "})).faults
    assert [(fault.field, fault.value) for fault in faults] == [(field, "")]
    assert "nothing stood there" in faults[0].says


def test_only_a_service_may_be_open_and_nothing_ends_before_it_starts():
    request = {**SERVICE, "Event_Type": "Request", "Service_Type": None, "Service_Component": None}
    assert [fault.field for fault in read(write([request])).faults] == ["Event_End_Date"]
    backwards = {**SERVICE, "Event_End_Date": date(2025, 4, 30)}
    [fault] = read(write([backwards])).faults
    assert (fault.value, fault.expected) == ("30/04/2025", "a day on or after the start, 01/05/2025")


def test_a_carer_known_by_association_needs_no_event():
    row = {key: SERVICE[key] for key in ("LA_Code", "LA_Person_Unique_Identifier")}
    assert read(write([{**row, "Client_Type": "Unpaid carer known by association"}])).faults == ()


def test_all_faults_come_at_once_and_nothing_is_half_loaded():
    good, bad = dict(SERVICE), {**SERVICE, "Client_Type": None}
    reading = read(write([bad, good, bad]))
    assert [fault.row for fault in reading.faults] == [2, 4]
    assert reading.rows == ()


def test_the_header_may_be_spaced_and_in_any_order_but_not_strange():
    content = write([SERVICE]).decode()
    header = content.split("\r\n")[0]
    spaced = content.replace(header, header.replace("_", " ").upper())
    assert read(spaced.encode("utf-8-sig")).rows == (whole(SERVICE),)
    assert read(content.replace("Postcode", "Shoe_Size").encode()).faults[0] == Fault(
        1, "", "Shoe_Size", "the name of a field"
    )
    assert [fault.field for fault in read(content.replace("Client_Type", "Gender", 1).encode()).faults] == [
        "Gender",
        "Client_Type",
    ]


@pytest.mark.parametrize(
    "content, expected",
    [
        (b"", "a header row"),
        (b"\xff\xfe", "text in UTF-8"),
        (b'LA_Code\n"unfinished', "cells as CSV writes them"),
    ],
)
def test_what_is_no_csv_file_is_refused_at_its_place(content, expected):
    [fault] = read(content).faults
    assert expected in fault.expected


def test_a_short_row_is_a_fault_and_a_blank_line_is_not():
    content = write([SERVICE]) + b"\r\n999,1\r\n"
    assert [(fault.row, fault.value) for fault in read(content).faults] == [(4, "2 cells")]


def test_two_thousand_mutated_files_never_raise_and_never_half_load():
    dice = random.Random(46)
    original = write([SERVICE, {**SERVICE, "Event_Description": "said “yes”, then, no"}])
    for _ in range(2000):
        content = bytearray(original)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(content))
            change = dice.choice(["set", "cut", "put"])
            if change == "set":
                content[place] = dice.randrange(256)
            elif change == "cut":
                del content[place : place + dice.randint(1, 30)]
            else:
                content[place:place] = dice.choice([b'"', b",", b"\r\n", b"\x00", b"'=", b"\xef\xbb\xbf"])
        reading = read(bytes(content))
        assert not (reading.rows and reading.faults)
        assert all(fault.says for fault in reading.faults)


def test_a_councils_file_becomes_a_figure():
    managed = {**SERVICE, "NHS_Number": None, "LA_Person_Unique_Identifier": "E1002",
               "Delivery_Mechanism": "CASSR commissioned support"}  # fmt: skip
    rows = pa.Table.from_pylist(list(read(write([SERVICE, managed])).rows))
    with loaded([rows.to_batches()], period=ReportingYear("2025-26")) as found:
        [figure] = count(
            found.events, ["ascof-3d-2a"], found.period, by=("council",), connection=found.connection
        )
    assert (figure.numerator, figure.denominator, str(figure.value)) == (1, 2, "50.0")
