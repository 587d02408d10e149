"""A trend's picture: no line over a gap or a mark."""

from lxml import etree

from wherewithal.formats.trend_chart import Dot, Run, svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*runs, unit="%"):
    return etree.fromstring(svg(runs, unit))


def dots(picture):
    return picture.findall(f"{SVG}circle")


def lines(picture):
    """Lines between points, which lead from one place to another."""
    return [one for one in picture.findall(f"{SVG}path") if "L" in one.get("d")]


def gaps(picture):
    return [one for one in picture.findall(f"{SVG}path") if one.get("stroke-dasharray")]


def test_years_of_one_definition_are_joined_and_a_gap_is_not():
    picture = drawn(
        Run((Dot("2009-10", 10.0), Dot("2010-11", 20.0))), Run((Dot("2011-12", 90.0), Dot("2012-13", 95.0)))
    )
    assert (len(dots(picture)), len(lines(picture)), len(gaps(picture))) == (4, 2, 1)
    ends = sorted(float(one.get("d")[1:].split()[0]) for one in gaps(picture))
    at = sorted(float(one.get("cx")) for one in dots(picture))
    assert at[1] < ends[0] < at[2]


def test_a_mark_has_no_point_and_no_line_goes_over_it():
    picture = drawn(Run((Dot("2009-10", 10.0), Dot("2010-11", None), Dot("2011-12", 30.0))))
    assert (len(dots(picture)), len(lines(picture))) == (2, 0)


def test_more_stands_higher_and_none_at_the_foot():
    at = [float(one.get("cy")) for one in dots(drawn(Run((Dot("2009-10", 0.0), Dot("2010-11", 100.0)))))]
    assert at[0] > at[1]
    axis = [
        float(one.get("d").split()[1].split("H")[0])
        for one in drawn(Run((Dot("2009-10", 0.0),))).findall(f"{SVG}path")
    ]
    assert at[0] == max(axis)


def test_counts_have_a_round_top_that_holds_them_and_england_is_hollow():
    picture = drawn(Run((Dot("2009-10", 3515.0),), (Dot("2009-10", 4000.0),)), unit="people")
    assert "5,000" in [one.text for one in picture.findall(f"{SVG}text")]
    assert {one.get("fill") for one in dots(picture)} == {"#1d70b8", "#ffffff"}


def test_a_single_year_stands_in_the_middle():
    (dot,) = dots(drawn(Run((Dot("2024-25", 50.0),))))
    assert 100 < float(dot.get("cx")) < 220
