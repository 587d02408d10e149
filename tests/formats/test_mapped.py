"""Any extract becomes Client Level Data by a mapping; what that does not name is refused by its place."""

import csv
import random
from collections import Counter
from datetime import date

import pyarrow as pa
import pytest
from mapping import HEADER, ROWS, extract_file, mapping_file
from samples import SAMPLES

from wherewithal.core.refusal import Refusal
from wherewithal.formats import cld
from wherewithal.formats.mapped import (
    MAPPED,
    BadMapping,
    Counts,
    NoSuchKind,
    NotInThisEncoding,
    batches,
    lacking,
    mapping,
    shipped,
    write,
)  # fmt: skip
from wherewithal.formats.mapped.fitting import check

SCOTLAND = "scotland-home-care-2010"


def brought(folder, *rows, changes=(), header=HEADER, encoding="cp1252"):
    """The events, what was found, and what became of the rows."""
    found, counts = cld.Findings(), Counts()
    of = mapping(str(mapping_file(folder, *changes)))
    extract = extract_file(folder, *rows, header=header, encoding=encoding)
    events = pa.Table.from_batches(batches(extract, of, found=found, counts=counts), MAPPED)
    return events.to_pylist(), found.health(), counts


def refused(*of, **how):
    return [fault.says for fault in brought(*of, **how)[1].of("refused")]


def test_a_row_becomes_an_event_of_each_kind_that_it_names(tmp_path):
    events, health, counts = brought(tmp_path)
    told = [(one["row"], one["LA_Person_Unique_Identifier"], one["Service_Component"]) for one in events]
    assert told == [
        (2, "E1", "Home support or domiciliary care"),
        (3, "E2", "Direct payment"),
        (4, "E3", "Direct payment"),
    ]  # fmt: skip
    assert (counts.rows, counts.without_event, counts.events) == (4, 1, 3)
    assert counts.kinds == {("Home support or domiciliary care", ""): 1, ("Direct payment", ""): 2}
    assert (health.rows, health.people, health.councils) == (3, 3, {"999": 3})


def test_values_become_others_and_dates_are_read_as_they_are_written(tmp_path):
    events, _, _ = brought(tmp_path)
    assert [one["Gender"] for one in events] == ["Male", "Female", None]
    assert [one["Event_Start_Date"] for one in events] == [
        date(2024, 5, 1),
        date(2024, 6, 1),
        date(2025, 1, 15),
    ]
    assert {one["Reporting_Period_End_Date"] for one in events} == {date(2026, 3, 31)}


def test_an_age_group_stays_one_and_no_birth_date_is_made_up(tmp_path):
    events, _, _ = brought(tmp_path, *ROWS[:3], "999;E5;F;9;20250401;Y;N;")
    assert [(one["Age_From"], one["Age_To"]) for one in events] == [
        (18, 64),
        (65, 84),
        (85, None),
        (None, None),
    ]
    assert {one["Date_of_Birth"] for one in events} == {None}


def test_a_column_that_is_passed_over_goes_nowhere(tmp_path):
    events, _, _ = brought(tmp_path)
    assert "café" not in str(events)


def test_all_that_the_mapping_does_not_name_is_refused_at_once_by_row_and_column(tmp_path):
    rows = (
        "999;E1;X;1;20240501;Y;N;",
        "999;E2;F;7;20240601;Y;maybe;",
        "998;E3;F;1;2024-06-01;Y;N;",
        "999;E4",
    )
    assert sorted(refused(tmp_path, *rows)) == [
        "Row 2, Sex: “X” stood there; expected a value that the mapping names: “M”, “F”, “.”.",
        "Row 3, Band: “7” stood there; expected a value that the mapping names: “1”, “2”, “3”, “9”.",
        "Row 3, DP: “maybe” stood there; expected a value that the mapping names: “Y”, “N”.",
        "Row 4, LA_Code: “998” stood there; "
        "expected a council’s code in social care collections, such as 102.",
        "Row 4, Since: “2024-06-01” stood there; expected a day written as 20260331.",
        "Row 5: “2 cells” stood there; expected 8 cells, as in the header.",
    ]  # fmt: skip


def test_a_row_keeps_its_number_past_blank_lines_and_breaks_within_cells(tmp_path):
    events, _, _ = brought(
        tmp_path, "", '999;E1;M;1;20240501;Y;N;"two\r\nlines"', "", "999;E2;M;1;20240501;Y;N;"
    )
    assert [one["row"] for one in events] == [3, 5]


