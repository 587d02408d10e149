"""A target's picture: what was seen, what is to be reached, and a way there only where there is one."""

from datetime import date

from lxml import etree

from wherewithal.formats import band_chart
from wherewithal.formats.band_chart import Span, YearOf
from wherewithal.formats.target_chart import Goal, Seen, svg

SVG = "{http://www.w3.org/2000/svg}"
GOAL = Goal(date(2011, 3, 31), 30)


def seen(year, month, percent, wide=0.0):
    return Seen(date(year, month, 28), percent - wide, percent, percent + wide)


def drawn(figures, goals=(GOAL,)):
    return etree.fromstring(svg(figures, goals))


def dashed(picture):
    return [one for one in picture.findall(f"{SVG}path") if one.get("stroke-dasharray")]


def diamonds(picture):
    return [one for one in picture.findall(f"{SVG}path") if one.get("d").endswith("z")]


def test_each_figure_is_a_disc_and_each_goal_a_diamond_with_its_share():
    picture = drawn([seen(2010, 3, 6), seen(2010, 9, 9)], [Goal(date(2010, 10, 31), 15), GOAL])
    assert (len(picture.findall(f"{SVG}circle")), len(diamonds(picture))) == (2, 2)
    assert {"15%", "30%"} <= {one.text for one in picture.findall(f"{SVG}text")}


def test_more_stands_higher_and_later_stands_further_right():
    first, last = drawn([seen(2010, 3, 6), seen(2010, 9, 9)]).findall(f"{SVG}circle")
    assert float(first.get("cy")) > float(last.get("cy")) and float(first.get("cx")) < float(last.get("cx"))


def test_the_way_that_is_needed_is_dashed_while_there_is_one():
    assert len(dashed(drawn([seen(2010, 9, 9)]))) == 1
    assert not dashed(drawn([seen(2010, 9, 31)])), "it is there already"
    assert not dashed(drawn([seen(2011, 9, 9)])), "its day is over"
    assert not dashed(drawn([])), "nothing was seen"


def lines(picture):
    thick = [one for one in picture.findall(f"{SVG}path") if one.get("stroke-width") == "2"]
    return [one for one in thick if "L" in one.get("d") and not one.get("stroke-dasharray")]


def test_no_line_goes_over_a_day_of_which_no_figure_is_known():
    figures = [seen(2010, 3, 6), seen(2010, 9, 9), seen(2011, 1, 12)]
    whole, broken, beside = (
        etree.fromstring(svg(figures, (GOAL,), gaps))
        for gaps in ((), (date(2010, 6, 30),), (date(2009, 6, 30), date(2011, 3, 1)))
    )
    assert [len(lines(one)) for one in (whole, broken, beside)] == [2, 1, 2]
    assert len(broken.findall(f"{SVG}circle")) == 3


def test_bounds_are_a_bar_with_ends_and_an_exact_figure_has_none():
    bars = [
        len([one for one in drawn([seen(2010, 9, 9, wide)]).findall(f"{SVG}path") if "h8" in one.get("d")])
        for wide in (0.0, 1.5)
    ]
    assert bars == [0, 1]


def test_a_target_on_the_only_day_and_of_everybody_is_drawn():
    picture = drawn([], [Goal(date(2013, 3, 31), 100)])
    assert "Mar 2013" in [one.text for one in picture.findall(f"{SVG}text")]


def test_every_year_is_named_once_and_its_rows_differ_by_shape():
    years = [
        YearOf("2010", (Span(3, 4, 5),)),
        YearOf("2013", (Span(3, 4, 5), Span(2, 3, 4, 1), Span(1, 2, 3, 2))),
    ]
    picture = etree.fromstring(band_chart.svg(years))
    texts = [one.text for one in picture.findall(f"{SVG}text")]
    assert [one for one in texts if one.startswith("20")] == ["2010", "2013"]
    discs = [one.get("fill") for one in picture.findall(f"{SVG}circle")]
    assert discs == ["#1d70b8", "#1d70b8", "#ffffff"] and len(diamonds(picture)) == 1, (
        "a square is a closed path"
    )


def test_every_row_of_a_year_has_a_mark_however_many_there_are():
    spans = tuple(Span(1, 2, 3, shape) for shape in range(len(band_chart.SHAPES)))
    picture = etree.fromstring(band_chart.svg([YearOf("2010", spans)]))
    assert len(picture.findall(f"{SVG}circle")) == 2 and len(diamonds(picture)) == len(spans) - 2


def test_the_axis_begins_at_nothing_and_holds_the_highest_bound():
    picture = etree.fromstring(band_chart.svg([YearOf("2010", (Span(7e6, 1e7, 1.4e7),))], "£"))
    assert [one.text for one in picture.findall(f"{SVG}text")][:3] == ["£0", "£10 million", "£20 million"]
