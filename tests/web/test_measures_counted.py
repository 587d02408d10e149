"""The figures of one small council on their pages and in their files, and who is behind each. It is counted
once, and every test begins from there.
"""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from making import council, person
from measured import ON, a_council, arranged, measure_in, page, recounted, who_is_counted, words
from planning import doing
from reviewing import finished, ready, running

from wherewithal.actions import request
from wherewithal.policy.measure import measures
from wherewithal.records.models import (
    CountedCase,
    CountedYear,
    Person,
    Plan,
)
from wherewithal.web import answers, counted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_its_day")]


@pytest.fixture(scope="module", autouse=True)
def exampleshire(lasting):
    council()
    a_council()


def test_every_definition_stands_side_by_side_with_its_base_in_words(analyst):
    found = page(analyst.get(reverse("measures")))
    text = words(found)
    for one in measures().values():
        assert one.title in text
    assert "30.0% 3 of 10 people with community-based services, or carers’ services" in text.replace("'", "’")
    assert "37.5% 3 of 8 people" in text
    assert "25.0% 2 of 8 people with long-term community support on 31 March 2026" in text
    assert "not for publication" in text


def test_a_figure_is_a_number_in_words_and_a_bar_that_screen_readers_skip(analyst):
    found = page(analyst.get(reverse("measures")))
    bars = found.xpath("//table[contains(@class, 'ww-figures')]//svg")
    assert bars
    assert {bar.get("aria-hidden") for bar in bars} == {"true"}
    assert "300" in {bar.xpath("./rect[2]/@width")[0] for bar in bars}


def test_a_measure_says_what_it_is_and_what_it_leaves_out(analyst):
    text = words(page(analyst.get(reverse("measure", args=["ni130-without-reablement"]))))
    assert "37.5% 3 of 8 people" in text
    assert "wording unverified" in text
    assert "Official from 1 April 2009 to 31 March 2011; here it is applied to another year." in text
    assert "Reablement: Short-term support to get independence back" in text
    assert "A break in the series." in text
    assert measures()["ni130-without-reablement"].definition in text
    assert analyst.get(reverse("measure", args=["no-such-measure"])).status_code == 404


def test_why_the_ages_are_fewer_than_everyone_is_said_beside_them(analyst):
    where = reverse("measure", args=["ni130-without-reablement"])
    assert "no known age" not in words(page(analyst.get(where)))
    Person.objects.filter(pk__in=Person.objects.values("pk")[:2]).update(born_on=None)
    recounted()
    said = words(page(analyst.get(where)))
    assert "Everyone is 2 more than the ages together: so many have no known age" in said


def test_who_is_counted_adds_up_to_the_figure(analyst):
    found = page(analyst.get(reverse("measure", args=["ni130-without-reablement"])))
    assert who_is_counted(found) == [
        ["Self-directed support in the year", "In the base and the figure", "3"],
        ["Support in the year, none of it self-directed", "In the base only", "5"],
        ["Only support that this definition leaves out: reablement", "Left out", "2"],
    ]


def test_a_figure_leads_to_the_people_it_counts_by_number_and_never_by_name(analyst):
    figure = page(analyst.get(reverse("measure", args=["ni130-revised"])))
    (href,) = figure.xpath("//a[contains(., 'none of it self-directed')]/@href")
    answer = analyst.get(href)
    found = page(answer)
    rows = found.xpath("//main//tbody/tr")
    assert len(rows) == 7 and "Support in the year, none of it self-directed: 7 people." in words(found)
    assert b"Example" not in answer.content.split(b"<main")[1], "no name"
    left_out = [words(row) for row in rows if "ST-Max" in words(row)]
    assert len(left_out) == 2 and all("NI130 without reablement" in row for row in left_out)
    assert all("CASSR commissioned support, from May 2025" in words(row) for row in rows)
    every = page(analyst.get(reverse("measure_people", args=["ni130-revised"])))
    assert [words(cell) for cell in every.xpath("//main//tbody/tr/td[1]")] == [
        *["In the base and the figure"] * 3,
        *["In the base only"] * 7,
    ]


