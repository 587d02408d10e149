"""The bridge between two definitions, on its page and in its files, and the highest that one allows."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from lxml import etree
from making import council
from measured import a_council, page, words

from wherewithal.records.models import CountedYear

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_its_day")]


@pytest.fixture(scope="module", autouse=True)
def exampleshire(lasting):
    council()
    a_council()


def bridge(analyst, kind="", **query):
    return analyst.get(reverse(f"measure_bridge{kind and '_' + kind}"), query)


def test_the_bridge_leads_from_the_count_of_2011_to_that_of_today(analyst):
    found = page(bridge(analyst))
    rows = [[cell.text_content().strip() for cell in row] for row in found.xpath("//tbody/tr")]
    text = words(found)
    assert "30.0% NI130 (revised) 3 of 10" in text
    [[who, *moved]] = rows
    assert who.endswith("Only support that this definition leaves out: reablement")
    assert moved == ["0", "\N{MINUS SIGN}2"]
    assert "37.5% NI130 without reablement 3 of 8" in text
    assert text.count("Nobody is counted in another way.") == 4
    assert "37.5% ASCOF 3D(1a): self-directed support 3 of 8" in text


def test_a_definition_tells_the_highest_that_it_allows(analyst):
    text = words(page(analyst.get(reverse("measures"))))
    assert "At most 80.0%: only 8 of the 10 could have a personal budget." in text
    assert text.count("At most 80.0%") == 3  # NI130 as revised, and what followed it until 2014
    one = words(page(analyst.get(reverse("measure", args=["ni130-revised"]))))
    assert "At most 80.0%" in one and "From this definition to another" in one


def test_every_definition_leaves_side_by_side(analyst):
    rows = csv.DictReader(io.StringIO(analyst.get(reverse("measures_csv")).content.decode("utf-8-sig")))
    most = {row["measure"]: row["at_most"] for row in rows if row["group"] == "total"}
    assert most["ni130-revised"] == "80.0" and most["ascof-3d-1a"] == ""
    book = analyst.get(reverse("measures_ods"))
    assert "[x]" in zipfile.ZipFile(io.BytesIO(book.content)).read("content.xml").decode()


def test_the_bridge_leaves_as_csv_workbook_and_picture(analyst):
    query = {"from": "ascof-3d-1a", "to": "ascof-3d-2a"}
    [row] = csv.DictReader(io.StringIO(bridge(analyst, "csv", **query).content.decode("utf-8-sig")))
    assert (row["Step"], row["In the figure"], row["In the base"]) == ("1", "\N{MINUS SIGN}1", "0")
    assert zipfile.ZipFile(io.BytesIO(bridge(analyst, "ods", **query).content)).testzip() is None
    picture = etree.fromstring(bridge(analyst, "svg", **query).content)
    assert "ASCOF 3D(2a): direct payments: 25.0%, 2 of 8." in picture[1].text


def test_what_cannot_be_bridged_is_said_and_what_is_not_there_is_not_found(analyst):
    same = {"from": "ascof-3d-1a", "to": "ascof-3d-1a"}
    assert "needs no bridge to itself" in words(page(bridge(analyst, **same)))
    page(bridge(analyst, "csv", **same), 404)
    page(bridge(analyst, to="days-to-first-payment-mean"), 404)


def test_before_the_first_count_the_page_says_so(analyst):
    CountedYear.objects.all().delete()
    assert "Not counted yet." in words(page(bridge(analyst)))
    page(bridge(analyst, "svg"), 404)
