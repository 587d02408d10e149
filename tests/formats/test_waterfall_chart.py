"""The waterfall: bars that start where the one before ends, and nothing drawn of what is not told."""

from lxml import etree

from wherewithal.core.waterfall import Moved, Total
from wherewithal.formats.waterfall_chart import svg

SVG = "{http://www.w3.org/2000/svg}"


def bars(*rows, **words):
    picture = etree.fromstring(svg(rows, **words))
    found = [one for one in picture.findall(f"{SVG}rect") if one.get("height") == "16"]
    return picture, [(float(one.get("x")), float(one.get("width"))) for one in found]


def test_what_leaves_ends_where_the_count_before_it_ended_and_comes_back_to_the_next():
    _, found = bars(Total("All", 100, 40), Moved("Gone", -25), Moved("Come", 5), Total("Then", 80, 40))
    (left, wide), _, (gone, gone_wide), (come, come_wide), (_, then_wide), _ = found
    assert gone + gone_wide == left + wide
    assert come == gone
    assert round(come + come_wide - left, 1) == round(then_wide, 1)


def test_what_is_not_told_has_a_mark_and_no_bar():
    picture, found = bars(Total("All", 100, 40), Moved("Gone", None))
    assert len(found) == 2
    assert "[c]" in "".join(picture.itertext())


def test_a_file_of_its_own_says_what_it_shows():
    picture, _ = bars(Total("All", 100, 40), title="A bridge", says="All of it.")
    assert (picture[0].text, picture[1].text) == ("A bridge", "All of it.")
