"""What was published of a council, on a page that anybody can open and send on."""

import csv
import io
import re
import zipfile

import pytest
from django.urls import reverse
from reading_pages import page, words

from wherewithal.policy.councils import code_of, councils

pytestmark = pytest.mark.django_db


def shown(client, name):
    return page(client.get(reverse("sector_council", args=[code_of(name)])))


def rows(found, caption):
    table = found.xpath(f"//table[caption[contains(., '{caption}')]]")[0]
    return [words(row) for row in table.xpath(".//tbody/tr")]


def named(found):
    return [one.text for one in found.xpath("//main//ul[contains(@class, 'ww-columns')]//a")]


def test_every_council_is_found_by_a_part_of_its_name_and_those_that_are_no_more_apart(client):
    every = page(client.get(reverse("sector_councils")))
    assert {one.name for one in councils()} < set(named(every))
    assert "Cumbria" in named(every)
    lists = every.xpath("//main//ul[contains(@class, 'ww-columns')]")
    of_region = [[link.text for link in part.xpath(".//a")] for part in lists]
    assert len(of_region) == 10 and all(part == sorted(part) for part in of_region)
    found = page(client.get(reverse("sector_councils"), {"name": "cumb"}))
    assert [one.text for one in found.xpath("//main//ul[contains(@class, 'ww-columns')]//a")] == [
        "Cumberland",
        "Cumbria",
    ]
    assert "2 councils with “cumb” in their names." in words(found)
    assert "0 councils with “zz”" in words(page(client.get(reverse("sector_councils"), {"name": "zz"})))


def test_a_councils_figures_stand_with_the_gaps_between_them_and_england_beside(client):
    found = shown(client, "Kent")
    payments = rows(
        found, next(n for n, one in enumerate(found.xpath("//table/caption")) if "31 March" in one.text)
    )
    assert [one[:7] for one in payments if not one.startswith("No line")] == [
        "2008-09",
        "2009-10",
        "2010-11",
        "2011-12",
    ]
    assert sum(one.startswith("No line from") for one in payments) == 3
    assert any("%" in one and " of " in one for one in rows(found, "a direct payment, ASCOF"))
    assert found.xpath("//figure//svg[@aria-hidden='true']")


def test_a_council_that_is_no_more_leads_to_those_that_came_of_it(client):
    found = shown(client, "Cumbria")
    text = words(found)
    assert "2023-24: Cumberland took over part of Cumbria." in text
    assert "Told of Cumberland with Westmorland and Furness together" in text
    assert "Cumberland and Westmorland and Furness together" in text


def test_a_mark_stands_with_what_it_means_and_has_no_point(client):
    found = shown(client, "Isles of Scilly")
    text = words(found)
    assert "“[x]”: no data is available." in text
    assert "is like nobody, and left out in the published method too" in text


def test_its_neighbours_stand_with_what_they_are_compared_by_and_what_is_missing(client):
    found = shown(client, "Somerset")
    alike = rows(found, "alike")
    assert alike[0].startswith("Somerset") and len(alike) == 9
    assert "15 features 3 are here" in words(found) and "Not here" in words(found)
    assert "People per square kilometre: Office for National Statistics" in words(found)


def test_the_figures_go_out_with_their_definition_and_publisher(client):
    answer = client.get(reverse("sector_council_csv", args=[code_of("Somerset")]))
    assert answer["Content-Disposition"].endswith('"somerset-published.csv"')
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    three = [one for one in lines if one["Definition"].startswith("ASCOF 3D(2a)")]
    assert [(one["Year"], one["Figure"], one["Numerator"], one["Denominator"]) for one in three] == [
        ("2024-25", "35.4", "1764", "4990")
    ]
    assert all(one["Publisher"] for one in lines)


def test_its_place_in_the_latest_shares_is_a_span_and_leads_to_the_page_with_itself_marked(client):
    found = shown(client, "Somerset")
    stand = rows(found, "Where it stands")
    (payments,) = [one for one in stand if "3D(2a)" in one]
    assert re.search(r"2024-25 35\.4% 34\.\d to 36\.\d \d+ to \d+ of 152$", payments)
    assert [one[:11] for one in stand] == ["ASCOF 1C(1B", "ASCOF 1C(2B", "ASCOF 3D(1a", "ASCOF 3D(2a"]
    for link in found.xpath("//table[caption[contains(., 'Where it stands')]]//a/@href"):
        (place,) = page(client.get(link)).xpath("//p[contains(@class, 'ww-place')]")
        assert words(place).startswith("Somerset")


def test_a_mark_has_no_place_and_who_was_no_council_none_at_all(client):
    assert "ASCOF 3D(2a): clients with a direct payment 2024-25 [x] [z]" in rows(
        shown(client, "Isles of Scilly"), "Where it stands"
    )
    assert len(rows(shown(client, "Cumbria"), "Where it stands")) == 2, "the two of 2020-21"


def test_all_of_it_goes_out_as_a_workbook(client):
    answer = client.get(reverse("sector_council_ods", args=[code_of("Somerset")]))
    assert answer["Content-Disposition"].endswith('"somerset-published.ods"')
    content = zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
    names = re.findall(r'<table:table table:name="(\w+)"', content)
    assert names == ["Cover", "Contents", "Notes", "figures", "places", "neighbours"]
    assert "1764" in content


def test_a_code_that_is_none_is_not_found(client):
    assert client.get(reverse("sector_council", args=["999"])).status_code == 404
    assert client.get(reverse("sector_council_csv", args=["England"])).status_code == 404
