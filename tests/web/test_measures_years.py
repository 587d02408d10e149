"""A measure over the years of a small council, on its page and in its files. The years are counted once."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from making import council
from measured import arranged, page, recounted, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_its_day")]


@pytest.fixture(scope="module", autouse=True)
def exampleshire(lasting):
    council()
    arranged(3, first=date(2024, 6, 1))
    arranged(1, held="direct_payment", first=date(2025, 6, 1))
    recounted()


def shown(analyst, id="ascof-3d-1a"):
    return page(analyst.get(reverse("measure", args=[id])))


def test_a_measure_is_told_over_the_years_with_a_gap_before_the_one_that_still_runs(analyst):
    found = shown(analyst)
    (table,) = found.xpath("//table[contains(caption, 'Year by year')]")
    rows = [[words(cell).strip() for cell in row.xpath("./*")] for row in table.xpath("./tbody/tr")]
    assert rows == [
        ["2024-25", "0.0%", "0 of 3"], ["2025-26", "25.0%", "1 of 4"],
        ["2026-27 to 30 September 2026", "25.0%", "1 of 4"],
    ]  # fmt: skip
    assert "No line to the year so far: it runs to 30 September 2026" in words(found)
    (picture,) = found.xpath("//h2[.='Over the years']/following-sibling::figure[1]/svg")
    dashed = [line for line in picture.xpath("./path") if line.get("stroke-dasharray")]
    assert len(dashed) == 1 and picture.get("aria-hidden") == "true"


def test_the_years_leave_as_csv_spreadsheet_and_picture(analyst):
    left = {
        name: analyst.get(reverse(f"measure_years_{name}", args=["ascof-3d-1a"]))
        for name in ("csv", "ods", "svg")
    }
    rows = list(csv.DictReader(io.StringIO(left["csv"].content.decode("utf-8-sig"))))
    names = ("period", "value", "unit", "numerator", "denominator", "status", "whole_year")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("2024-25", "0.0", "%", "0", "3", "ok", "yes"), ("2025-26", "25.0", "%", "1", "4", "ok", "yes"),
        ("2026-27 to 30 September 2026", "25.0", "%", "1", "4", "ok", "no"),
    ]  # fmt: skip
    assert left["ods"].content[:2] == b"PK"
    assert b"2025-26 25.0%" in left["svg"].content and b"<title" in left["svg"].content


def test_a_year_with_nobody_to_count_has_no_point_and_says_why(analyst):
    found = shown(analyst, "local-direct-payments-growth")
    text = words(found)
    assert "No point in 2024-25: there was nobody to count." in text
    assert "The picture shows people with a direct payment on the last day." in text


def test_councils_published_by_the_same_definition_stand_below_and_ours_is_not_among_them(analyst):
    found = shown(analyst)
    text = words(found)
    assert "Our council is not among them" in text and "half of them are at" in text
    (href,) = found.xpath("//a[contains(., 'Every council, its interval')]/@href")
    assert analyst.get(href).status_code == 200
    other = words(page(analyst.get(reverse("measure", args=["ni130-revised"]))))
    assert "Our council is not among them" not in other
