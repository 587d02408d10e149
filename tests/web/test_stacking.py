"""A table of a page, as it is drawn for a narrow screen too."""

import re
from pathlib import Path

from lxml import html

from wherewithal import web
from wherewithal.web.stacking import stacked

TABLE = """<table class="govuk-table ww-table"><thead><tr><th scope="col">Run</th><th scope="col">Pays on</th>
<th scope="col" class="n">Total</th><th><span class="govuk-visually-hidden">Change</span></th></tr></thead>
<tbody><tr><th scope="row">R1</th><td>4 May</td><td class="n"> </td><td><a href="/x">Change</a></td></tr>
<tr><td colspan="2">Mind this</td><td>£5</td><td></td></tr></tbody></table>"""


def drawn(table: str):
    return html.fromstring(str(stacked(f"<div>{table}</div>")))


def test_each_cell_says_the_heading_of_its_column():
    cells = drawn(TABLE).xpath("//tbody//td")
    assert [cell.get("data-label") for cell in cells] == ["Pays on", None, None, None, "Total", None]


def test_the_heading_of_a_row_has_its_own_column_beside_it_only_where_it_is_a_bare_number():
    named, numbered = (drawn(TABLE.replace("R1", words)).xpath("//tbody//th")[0] for words in ("R1", "1,204"))
    assert (named.get("data-label"), numbered.get("data-label")) == (None, "Run")


def test_its_parts_say_what_they_are_to_a_screen_reader_and_an_empty_cell_is_empty():
    page = drawn(TABLE)
    assert [cell.get("role") for cell in page.xpath("//tr[2]/*|//thead//th")].count("columnheader") == 4
    assert page.xpath("//tbody/tr[1]/*/@role") == ["rowheader", "cell", "cell", "cell"]
    assert page.xpath("//table/@role") == ["table"]
    assert page.xpath("//tbody/tr[1]/td[2]")[0].text is None


def test_a_table_that_fits_a_small_phone_is_left_as_it_is():
    small = TABLE.replace('<th scope="col">Pays on</th>', "").replace(
        '<th scope="col" class="n">Total</th>', ""
    )
    assert str(stacked(small)) == small
    short = TABLE.replace("ww-table", "ww-table ww-table--short")
    assert str(stacked(short)) == short
    other = TABLE.replace("ww-table", "ww-lines")
    assert str(stacked(other)) == other


def test_a_heading_over_two_columns_stands_over_each_of_them():
    wide = TABLE.replace('<th scope="col">Pays on</th>', '<th scope="col" colspan="2">Pays on</th>')
    wide = wide.replace("<td>4 May</td>", "<td>4 May</td><td>Monday</td>")
    cells = drawn(wide).xpath("//tbody/tr[1]/td")
    assert [cell.get("data-label") for cell in cells] == ["Pays on", "Pays on", None, None]


def test_a_cell_beyond_the_headings_is_shown_without_one():
    wider = TABLE.replace("<td></td></tr></tbody>", "<td>late</td><td>Held back</td></tr></tbody>")
    (cell,) = drawn(wider).xpath("//td[.='Held back']")
    assert cell.get("data-label") is None and cell.get("role") == "cell"


def test_nothing_that_changes_in_place_is_a_part_of_a_table():
    templates = [file.read_text() for file in (Path(web.__file__).parent / "templates").rglob("*.html")]
    asking = [found for text in templates for found in re.findall(r"<(\w+)[^>]*\bhx-(?:get|post)=", text)]
    assert asking and not {"table", "thead", "tbody", "tfoot", "tr", "td", "th"} & set(asking)
    assert not any("hx-target" in text for text in templates), "what is swapped is what asks"
