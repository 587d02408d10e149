"""A target group in numbers, as its page and its files tell it: every figure within its bounds."""

from collections.abc import Sequence
from fractions import Fraction

from wherewithal.analytics.target_group import Projected, grains
from wherewithal.core.band import Band
from wherewithal.formats.band_chart import Span, YearOf
from wherewithal.policy.target_groups import TargetGroup
from wherewithal.web.sheets import Sheet

SIGNS = {"pounds": "£"}


def pounds(of: Fraction) -> str:
    """A width in pounds, with two digits of it."""
    _, central, _ = Band(Fraction(0), of, of).in_print
    return f"£{central:,}"


def parts(group: TargetGroup) -> Sheet:
    """Each service and carers, in or out, with how sure that is."""
    head = ("Who", "Counted", f"People in {group.base_year}", "How sure", "Why", "Source")
    rows = [
        (one.title + (" (mental health)" if one.mental_health else ""), "yes" if one.counted else "left out",
         one.size.said(), one.confidence, one.why, one.source)
        for one in group.parts
    ]  # fmt: skip
    plain = [
        (one.title, "yes" if one.counted else "no", *_three(one.size, one.size.grain), one.confidence,
         "yes" if one.mental_health else "no", one.why, one.source)
        for one in group.parts
    ]  # fmt: skip
    plain_head = ("Who", "Counted", "Low", "Central", "High", "How sure", "Mental health", "Why", "Source")
    return Sheet("parts", "Who is counted", head, rows, (2,), plain_head, plain)


def sheets(group: TargetGroup, told: Sequence[Projected], take_up: Fraction) -> list[Sheet]:
    """The page's tables, of the years and scenarios that are told."""
    return [parts(group), _people(told), _money(told, take_up)]


def _people(told: Sequence[Projected]) -> Sheet:
    head = ("Year", "Scenario", "People", "In mental health", "All others", "Left out")
    fields = ("people", "mental_health", "others", "left_out")
    rows = _rows(told, fields)
    return Sheet(
        "people", "People who could have a budget", head, rows, (2, 3, 4, 5), *_plain(told, fields, head[2:])
    )


def _money(told: Sequence[Projected], take_up: Fraction) -> Sheet:
    head = ("Year", "Scenario", f"Budgets at {float(take_up):g}%", "Money a year")
    rows = _rows(told, ("budgets", "pounds"))
    plain = _plain(told, ("budgets", "pounds"), ("Budgets", "Pounds a year"))
    return Sheet("money", "Budgets and the money that they need", head, rows, (2, 3), *plain)


def _rows(told: Sequence[Projected], fields: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each column by one rounding."""
    to = grains(told)
    return [
        (one.year, scenario_of(one), *(getattr(one, of).said(SIGNS.get(of, ""), to[of]) for of in fields))
        for one in told
    ]


def _plain(
    told: Sequence[Projected], fields: tuple[str, ...], names: tuple[str, ...]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Each number in a cell of its own, whole, and its bounds beside it."""
    to = grains(told)
    head = ("Year", "Scenario", *(f"{name}: {end}" for name in names for end in ("low", "central", "high")))
    rows = [
        (one.year, scenario_of(one), *(cell for of in fields for cell in _three(getattr(one, of), to[of])))
        for one in told
    ]
    return head, rows


def _three(band: Band, to: int) -> tuple[str, str, str]:
    low, central, high = band.to_nearest(to)
    return str(low), str(central), str(high)


def scenario_of(one: Projected) -> str:
    """Its title, or that there is none."""
    return one.scenario.title if one.scenario else "Without prevention"


def spans(told: Sequence[Projected], field: str) -> list[YearOf]:
    """What a picture draws of ``field``, year by year, each scenario by a shape of its own."""
    shapes = list(dict.fromkeys(scenario_of(one) for one in told))
    found: dict[str, list[Span]] = {}
    for one in told:
        band: Band = getattr(one, field)
        span = Span(float(band.low), float(band.central), float(band.high), shapes.index(scenario_of(one)))
        found.setdefault(one.year, []).append(span)
    return [YearOf(year, tuple(spans)) for year, spans in found.items()]


def drawn(told: Sequence[Projected], field: str) -> str:
    """What a picture shows, for who cannot see it: the first and the last year of each scenario."""
    said, to = [], grains(told)[field]
    for scenario in dict.fromkeys(map(scenario_of, told)):
        of = [one for one in told if scenario_of(one) == scenario]
        ends = list(dict.fromkeys((of[0].year, of[-1].year)))
        bands: list[Band] = [getattr(next(one for one in of if one.year == year), field) for year in ends]
        figures = " and ".join(
            f"{band.said(SIGNS.get(field, ''), to)} in {year}" for band, year in zip(bands, ends, strict=True)
        )
        said.append(f"{scenario}: {figures}.")
    return " ".join(said)
