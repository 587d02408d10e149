"""Targets on pages that anybody opens: the address holds it all, and no count is held against another."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils.text import slugify
from lxml import etree
from odf.opendocument import load
from odf.table import Table as Sheet
from reading_pages import errors, page, words

from wherewithal.policy.targets import target, targets
from wherewithal.web.sector_targets import made_up_figures

pytestmark = pytest.mark.django_db
ONGOING = "30-percent-ongoing"
FIGURES = "31 March 2010: 360 of 6,000\n30 September 2010: 540 of 6,000\n31 March 2011: 900 of 6,000"


def asked(id, **given):
    if id != "own":
        given = {"counts": slugify(target(id).definition), **given}
    return reverse("sector_target", args=[id]), given


def shown(client, id, **given):
    address, query = asked(id, **given)
    return page(client.get(address, query))


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheets_of(made):
    return [one.getAttribute("name") for one in load(io.BytesIO(made)).spreadsheet.getElementsByType(Sheet)]


def test_every_target_is_listed_in_its_own_wording_and_none_has_a_series_of_another_count(client):
    found = page(client.get(reverse("sector_targets")))
    assert [one.text for one in found.xpath("//main//h2/a")] == [one.title for one in targets().values()]
    text = words(found)
    assert all(one.says in text and one.source in text for one in targets().values())
    assert text.count("such as (S-30), is the reference by which") == 1
    assert text.count("Only a target of your own can take published figures today") == 1
    assert [one["Target"] for one in rows(client.get(reverse("sector_targets_csv")))] == [
        one.title for one in targets().values()
    ]


def test_a_target_stands_with_its_milestones_and_what_councils_said_of_themselves(client):
    found = page(client.get(reverse("sector_target", args=["everyone-ongoing-2013"])))
    text = words(found)
    assert "55 of 58 councils that replied say that they are on target." in text
    assert "So at least 26 of the 55 are below 60%" in text
    first, *_ = found.xpath("//table/tbody/tr")
    assert words(first).startswith("31 March 2011 30%")
    assert found.xpath("//figure/svg[@aria-hidden='true']")


def test_typed_figures_are_held_against_it_and_the_councils_own_word_stands_beside(client):
    text = words(shown(client, ONGOING, figures=FIGURES, said="yes", pace="1.5", council="Exampleshire"))
    assert "15.0% on 31 March 2011 Exampleshire: 900 of 6,000, people with a personal budget" in text
    assert "30% by 31 March 2011: missed it was below on 31 March 2011, and was not seen since." in text
    assert "As the council says It is on target." in text
    assert "much faster in the second half, 2.0 times the pace." in text
    assert "At 1.50 points a month 30% is reached in January 2012, 10 months late." in text


def test_a_figure_that_stands_out_and_a_trend_over_years_are_told_where_there_are_enough(client):
    few = words(shown(client, ONGOING, figures=FIGURES))
    assert "A control chart needs 8 figures; here are 3." in few
    years = "\n".join(
        f"31 March {2003 + at}: {percent}.0%" for at, percent in enumerate((5, 6, 5, 6, 5, 6, 5, 25))
    )
    text = words(shown(client, ONGOING, figures=years))
    assert "31 March 2010 25.0% outside a limit" in text and "(Mann and Kendall's test)" in text


YEARS = "\n".join(
    f"31 March {2003 + at}: {percent}.0%" for at, percent in enumerate((5, 6, 5, 6, 25, 6, 5, 6))
)


def test_where_it_is_told_a_control_chart_is_drawn_and_its_table_and_file_say_the_same(client):
    found = shown(client, ONGOING, figures=YEARS)
    assert len(found.xpath("//figure/svg[@aria-hidden='true']")) == 2
    text = words(found)
    assert "8 figures, from 5.0% on 31 March 2003 to 6.0% on 31 March 2010. Mean 8.0%;" in text
    assert "1 of them is more than that. The line across is the mean" in text
    assert "A filled diamond: outside a limit." in text and "A triangle" not in text
    address, query = asked(ONGOING, figures=YEARS)
    table = rows(client.get(f"{address}control.csv", query))
    assert [one["More than the usual up and down"] for one in table] == [
        *["no"] * 4, "outside a limit", *["no"] * 3,
    ]  # fmt: skip
    assert {one["Mean, %"] for one in table} == {"8.00"} and table[-1]["Upper limit, %"] == "24.34"
    assert "The usual up and down" in sheets_of(client.get(f"{address}tables.ods", query).content)
    picture = etree.fromstring(client.get(f"{address}control.svg", query).content)
    assert picture.findtext("{http://www.w3.org/2000/svg}desc") in text
    links = found.xpath("//figure//a[@download]/@href")
    assert client.get(next(one for one in links if "control.svg" in one)).status_code == 200


def test_with_too_few_figures_there_is_no_control_chart_and_no_file_of_one(client):
    assert len(shown(client, ONGOING, figures=FIGURES).xpath("//figure/svg")) == 1
    address, query = asked(ONGOING, figures=FIGURES)
    for file in ("control.svg", "control.csv"):
        assert client.get(f"{address}{file}", query).status_code == 404
    assert client.get(f"{address}control.svg").status_code == 404


def test_where_many_figures_stand_out_the_table_tells_each_and_the_list_does_not_repeat_it(client):
    found = page(client.get(made_up_figures(ONGOING)))
    told = [words(one) for one in found.xpath("//main//li")]
    assert not [one for one in told if "outside a limit" in one]
    (table,) = found.xpath("//table[caption[. = 'The usual up and down']]")
    assert words(table).count("outside a limit") == 8
    few = shown(client, ONGOING, figures=YEARS)
    assert [
        one for one in map(words, few.xpath("//main//li")) if one == "31 March 2007, 25.0%: outside a limit."
    ]


def test_the_made_up_figures_show_a_control_chart(client):
    found = page(client.get(made_up_figures(ONGOING)))
    assert "13 figures, from 6.0% on 31 March 2010 to 15.0% on 31 March 2011." in words(found)


def test_before_its_day_the_needed_pace_is_told_and_drawn(client):
    found = shown(client, "everyone-ongoing-2013", figures=FIGURES)
    assert "100% by 31 March 2013 needs 3.54 points a month" in words(found)
    assert found.xpath("//figure/svg/path[@stroke-dasharray]")


def test_figures_of_another_count_are_refused_in_words(client):
    found = shown(client, "everyone-eligible-2013", counts="ni130-revised", figures=FIGURES)
    assert errors(found) == [
        "“Everybody eligible by April 2013” is of “personal budget, of all eligible people”; the "
        "figures of Your council "
        "are of “NI130 (revised)”. These are two counts, and one is not held against the other."
    ]  # fmt: skip
    assert not found.xpath("//p[@class='ww-big-number']")


def test_every_line_that_cannot_be_read_is_named_and_what_was_typed_stands_there_still(client):
    found = shown(client, ONGOING, figures="31 March\n31/3/2010: 7 of 3")
    assert [one.split(":")[0] for one in errors(found)] == ["Line 1, “31 March”", "Line 2, “31/3/2010"]
    assert found.xpath("//textarea")[0].text == "31 March\n31/3/2010: 7 of 3"
    assert "Give a figure of at least one day" in errors(shown(client, ONGOING, figures="31/3/2010: [c]"))[0]
    assert "Type a figure for at least one day" in errors(shown(client, ONGOING, figures=""))[0]


def test_a_mark_is_left_out_and_a_figure_below_within_its_bounds_is_not_printed_as_at_it(client):
    found = shown(client, ONGOING, figures="30/9/2010: [c]\n31/3/2011: 29.9%")
    text = words(found)
    assert "30 September 2010: “[c]” in place of a figure: left out, since a mark is no figure." in text
    assert "29.9% (29.85% to 29.95%)" in text and "30% by 31 March 2011: missed" in text


def test_a_share_without_decimals_is_shown_as_far_as_it_is_known_and_left_open_is_said(client):
    text = words(shown(client, ONGOING, figures="31 March 2010: 20%\n31 March 2011: 30%"))
    assert "30% (29.5% to 30.5%) on 31 March 2011" in text and "cannot be told" in text
    assert "The rounding of the figures leaves it open: they may lie on either side of 30%." in text
    exact = words(shown(client, ONGOING, figures="31 March 2011: 1,800 of 6,000"))
    assert "30.0% on 31 March 2011" in exact and "leaves it open" not in exact
    assert "met the share was reached on 31 March 2011." in exact


def test_the_button_of_ones_own_target_says_what_it_does(client):
    found = page(client.get(reverse("sector_target", args=["own"])))
    assert "Compare them" in [words(one) for one in found.xpath("//main//button")]


def test_the_picture_draws_no_line_over_a_mark(client):
    given = {"figures": "31/3/2010: 6.0%\n30/9/2010: [c]\n31/3/2011: 29.9%"}
    blue = "//svg/path[@stroke='#1d70b8' and @stroke-width='2']"
    marked, whole = shown(client, ONGOING, **given), shown(client, ONGOING, figures=FIGURES)
    assert (len(marked.xpath(blue)), len(whole.xpath(blue))) == (0, 2)
    assert "No line goes over a day whose figure is not known." in words(marked)
    assert "No line goes over" not in words(whole)
    address, query = asked(ONGOING, **given)
    assert b'stroke="#1d70b8" stroke-width="2"' not in client.get(f"{address}picture.svg", query).content


def test_a_target_of_ones_own_is_held_against_published_figures_of_a_council(client):
    own = {"percent": "40", "due_day": "31", "due_month": "3", "due_year": "2027"}
    text = words(shown(client, "own", series="ascof-3d-2024-25:3d-2a", published_of="905", **own))
    assert "40% by 31 March 2027" in text
    assert "Somerset: 1,764 of 4,990, clients with a direct payment" in text
    assert "From 35.4% on 31 March 2025, 40% by 31 March 2027 needs 0.19 points a month." in text
    address, query = asked("own", series="ascof-3d-2024-25:3d-2a", published_of="905", **own)
    (line,) = rows(client.get(f"{address}figures.csv", query))
    assert (line["Day"], line["Count"]) == ("2025-03-31", "1,764 of 4,990")
    wrong = shown(client, "own", series="ascof-3d-2024-25:3d-2a", goals="31/3/2028: 20%", **own)
    assert errors(wrong) == [
        "A milestone is on a day before the target’s own",
        "Choose the council whose published figures to take",
    ]


def test_a_target_of_ones_own_needs_to_say_what_it_counts(client):
    found = shown(client, "own", percent="40", figures=FIGURES)
    assert {"Say what your figures count", "Enter “The last day on which it counts as met”"} == set(
        errors(found)
    )


def test_the_files_are_of_the_same_choice_as_the_page(client):
    address, query = asked(ONGOING, figures=FIGURES, pace="1.5", council="Exampleshire")
    links = [one for one in page(client.get(address, query)).xpath("//a[@download]/@href") if ".csv" in one]
    assert [one.split("?")[0].rsplit("/", 1)[1] for one in links] == [
        "milestones.csv",
        "figures.csv",
        "arrivals.csv",
    ]
    milestones, figures, arrivals = (rows(client.get(one)) for one in links)
    assert milestones[-1]["Verdict"] == "missed"
    assert [(one["Day"], one["Share, %"]) for one in figures][-1] == ("2011-03-31", "15.0")
    assert [one["Day"] for one in arrivals] == ["2012-06-30", "2012-11-30", "never", "2012-01-31"]


def test_all_tables_go_out_as_a_spreadsheet_and_the_picture_says_itself_what_it_shows(client):
    address, query = asked(ONGOING, figures=FIGURES, council="Exampleshire")
    sheets = sheets_of(client.get(f"{address}tables.ods", query).content)
    assert sheets == ["Cover", "Contents", "Met, late or missed", "What was seen", "When it is reached"]
    assert sheets_of(client.get(reverse("sector_targets_ods")).content)[-1] == "Targets"
    picture = etree.fromstring(client.get(f"{address}picture.svg", query).content)
    told = picture.findtext("{http://www.w3.org/2000/svg}desc")
    assert (
        told == "From 6.0% on 31 March 2010 to 15.0% on 31 March 2011; 30% is to be reached by 31 March 2011."
    )


@pytest.mark.parametrize("id", [*targets(), "own"])
def test_the_made_up_figures_that_every_page_offers_can_be_held_against_it(client, id):
    found = page(client.get(made_up_figures(id)))
    assert not errors(found) and "Exampleshire (made up)" in words(found)


def test_what_is_not_there_is_not_found(client):
    for at in (
        "/sector/targets/gone/",
        "/sector/targets/own/figures.csv",
        f"/sector/targets/{ONGOING}/gone.csv",
    ):
        assert client.get(at).status_code == 404
