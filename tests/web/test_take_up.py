"""Take-up as it was published: the pages that compare councils, which anybody opens and sends on."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from functools import lru_cache

import pytest
from django.urls import reverse
from lxml import etree
from reading_pages import page, words

from wherewithal.analytics.compared import NOT_WORKED_OUT, compared, latest_shares, shares, together
from wherewithal.analytics.interval import wilson
from wherewithal.analytics.populations import people_of
from wherewithal.analytics.rates import Rated, Unrated
from wherewithal.formats import ods
from wherewithal.policy.councils import code_of
from wherewithal.policy.series import series_table
from wherewithal.policy.targets import targets
from wherewithal.policy.trend import trend, trends
from wherewithal.web import take_up, take_up_around

pytestmark = pytest.mark.django_db
DIRECT = ("ascof-3d-2024-25", "3d-2a")
COUNTS = ("direct-payments-31-march", "direct-payments-2012")
SVG = "{http://www.w3.org/2000/svg}"


def shown(client, of=DIRECT, **query):
    return page(client.get(reverse("take_up_series", args=of), query))


def rows(found, caption):
    (table,) = found.xpath(f"//table[caption[. = '{caption}']]")
    return [words(row) for row in table.xpath(".//tbody/tr")]


def lines(client, what, of=DIRECT, **query):
    answer = client.get(reverse("take_up_csv", args=[*of, what]), query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def rings(drawn):
    return [one for one in etree.fromstring(drawn).iter(f"{SVG}circle") if one.get("fill") == "none"]


def test_every_share_and_every_count_of_a_trend_is_led_to_from_the_sector_and_the_councils(client):
    for name in ("sector", "sector_councils"):
        assert reverse("take_up") in page(client.get(reverse(name))).xpath("//main//a/@href")
    found = page(client.get(reverse("take_up")))
    every = {(part.table, part.series) for part in shares()}
    every |= {(part.table, part.series) for id in trends() for part in trend(id).parts}
    links = found.xpath("//main//li/a/@href")
    assert sorted(links) == sorted(reverse("take_up_series", args=of) for of in every)
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_figure_stands_with_its_base_in_words(client):
    text = words(shown(client))
    assert "24.5% England, 2024-25" in text
    assert "117,655 of 480,105 clients with long-term support in the community on 31 March" in text
    assert "Definition ASCOF 3D(2a) from Client Level Data" in text
    assert "Open Government Licence v3.0" in text


def test_the_two_means_stand_apart_with_the_shares_under_and_over(client):
    found = dict(
        re.match(r"(\D+?) ?([\d.].*)", one).groups()
        for one in rows(shown(client), "How far councils lie apart")
    )
    of = compared(*DIRECT).variation.everywhere
    assert found["Councils with a share"] == str(of.councils) == "152"
    assert found["Pooled rate every person counts once"] == "24.5%"
    assert found["Mean of rates every council counts once"].endswith("%")
    assert "10% 3 of 152 (2%)" in found["Under"]
    assert "20% 109 of 152 (72%)" in found["Over"]


def test_no_council_has_a_place_without_its_span_and_interval(client):
    every = rows(shown(client), "Every council, the highest share first")
    assert len(every) == 153
    told = [one for one in every if "[z]" not in one]
    assert all(re.search(r"[\d,]+ of [\d,]+ [\d.]+% [\d.]+ to [\d.]+ \d+ to \d+$", one) for one in told)
    assert [one for one in every if "[z]" in one] == ["Isles of Scilly [x] [z]"]


def test_a_marked_council_stands_in_words_and_pictures_with_its_neighbours(client):
    found = shown(client, council=code_of("Kent"))
    assert re.search(r"Kent: 24\.0% \(interval [\d.]+ to [\d.]+\), place \d+ to \d+ of 152\.", words(found))
    names = [one.text for one in found.xpath("//figure//*[@font-weight='bold']")]
    assert names == ["Kent", "Kent"], "in the order and in the funnel"
    alike = rows(found, "The nearest first")
    assert alike[0].startswith("Kent") and len(alike) == 9
    assert "transformations to choose from" in words(found), "how the method differs"
    assert found.xpath("//tr[contains(@class, 'ww-marked')]/th")[0].text_content().startswith("Kent (marked)")


def test_a_region_narrows_the_table_and_the_file_and_keeps_places_among_all(client):
    found = shown(client, region="South East")
    every, narrowed = lines(client, "councils"), lines(client, "councils", region="South East")
    assert len(rows(found, "Every council, the highest share first")) == len(narrowed) == 19
    assert narrowed == [one for one in every if one["Region"] == "South East"]
    assert "South East" in words(found.xpath("//table[caption[. = 'How far councils lie apart']]")[0])
    links = found.xpath("//a[@download]/@href")
    assert links and all(link.endswith("?region=South+East") for link in links), "the choice goes along"


def test_the_funnel_says_who_lies_outside_once_overdispersion_is_taken_in(client):
    found = shown(client)
    outside = [one for one in compared(*DIRECT).funnel.placed if one.outside(one.after)]
    table = rows(found, "Outside the limits, overdispersion taken in")
    assert len(table) == len(outside) == 24
    limits = {one["Council"]: one for one in lines(client, "limits")}
    assert limits["Isle of Wight"]["Outside, with overdispersion"] == "above 99.8%"
    assert limits["Kent"]["Outside, with overdispersion"] == "within"
    one = outside[0]
    assert float(limits[one.of.name]["Lower 95% limit, with overdispersion"]) == pytest.approx(
        100 * one.after["95%"][0], abs=0.05
    )


def test_the_trend_has_a_gap_and_no_target_of_another_count(client, monkeypatch):
    text = words(shown(client))
    assert "No line from 2020-21 to 2024-25." in text
    assert "No target on record is of this very count" in text
    same = next(iter(targets().values()))
    of = trend("direct-payment-share").parts[1].of.definition
    ours = type(same)(**{**vars(same), "definition": of, "title": "A made-up target"})
    monkeypatch.setattr(take_up_around, "targets", lambda: {"made-up": ours})
    assert "A made-up target" in words(shown(client, council=code_of("Essex")))


def test_counts_have_no_order_until_they_are_divided_on_purpose(client):
    found = shown(client, COUNTS)
    assert "108,105 England, 2011-12" in words(found) and "Birmingham: 1,335" in words(found)
    assert not found.xpath("//*[@id='order']") and not found.xpath("//*[@id='funnel']")
    assert lines(client, "councils", COUNTS)[0]["Council"] == "Barking and Dagenham"
    divided = shown(client, COUNTS, per="2015", council=code_of("Kent"))
    assert re.search(r"Kent: [\d.]+ per 1,000 \(interval", words(divided))
    assert "Under 10" not in words(divided), "the thresholds are percent"
    assert client.get(reverse("take_up_csv", args=[*COUNTS, "limits"])).status_code == 404


def test_each_group_is_divided_by_its_own_population(client):
    """Kent, aged 65 and over: 940 of 165,157 + 94,531 + 40,586 people in 2015, 3.13 in a thousand."""
    found = shown(client, COUNTS, group="65-over", per="2015", council=code_of("Kent"))
    assert "Kent: 3.13 per 1,000" in words(found)
    (kent,) = (
        one
        for one in lines(client, "councils", COUNTS, group="65-over", per="2015")
        if one["Council"] == "Kent"
    )
    assert (kent["Numerator"], kent["Denominator"]) == ("940", str(165157 + 94531 + 40586))
    apart = rows(found, "How far councils lie apart")
    assert "Pooled rate every person counts once 4.33" in apart
    assert "People aged 65 and over in 2015, per 1,000" in words(found)
    younger = lines(client, "councils", COUNTS, group="18-64", per="2020")
    assert sum(int(one["Denominator"]) for one in younger if one["Denominator"].isdigit()) < 35_000_000


def test_all_ages_of_a_series_without_children_are_divided_by_adults_in_words(client):
    found = words(shown(client, COUNTS, per="2015"))
    assert "No child is counted in this series" in found and "Adults in 2015, per 1,000" in found
    points = series_table(COUNTS[0]).of(COUNTS[1])
    everybody, *parts = (
        int(one.value.number)
        for group in ("all", "18-64", "65-over")
        for one in points
        if (one.council, one.group) == ("England", group)
    )
    assert sum(parts) == pytest.approx(everybody, rel=0.005)
    assert not people_of("direct-payment-costs", "all"), "no word that these are adults only"


@pytest.mark.parametrize("group", ["18-64-learning-disability", "18-64-physical-disability"])
def test_a_group_whose_population_is_not_on_record_is_divided_by_nobody(client, group):
    found = shown(client, COUNTS, group=group, per="2015")
    assert "with a" in words(found) and "is not on record here" in words(found)
    assert not found.xpath("//*[@id='order']") and not found.xpath("//select[@name='per']")
    answer = client.get(reverse("take_up_csv", args=[*COUNTS, "limits"]), {"group": group, "per": "2015"})
    assert answer.status_code == 404


def test_ground_that_councils_took_over_from_each_other_has_the_share_of_all_who_hold_it(client):
    """Bournemouth, Christchurch and Poole with 562 of 2,740, Dorset with 752 of 2,896: 1,314 of 5,636."""
    joined = "Bournemouth, Christchurch and Poole with Dorset"
    table = {one["Council"]: one for one in lines(client, "neighbours", council="905")}
    low, high = (f"{100 * end:.1f}" for end in wilson(562 + 752, 2740 + 2896))
    assert (table[joined]["Share, %"], table[joined]["95% interval from"], table[joined]["to"]) == (
        "23.3", low, high,
    )  # fmt: skip
    found = shown(client, council="905")
    assert f"{joined} 23.3% {low} to {high}" in " ".join(rows(found, "The nearest first"))
    drawn = client.get(reverse("take_up_svg", args=[*DIRECT, "funnel"]), {"council": "905"}).content
    assert "with the share of all who hold it together" in words(found)
    alone = [council for one in list(table)[1:] for council in one.split(" with ")]
    assert len(rings(drawn)) == len(alone) > len(table) - 1, "each council of the ground has its ring"


def test_a_council_that_is_no_more_has_the_share_of_its_own_ground(client):
    table = lines(client, "neighbours", COUNTS, council=code_of("Cumbria"), per="2015")
    (own,) = (
        one for one in lines(client, "councils", COUNTS, per="2015") if code_of("Cumbria") in one["Code"]
    )
    assert table[0]["Council"] == "Cumberland with Westmorland and Furness"
    assert table[0]["Share, per 1,000"] == own["Share, per 1,000"]


def test_of_joined_ground_nothing_is_worked_out_where_one_of_its_councils_has_a_mark():
    one, other = (Rated(name, (code,), "East", "County", 3, 10) for name, code in (("A", "1"), ("B", "2")))
    marked = Unrated("C", ("3",), "East", "County", "-")
    of = replace(compared(*DIRECT).rates, rated=(one, other), unrated=(marked,))
    both = together(of, frozenset("12"))
    assert isinstance(both, Rated) and (both.numerator, both.denominator) == (6, 20)
    assert together(of, frozenset("13")).mark == NOT_WORKED_OUT
    assert together(of, frozenset("39")).mark == "-", "one council alone keeps what stands there"
    assert together(of, frozenset("9")) is None
    wider = replace(of, rated=(replace(one, codes=("1", "4")),))
    assert together(wider, frozenset("1")).mark == NOT_WORKED_OUT, "its share is of more than the ground"


def test_one_number_is_rounded_once_wherever_it_stands(client):
    """North Yorkshire's average score of deprivation is 14.646: two decimals first would make it 14.7."""
    (printed,) = (
        one for one in series_table("deprivation-2015").points if one.council == code_of("North Yorkshire")
    )
    assert (str(printed.value), code_of("Somerset")) == ("14.646", "905")
    (row,) = (
        one for one in lines(client, "neighbours", council="905") if one["Council"] == "North Yorkshire"
    )
    people, oldest, density, score = list(row.values())[-4:]
    assert people.isdigit() and density.isdigit() and score == "14.6"
    council = page(client.get(reverse("sector_council", args=["905"])))
    for found, caption in (
        (shown(client, council="905"), "The nearest first"),
        (council, "Councils that are alike, the nearest first"),
    ):
        (told,) = (one for one in rows(found, caption) if one.startswith("North Yorkshire"))
        assert told.endswith(f" {int(people):,} {oldest} {int(density):,} 14.6")


