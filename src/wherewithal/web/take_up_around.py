"""What stands around a series on its take-up page: its trend, targets of it, statistical neighbours."""

from wherewithal.analytics.compared import in_unit, subject
from wherewithal.analytics.neighbours import DIFFERENT, Neighbours, NoNeighbours, neighbours
from wherewithal.analytics.trend import NothingPublished, Trend, trend
from wherewithal.core.policy import NoPolicy
from wherewithal.core.report import Table
from wherewithal.core.target import Target
from wherewithal.policy.councils import ENGLAND, name_of
from wherewithal.policy.published import publication
from wherewithal.policy.targets import targets
from wherewithal.policy.trend import trend as definition
from wherewithal.web.take_up_choice import Choice

ALIKE = 8  # of the nearest councils, so many are shown
NOT_THERE = "[x]"
"""Stands where a table has no figure of a council, which is not available then."""


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
    """The names of the neighbours, and of what they are compared as."""
    found = alike(choice)
    return frozenset(one.name for one in found.nearest) if isinstance(found, Neighbours) else frozenset()


def neighbours_table(choice: Choice) -> Table:
    """The chosen council and its neighbours with their shares, and all that they are compared by."""
    found, seen = alike(choice), choice.compared
    if isinstance(found, str):
        why = found or "No council is chosen"
        return Table("neighbours", "Statistical neighbours", ("Council",), ((why,),))
    shares = {one.of.name: one for one in seen.variation.standings} if seen else {}
    unit = seen.rates.unit if seen else choice.part.of.unit
    inputs = [one.title for one in found.features]
    headings = ("Council", "Distance", f"Share, {unit}", "95% interval from", "to", *inputs)
    rows = []
    for one in (found.of, *found.nearest):
        share = [NOT_THERE] * 3
        if seen and (at := shares.get(one.name)):
            share = [in_unit(seen.rates, part) for part in (at.of.share, *at.interval)]
        rows.append((one.name, f"{one.distance:.3f}", *share, *(f"{value:.2f}" for value in one.values)))
    sources = tuple(
        f"{one.title}: {publication(one.table).publisher}, {publication(one.table).publication}; {one.year}, "
        f"{one.transformed}, weight {one.weight:g}."
        for one in found.features
    )
    title = f"{found.asked}: the {len(found.nearest)} nearest of {found.compared}"
    return Table("neighbours", title, headings, tuple(rows), (*sources, *DIFFERENT))


def aims(choice: Choice) -> tuple[Target, ...]:
    """The targets of the very count that the trend shows: of the same definition, nothing else."""
    shown = {part.of.definition for part in (choice.part,)}
    if id := subject(choice.part):
        shown |= {part.of.definition for part in definition(id).parts}
    return tuple(one for one in targets().values() if one.definition in shown)
