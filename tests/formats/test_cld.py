"""Client Level Data as CSV: out and back the same, old spellings read as new, faults by row and field."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from returned import NAMES, SERVICE, file_with, read, whole

from wherewithal.formats.cld import SCHEMA, Findings, NotAField, batches, write


def test_a_file_has_the_46_fields_in_order_and_dates_as_the_collection_asks():
    header, row = write([SERVICE]).decode().splitlines()
    assert header.split(",") == NAMES
    assert len(NAMES) == 46
    assert "17/06/1950" in row
    assert "214.50" in row


def test_what_is_written_is_read_back_the_same():
    reading = read(write([SERVICE]))
    assert reading.rows == [whole(SERVICE)]
    assert reading.health.faults == ()


def test_every_batch_has_the_row_and_then_every_field_in_file_order():
    [batch] = batches(write([SERVICE, SERVICE]), found=Findings())
    assert batch.schema == SCHEMA
    assert SCHEMA.names == ["row", *NAMES]
    assert batch["row"].to_pylist() == [2, 3]


texts = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\x1a"), max_size=20
).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(texts, st.dates(), st.decimals(0, 9_999_999, places=2), st.integers(0, 99))
def test_any_text_date_and_amount_comes_back_the_same(text, day, amount, number):
    row = {**SERVICE, "Event_Description": text, "Date_of_Birth": day, "Unit_Cost": amount,
           "No_of_adults_being_cared_for": number}  # fmt: skip
    assert read(write([row])).rows == [whole(row)]


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
            {
                "Client_Type": "Carer",
                "Service_Type": "Carer Support: Direct to Carer",
                "Delivery_Mechanism": "CASSR Managed Personal Budget",
                "Event_Outcome": "NFA - Moved to another LA",
            }
        )
    )
    assert reading.faults == []
    assert reading.rows[0]["Service_Type"] == "Unpaid carer support: Direct to unpaid carer"
    assert reading.rows[0]["Delivery_Mechanism"] == "CASSR managed personal budget"
    changed = {(one.field, one.value, one.now, one.times) for one in reading.health.faults if one.now}
    assert ("Client_Type", "Carer", "Unpaid carer", 1) in changed
    assert len(changed) == 4


def test_a_word_outside_a_list_is_named_with_what_was_meant_and_counts_as_blank():
    reading = read(file_with({"Delivery_Mechanism": "Direct paymnt", "Service_Type": "Something else"}))
    mechanism, service = sorted(reading.faults, key=lambda fault: fault.field)
    assert (mechanism.level, mechanism.value) == ("error", "Direct paymnt")
    assert mechanism.expected == "“Direct payment” or another word of the list"
    assert "others" in service.expected
    assert reading.rows[0]["Delivery_Mechanism"] is None
    assert reading.health.blanked == 2


def test_a_word_outside_a_list_that_is_not_complete_is_let_through():
    reading = read(file_with({"Gender": "Another", "Review_Reason": "Planned"}))
    assert reading.faults == []
    assert (reading.rows[0]["Gender"], reading.rows[0]["Review_Reason"]) == ("Another", "Planned")


def test_it_is_told_once_a_word_how_often_where_the_list_has_all_that_are_usual():
    reading = read(file_with({"Gender": "Another"}, {}, {"Gender": "X"}, {"Gender": "Another"}))
    told = [(one.field, one.value, one.times, one.rows, one.now) for one in reading.health.of("warning")]
    assert [one for one in told if one[0] == "Gender"] == [
        ("Gender", "Another", 2, (2, 5), ""), ("Gender", "X", 1, (4,), ""),
    ]  # fmt: skip
    assert reading.health.blanked == 0


def test_a_service_that_outlasts_its_person_is_told_with_what_the_count_does_and_stays():
    died = {"Date_of_Death": "01/07/2025"}
    health = read(
        file_with(
            died, {**died, "Event_End_Date": "02/07/2025"}, {**died, "Event_End_Date": "01/07/2025"}, {},
            {**died, "Event_Type": "Review", "Event_End_Date": "02/07/2025"},
            {**died, "Event_Start_Date": ""},
        )
    ).health  # fmt: skip
    [told] = [one for one in health.of("warning") if one.field == "Event_End_Date"]
    assert (told.value, told.rows) == ("no end, or one after the person’s death", (2, 3))
    assert [(on.effect.id, on.rows) for on in told.effects] == [("open-after-death", 2)]
    assert {"ascof-3d-1a", "ascof-1c-2a"} <= set(told.measures) and "ni130-revised" not in told.measures


def stated(first: str, last: str, **more: str) -> dict[str, str]:
    return {"Reporting_Period_Start_Date": first, "Reporting_Period_End_Date": last, **more}


OLD, NEW = stated("01/04/2024", "31/03/2025"), stated("01/07/2024", "30/06/2025")


def periods(*records: dict[str, str]):
    health = read(file_with(*records)).health
    return [one for one in health.of("warning") if one.field == "Reporting_Period_End_Date"]


def test_a_council_that_states_two_periods_is_told_with_rows_and_what_the_count_does():
    [told] = periods(NEW, OLD, NEW, OLD, NEW)
    assert (told.of, told.value, told.rows) == ("council 999", "1 April 2024 to 31 March 2025", (3, 5))
    assert told.expected.startswith("1 July 2024 to 30 June 2025, which 3 other rows of council 999 state;")
    assert "the one that covers most of its year, else the one that ends last" in told.expected


def test_a_few_rows_of_another_period_are_a_slip_that_no_count_takes():
    [told] = periods(*[NEW] * 60, stated("01/07/2025", "30/06/2025"))
    assert told.rows == (62,) and "taken for a slip, and every count leaves them out" in told.expected


def test_rows_without_a_period_among_others_that_state_one_are_told():
    [told] = periods(NEW, {}, NEW)
    assert (told.value, told.rows) == ("", (3,))
    assert told.expected.endswith("only where no others of the council cover its year")


def test_of_columns_that_hold_no_periods_a_few_are_told_and_the_rest_as_one():
    told = periods(*(stated("01/04/2025", f"{day:02}/05/2026") for day in range(1, 31)))
    assert [one.times for one in told] == [9, *[1] * 20]
    assert told[0].value == "9 more periods, at least"
    assert "do the columns hold the days of events?" in told[0].expected


def test_two_councils_may_each_state_a_period_of_their_own():
    assert periods(NEW, {**OLD, "LA_Code": "102"}, NEW) == [] == periods({}, {})


@pytest.mark.parametrize(
    "field, cell",
    [("Date_of_Birth", "31/02/1950"), ("Date_of_Birth", "1/6/1950"), ("Event_Start_Date", "next week"),
     ("Unit_Cost", "£214.50"), ("Unit_Cost", "1e3"), ("Unit_Cost", "214.505"),
     ("Planned_units_per_week", "-1"),
     ("No_of_adults_being_cared_for", "two")],
)  # fmt: skip
def test_a_cell_of_the_wrong_kind_is_refused_at_its_place(field, cell):
    reading = read(file_with({field: cell}))
    [fault] = reading.faults
    assert (fault.level, fault.rows, fault.field, fault.value) == ("refused", (2,), field, cell)
    assert f"Row 2, {field}: “{cell}” stood there; expected" in fault.says


@pytest.mark.parametrize("cell", ["1950-06-17", "1950-06-17 00:00:00", "17/06/1950 00:00"])
def test_a_date_may_also_be_written_year_first_or_at_midnight_and_that_is_told(cell):
    reading = read(file_with({"Date_of_Birth": cell}))
    assert reading.rows[0]["Date_of_Birth"] == date(1950, 6, 17)
    [told] = reading.health.of("warning")
    assert (told.field, told.value, told.now) == ("Date_of_Birth", cell, "17/06/1950")


@pytest.mark.parametrize("field", ["Client_Type", "Event_Type", "Event_Start_Date", "Service_Type"])
def test_what_nothing_can_be_counted_without_must_be_there(field):
    faults = read(file_with({field: " "})).faults
    assert [(fault.level, fault.field, fault.value) for fault in faults] == [("error", field, "")]
    assert "nothing stood there" in faults[0].says


def test_only_a_service_may_be_open_and_nothing_ends_before_it_starts():
    request = {**SERVICE, "Event_Type": "Request", "Service_Type": None, "Service_Component": None}
    assert [fault.field for fault in read(write([request])).faults] == ["Event_End_Date"]
    backwards = {**SERVICE, "Event_End_Date": date(2025, 4, 30)}
    [fault] = read(write([backwards])).faults
    assert fault.value == "30/04/2025, with a start on 01/05/2025"
    assert fault.expected == "a day on or after the start of the event"


def test_an_end_before_its_start_stays_so_that_the_service_does_not_become_an_open_one():
    backwards = {**SERVICE, "Event_End_Date": date(2025, 4, 30)}
    assert read(write([backwards])).rows[0]["Event_End_Date"] == date(2025, 4, 30)


def test_a_carer_known_by_association_needs_no_event():
    row = {key: SERVICE[key] for key in ("LA_Code", "LA_Person_Unique_Identifier")}
    assert read(write([{**row, "Client_Type": "Unpaid carer known by association"}])).faults == []


@pytest.mark.parametrize(
    "number, stood",
    [("9990000019", "ten digits of which the last cannot be right"), ("9999999999", "one digit ten times"),
     ("999000001", "not ten digits"), ("99900000I8", "not ten digits")],
)  # fmt: skip
def test_an_nhs_number_that_cannot_be_one_counts_as_blank_and_is_not_shown(number, stood):
    reading = read(file_with({"NHS_Number": number}))
    [fault] = reading.faults
    assert (fault.level, fault.field, fault.value) == ("error", "NHS_Number", stood)
    assert number not in fault.says
    assert reading.rows[0]["NHS_Number"] is None


def test_an_nhs_number_may_be_grouped_with_spaces_or_hyphens():
    content = file_with({"NHS_Number": "999 000 0018"}, {"NHS_Number": "999-000-0018"}, {"NHS_Number": ""})
    assert [row["NHS_Number"] for row in read(content).rows] == ["9990000018", "9990000018", None]


def test_all_faults_come_at_once_with_how_often_where_and_of_how_many_people():
    good, bad = {}, {"Client_Type": ""}
    other = {"Client_Type": "", "NHS_Number": "", "LA_Person_Unique_Identifier": "E1002"}
    reading = read(file_with(bad, good, bad, other, {"Unit_Cost": "free"}))
    cost, client = reading.faults
    assert (client.times, client.rows, client.people) == (3, (2, 4, 5), 2)
    assert (cost.level, cost.rows) == ("refused", (6,))


def test_the_header_may_be_spaced_and_in_any_order():
    content = write([SERVICE]).decode()
    header = content.split("\r\n")[0]
    spaced = content.replace(header, header.replace("_", " ").upper())
    assert read(spaced.encode("utf-8-sig")).rows == [whole(SERVICE)]


def test_rows_are_counted_as_a_spreadsheet_does_past_line_breaks_in_cells_and_blank_lines():
    content = (
        file_with({"Event_Description": "one\r\ntwo\n\nthree"})
        + b"\r\n\n"
        + b"," * 45
        + b"\r\n"
        + file_with({"Unit_Cost": "free"}).split(b"\n", 1)[1]
    )
    [fault] = read(content).faults
    assert fault.rows == (6,)
    assert read(content).health.rows == 2


def test_a_file_of_many_blocks_is_told_as_one():
    many = 40_000
    records = [{"LA_Person_Unique_Identifier": f"E{number}", "NHS_Number": ""} for number in range(many)]
    records[30_000]["Delivery_Mechanism"] = "Gift"
    content = file_with(*records)
    assert len(content) > 6 << 20
    health = read(content).health
    assert (health.rows, health.people) == (many, many)
    assert [(fault.value, fault.rows) for fault in health.of("error")] == [("Gift", (30_002,))]
