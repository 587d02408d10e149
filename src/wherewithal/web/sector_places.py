"""Where a council stands in the latest published shares, each with the way to its take-up page."""

from collections.abc import Iterator
from dataclasses import dataclass

from wherewithal.analytics.compared import Compared, compared, in_unit, latest_shares
from wherewithal.core.report import Table
from wherewithal.policy.trend import Part
from wherewithal.web.take_up_choice import newest


@dataclass(frozen=True)
class Place:
    """A council in one series, its share with its interval and the places that it may have, in words; a mark
    stands in place of the share, and then the rest is ''.
    """

    part: Part
    year: str
    share: str
    low: str
    high: str
    first: str
    last: str
    of: str
    outside: str


def places(code: str) -> Iterator[Place]:
    """By its code; of a series in whose year it was no council there is none."""
    for part in latest_shares():
        year = newest(part)
        found = compared(part.table, part.series, year)
        if (place := _place(part, year, found, code)) is not None:
            yield place


def _place(part: Part, year: str, found: Compared, code: str) -> Place | None:
    if marked := found.unrated(code):
        return Place(part, year, marked.mark, "", "", "", "", "", "")
    standing, placed = found.standing(code), found.placed(code)
    if standing is None or placed is None:
        return None
    share, low, high = (in_unit(found.rates, one) for one in (standing.of.share, *standing.interval))
    many, outside = str(len(found.variation.standings)), placed.outside(placed.after) or "within"
    return Place(part, year, share, low, high, str(standing.first), str(standing.last), many, outside)


def places_table(code: str) -> Table:
    """The same for a workbook."""
    headings = (
        "Series", "Year", "Share, %", "95% interval from", "to", "Place at best", "at worst", "Of councils",
        "In the funnel", "Publisher",
    )  # fmt: skip
    rows = tuple(
        (one.part.of.title, one.year, one.share, *(part or "[z]" for part in (
            one.low, one.high, one.first, one.last, one.of, one.outside)), _publisher(one.part))
        for one in places(code)
    )  # fmt: skip
    return Table("places", "Where it stands in the latest published shares", headings, rows)


def _publisher(part: Part) -> str:
    return compared(part.table, part.series, newest(part)).rates.table.publication.publisher
