"""The tables of a take-up page, as they go out in CSV and ODS: each says its notes, a mark stays a mark."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.compared import Compared, in_unit, remarks
from wherewithal.analytics.neighbours import Neighbours
from wherewithal.analytics.rates import NoRate
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.variation import Spread, spread
from wherewithal.core.report import Table
from wherewithal.policy.councils import CouncilRow, councils
from wherewithal.policy.series import Printed
from wherewithal.web.take_up_around import NOT_THERE, alike, neighbours_table, trend_table, trends_of
from wherewithal.web.take_up_choice import Choice


def looked_at(choice: Choice) -> Spread | None:
    """How far those apart lie that are looked at; None where all are, or none has a share."""
    found = choice.compared
    if found is None or not choice.narrowed:
        return None
    of, scale = found.rates, found.rates.scale
    rated = [one for one in of.rated if choice.has(one)]
    unrated = [one for one in of.unrated if choice.has(one)]
    low, high = found.variation.under / scale, found.variation.over / scale
    return spread(rated, Fraction(low), Fraction(high), unrated) if rated else None


def spreads(choice: Choice) -> Iterator[tuple[str, str, Spread]]:
    """Of what kind, by what name, how far they lie apart: everywhere, the chosen, each region and type."""
    found = choice.compared
    if found is None:
        return
    yield "England", "All councils", found.variation.everywhere
    if chosen := looked_at(choice):
        yield "Chosen", choice.narrowed, chosen
    for kind, of in (("Region", found.variation.by_region), ("Type", found.variation.by_type)):
        for name, one in of.items():
            yield kind, name, one


@dataclass(frozen=True)
class SpreadLines:
    """How far councils lie apart, to read: a column for all, and for those that are looked at."""

    names: list[str]
    lines: list[tuple[str, str, tuple[str, ...]]]


def spread_lines(choice: Choice) -> SpreadLines:
    """Each line's name, a note to it, and its value in each column."""
    found = _found(choice)
    of, unit = found.rates, "%" if found.rates.unit == "%" else ""
    columns = {name: one for kind, name, one in spreads(choice) if kind in ("England", "Chosen")}
    under, over = f"{found.variation.under}{unit}", f"{found.variation.over}{unit}"

    def line(name: str, note: str, value: Callable[[Spread], str]) -> tuple[str, str, tuple[str, ...]]:
        return name, note, tuple(value(one) for one in columns.values())

    def told(share: Fraction | float) -> str:
        return f"{in_unit(of, share)}{unit}"

    lines = [
        line("Councils with a share", "", lambda one: str(one.councils)),
        line("Range", "", lambda one: f"{in_unit(of, one.minimum)} to {told(one.maximum)}"),
        line(
            "Middle half",
            "the quartiles",
            lambda one: f"{in_unit(of, one.lower_quartile)} to {told(one.upper_quartile)}",
        ),
        line("Median", "half of councils are lower", lambda one: told(one.median)),
        line("Mean of rates", "every council counts once", lambda one: told(one.mean)),
        line("Pooled rate", "every person counts once", lambda one: told(one.pooled)),
        line(
            "its 95% interval", "", lambda one: f"{in_unit(of, one.interval[0])} to {told(one.interval[1])}"
        ),
    ]
    if unit:  # the thresholds are percent
        lines += [
            line(f"Under {under}", "", lambda one: _of_them(one.under, one.councils)),
            line(f"Over {over}", "", lambda one: _of_them(one.over, one.councils)),
        ]
    return SpreadLines(list(columns), lines)


def _of_them(some: int, every: int) -> str:
    return f"{some} of {every} ({rounded(Fraction(100 * some, every), 0)}%)"


def areas_table(choice: Choice) -> Table:
    """Range, quartiles, the two means, and how many lie under and over."""
    found = _found(choice)
    of, unit = found.rates, found.rates.unit
    of_percent = (f"under {found.variation.under}%", f"over {found.variation.over}%")
    ends = of_percent if unit == "%" else ()
    headings = (
        "Kind", "Councils of", "Councils with a share", "Councils without", f"Lowest, {unit}",
        f"Lower quartile, {unit}", f"Median, {unit}", f"Upper quartile, {unit}", f"Highest, {unit}",
        f"Mean of rates, {unit}", f"Pooled rate, {unit}", "95% interval from", "to", "Numerator",
        "Denominator", *(f"Councils {at}" for at in ends),
    )  # fmt: skip
    rows = [
        (kind, name, str(one.councils), str(sum(one.marks.values())),
         *(in_unit(of, share) for share in (one.minimum, one.lower_quartile, one.median, one.upper_quartile,
                                            one.maximum, one.mean, one.pooled, *one.interval)),
         str(one.numerator), str(one.denominator), *((str(one.under), str(one.over)) if ends else ()))
        for kind, name, one in spreads(choice)
    ]  # fmt: skip
    return Table("areas", f"How far councils lie apart: {_of(choice)}", headings, tuple(rows), _notes(choice))


