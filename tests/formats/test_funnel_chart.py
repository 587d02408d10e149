"""A funnel as a picture: limits twice, and who lies outside is larger."""

from lxml import etree

from wherewithal.formats.funnel_chart import Point, svg

SVG = "{http://www.w3.org/2000/svg}"


def point(name, size, value, outside=False, **more):
    near, far = {"95%": (20, 30), "99.8%": (15, 35)}, {"95%": (10, 40), "99.8%": (5, 45)}
    return Point(name, size, value, near, far, outside, **more)


def drawn(points, unit="%", **more):
    return etree.fromstring(svg(points, 25.0, unit, "people in the base", **more))


def dotted(picture, wide):
    return sum(
        one.get("d").count("h0")
        for one in picture.iter(f"{SVG}path")
        if one.get("stroke-linecap") == "round" and one.get("stroke-width") == str(wide)
    )


def test_each_limit_is_drawn_before_and_after_overdispersion():
    picture = drawn([point("A", 100, 25), point("B", 900, 26)])
    limits = [one for one in picture.iter(f"{SVG}path") if "L" in one.get("d")]
    assert sum(one.get("stroke-dasharray") == "1 3" for one in limits) == 4
    assert sum(one.get("stroke-dasharray") is None for one in limits) == 4


def test_who_lies_outside_is_larger_and_who_was_not_chosen_pale():
    picture = drawn(
        [point("A", 100, 25), point("B", 900, 60, outside=True), point("C", 400, 20, shown=False)]
    )
    assert (dotted(picture, 4), dotted(picture, 8)) == (2, 1)


def test_more_people_stand_further_right_and_more_of_them_higher():
    picture = drawn([point("A", 100, 25, marked=True), point("B", 900, 60, marked=True)])
    (ax, ay), (bx, by) = (
        (float(one.get("cx")), float(one.get("cy"))) for one in picture.iter(f"{SVG}circle")
    )
    assert ax < bx and ay > by
    assert [one.text for one in picture.iter(f"{SVG}text")][-2:] == ["A", "B"]


def test_rates_of_counts_have_no_percent_sign():
    words = [one.text for one in drawn([point("A", 300_000, 2.5)], "per 1,000").iter(f"{SVG}text")]
    assert words == ["0", "2.5", "5", "0", "50,000", "500,000", "people in the base"]