def test_the_rules_of_client_level_data_hold_for_what_the_mapping_made(tmp_path):
    changes = (
        ('dates = "%Y%m%d"', ""),
        ('field = "Event_Start_Date"', 'field = "Event_Start_Date"\nblank = ["-"]'),
    )
    _, health, _ = brought(tmp_path, "999;E1;M;1;-;Y;N;", changes=changes)
    [fault] = health.of("error")
    assert fault.says == "Row 2, Event_Start_Date: nothing stood there; expected a date like 31/03/2026."


@pytest.mark.parametrize(("otherwise", "gender"), [("blank", None), ("kept", "Non-binary")])
def test_a_value_that_is_not_named_may_be_blank_or_kept_where_the_mapping_says_so(
    tmp_path, otherwise, gender
):
    changes = (('blank = ["."]', f'otherwise = "{otherwise}"'),)
    events, health, _ = brought(tmp_path, "999;E1;Non-binary;1;20240501;Y;N;", changes=changes)
    assert [one["Gender"] for one in events] == [gender]
    assert health.of("refused") == ()


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (HEADER + ";Shoe size", "Row 1: “Shoe size” stood there; expected a column that the mapping names."),
        (HEADER.replace("Sex;", ""), "Row 1, Sex: nothing stood there; expected a column of this name."),
        (HEADER + ";Sex", "Row 1, Sex: “2 columns of this name” stood there; expected each column once."),
        (HEADER.replace(";", ","), "expected columns with “;” between them, as the mapping says."),
    ],
)
def test_columns_are_those_of_the_mapping_each_once(tmp_path, header, says):
    [told] = refused(tmp_path, header=header)
    assert told.endswith(says)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", HEADER.encode() + b"\r\n"])
def test_what_is_no_extract_is_refused(tmp_path, content):
    (tmp_path / "extract.csv").write_bytes(content)
    found = cld.Findings()
    of = mapping(str(mapping_file(tmp_path, ('encoding = "cp1252"', ""))))
    assert list(batches(tmp_path / "extract.csv", of, found=found)) == []
    assert found.refused


def test_another_encoding_than_the_mapping_says_is_refused(tmp_path):
    with pytest.raises(NotInThisEncoding, match=r"extract\.csv is not written in ascii-ish"):
        brought(tmp_path, changes=(('"cp1252"', '"ascii-ish"'),))
    _, health, _ = brought(tmp_path, changes=(('encoding = "cp1252"', ""),))
    assert [fault.field for fault in health.of("refused")] == ["Notes"]


def test_councils_of_its_own_stand_in_place_of_the_english_ones(tmp_path):
    changes = (("[always]", '[councils]\nZ1 = "Far away"\n\n[always]'),)
    events, health, _ = brought(
        tmp_path, "Z1;E1;M;1;20240501;Y;N;", "999;E2;M;1;20240501;Y;N;", changes=changes
    )
    assert [one["LA_Code"] for one in events] == ["Z1", None]
    [fault] = health.of("refused")
    assert fault.says.endswith("“999” stood there; expected the code of a council that the mapping names.")


def test_where_numbers_cannot_be_relied_on_each_row_is_a_person(tmp_path):
    changes = (("[always]", "a_row_is_a_person = true\n\n[always]"),)
    changes = (('separator = ";"', 'separator = ";"\na_row_is_a_person = true'),)
    events, health, _ = brought(
        tmp_path, *["999;E1;M;1;20240501;Y;N;"] * 2, "999;;M;1;20240501;Y;N;", changes=changes
    )
    assert [one["LA_Person_Unique_Identifier"] for one in events] == ["2-E1", "3-E1", "4-"]
    assert health.people == 3


