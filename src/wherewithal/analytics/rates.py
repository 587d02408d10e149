"""The shares of councils in one series, year and group of a published table, ready to be compared.

A share is what the series itself divides, or a count by the population that somebody names on purpose. A
council whose figure is a mark, or not there, has no share: it is told apart and is never 0.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import ENGLAND, areas, councils, year_of
from wherewithal.policy.series import ALL, Point, Printed, Series, SeriesTable, series_table

NOT_THERE = "not in the table"


class NoRate(Refusal):
    """A series of which no share can be told."""


@dataclass(frozen=True)
class Rated:
    """A council, or the area of several, with its counts. ``region`` and ``type`` are of the series' year."""

    name: str
    codes: tuple[str, ...]
    region: str
    type: str
    numerator: int
    denominator: int

    @cached_property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Unrated:
    """A council, or an area, that has no share: the mark that stands there, or NOT_THERE."""

    name: str
    codes: tuple[str, ...]
    region: str
    type: str
    mark: str


@dataclass(frozen=True)
class Per:
    """The population that counts are divided by: these groups of a series' year, added up."""

    table: SeriesTable
    series: Series
    year: str
    groups: tuple[str, ...]

    @property
    def says(self) -> str:
        groups = ", ".join(self.table.groups[group] for group in self.groups)
        return f"{self.series.counts}: {groups}, {self.year} ({self.series.definition})"


@dataclass(frozen=True)
class Rates:
    """``scale`` is 100 for percent, 1000 for so many in a thousand; ``definitions`` are of both counts, where
    they are two; ``england`` is the value as printed for the whole.
    """

    table: SeriesTable
    series: Series
    year: str
    group: str
    scale: int
    of: str
    definitions: tuple[str, ...]
    rated: tuple[Rated, ...]
    unrated: tuple[Unrated, ...]
    england: Printed

    @property
    def unit(self) -> str:
        return "%" if self.scale == 100 else f"per {self.scale:,}"

    @property
    def marks(self) -> Counter[str]:
        """How many have no share, by what stands there."""
        return Counter(one.mark for one in self.unrated)


def per(written: str) -> Per:
    """A population as it is named: ``TABLE:SERIES:YEAR:GROUP+GROUP``. Raises NoRate and NoPolicy."""
    parts = written.split(":")
    if len(parts) != 4:
        raise NoRate(
            f"“{written}” names no population. Write TABLE:SERIES:YEAR:GROUP+GROUP, such as "
            "population:population:2015:18-64+65-74+75-84+85-over."
        )
    table, groups = series_table(parts[0]), tuple(parts[3].split("+"))
    for group in groups:
        _points(table, parts[1], parts[2], group)
    series = table.series[parts[1]]
    if series.of or series.unit != "people":
        raise NoRate(f"“{series.id}” does not count people, so nothing can be divided by it.")
    if len(set(groups)) != len(groups):
        raise NoRate(f"“{written}” names a group twice.")
    return Per(table, series, parts[2], groups)


def rates(table: SeriesTable, series: str, year: str = "", group: str = ALL, by: Per | None = None) -> Rates:
    """The shares of a series, of its newest year without one. ``by`` is for counts only.

    Raises NoRate, in words, for what the table does not have and for what is no share.
    """
    year = year or max((one.year for one in table.of(series)), default="")
    points = _points(table, series, year, group)
    of = table.series[series]
    scale, divided_by, definitions = 100, of.of, [of.definition]
    if of.unit == "%" and of.of:
        if by is not None:
            raise NoRate(f"“{series}” is a share already, of {of.of}: it is divided by nothing else.")
        found = list(_own(points, year))
    elif of.unit == "people" and not of.of:
        if by is None:
            raise NoRate(
                f"“{series}” counts people and divides by nobody, so councils of different size cannot be "
                "compared by it. Name the population that it is to be divided by, on purpose, with its year "
                "(--per): the answer is then so many per 1,000 of them, by two definitions."
            )
        found = list(_divided(points, year, by))
        scale, divided_by, definitions = 1000, by.says, [of.definition, by.series.definition]
    else:
        raise NoRate(f"“{series}” is {of.unit}: neither a share of people nor a count of them.")
    rated = tuple(one for one in found if isinstance(one, Rated))
    if not rated:
        raise NoRate(f"No council has a figure in “{series}” of {year}.")
    unrated = tuple(one for one in found if isinstance(one, Unrated))
    england = points[ENGLAND].value if ENGLAND in points else Printed()
    return Rates(table, of, year, group, scale, divided_by, tuple(definitions), rated, unrated, england)


def _points(table: SeriesTable, series: str, year: str, group: str) -> dict[str, Point]:
    """By council. Raises NoRate, naming what there is."""
    among, points = table.points, table.of(series)
    for key, word in (("series", series), ("year", year), ("group", group)):
        points = tuple(one for one in points if getattr(one, key) == word)
        if not points:
            there = dict.fromkeys(getattr(one, key) for one in among)
            raise NoRate(f"{table.id} has no {key} “{word}” here. There are: {', '.join(there)}.")
        among = points
    return {one.council: one for one in points}


def _own(points: dict[str, Point], year: str) -> Iterator[Rated | Unrated]:
    """Of a series with a denominator. What has counts and a mark for its value is no figure."""
    for council in councils(year):
        point = points.get(council.code)
        mark = NOT_THERE if point is None else _mark(point.value, point.numerator, point.denominator)
        if point is None or mark:
            yield Unrated(council.name, (council.code,), council.region, council.type, mark)
            continue
        counts = whole(point.numerator), whole(point.denominator)
        yield _rated(council.name, (council.code,), council.region, council.type, *counts)


def _divided(points: dict[str, Point], year: str, by: Per) -> Iterator[Rated | Unrated]:
    """Counts by a population of another year: over the areas whose councils can be followed between them."""
    below = [_points(by.table, by.series.id, by.year, group) for group in by.groups]
    of_below = year_of({code for group in below for code in group} - {ENGLAND})
    rows = {one.code: one for one in councils(year)}
    for area in areas([year, of_below]):
        codes = area.codes[year]
        above = [points[code].value if code in points else None for code in codes]
        under = [
            group[code].value if code in group else None for code in area.codes[of_below] for group in below
        ]
        name = area.name if len(codes) > 1 or area.codes[of_below] != codes else rows[codes[0]].name
        region, type = (
            " and ".join(sorted({getattr(rows[code], key) for code in codes})) for key in ("region", "type")
        )
        if mark := _mark(*above, *under):
            yield Unrated(name, codes, region, type, mark)
            continue
        yield _rated(name, codes, region, type, sum(map(whole, above)), sum(map(whole, under)))


def _mark(*parts: Printed | None) -> str:
    """What stands in the place of a figure, of any part of it; '' where all are numbers."""
    marks = [NOT_THERE if part is None or not str(part) else part.mark for part in parts]
    return next(filter(None, marks), "")


def whole(part: Printed | None) -> int:
    """A count. Raises NoRate for a number that is none."""
    if part is None or part.number is None or part.number != int(part.number) or part.number < 0:
        raise NoRate(f"“{part}” is no count.")
    return int(part.number)


def _rated(
    name: str, codes: tuple[str, ...], region: str, type: str, numerator: int, denominator: int
) -> Rated:
    if not denominator or numerator > denominator:
        raise NoRate(f"{name} has {numerator:,} of {denominator:,}, which is no share.")
    return Rated(name, codes, region, type, numerator, denominator)
