"""Whose the rows of a return are: rows in doubt, numbers that contradict each other, events told twice."""

from datetime import date

from returned import SERVICE, file_with, read

from wherewithal.formats.cld import Fault, write

OTHER = {"NHS_Number": "9990000026", "LA_Person_Unique_Identifier": "E1002"}
LATER = {"Event_Start_Date": date(2025, 6, 1)}


def told(*changes: dict, field: str = "") -> Fault | None:
    health = read(write([{**SERVICE, **change} for change in changes])).health
    assert health.worst in ("warning", None)
    return next((fault for fault in health.faults if fault.field == field), None)


def test_a_row_without_an_nhs_number_is_in_doubt_when_the_councils_number_stands_beside_one_elsewhere():
    fault = told({}, {**LATER, "NHS_Number": None}, OTHER, field="NHS_Number")
    assert fault.rows == (3,)
    assert "ascof-3d-1a" in fault.measures


def test_people_without_any_nhs_number_are_their_councils_number_and_in_no_doubt():
    alone = {"NHS_Number": None}
    assert told(alone, {**alone, **LATER}, field="NHS_Number") is None


def test_one_number_of_the_council_beside_two_nhs_numbers_is_told():
    fault = told({}, {**LATER, "NHS_Number": OTHER["NHS_Number"]}, field="NHS_Number")
    assert (fault.value, fault.rows) == ("two NHS numbers beside one number of the council", (2, 3))


def test_one_nhs_number_beside_two_numbers_of_the_council_is_told():
    fault = told(
        {}, {**LATER, "LA_Person_Unique_Identifier": "E1009"}, OTHER, field="LA_Person_Unique_Identifier"
    )
    assert (fault.rows, fault.people) == ((2, 3), 1)


def test_an_event_that_is_told_twice_is_named_where_it_stands_again():
    assert told({}, OTHER, {}).rows == (4,)


def test_services_that_differ_in_what_a_single_submission_is_told_apart_by_are_two_events():
    assert told({}, LATER, {"Delivery_Mechanism": "CASSR commissioned support"}, OTHER) is None
    assert told({}, {"Event_End_Date": date(2025, 7, 1)}).rows == (3,)


def test_other_events_are_told_apart_by_their_end():
    request = {"Event_Type": "Request", "Service_Type": None, "Service_Component": None}
    ends = [{**request, "Event_End_Date": date(2025, 5, day)} for day in (2, 3, 2)]
    assert told(*ends).rows == (4,)


def test_the_same_event_in_another_submission_is_no_repeat():
    quarters = [
        {"Reporting_Period_Start_Date": date(2024, month, 1), "Reporting_Period_End_Date": last}
        for month, last in ((4, date(2025, 3, 31)), (7, date(2025, 6, 30)))
    ]
    assert told(*quarters) is None


def test_a_row_whose_council_cannot_be_read_contradicts_no_other():
    faults = read(file_with({}, {"LA_Code": "998"}, {"Event_Start_Date": "01/06/2025"})).health.faults
    assert [(fault.field, fault.level) for fault in faults] == [("LA_Code", "refused")]
