"""The target group and the national picture on pages that anybody opens, with their files."""

import csv
import io

import pytest
from django.urls import reverse
from odf.opendocument import load
from odf.table import Table as Sheet
from reading_pages import errors, page, words

from wherewithal.analytics.national_printed import not_on_record
from wherewithal.analytics.national_years import facts

pytestmark = pytest.mark.django_db
GROUP = "/sector/target-group/exampleshire/"


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def table(found, caption):
    (one,) = found.xpath(f"//table[caption[normalize-space()='{caption}']]")
    return [words(row) for row in one.xpath("./tbody/tr")]


def test_the_sector_leads_to_all_three(client):
    sector = page(client.get(reverse("sector")))
    assert "and what no table here tells." in words(sector)
    links = sector.xpath("//main//h3/a/@href")
    assert {reverse(one) for one in ("sector_targets", "sector_target_groups", "sector_picture")} <= set(
        links
    )


def test_a_group_says_who_is_counted_how_sure_that_is_its_size_band_and_that_it_is_made_up(client):
    groups = page(client.get(reverse("sector_target_groups")))
    assert GROUP in groups.xpath("//main//li/a/@href") and "Reference" in groups.xpath("//th/text()")
    found = page(client.get(GROUP))
    text = words(found)
    assert "3,800 people who could have a budget in 2010" in text and "Between 3,300 and 4,200" in text
    assert "Size band Fewer than 5,000 people, as some London boroughs had in 2011" in text
    assert "Made up" in text and "does not exist" in text
    counted = table(found, "Who is counted")
    assert any("left out" in one and "Reablement" in one for one in counted)
    assert any("350 (200 to 500) low" in one for one in counted)


def test_every_year_is_told_without_prevention_and_with_little_and_much_of_it_mental_health_apart(client):
    people = table(page(client.get(GROUP)), "People who could have a budget")
    assert [one[:4] for one in people].count("2015") == 5 and people[0].startswith("2010 Without prevention")
    assert people[0].endswith(
        "3,800 (3,300 to 4,200) 350 (200 to 500) 3,400 (3,100 to 3,700) 900 (800 to 1,000)"
    )


def test_rising_money_never_looks_as_if_it_fell_and_that_rows_may_not_add_up_is_said(client):
    found = page(client.get(f"{GROUP}?scenario=none"))
    money = [one.split(" £")[1] for one in table(found, "Budgets and the money that they need")]
    central = [int(one.split()[0].replace(",", "")) for one in money]
    assert len(central) == 6 and central == sorted(central)
    assert words(found).count("rows and columns may not add up exactly") == 2


def test_years_scenario_and_take_up_stand_in_the_address_and_in_the_files(client):
    query = "?years=2013&years=2015&scenario=reablement-high&take_up=60"
    found = page(client.get(GROUP + query))
    money = table(found, "Budgets and the money that they need")
    assert [one[:4] for one in money] == ["2013", "2015"] and all("high effect" in one for one in money)
    assert "if 60% of them had a budget" in words(found)
    (link,) = (one for one in found.xpath("//a[@download]/@href") if "money.csv" in one)
    lines = rows(client.get(link))
    assert [one["Year"] for one in lines] == ["2013", "2015"]
    assert all(
        int(one["Budgets: low"]) < int(one["Budgets: central"]) < int(one["Budgets: high"]) for one in lines
    )


def test_a_take_up_is_told_as_it_is_whatever_was_asked_before(client):
    first, other, again = (client.get(f"{GROUP}money.csv?take_up={of}").content for of in (60, 30, 60))
    assert first == again != other


def test_tables_go_out_as_a_spreadsheet_and_pictures_with_what_they_show(client):
    for at, tables in ((GROUP, 3), ("/sector/national-picture/", len(not_on_record()))):
        made = load(io.BytesIO(client.get(f"{at}tables.ods").content))
        names = [one.getAttribute("name") for one in made.spreadsheet.getElementsByType(Sheet)]
        assert names[:2] == ["Cover", "Contents"] and len(names) == tables + 2 == len(set(names))
    for what, says in (("people", "3,900 (3,400 to 4,500) in 2013"), ("money", "in 2013")):
        picture = client.get(f"{GROUP}{what}.svg?years=2013&take_up=60").content.decode()
        assert "At 60% with a budget." in picture and says in picture and "2015" not in picture
    assert client.get(f"{GROUP}gone.svg").status_code == 404


def test_a_choice_that_is_none_is_said_and_everything_is_told(client):
    found = page(client.get(f"{GROUP}?years=2099&take_up=0"))
    assert len(errors(found)) == 2 and len(table(found, "People who could have a budget")) == 26
    assert "2010" in table(page(client.get(f"{GROUP}?years=2010&scenario=reablement-low")),
                           "People who could have a budget")[0]  # fmt: skip


def test_a_group_or_a_table_that_is_not_there_is_not_found(client):
    for at in ("/sector/target-group/gone/", f"{GROUP}gone.csv", "/sector/national-picture/gone.csv"):
        assert client.get(at).status_code == 404


def test_the_national_picture_tells_every_subject_and_what_is_not_on_record(client):
    found = page(client.get(reverse("sector_picture")))
    text = words(found)
    assert all(one in text for one in not_on_record().values())
    assert "2011-12 Spent in the year on direct payments, gross £1,133,609,000" in text
    growth = table(found, "Growth")
    assert sum("not told" in one for one in growth) == 4
    assert any("one falls from 3,515 people to 560" in one for one in growth)
    assert len(found.xpath("//figure/svg[@aria-hidden='true']")) == 5


def test_each_subject_goes_out_with_its_sources(client):
    for topic in not_on_record():
        lines = rows(client.get(reverse("sector_picture_csv", args=[topic])))
        assert all(one["Figure"] for one in lines), "[x] where none may be told"
        assert [one["What"] for one in lines] == [one.what for one in facts() if one.topic == topic]
        assert all(one["Source"] for one in lines)


def test_each_chart_of_the_national_picture_is_a_file_that_says_what_it_shows(client):
    found = page(client.get(reverse("sector_picture")))
    files = found.xpath("//figure//a[@download]/@href")
    assert len(files) == len(found.xpath("//figure")) == 5
    for href in files:
        made = client.get(href).content.decode()
        assert 'role="img"' in made and "<desc" in made and "aria-hidden" not in made
    assert "Budgets under £1,000 a year" in client.get(files[3]).content.decode()
    assert client.get("/sector/national-picture/gone.svg").status_code == 404
