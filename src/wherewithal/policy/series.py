"""What others published council by council: each series is one measure by one definition.

A table is two files in ``policy/published/``. In the CSV one line is one figure of one council: a number, or
the mark that stands in its place, as printed; an empty cell is no part of the publication. In the TOML beside
it stand whose the figures are, what each mark means and what each series counts:

    title = "Direct payments at 31 March"
    publisher = "..."            # and publication, year, licence, says, as for every table
    [marks]
    "-" = "from 1 to 5 people"
    [groups]
    all = "everybody"
    [[series]]
    id = "direct-payments-31-march"
    title = "People with a direct payment at 31 March"
    definition = "..."           # which figures may stand in one line with these
    unit = "people"              # people, %, per week ...
    counts = "..."               # what the value counts, or its numerator
    of = "..."                   # what the denominator counts; '' where there is none
    rounded_to = 5               # counts were rounded to that in print; 0 for not
    of_rounded_to = 5            # the denominator too
    decimals = 0                 # of the value, in print
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import table
from wherewithal.policy.published import Publication, publications, rows, whose
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.toml import pairs, quoted

COLUMNS = ("series", "year", "council", "group", "numerator", "denominator", "value")
PARTS = COLUMNS[4:]
ALL = "all"
"""The group of everybody whom a series counts."""


@dataclass(frozen=True)
class Printed:
    """A number as printed, or the mark that stands in its place; neither where nothing is printed.

    A mark is never a number: not 0, and not left out of a sum without a word.
    """

    number: Decimal | None = None
    mark: str = ""

    def __str__(self) -> str:
        return self.mark if self.number is None else f"{self.number:f}"

    @property
    def said(self) -> str:
        """As people write it, with commas between thousands."""
        return self.mark if self.number is None else f"{self.number:,f}"


@dataclass(frozen=True)
class Series:
    """One measure by one definition: only series of the same definition may stand in one line."""

    id: str
    title: str
    definition: str
    unit: str
    counts: str
    of: str
    rounded_to: int
    of_rounded_to: int
    decimals: int


@dataclass(frozen=True)
class Point:
    """One figure of a council, or of England, in a year; ``group`` as the table names it."""

    series: str
    year: str
    council: str
    group: str
    numerator: Printed
    denominator: Printed
    value: Printed


@dataclass(frozen=True)
class SeriesTable:
    """A publication's series; ``marks`` and ``groups`` in words, by what stands in the file."""

    id: str
    publication: Publication
    marks: Mapping[str, str]
    groups: Mapping[str, str]
    series: Mapping[str, Series]
    points: tuple[Point, ...]

    def of(self, series: str) -> tuple[Point, ...]:
        return self._by_series.get(series, ())

    @cached_property
    def _by_series(self) -> dict[str, tuple[Point, ...]]:
        found: dict[str, list[Point]] = {}
        for point in self.points:
            found.setdefault(point.series, []).append(point)
        return {series: tuple(points) for series, points in found.items()}


def series_tables() -> tuple[str, ...]:
    """The ids of the tables that hold series, in alphabetical order."""
    return tuple(id for id in publications() if "series" in table(f"published/{id}"))


@cache
def series_table(id: str) -> SeriesTable:
    """A table by its id. Raises NoPolicy where it is not there or a line of it cannot be read."""
    if id not in series_tables():
        known = ", ".join(series_tables())
        raise NoPolicy(f"There are no published series “{id}”. There are: {known}.")
    return parse(id, table(f"published/{id}"), rows(id))


def parse(id: str, body: Mapping[str, object], lines: Iterable[Mapping[str, str]]) -> SeriesTable:
    """A table from its two files. Raises NoPolicy, naming the place, where they do not fit together."""
    row = Row(f"published/{id}.toml", body)
    try:
        of = whose(row)
        marks, groups = (_words(row, key) for key in ("marks", "groups"))
        series = {one.id: one for one in map(_series, row.rows("series", "series"))}
    except Misspelt as fault:
        raise NoPolicy(f"{fault}.") from None
    points = tuple(
        _point(f"published/{id}.csv, line {number}", line, marks, groups, series)
        for number, line in enumerate(lines, 2)
    )
    seen: set[tuple[str, ...]] = set()
    for number, point in enumerate(points, 2):
        key = (point.series, point.year, point.council, point.group)
        if key in seen:
            raise NoPolicy(f"published/{id}.csv, line {number}: this figure is there twice.")
        seen.add(key)
    return SeriesTable(id, of, marks, groups, series, points)


def printed(cell: str, marks: Mapping[str, str]) -> Printed:
    """A cell of a table. Raises ValueError for what is neither a number nor a known mark."""
    text = cell.strip()
    if not text:
        return Printed()
    if text in marks:
        return Printed(mark=text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"“{text}” is neither a number nor a mark whose meaning is given")
    return Printed(number)


def _words(row: Row, key: str) -> dict[str, str]:
    words = row.get(key, dict, {})
    return {name: Row(f"{row.where}, {key}", words).text(name) for name in words}


def _series(row: Row) -> Series:
    row.only("id title definition unit counts of rounded_to of_rounded_to decimals")
    return Series(
        id=row.text("id"), title=row.text("title"), definition=row.text("definition"),
        unit=row.text("unit"), counts=row.text("counts"), of=row.text("of", ""),
        rounded_to=row.number("rounded_to", 0) or 0, of_rounded_to=row.number("of_rounded_to", 0) or 0,
        decimals=row.number("decimals", 0) or 0,
    )  # fmt: skip


def _point(
    where: str,
    line: Mapping[str, str],
    marks: Mapping[str, str],
    groups: Mapping[str, str],
    series: Mapping[str, Series],
) -> Point:
    for key, known in (("series", series), ("group", groups)):
        if line[key] not in known:
            raise NoPolicy(f"{where}: the {key} “{line[key]}” is not explained in the file beside it.")
    try:
        parts = [printed(line[part], marks) for part in PARTS]
    except ValueError as fault:
        raise NoPolicy(f"{where}: {fault}.") from None
    return Point(line["series"], line["year"], line["council"], line["group"], *parts)


def text(table: SeriesTable) -> str:
    """The TOML beside a table's CSV, which ``parse`` reads the same."""
    lines = [*pairs(asdict(table.publication))]
    for key, words in (("marks", table.marks), ("groups", table.groups)):
        if words:
            lines += ["", f"[{key}]", *(f"{quoted(name)} = {quoted(says)}" for name, says in words.items())]
    for one in table.series.values():
        lines += ["", "[[series]]", *pairs({key: part or None for key, part in asdict(one).items()})]
    return "\n".join(lines) + "\n"


def written(points: Iterable[Point]) -> Iterator[list[str]]:
    """The lines of a table's CSV, its columns first."""
    yield list(COLUMNS)
    for one in points:
        yield [one.series, one.year, one.council, one.group, *(str(getattr(one, part)) for part in PARTS)]
