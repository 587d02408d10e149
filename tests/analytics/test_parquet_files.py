"""Parquet that cannot be counted is refused in words that name the file and the column."""

from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from wherewithal.analytics.load import NothingToCount, loaded
from wherewithal.analytics.parquet_files import BadParquet
from wherewithal.formats.cld import Findings, batches
from wherewithal.formats.cld import write as written

ROW = {
    "LA_Code": "999", "LA_Person_Unique_Identifier": "E1001", "Date_of_Birth": date(1950, 6, 17),
    "Client_Type": "Service user", "Event_Type": "Service", "Event_Start_Date": date(2025, 5, 1),
    "Reporting_Period_Start_Date": date(2025, 4, 1), "Reporting_Period_End_Date": date(2026, 3, 31),
}  # fmt: skip


@pytest.fixture
def table() -> pa.Table:
    """One service of somebody who does not exist, as a file of release 2 holds it."""
    return pa.Table.from_batches(batches(written([ROW]), found=Findings()))


def people(path) -> int:
    with loaded([path]) as found:
        return found.people


def test_a_file_or_a_folder_of_files_whose_columns_differ_is_counted(table, tmp_path):
    parquet.write_table(table, tmp_path / "one.parquet")
    parquet.write_table(table.drop_columns(["Gender", "row"]), tmp_path / "other.parquet")
    assert people(tmp_path / "one.parquet") == people(tmp_path) == 1


def test_days_with_a_time_and_amounts_as_they_come_are_read(table, tmp_path):
    path = tmp_path / "return.parquet"
    starts = table["Event_Start_Date"].cast(pa.timestamp("us"))
    table = table.set_column(table.schema.get_field_index("Event_Start_Date"), "Event_Start_Date", starts)
    cost = pa.array([214.5])
    table = table.set_column(table.schema.get_field_index("Unit_Cost"), "Unit_Cost", cost)
    parquet.write_table(table, path)
    assert people(path) == 1


def cells_of(cells) -> pa.Array:
    return cells if isinstance(cells, pa.Array) else pa.array(cells)


@pytest.mark.parametrize(
    "name, cells",
    [
        ("LA_Code", [999]), ("LA_Person_Unique_Identifier", [1001]), ("Date_of_Death", [float("nan")]),
        ("Delivery_Mechanism", pa.array([None], pa.float64())), ("Event_Start_Date", ["2025-05-01"]),
        ("Event_Start_Date", pa.array(["2025-05-01"]).dictionary_encode()), ("Unit_Cost", [float("nan")]),
        ("Unit_Cost", [1e15]),
    ],
)  # fmt: skip
def test_what_other_programs_write_for_the_same_is_counted(table, tmp_path, name, cells):
    path = tmp_path / "return.parquet"
    parquet.write_table(table.set_column(table.schema.get_field_index(name), name, cells_of(cells)), path)
    with loaded([path]) as found:
        [row] = found.connection.to_pyarrow(found.events).to_pylist()
    assert (row["LA_Code"], row["Event_Start_Date"]) == ("999", date(2025, 5, 1))
    assert (row["Date_of_Death"], row["Delivery_Mechanism"], row["Unit_Cost"]) == (None, None, None)


def test_a_file_that_is_damaged_within_is_refused_in_words(table, tmp_path):
    path = tmp_path / "return.parquet"
    parquet.write_table(table, path, compression="snappy")
    content = bytearray(path.read_bytes())
    content[4:400] = bytes(396)  # the pages, not the footer
    path.write_bytes(content)
    with pytest.raises(NothingToCount, match="cannot be read to their end; one may be damaged"):
        people(path)


def test_what_is_no_parquet_says_so_and_what_was_expected(tmp_path):
    path = tmp_path / "return.parquet"
    for content in (b"", b"LA_Code,NHS_Number\n999,\n", b"PAR1" * 10):
        path.write_bytes(content)
        with pytest.raises(
            BadParquet, match=r"return.parquet is no Parquet file, or is damaged. .* columns."
        ):
            people(path)


def test_a_folder_without_parquet_is_refused(tmp_path):
    with pytest.raises(BadParquet, match="holds no Parquet file"):
        people(tmp_path)


def test_a_column_that_is_not_there_or_there_twice_is_named(table, tmp_path):
    path = tmp_path / "return.parquet"
    parquet.write_table(table.drop_columns(["Client_Type"]), path)
    with pytest.raises(BadParquet, match="it has no column “Client_Type”"):
        people(path)
    parquet.write_table(table.append_column("Gender", pa.array(["Male"])), path)
    with pytest.raises(BadParquet, match="it has the column “Gender” twice"):
        people(path)


@pytest.mark.parametrize(
    "name, cells, says",
    [
        ("Event_Start_Date", ["01/05/2025"], "holds texts, and days were expected"),
        ("Unit_Cost", [date(2025, 5, 1)], "holds days, and numbers were expected"),
        ("LA_Person_Unique_Identifier", [1001.0], "holds numbers, and texts were expected"),
        ("Has_Unpaid_Carer", [True], "holds values of type bool, and texts were expected"),
        ("Event_Type", [["Service"]], "holds values of type list<.*>, and texts were expected"),
    ],
)
def test_a_column_of_another_type_is_named_with_what_it_holds_and_what_was_expected(
    table, tmp_path, name, cells, says
):
    path = tmp_path / "return.parquet"
    parquet.write_table(table.set_column(table.schema.get_field_index(name), name, pa.array(cells)), path)
    with pytest.raises(BadParquet, match=f"return.parquet cannot be counted: its column “{name}” {says}"):
        people(path)