def test_without_events_a_row_is_one(tmp_path):
    cut = ('[[events]]\ntitle = "Home care"', '[[more]]\ntitle = "Home care"')
    text = mapping_file(tmp_path, cut).read_text().split("[[more]]")[0]
    text = text.replace('may_be = ["Y", "N"]', 'passed_over = "Not asked here."')
    text = text.replace("[always]", '[always]\nService_Component = "Day support"')
    (tmp_path / "whole.toml").write_text(text)
    found = cld.Findings()
    of = mapping(str(tmp_path / "whole.toml"))
    events = pa.Table.from_batches(batches(extract_file(tmp_path), of, found=found))
    assert (events.num_rows, set(events["Service_Component"].to_pylist())) == (4, {"Day support"})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "made-up"', "", "“id” is missing"),
        ('says = "M or F"', 'says = "M or F"\nwhat = 1', "column “Sex”: nothing here is called “what”"),
        ('field = "Gender"', 'field = "Sex"', "“Sex” is no field of Client Level Data"),
        ('M = "Male"', 'M = "Man"', None),
        ('DP = ["Y"] }', 'DP = ["Yes"] }', "“Yes” is no value that the column “DP” may have"),
        ('DP = ["Y"] }', 'Dp = ["Y"] }', "event “Direct payment”: the column “Dp” is not among"),
        ('1 = "18-64"', '1 = "64-18"', "“64-18” must be an age group such as 18-64 or 85+"),
        ('1 = "18-64"', '1 = "young"', "“young” must be an age group"),
        ('Service_Component = "Direct', 'Service_Component = "A direct', "of Service_Component"),
        ('Event_Type = "Service"', "", "nothing says the Event_Type of the event “Home care”"),
        ('separator = ";"', 'separator = ";;"', "“separator” must be one character"),
        ('passed_over = "Free', 'may_be = ["a"]\npassed_over = "Free', "give one of field, ages"),
        ('blank = ["."]', 'otherwise = "dropped"', "“otherwise” must be refused, blank or kept"),
        ('column = "Notes"', 'column = "DP"', "the column “DP” is there twice"),
        ('field = "Gender"', 'field = "Client_Type"', "Client_Type is given twice for the event"),
        ("[always]", '[councils]\n110 = "Aberdeenshire"\n\n[always]', "the code 110, which is Sunderland’s"),
        ('fields = ["Event_End_Date"]', 'fields = ["End"]', "“End” is no field"),
        ('when = { "Home care" = ["Y"], DP = ["N"] }', "", "no event looks at the column “Home care”"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_named_by_its_place(tmp_path, old, new, says):
    """Gender’s list is not complete, so another word for it is no mistake."""
    file = mapping_file(tmp_path, (old, new))
    if says is None:
        check(mapping(str(file)))
        return
    with pytest.raises(BadMapping) as caught:
        check(mapping(str(file)))
    assert says in caught.value.says and "made-up" in caught.value.says


def test_a_mapping_goes_by_its_name_or_the_path_of_a_file(tmp_path):
    with pytest.raises(BadMapping, match=f"There is no mapping “scotland”. There are: {SCOTLAND}"):
        mapping("scotland")
    with pytest.raises(BadMapping, match="cannot be read: No such file"):
        mapping(str(tmp_path / "none.toml"))
    (tmp_path / "bad.toml").write_text("id = ")
    with pytest.raises(BadMapping, match=r"bad\.toml is no TOML file"):
        mapping(str(tmp_path / "bad.toml"))


def test_what_is_written_is_read_as_client_level_data_the_same(tmp_path):
    found = cld.Findings()
    of = mapping(str(mapping_file(tmp_path)))
    write(batches(extract_file(tmp_path), of, found=found), tmp_path / "out.csv", found)
    again = pa.Table.from_batches(cld.batches(tmp_path / "out.csv", found=cld.Findings())).drop(["row"])
    assert again.to_pylist() == pa.Table.from_batches(
        batches(extract_file(tmp_path), of, found=cld.Findings())
    ).select(again.column_names).to_pylist()  # fmt: skip


def test_a_parquet_file_keeps_the_age_groups(tmp_path):
    found = cld.Findings()
    of = mapping(str(mapping_file(tmp_path)))
    write(batches(extract_file(tmp_path), of, found=found), tmp_path / "out.parquet", found)
    assert pa.parquet.read_table(tmp_path / "out.parquet")["Age_From"].to_pylist() == [18, 65, 85]


def test_nothing_is_written_of_an_extract_that_is_refused(tmp_path):
    found = cld.Findings()
    of = mapping(str(mapping_file(tmp_path)))
    extract = extract_file(tmp_path, *ROWS, "999;E9;X;1;20240501;Y;N;")
    (tmp_path / "out.csv").write_text("as it was")
    with pytest.raises(cld.CannotBeTakenIn, match="Row 6, Sex: “X” stood there"):
        write(batches(extract, of, found=found), tmp_path / "out.csv", found)
    assert (tmp_path / "out.csv").read_text() == "as it was"
    assert {file.name for file in tmp_path.iterdir()} == {"made-up.toml", "extract.csv", "out.csv"}
    with pytest.raises(NoSuchKind, match=r"ends in neither \.csv nor \.parquet"):
        write(batches(extract, of, found=found), tmp_path / "out.xlsx", found)


@pytest.mark.parametrize("name", shipped())
def test_a_mapping_that_comes_with_this_fits_and_says_whose_its_extract_is(name):
    of = mapping(name)
    check(of)
    assert of.id == name and of.publisher and of.licence and of.sources
    assert all(lack.says for lack in of.lacks)


@pytest.mark.parametrize("seed", range(20))
def test_a_mutated_extract_is_refused_or_read_and_never_falls_over(tmp_path, seed):
    """A hundred of each seed: bytes changed, cut out, doubled; what is taken in is whole."""
    chance = random.Random(seed)
    whole = extract_file(tmp_path).read_bytes()
    of = mapping(str(mapping_file(tmp_path)))
    for number in range(100):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randint(1, 40)]
                case 2:
                    content[at:at] = chance.choice([b";", b'"', b"\r\n", b"\x00", b"\xff", b"=1+1"])
                case 3:
                    content[at:at] = content[at : at + chance.randint(1, 40)]
            content = content or bytearray(b"-")
        file = tmp_path / f"{number}.csv"
        file.write_bytes(content)
        found, counts = cld.Findings(), Counts()
        try:
            events = [
                one for batch in batches(file, of, found=found, counts=counts) for one in batch.to_pylist()
            ]
        except Refusal as refusal:
            assert file.name in refusal.says
            continue
        health = found.health()
        assert all(fault.rows and fault.says for fault in health.faults)
        if not found.refused:
            assert len(events) == counts.events and {one["LA_Code"] for one in events} <= {"999"}