def test_the_bridge_from_one_definition_to_another_leaves_as_csv_person_by_person(analyst):
    answer = analyst.get(reverse("measure_people_csv", args=["ni130-revised"]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    gone = [row for row in rows if row["ni130-revised"] != row["ni130-without-reablement"]]
    assert (len(rows), len(gone)) == (10, 2)
    assert {row["ni130-without-reablement"] for row in gone} == {"Left out"}
    assert {row["why"] for row in gone} == {"Support in the year, none of it self-directed"}


def test_who_is_behind_a_figure_is_who_was_counted_whatever_came_since(analyst):
    address = reverse("measure_people", args=["ni130-revised"])
    before = words(page(analyst.get(address)).xpath("//main")[0])
    assert "Counted 30 September 2026, 10:41am." in before
    arranged(1, held="direct_payment")
    assert words(page(analyst.get(address)).xpath("//main")[0]) == before, "as the figure stays, so do they"
    recounted()
    found = page(analyst.get(address))
    told = [words(cell) for cell in found.xpath("//main//tbody/tr/td[1]")]
    assert told == ["In the base and the figure"] * 4 + ["In the base only"] * 7


def test_the_file_of_who_is_behind_a_figure_names_its_count(analyst):
    address = reverse("measure_people", args=["ni130-revised"])
    found = page(analyst.get(address))
    (href,) = found.xpath("//main//a[@download]/@href")
    answer = analyst.get(href)
    assert href.endswith("&count=20260930T094100Z")
    assert "ni130-revised-people-2025-26-20260930T094100Z.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["count"] for row in rows} == {"20260930T094100Z"}
    numbers = [words(cell) for cell in found.xpath("//main//tbody/tr/th")]
    assert [row["person in this count"] for row in rows] == numbers
    assert "counted anew since" not in words(found)
    CountedYear.objects.update(counted_at=datetime(2026, 9, 30, 12, 0, tzinfo=UTC))
    back = analyst.get(href, follow=True)
    assert "counted anew since you opened that page or file" in words(page(back))
    assert back.redirect_chain[0][0].startswith(address)


def test_a_definition_that_came_after_the_count_says_nothing_yet(analyst):
    for case in CountedCase.objects.all():
        case.counted.pop("ni130-without-reablement", None)
        case.save()
    assert len(page(analyst.get(reverse("measure_people", args=["ni130-revised"]))).xpath("//tbody/tr")) == 10
    left = analyst.get(reverse("measure_people_csv", args=["ni130-revised"])).content.decode("utf-8-sig")
    assert {row["ni130-without-reablement"] for row in csv.DictReader(io.StringIO(left))} == {""}
    later = page(analyst.get(reverse("measure_people", args=["ni130-without-reablement"])))
    assert "There is nobody to count yet." in words(later)


def test_who_is_behind_each_figure_adds_up_to_it(analyst):
    assert CountedCase.objects.exists()
    for year in counted.years(ON):
        for id, figures in counted.counted(year).figures.items():
            everyone = figures[0] if figures else None
            cases = [case.counted[id] for case in counted.behind(year, id)[1]]
            if everyone is None:
                assert not cases
                continue
            if everyone.unit == "per 100,000":
                assert everyone.denominator == 0, "Exampleshire has no population on record"
            else:
                assert sum(how.in_denominator for how in cases) == everyone.denominator, (year, id)
            if everyone.unit in ("%", "per 100,000"):
                assert sum(how.in_numerator for how in cases) == everyone.numerator, (year, id)


def test_the_figures_leave_as_csv(analyst):
    answer = analyst.get(reverse("measure_csv", args=["ascof-3d-1a"]), {"year": "2025-26"})
    assert answer["Content-Disposition"] == 'attachment; filename="ascof-3d-1a-2025-26.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = [[row[name] for name in ("group", "numerator", "denominator", "value", "status")] for row in rows]
    assert told == [
        ["total", "3", "8", "37.5", "ok"], ["18-64", "3", "8", "37.5", "ok"], ["65+", "0", "0", "", "x"]
    ]  # fmt: skip
    assert analyst.get(reverse("measure_csv", args=["nothing"])).status_code == 404


def test_the_figures_leave_as_a_workbook_where_nobody_counted_is_a_mark_and_no_number(analyst):
    answer = analyst.get(reverse("measure_ods", args=["ascof-3d-1a"]), {"year": "2025-26"})
    assert answer["Content-Disposition"] == 'attachment; filename="ascof-3d-1a-2025-26.ods"'
    content = zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
    sheets = re.findall(r'<table:table table:name="(\w+)".*?</table:table>', content, re.DOTALL)
    assert sheets == ["Cover", "Contents", "Notes", "figures", "who_is_counted"]
    cells = re.findall(r"<text:p>(.*?)</text:p>", content.split('table:name="figures"')[1])
    assert cells[7:11] == ["total", "37.5", "%", "3"]
    assert "[x]" in cells[cells.index("65+") :][:2]


def test_what_was_kept_in_another_shape_is_not_counted_yet(client, analyst):
    """After an update a field may be gone or new: pages say so until the worker has counted anew."""
    for row in CountedYear.objects.all():
        row.figures["ni130-revised"][0]["mark"] = row.figures["ni130-revised"][0].pop("status")
        row.shape = row.counted_from = "of before"
        row.save()
    assert "Not counted yet" in words(page(client.get("/")))
    assert "Not counted yet." in words(page(analyst.get(reverse("measures"))))
    earlier = analyst.get(reverse("measures"), {"year": "2019-20"})
    assert "Not counted yet." in words(page(earlier)), "nor is it known which years there are"
    assert recounted(), "nothing on record changed, but the figures cannot be read"
    assert "Not counted yet." not in words(page(analyst.get(reverse("measures"))))


def test_our_own_measures_stand_in_their_own_section_and_say_whose_they_are(analyst):
    found = page(analyst.get(reverse("measures")))
    (table,) = found.xpath("//table[contains(caption, 'Our own measures')]")
    own = [one.title for one in measures().values() if one.local]
    assert [words(one) for one in table.xpath(".//tbody/tr/th/a")] == own and len(own) == 10
    assert "compared with no other council’s" in words(found)
    text = words(measure_in(analyst, "local-not-traditional", "2025-26"))
    assert "The council set this measure for itself." in text and "Made up for Exampleshire" in text


def test_nothing_behind_a_figure_tells_somebodys_day_or_a_sum_of_money(analyst):
    """Somebody who knows the day of a review, or what it changed, would know the person by it."""
    plan = running(person())
    Plan.objects.filter(pk=plan.pk).update(written_by="family")
    finished(ready(plan, level="partly"), change="added", change_pence_per_week=1234, why="More help")
    came = request.receive(person=plan.person, received_on=date(2026, 4, 1), route="community",
                           from_whom="self", about="Help", **doing())  # fmt: skip
    request.decide(request=came, outcome="assessment", **doing())
    arranged(1, held="direct_payment", first=date(2025, 4, 7), last=date(2026, 5, 17))
    recounted()
    for id in measures():
        rows = page(analyst.get(reverse("measure_people", args=[id]), {"year": "2026-27"}))
        file = analyst.get(reverse("measure_people_csv", args=[id]), {"year": "2026-27"}).content.decode()
        said = words(rows.xpath("//main//table")[0]) + file
        assert "2026" in said, "something is behind the figure"
        told_of = said.replace("30 September 2026", "the last day counted")
        for one in measures().values():
            told_of = told_of.replace(one.title, "")  # a definition's bounds are nobody's
        found = re.search(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d|\b20\d\d-\d\d-\d\d|£|12[.]34", told_of)
        assert not found, f"{id}: {found}"


def test_home_says_the_official_count_and_the_widest_exclusion():
    arranged(4, held="council_managed")
    recounted()
    answer = answers.take_up()
    assert answer.text == "50.0% by the official count of 2011, 58.3% without short-term support"
    assert answer.href == "/measures/"


def test_home_shows_the_answers(client):
    arranged(4, held="council_managed")
    recounted()
    found = words(page(client.get("/")))
    assert (
        "50.0% by the official count of 2011, 58.3% without short-term support "
        "counted 30 September 2026, 10:41am" in found
    )


def test_a_rate_without_a_population_says_so_and_is_never_nought(analyst):
    found = page(analyst.get(reverse("measure", args=["ni130-first"])))
    text = words(found)
    assert "[x] not available: the council’s population is not on record" in text
    assert "2 people, and no population of the council is on record for 2025 or before" in text
    assert who_is_counted(found)[0] == ["A direct payment in the year", "In the figure", "2"]
    assert "Official from 1 April 2008 to 31 March 2009" in text


def test_budgets_are_told_by_how_they_are_held_and_by_what_they_come_to(analyst):
    text = words(page(analyst.get(reverse("measures"))))
    assert "66.7% 2 of 3 people with a personal budget on 31 March 2026" in text
    assert (
        "£2,600 a year 3 people with a personal budget on 31 March 2026, the cost of which is known" in text
    )
    found = page(analyst.get(reverse("measure", args=["budgets-under-1000"])))
    assert who_is_counted(found) == [
        ["A budget of another size", "In the base only", "3"],
        ["No personal budget on the last day", "Left out", "7"],
    ]
    middle = words(page(analyst.get(reverse("measure", args=["budgets-median"]))))
    assert "£2,600 a year" in middle and "to whole numbers, halves up" in middle


def test_a_definition_says_its_years_what_it_is_told_by_and_how_it_is_rounded(analyst):
    (rows,) = page(analyst.get(reverse("measure", args=["ascof-1c-1a"]))).xpath(
        "//h2[contains(., 'The definition')]/following::dl[1]"
    )
    text = words(rows)
    assert "Official from 1 April 2014 to 31 March 2023; for other years it is counted alike" in text
    assert "council, age, gender, ethnic group, main reason for support" in text
    assert "to 1 decimal, halves up" in text
