"""Councils in order as a picture: an interval for each, the marked one with its name."""

import re

from lxml import etree

from wherewithal.formats.ordered_chart import Bar, svg

SVG = "{http://www.w3.org/2000/svg}"


def bars(many, **of_first):
    made = [Bar(f"Council {n}", 60 - n, 58 - n, 62 - n) for n in range(many)]
    return [Bar("Kent", 60, 50, 70, **of_first), *made[1:]] if of_first else made


def drawn(bars, **more):
    return etree.fromstring(svg(bars, 25.0, "%", **more))


def texts(picture):
    return [one.text for one in picture.iter(f"{SVG}text")]


def intervals(picture):
    """How many pieces the coloured lines have."""
    paths = [
        one.get("d") for one in picture.iter(f"{SVG}path") if one.get("stroke") in ("#8fb3d5", "#942514")
    ]
    return sum(len(re.findall(r"M[\d.]+ [\d.]+H", path)) for path in paths)


def points(picture):
    paths = [one.get("d") for one in picture.iter(f"{SVG}path") if one.get("stroke-linecap") == "round"]
    return sum(path.count("h0") for path in paths)


def test_each_council_has_an_interval_and_a_point():
    picture = drawn(bars(50))
    assert (intervals(picture), points(picture)) == (50, 50)
    assert texts(picture)[-2:] == ["Council 0", "Council 49"]


def test_the_marked_council_has_its_name_and_peers_a_ring():
    picture = drawn([*bars(20), Bar("Kent", 5, 4, 6, marked=True), Bar("Essex", 4, 3, 5, peer=True)])
    circles = list(picture.iter(f"{SVG}circle"))
    assert [one.get("fill") for one in circles] == ["#ffffff", "#942514"]
    (name,) = [one for one in picture.iter(f"{SVG}text") if one.get("font-weight") == "bold"]
    assert name.text == "Kent"
    assert "Essex" not in texts(picture), "two names would stand on each other"


def test_of_several_that_are_level_none_is_named_as_the_highest():
    level = [Bar(f"Council {n}", 100, 99, 100) for n in range(3)]
    assert texts(drawn([*level, Bar("Kent", 5, 4, 6)]))[-1] == "Kent"
    assert "Council 0" not in texts(drawn([*level, Bar("Kent", 5, 4, 6)]))


def test_a_council_that_was_not_chosen_is_pale_and_keeps_its_place():
    chosen, pale = drawn(bars(3)), drawn([*bars(2), Bar("Other", 58, 56, 60, shown=False)])
    assert points(chosen) == points(pale) == 3
    assert intervals(pale) == 2


def test_everything_stays_within_the_picture():
    picture = drawn([Bar("A council whose name is long indeed", 100, 96, 100, marked=True), *bars(58)])
    for one in picture.iter(f"{SVG}text"):
        width = 7 * len(one.text)
        left = float(one.get("x")) - {"start": 0, "middle": width / 2, "end": width}[one.get("text-anchor")]
        assert left > -10 and left + width < 330, one.text


def test_a_file_of_its_own_says_what_is_to_be_seen():
    alone = drawn(bars(3), title="A <title>", says="Three councils.")
    assert alone.get("role") == "img"
    assert (alone.find(f"{SVG}title").text, alone.find(f"{SVG}desc").text) == ("A <title>", "Three councils.")
    assert drawn(bars(3)).get("aria-hidden") == "true"