def test_whatever_nothing_gives_is_lacking_though_the_mapping_does_not_say_so(tmp_path):
    found = lacking(mapping(str(mapping_file(tmp_path))))
    assert found["when support ended"] == {("Event_End_Date", "")}
    assert found["Accommodation Status"] == {("Accommodation_Status", "")}
    assert found["reviews"] == {("Event_Type", "Review")}
    assert {"Gender", "Delivery Mechanism", "services", "LA Code"}.isdisjoint(found)


def test_the_real_records_of_scotland_become_what_they_hold():
    """76,202 people, counted again here by hand from the file itself."""
    file = SAMPLES / "indicators" / "scot_social_care_clients_2010.csv"
    if not file.is_file():
        pytest.skip("The public release of Scotland’s home care census is not here.")
    with file.open(newline="") as content:
        people = list(csv.DictReader(content))
    found, counts = cld.Findings(), Counts()
    events = pa.Table.from_batches(batches(file, mapping(SCOTLAND), found=found, counts=counts))
    health = found.health()
    assert (health.worst, len(health.councils)) == ("warning", 32)
    assert {fault.field for fault in health.faults} - {*health.absent} == {"Primary_Support_Reason"}
    kinds = {"Home support or domiciliary care": ("HCclient",), "Meals": ("meals",),
             "Other long term support": ("HousingSupport_OV",),
             "Other short term support": ("Laundry_OV", "Shopping_OV")}  # fmt: skip
    by_hand = Counter(
        (one["LAcode"], _AGES[one["AgeGRP"]], kind)
        for one in people
        for kind, columns in kinds.items()
        if "1" in [one[column] for column in columns]
    )
    codes = [code.removeprefix("S") for code in events["LA_Code"].to_pylist()]
    ages, components = (events[name].to_pylist() for name in ("Age_From", "Service_Component"))
    ours = zip(codes, ages, components, strict=True)
    assert Counter(ours) == by_hand
    assert (counts.rows, counts.events) == (76_202, by_hand.total()) == (len(people), events.num_rows)
    assert sum(many for (*_, kind), many in by_hand.items() if kind.startswith("Home")) == 65_515
    assert events["Delivery_Mechanism"].null_count == events.num_rows
    hours = [many for (component, _), many in counts.kinds.items() if component.startswith("Home")]
    by_hand = Counter(one["bandHRSTT"] for one in people)
    assert sorted(hours) == sorted(by_hand[str(band)] for band in range(1, 13))


_AGES = {"1": 18, "2": 65, "3": 75, "4": 85, "5": None}
