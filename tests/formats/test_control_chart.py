"""A control chart's picture: a shape for each reason to stand out, and no limit that no share reaches."""

from datetime import date
from itertools import pairwise

import pytest
from lxml import etree

from wherewithal.formats.chart_frame import WIDTH
from wherewithal.formats.control_chart import SHAPES, Point, svg

SVG = "{http://www.w3.org/2000/svg}"


def points(*percent, why=""):
    return [Point(date(2010, at % 12 + 1, 28), one, why) for at, one in enumerate(percent)]


def drawn(figures, mean=20.0, limits=(15.0, 25.0), gaps=()):
    return etree.fromstring(svg(figures, mean, limits, gaps))


def across(picture):
    """Lines from edge to edge that are no rule of the axis: the mean and the limits."""
    return [
        one
        for one in picture.findall(f"{SVG}path")
        if one.get("stroke-width") == "1.5" and "H" in one.get("d")
    ]


def between(picture):
    return [one for one in picture.findall(f"{SVG}path") if "L" in one.get("d")]


def marks(picture):
    return [one.get("d") for one in picture.findall(f"{SVG}path") if one.get("d").endswith("z")]


def test_every_reason_has_a_shape_of_its_own_and_what_does_not_stand_out_is_a_disc():
    figures = [Point(date(2010, at, 28), 20, why) for at, why in enumerate(("", *SHAPES), 1)]
    picture = drawn(figures)
    assert len(picture.findall(f"{SVG}circle")) == 1
    shapes = {"".join(one for one in path if one.isalpha()) for path in marks(picture)}
    assert len(marks(picture)) == len(SHAPES) == len(shapes)


def test_the_mean_is_whole_and_the_limits_are_broken_each_with_its_number():
    picture = drawn(points(18, 22, 19))
    assert [bool(one.get("stroke-dasharray")) for one in across(picture)] == [False, True, True]
    assert {"mean 20.0%", "15.0%", "25.0%"} <= {one.text for one in picture.findall(f"{SVG}text")}


@pytest.mark.parametrize(
    ("limits", "many"), [((-3.0, 25.0), 2), ((90.0, 104.0), 2), ((-1.0, 101.0), 1), ((20.0, 20.0), 1)]
)
def test_a_limit_that_no_share_reaches_or_that_is_the_mean_is_not_drawn(limits, many):
    assert len(across(drawn(points(18, 22, 19), limits=limits))) == many


def test_figures_stand_evenly_apart_and_more_stands_higher():
    discs = drawn(points(18, 22, 19)).findall(f"{SVG}circle")
    first, second, third = (float(one.get("cx")) for one in discs)
    assert second - first == third - second
    assert float(discs[1].get("cy")) < float(discs[2].get("cy")) < float(discs[0].get("cy"))


def test_no_line_goes_over_a_day_whose_figure_is_not_known():
    figures = points(18, 22, 19)
    assert [len(between(drawn(figures, gaps=gaps))) for gaps in ((), (date(2010, 2, 3),))] == [2, 1]


@pytest.mark.parametrize("many", [8, 13, 60, 200])
def test_everything_lies_within_the_width_of_a_telephone_and_days_do_not_run_into_each_other(many):
    picture = drawn(points(*(18 + at % 5 for at in range(many))))
    places = [float(one.get("cx")) for one in picture.findall(f"{SVG}circle")]
    assert min(places) > 0 and max(places) < WIDTH
    days = sorted(float(one.get("x")) for one in picture.findall(f"{SVG}text") if one.text.endswith("2010"))
    assert len(days) >= 2 and all(later - earlier >= 50 for earlier, later in pairwise(days))


def test_a_file_of_its_own_carries_its_title_and_words_and_one_in_a_page_is_silent():
    alone = etree.fromstring(svg(points(18, 22), 20, (15, 25), title="A & B", says="Two figures."))
    assert alone.findtext(f"{SVG}title") == "A & B" and alone.findtext(f"{SVG}desc") == "Two figures."
    assert drawn(points(18, 22)).get("aria-hidden") == "true"


@pytest.mark.parametrize("percent", [(5, 5, 5), (0, 0, 0), (100, 100, 100), (0.2, 0.4, 0.3), (0, 100, 50)])
def test_the_axis_holds_every_figure(percent):
    picture = drawn(points(*percent), mean=sum(percent) / 3, limits=(min(percent), max(percent)))
    tall = float(picture.get("height"))
    assert all(0 < float(one.get("cy")) < tall for one in picture.findall(f"{SVG}circle"))
