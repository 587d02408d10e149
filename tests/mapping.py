"""A made-up council's extract and its mapping file, for tests: two kinds of support in a row."""

from pathlib import Path

MAPPING = """
id = "made-up"
title = "A made-up extract"
publisher = "Nobody"
publication = "None"
year = "2025-26"
licence = "None"
says = "Made up."
separator = ";"
encoding = "cp1252"

[[lacks]]
what = "when support ended"
fields = ["Event_End_Date"]
says = "No column tells it."

[always]
Client_Type = "Service user"
Event_Type = "Service"
Service_Type = "Long term support: Community"
Reporting_Period_Start_Date = 2025-04-01
Reporting_Period_End_Date = 2026-03-31

[[columns]]
column = "Council"
says = "Its code"
field = "LA_Code"

[[columns]]
column = "Ref"
says = "The council's number for the person"
field = "LA_Person_Unique_Identifier"

[[columns]]
column = "Sex"
says = "M or F"
field = "Gender"
is = { M = "Male", F = "Female" }
blank = ["."]

[[columns]]
column = "Band"
says = "Age group"
ages = { 1 = "18-64", 2 = "65-84", 3 = "85+" }
blank = ["9"]

[[columns]]
column = "Since"
says = "First day"
field = "Event_Start_Date"
dates = "%Y%m%d"

[[columns]]
column = "Home care"
says = "Has home care"
may_be = ["Y", "N"]

[[columns]]
column = "DP"
says = "Has a direct payment"
may_be = ["Y", "N"]

[[columns]]
column = "Notes"
says = "What the worker wrote"
passed_over = "Free words tell who somebody is."

[[events]]
title = "Home care"
when = { "Home care" = ["Y"], DP = ["N"] }
[events.always]
Service_Component = "Home support or domiciliary care"
Delivery_Mechanism = "CASSR commissioned support"

[[events]]
title = "Direct payment"
when = { DP = ["Y"] }
always = { Service_Component = "Direct payment", Delivery_Mechanism = "Direct payment" }
"""

HEADER = "Council;Ref;Sex;Band;Since;Home care;DP;Notes"
ROWS = (
    "999;E1;M;1;20240501;Y;N;",
    '999;E2;F;2;20240601;Y;Y;"said; hello"',
    "999;E3;.;3;20250115;N;Y;café",
    "999;E4;F;9;20250401;N;N;",
)


def mapping_file(folder: Path, *changes: tuple[str, str]) -> Path:
    """The mapping with some of its words changed."""
    text = MAPPING
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "made-up.toml"
    file.write_text(text, encoding="utf-8")
    return file


def extract_file(folder: Path, *rows: str, header: str = HEADER, encoding: str = "cp1252") -> Path:
    """The extract; its four people where no rows are given."""
    file = folder / "extract.csv"
    file.write_bytes(("\r\n".join([header, *(rows or ROWS)]) + "\r\n").encode(encoding))
    return file
