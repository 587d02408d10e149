"""Shares with intervals as a picture: where each stands, and that nothing leaves it."""

from lxml import etree

from wherewithal.formats.chart_frame import WIDTH
from wherewithal.formats.interval_chart import Spread, svg

NS = {"s": "http://www.w3.org/2000/svg"}
ROWS = [Spread("One & two", 5.0, 4.0, 6.5), Spread("Three", 12.0, 9.0, 16.0, hollow=True)]


def drawn(rows=ROWS, threshold=10.0):
    return etree.fromstring(svg(rows, threshold))


def across(node) -> float:
    return float(node.get("cx"))


def test_dots_stand_in_the_order_of_their_shares_on_either_side_of_the_threshold():
    found = drawn()
    low, high = map(across, found.findall("s:circle", NS))
    line = float(found.find("s:path[@stroke-dasharray]", NS).get("d")[1:].split()[0])
    assert low < line < high
    assert [one.get("fill") for one in found.findall("s:circle", NS)] == ["#1d70b8", "#ffffff"]
    assert found.get("aria-hidden") == "true"


def test_every_name_is_written_out_and_everything_lies_within_the_picture():
    rows = [Spread("A", 0.0, 0.0, 3.0), Spread("B", 99.0, 97.0, 100.0)]
    for threshold in (0.1, 10.0, 100.0):
        found = drawn(rows, threshold)
        assert all(0 <= across(one) <= WIDTH for one in found.findall("s:circle", NS))
        assert float(found.get("height")) >= max(float(one.get("y")) for one in found.findall("s:text", NS))
    assert "One & two" in [one.text for one in drawn().findall("s:text", NS)]
