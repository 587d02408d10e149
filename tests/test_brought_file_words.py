"""What may be kept of what stood in a wrong cell of a file: nothing that could be somebody’s words."""

import pytest
from bringing import read_now, return_of, somebody
from returned import file_with
from test_brought_file import everything_kept

from wherewithal.extract.brought_file_words import without_names
from wherewithal.formats import cld

pytestmark = pytest.mark.django_db
NAMES = ("Quentin", "Madeup", "Notreal", "Zebedee", "王小明", "Weekley", "O’Nobody")


@pytest.mark.parametrize(
    ("stood", "field", "kept"),
    [
        ("Quentin Madeup", "Ethnicity", "Aaaa Aaaa"),
        ("QUENTIN madeup-NOTREAL", "Ethnicity", "AAAA aaaa-AAAA"),
        ("Jo", "Gender", "Aa"),
        ("Mae", "Gender", "Aaa"),
        ("Weekley", "Cost_Frequency_Unit_Type", "Aaaa"),
        ("Mrs White", "Ethnicity", "Aaa Aaaa"),
        ("White", "Delivery_Mechanism", "Aaaa"),
        ("Max White", "Service_Type", "Aaa Aaaa"),
        ("王小明", "Gender", "aaa"),
        ("王 Yes", "Has_Unpaid_Carer", "a Aaa"),
        ("Zebedee Direct payment", "Delivery_Mechanism", "Aaaa Aaaa aaaa"),
        ("ask Zebedee on 07700 900123", "Gender", "aaa Aaaa aa 00000 000000"),
        ("9990000026", "Gender", "0000000000"),
        ("9990000026", "Event_Start_Date", "0000000000"),
        ("9990000026", "Unit_Cost", "0000000000"),
        ("ZZ1 1AA", "Ethnicity", "AA0 0AA"),
        ("12/05/1948", "Gender", "00/00/0000"),
        ("12 May 48", "Date_of_Birth", "00 Aaa 00"),
        ("Quillon-0001", "Client_Type", "Aaaa-0000"),
        ("Quentin_Madeup", "", "Aaaa_Aaaa"),
        ("May 1 Quentin", "Event_Start_Date", "Aaa 0 Aaaa"),
        ("Madeup" * 30, "Gender", "Aaaa…"),
    ],
)
def test_what_could_be_somebodys_leaves_only_its_shape(stood, field, kept):
    assert without_names(stood, field) == kept


@pytest.mark.parametrize(
    ("stood", "field"),
    [
        ("Direct Paymant", "Delivery_Mechanism"),
        ("direct payment", "Ethnicity"),
        ("White", "Ethnicity"),
        ("Delivery_Mechanisms", ""),
        ("7", "Gender"),
        ("3.5", "Total_Hrs_Caring_per_week"),
        ("£1,234.50", "Unit_Cost"),
        ("31/02/2025", "Event_Start_Date"),
        ("31 Mar 26", "Event_End_Date"),
        ("2025-03-31T09:30", "Event_Start_Date"),
        ("45747", "Event_Start_Date"),
        ("E06000057", "LA_Code"),
        ("", "Gender"),
    ],
)
def test_words_of_lists_numbers_and_days_of_events_stay(stood, field):
    assert without_names(stood, field) == stood


def test_our_own_words_for_what_stood_stay_but_no_day_of_birth_or_death():
    assert without_names(cld.Instead("9 cells"), "") == "9 cells"
    for day in ("1 May 2024", "10/10/2024"):
        dead = cld.Instead(f"{day}, with a start on {day}")
        assert without_names(dead, "Date_of_Death") == "a day, with a start on a day"


def test_a_number_that_could_be_somebodys_and_a_name_of_any_script_are_shapes():
    assert without_names("87654321", "Unit_Cost") == "00000000"
    assert without_names("214.50", "Unit_Cost") == "214.50"
    assert not set(without_names("राम", "Ethnicity")) & set("राम")


def test_a_counted_file_keeps_none_of_the_names_that_stood_in_it(db):
    wrong = [
        {"Ethnicity": "Quentin Madeup"},
        {"Delivery_Mechanism": "Zebedee Notreal"},
        {"Client_Type": "王小明"},
        {"Cost_Frequency_Unit_Type": "Weekley"},
        {"Service_Component": "ask O’Nobody, Quentin’s sister"},
    ]
    rows = [somebody(number) for number in range(30)]
    for row, cells in zip(rows, wrong, strict=False):
        row |= cells
    row = read_now(file_with(*rows))
    assert row.state == "counted"
    assert [name for name in NAMES if name in everything_kept()] == []
    assert {"Aaaa Aaaa", "aaa", "Aaaa"} <= {one["value"] for one in row.health["faults"]}


@pytest.mark.parametrize(
    "content",
    [
        return_of(Event_Start_Date="Quentin Madeup"),
        return_of(LA_Code="Notreal"),
        return_of(Unit_Cost="Zebedee"),
        return_of().replace(b"Gender", b"Quentin Madeup", 1),
        b"Quentin,Madeup,Notreal\r\n1,2,3\r\n",
        b'"Quentin" Madeup,"Zebedee\r\n',
    ],
)
def test_a_refused_file_keeps_no_name_in_its_faults_nor_in_what_is_said_of_it(db, content):
    row = read_now(content)
    assert row.state == "refused"
    assert [name for name in NAMES if name in everything_kept()] == []


def test_names_that_have_one_shape_are_told_together_with_all_their_rows(db):
    rows = [somebody(number) for number in range(30)]
    for number in range(5):
        rows[number]["Ethnicity"] = f"Quentin {'ABCDE'[number]}adeup"
    [told] = [one for one in read_now(file_with(*rows)).health["faults"] if one["field"] == "Ethnicity"]
    assert (told["value"], told["times"], told["people"], told["rows"]) == (
        "Aaaa Aaaa",
        5,
        5,
        [2, 3, 4, 5, 6],
    )