def test_what_neighbours_are_compared_by_stands_each_under_its_name(client):
    (table,) = shown(client, council="905").xpath("//table[caption[. = 'The nearest first']]")
    assert [words(one) for one in table.xpath(".//thead//th")] == [
        "Council", "Share", "Distance", "People aged 15 and over", "Of them, aged 85 and over, %",
        "People per square kilometre", "Deprivation, average score",
    ]  # fmt: skip
    assert "ww-stack" in table.get("class"), "a narrow screen shows each under its name too"


def test_a_picture_goes_out_with_its_words_in_it(client):
    for what in ("trend", "order", "funnel"):
        answer = client.get(reverse("take_up_svg", args=[*DIRECT, what]), {"council": code_of("Kent")})
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        drawn = etree.fromstring(answer.content)
        assert "Kent" in drawn.find(f"{SVG}desc").text


def test_all_tables_go_out_in_one_workbook(client):
    answer = client.get(reverse("take_up_ods", args=DIRECT), {"council": code_of("Kent")})
    content = zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
    names = re.findall(r'<table:table table:name="(\w+)"', content)
    assert names == ["Cover", "Contents", "Notes", "areas", "councils", "limits", "trend", "neighbours"]
    assert "[x]" in content and "117655" in content


def test_a_workbook_is_made_once_for_each_choice(client, monkeypatch):
    made = []
    monkeypatch.setattr(ods, "workbook", lambda *parts: made.append(parts) or b"a workbook")
    monkeypatch.setattr(take_up, "_workbook", lru_cache(take_up._workbook.__wrapped__))
    for query in ({}, {}, {"region": "London"}, {}):
        assert client.get(reverse("take_up_ods", args=DIRECT), query).content == b"a workbook"
    assert len(made) == 2 and "London." in made[1][1][0] and "All councils." in made[0][1][0]


