"""A council's published figures over the years: stretches of one definition, and gaps with their reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from wherewithal.analytics.rounding import rounded
from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import ENGLAND, areas, name_of
from wherewithal.policy.measure import measures
from wherewithal.policy.series import ALL, Point, Printed, Series, series_table, series_tables
from wherewithal.policy.trend import Break, TrendDefinition


class CannotJoin(Refusal):
    """Figures by two definitions, which make no line."""


class NothingPublished(Refusal):
    """A council or a group of which a trend has no figure."""


@dataclass(frozen=True)
class Figure:
    """One year's: as printed, or ``summed`` here from those of several councils, whose codes are ``of``."""

    year: str
    numerator: Printed
    denominator: Printed
    value: Printed
    of: tuple[str, ...]

    @property
    def summed(self) -> bool:
        return len(self.of) > 1


@dataclass(frozen=True)
class Stretch:
    """Figures in one line: of one series, with no break among them."""

    series: Series
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Trend:
    """The stretches in the order of time, and between each two the break that parts them.

    ``where`` is the council, or the ground that councils which changed have in common.
    """

    definition: TrendDefinition
    where: str
    group: str
    stretches: tuple[Stretch, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Line:
    """What a line of figures counts, and by which definition."""

    title: str
    counts: str
    definition: str


def line(id: str) -> Line:
    """Of a published series, as ``table:series``, or of a measure that is counted here, by its id.

    Raises NothingPublished for what is neither.
    """
    name, _, series = id.partition(":")
    if series and name in series_tables() and series in series_table(name).series:
        one = series_table(name).series[series]
        return Line(one.title, one.counts, one.definition)
    if id in measures():
        measure = measures()[id]
        return Line(measure.title, _within_a_sentence(measure.numerator), measure.definition)
    known = [f"{name}:{one}" for name in series_tables() for one in series_table(name).series]
    there = "\n".join(f"  {one}" for one in (*known, *measures()))
    raise NothingPublished(f"“{id}” is neither a series nor a measure. There are:\n{there}")


def _within_a_sentence(counts: str) -> str:
    """``Of these, people with ...`` as it stands after its denominator: ``people with ...``."""
    counts = counts.removeprefix("Of these, ")
    return counts[:1].lower() + counts[1:]


def check_one_line(lines: Sequence[Line]) -> None:
    """Raises CannotJoin, in words, unless all are by one definition."""
    first, *others = lines
    for other in others:
        if other.definition != first.definition:
            raise CannotJoin(
                f"“{first.title}” and “{other.title}” make no line: the first counts {first.counts}, the "
                f"second {other.counts}, each by a definition of its own. Show them apart."
            )


@lru_cache(maxsize=1024)
def trend(of: TrendDefinition, council: str, group: str = ALL) -> Trend:
    """What was published of a council, by its code, or of England. Raises NothingPublished.

    A council that changed in these years is followed as the ground that it shares with those it came from or
    passed to; the counts of one year are added up, and of a mark among them no sum is made.
    """
    within = _ground(of, council)
    stretches: list[Stretch] = []
    parted = {one.after for one in of.breaks}
    for part in of.parts:
        table, figures = series_table(part.table), list[Figure]()
        points = [point for point in table.of(part.series) if point.group == group]
        for year in part.years:
            here = [point for point in points if point.year == year and point.council in within[1][year]]
            if year in parted and figures:
                stretches.append(Stretch(part.of, tuple(figures)))
                figures = []
            if len(here) == len(within[1][year]):
                figures.append(_figure(part.of, year, here))
        if figures:
            stretches.append(Stretch(part.of, tuple(figures)))
    if not stretches:
        raise NothingPublished(f"“{of.title}” has no figure of {within[0]} ({group}).")
    return Trend(of, within[0], group, tuple(stretches), tuple(_between(of, stretches)))


def _ground(of: TrendDefinition, council: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """What the figures are of, and the councils within it in each year."""
    if council == ENGLAND:
        return ENGLAND, dict.fromkeys(of.years, (ENGLAND,))
    for area in areas(of.years):
        if any(council in codes for codes in area.codes.values()):
            return area.name, area.codes
    raise NothingPublished(f"{name_of(council)} was no council in the years of “{of.title}”.")


def _figure(series: Series, year: str, here: Sequence[Point]) -> Figure:
    codes = tuple(point.council for point in here)
    if len(here) == 1:
        return Figure(year, here[0].numerator, here[0].denominator, here[0].value, codes)
    numerator, denominator = (
        _sum([getattr(one, key) for one in here]) for key in ("numerator", "denominator")
    )
    if not series.of:
        return Figure(year, numerator, denominator, _sum([one.value for one in here]), codes)
    return Figure(year, numerator, denominator, _share(series, numerator, denominator), codes)


def _sum(cells: Sequence[Printed]) -> Printed:
    """Of a mark among them there is no sum, but the mark."""
    for cell in cells:
        if cell.number is None:
            return cell
    return Printed(sum((cell.number for cell in cells if cell.number is not None), Decimal()))


def _share(series: Series, numerator: Printed, denominator: Printed) -> Printed:
    if series.unit != "%":
        return Printed()
    if numerator.number is None or denominator.number is None:
        return numerator if numerator.number is None else denominator
    if not denominator.number:
        return Printed()
    share = Fraction(numerator.number) / Fraction(denominator.number)
    return Printed(rounded(100 * share, series.decimals))


def _between(of: TrendDefinition, stretches: Sequence[Stretch]) -> Iterator[Break]:
    """The breaks between those stretches that have figures: of several, all."""
    for one, other in pairwise(stretches):
        last, first = one.figures[-1].year, other.figures[0].year
        yield from (gap for gap in of.breaks if last <= gap.before and gap.after <= first)
