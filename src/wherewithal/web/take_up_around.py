"""What stands around a series on its take-up page: its trend, targets of it, statistical neighbours."""

from dataclasses import dataclass
from decimal import Decimal

from wherewithal.analytics.compared import in_unit, subject, together
from wherewithal.analytics.interval import wilson
from wherewithal.analytics.neighbours import DIFFERENT, Neighbours, NoNeighbours, neighbours
from wherewithal.analytics.rates import Rated, Unrated
from wherewithal.analytics.trend import NothingPublished, Trend, trend
from wherewithal.core.policy import NoPolicy
from wherewithal.core.report import Table
from wherewithal.core.target import Target
from wherewithal.policy.councils import ENGLAND, name_of
from wherewithal.policy.targets import targets
from wherewithal.policy.trend import trend as definition
from wherewithal.web.take_up_choice import Choice

ALIKE = 8  # of the nearest councils, so many are shown
NOT_THERE = "[x]"
"""Stands where a table has no figure of a council, which is not available then."""

JOINED = (
    "Councils that were put together or taken apart are one ground, with the share of all who hold it "
    "together; it is not worked out where one of them has a mark."
)


def trend_table(choice: Choice) -> Table:
    """England over the years, and the chosen council beside; a row of its own for each break."""
    headings = ("Year", "Of", "Figure", "Unit", "Numerator", "Denominator", "Definition")
    rows = [
        (one.year, " + ".join(map(name_of, one.of)), str(one.value) or NOT_THERE, stretch.series.unit,
         str(one.numerator) or NOT_THERE, str(one.denominator) or NOT_THERE, stretch.series.definition)
        for found in trends_of(choice) for stretch in found.stretches for one in stretch.figures
    ]  # fmt: skip
    gaps = dict.fromkeys(gap for found in trends_of(choice) for gap in found.breaks)
    notes = tuple(f"No line from {gap.before} to {gap.after}. {gap.reason}" for gap in gaps)
    return Table(
        "trend", f"Over the years: {choice.table.groups[choice.group]}", headings, tuple(rows), notes
    )


def trends_of(choice: Choice) -> list[Trend]:
    """England's, then the chosen council's; none where the series is in no trend or nothing was published."""
    found, id = [], subject(choice.part)
    for council in filter(None, (ENGLAND, choice.council)) if id else ():
        try:
            found.append(trend(definition(id), council, choice.group))
        except NothingPublished:
            continue
    return found


def alike(choice: Choice) -> Neighbours | str:
    """The chosen council's statistical neighbours, or why there are none; '' where none is chosen."""
    return alike_to(choice.council) if choice.council else ""


def alike_to(code: str) -> Neighbours | str:
    """The nearest councils, or in words why there are none."""
    try:
        return neighbours(code, ALIKE)
    except (NoNeighbours, NoPolicy) as refusal:
        return refusal.says


def peers(choice: Choice) -> frozenset[str]:
    """The codes of the neighbours, of each council of a ground that several hold."""
    found = alike(choice)
    if isinstance(found, str):
        return frozenset()
    return frozenset(code for one in found.nearest for code in one.codes)


@dataclass(frozen=True)
class AlikeLine:
    """The chosen council, or a neighbour: its share with the ends of its interval, or what stands in place of
    it and no ends; ``values`` as printed, in the order of the features; ``of`` are the councils of a ground
    that several held in the series' year.
    """

    name: str
    distance: str
    share: str
    ends: tuple[str, ...]
    values: tuple[Decimal, ...]
    of: int


def alike_lines(choice: Choice, found: Neighbours) -> list[AlikeLine]:
    """The chosen council's ground, then the nearest first, with the shares of those who hold it."""
    seen, lines = choice.compared, []
    for one in (found.of, *found.nearest):
        values = tuple(of.printed(value) for of, value in zip(found.features, one.values, strict=True))
        at = together(seen.rates, one.codes) if seen else None
        share, ends = NOT_THERE if seen else "[z]", tuple[str, ...]()
        if isinstance(at, Unrated):
            share = at.mark
        if seen and isinstance(at, Rated):
            share = in_unit(seen.rates, at.share)
            ends = tuple(in_unit(seen.rates, end) for end in wilson(at.numerator, at.denominator))
        of = len(at.codes) if at else 0
        lines.append(AlikeLine(one.name, f"{one.distance:.3f}", share, ends, values, of))
    return lines


def neighbours_table(choice: Choice) -> Table:
    """The chosen council and its neighbours with their shares, and all that they are compared by."""
    found, seen = alike(choice), choice.compared
    if isinstance(found, str):
        why = found or "No council is chosen"
        return Table("neighbours", "Statistical neighbours", ("Council",), ((why,),))
    unit = seen.rates.unit if seen else choice.part.of.unit
    inputs = [one.title for one in found.features]
    headings = ("Council", "Distance", f"Share, {unit}", "95% interval from", "to", *inputs)
    lines = alike_lines(choice, found)
    rows = [
        (one.name, one.distance, one.share, *(one.ends or ("[z]", "[z]")), *map(str, one.values))
        for one in lines
    ]
    joined = (JOINED,) if any(one.of > 1 for one in lines) else ()
    sources = tuple(one.told for one in found.features)
    title = f"{found.asked}: the {len(found.nearest)} nearest of {found.compared}"
    return Table("neighbours", title, headings, tuple(rows), (*joined, *sources, *DIFFERENT))


def aims(choice: Choice) -> tuple[Target, ...]:
    """The targets of the very count that the trend shows: of the same definition, nothing else."""
    shown = {part.of.definition for part in (choice.part,)}
    if id := subject(choice.part):
        shown |= {part.of.definition for part in definition(id).parts}
    return tuple(one for one in targets().values() if one.definition in shown)