def test_a_region_says_how_many_of_it_lie_outside_beside_how_many_of_all(client):
    found = shown(client, region="South East")
    of = [one for one in compared(*DIRECT).funnel.placed if one.of.region == "South East"]
    outside = [one for one in of if one.outside(one.after)]
    assert "24 lie outside the lines, which take in" in words(found)
    assert f"Of South East, {len(outside)} of 19 lie outside the lines." in words(found)
    assert len(rows(found, "Outside the limits, overdispersion taken in")) == len(outside)


def test_how_much_councils_differ_is_told_as_a_ratio_of_variances_and_of_distances(client):
    """phi is 66.49, and 8.15 squared is 66.4."""
    found = words(shown(client))
    assert "Typically councils lie 8.2 times as far from all of them together as chance alone" in found
    assert "as a ratio of variances, that is phi: 66.5." in found


def test_how_far_councils_lie_apart_is_stacked_on_a_phone_where_a_region_stands_beside(client):
    for query, stacked in (({}, False), ({"region": "South East"}, True)):
        (table,) = shown(client, **query).xpath("//table[caption[. = 'How far councils lie apart']]")
        assert ("ww-stack" in table.get("class")) == stacked


def test_another_group_is_another_comparison(client):
    found = shown(client, ("ascof-1c-2020-21", "1c-2a"), group="65-over")
    assert "England, 2020-21" in words(found)
    assert "aged 65 and over" in words(found)


@pytest.mark.parametrize(
    "query",
    [{"year": "1999-00"}, {"group": "children"}, {"region": "Wales"}, {"type": "Parish"}, {"council": "999"},
     {"per": "1801"}],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, query):
    assert client.get(reverse("take_up_series", args=DIRECT), query).status_code == 404


def test_what_is_no_take_up_is_not_found(client):
    for of in (("population", "population"), ("deprivation-2015", "imd-2015"), ("nothing", "at-all")):
        assert client.get(reverse("take_up_series", args=of)).status_code == 404
    assert client.get(reverse("take_up_svg", args=[*DIRECT, "pie"])).status_code == 404


def test_a_council_that_was_none_in_the_year_is_told_so(client):
    assert "Cumbria was no council in 2024-25." in words(shown(client, council=code_of("Cumbria")))


def test_the_latest_shares_are_those_that_no_other_follows():
    assert [part.series for part in latest_shares()] == ["1c-1b", "1c-2b", "3d-1a", "3d-2a"]
