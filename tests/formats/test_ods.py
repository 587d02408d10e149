"""Tables as a workbook: a cell says something or says that it does not apply; nothing runs."""

import io
import zipfile

from lxml import etree

from wherewithal.core.report import Table
from wherewithal.formats.ods import workbook

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def content(*tables):
    made = workbook("Take-up", ["Whose it is"], tables)
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("content.xml"))


def rows(found, name):
    sheet = next(one for one in found.iter(f"{TABLE}table") if one.get(f"{TABLE}name") == name)
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{TABLE}table-row")]


def test_a_number_is_one_a_mark_stays_a_mark_and_an_empty_cell_says_so():
    found = content(
        Table(
            "councils",
            "Every council",
            ("Council", "Share"),
            (("Kent", "24.0"), ("Rutland", "[c]"), ("", "-")),
        )
    )
    assert rows(found, "councils") == [
        ["Council", "Share"],
        ["Kent", "24.0"],
        ["Rutland", "[c]"],
        ["[z]", "-"],
    ]
    floats = [one for one in found.iter(f"{TABLE}table-cell") if one.get(f"{OFFICE}value-type") == "float"]
    assert [one.get(f"{OFFICE}value") for one in floats] == ["24.0"]


def test_what_a_spreadsheet_would_run_is_only_shown():
    assert rows(content(Table("t", "T", ("A",), (("=1+1",),))), "t")[1] == ["'=1+1"]


def test_a_table_of_more_columns_than_letters_is_marked_to_its_last():
    wide = Table("wide", "Wide", tuple(map(str, range(28))), (tuple("1" * 28),))
    ranges = [one.get(f"{TABLE}target-range-address") for one in content(wide).iter(f"{TABLE}database-range")]
    assert ranges == ["'Cover'.A1:'Cover'.A2", "'Contents'.A1:'Contents'.B2", "'wide'.A1:'wide'.AB2"]


def test_notes_stand_on_a_sheet_of_their_own_and_are_named_in_the_first_heading():
    found = content(
        Table("a", "A", ("X",), (("1",),), ("Rounded.",)),
        Table("b", "B", ("Y",), (("2",),), ("Rounded.", "Other.")),
    )
    assert rows(found, "Notes")[1:] == [["[note 1]", "Rounded."], ["[note 2]", "Other."]]
    assert rows(found, "b")[0] == ["Y [note 1] [note 2]"]


def test_what_would_be_a_sign_of_xml_or_none_that_it_has_is_read_as_text():
    written = rows(content(Table("t", "T", ("A & B",), (("<b>1 & 2</b>",), ("]]>",), ("a\x01b",)))), "t")
    assert written == [["A & B"], ["<b>1 & 2</b>"], ["]]>"], ["a\ufffdb"]]