def councils_table(choice: Choice) -> Table:
    """Every council that is looked at: its share with its interval, and the places that it may have."""
    found = choice.compared
    if found is None:
        return _counts_table(choice)
    of, many = found.rates, len(found.variation.standings)
    headings = (
        "Council", "Code", "Region", "Type", f"Share, {of.unit}", "95% interval from", "to",
        f"Place of {many} at best", "at worst", "Numerator", "Denominator",
    )  # fmt: skip
    rows = [
        (one.of.name, " ".join(one.of.codes), one.of.region, one.of.type, in_unit(of, one.of.share),
         *(in_unit(of, end) for end in one.interval), str(one.first), str(one.last), str(one.of.numerator),
         str(one.of.denominator))
        for one in found.variation.standings if choice.has(one.of)
    ]  # fmt: skip
    rows += [
        (one.name, " ".join(one.codes), one.region, one.type, one.mark, *("[z]",) * 4, *(NOT_THERE,) * 2)
        for one in of.unrated
        if choice.has(one)
    ]
    title = f"Every council, the highest first: {_of(choice)}"
    return Table("councils", title, headings, tuple(rows), _notes(choice))


def counts(choice: Choice) -> list[tuple[CouncilRow, Printed]]:
    """Every council that is looked at, by name, with what was printed of it, if anything was."""
    points = choice.table.of(choice.part.series)
    printed = {
        one.council: one.value for one in points if (one.year, one.group) == (choice.year, choice.group)
    }
    here = sorted((one for one in councils(choice.year) if choice.has(one)), key=lambda one: one.name)
    return [(one, printed.get(one.code, Printed())) for one in here]


def _counts_table(choice: Choice) -> Table:
    rows = tuple(
        (one.name, one.code, one.region, one.type, str(value) or NOT_THERE) for one, value in counts(choice)
    )
    headings = ("Council", "Code", "Region", "Type", choice.part.of.unit.capitalize())
    return Table("councils", f"Every council: {_of(choice)}", headings, rows, _notes(choice))


def limits_table(choice: Choice) -> Table:
    """The funnel: every council's limits by chance alone, and with what councils differ by in general."""
    found = _found(choice)
    of, over = found.rates, found.funnel.overdispersion
    whens = (("before", "by chance"), ("after", "with overdispersion"))
    levels = ("95%", "99.8%")
    ends = [
        f"{end} {level} limit, {said}" for _, said in whens for level in levels for end in ("Lower", "Upper")
    ]
    outside = [f"Outside, {said}" for _, said in whens]
    headings = ("Council", "Code", "Denominator", f"Share, {of.unit}", *ends, *outside)
    rows = tuple(
        (one.of.name, " ".join(one.of.codes), str(one.of.denominator), in_unit(of, one.of.share),
         *(in_unit(of, end) for when, _ in whens for level in levels for end in getattr(one, when)[level]),
         *(one.outside(getattr(one, when)) or "within" for when, _ in whens))
        for one in found.funnel.placed if choice.has(one.of)
    )  # fmt: skip
    says = (
        f"The middle is the pooled rate, {in_unit(of, found.funnel.middle)} {of.unit}; phi {over.phi:.2f}, "
        f"tau squared {over.tau_squared:.6f} (Spiegelhalter, 2005)."
    )
    return Table("limits", f"The funnel: {_of(choice)}", headings, rows, (says, *_notes(choice)))


TABLES: dict[str, Callable[[Choice], Table]] = {
    "areas": areas_table, "councils": councils_table, "limits": limits_table, "trend": trend_table,
    "neighbours": neighbours_table,
}  # fmt: skip


def tables_of(choice: Choice) -> list[str]:
    """Which of TABLES a choice has."""
    has = {"areas": choice.compared, "councils": True, "limits": choice.compared, "trend": trends_of(choice),
           "neighbours": isinstance(alike(choice), Neighbours)}  # fmt: skip
    return [name for name in TABLES if has[name]]


def whose(choice: Choice) -> str:
    """Who published it, where, by which licence."""
    of = choice.table.publication
    return f"{of.publisher}: {of.publication}. {of.licence}."


def _found(choice: Choice) -> Compared:
    found = choice.compared
    if found is None:
        raise NoRate("Counts that are divided by nobody are not compared.")
    return found


def _of(choice: Choice) -> str:
    group = choice.table.groups[choice.group]
    return ", ".join(filter(None, (choice.part.of.title, choice.year, group, choice.narrowed)))


def _notes(choice: Choice) -> tuple[str, ...]:
    found = choice.compared
    definitions = found.rates.definitions if found else (choice.part.of.definition,)
    return (
        whose(choice),
        *(f"Definition: {one}." for one in definitions),
        *(remarks(found.rates) if found else ()),
    )
