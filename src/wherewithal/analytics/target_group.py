"""The target group in years to come: by population and age-specific use, apart for mental health, with what
prevention may do; how many budgets and how much money. Bands are carried through.

A part grows as its users would if at each age as many of 1,000 used it as in the base year. Of rates that are
known within bounds the growth is the least and the most that any rates within them give.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from wherewithal.core.band import Band, coarsest, exactly
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.target_groups import Part, Scenario, TargetGroup


@dataclass(frozen=True)
class Projected:
    """People in a year; mental health apart; ``left_out`` are those of parts that are not counted.

    ``budgets`` at the take-up that was asked for, ``pounds`` a year at the mean of a budget.
    """

    year: str
    scenario: Scenario | None
    people: Band
    mental_health: Band
    left_out: Band
    budgets: Band
    pounds: Band

    @property
    def others(self) -> Band:
        """Everybody but mental health; the two add up at each bound."""
        return Band(
            self.people.low - self.mental_health.low,
            self.people.central - self.mental_health.central,
            self.people.high - self.mental_health.high,
        )


FIGURES = ("people", "mental_health", "others", "left_out", "budgets", "pounds")


def grains(told: Sequence[Projected]) -> dict[str, int]:
    """To the nearest how many each of ``FIGURES`` is printed, alike in all years that are told, so that what
    rises does not look as if it fell.
    """
    return {of: coarsest(getattr(one, of) for one in told) for of in FIGURES}


@dataclass(frozen=True)
class Weight:
    """How wide the money would be, in pounds, if only this input were known within its bounds."""

    input: str
    pounds: Fraction


def project(
    group: TargetGroup, year: str, take_up_percent: Fraction, scenario: Scenario | None = None
) -> Projected:
    """Raises NoPolicy for a year without population, or one before the base year."""
    if year not in group.population:
        raise NoPolicy(f"There is no population of {year}. There is of {', '.join(group.population)}.")
    if int(year) < int(group.base_year):
        raise NoPolicy(f"{year} is before the base year {group.base_year}.")
    return _projected(group, year, _grown(group, year), take_up_percent, scenario)


def projections(group: TargetGroup, take_up_percent: Fraction) -> Iterator[Projected]:
    """Each year from the base year on, without a scenario and then by each."""
    for year in group.population:
        if int(year) >= int(group.base_year):
            grown = _grown(group, year)
            for scenario in (None, *(group.scenarios if year != group.base_year else ())):
                yield _projected(group, year, grown, take_up_percent, scenario)


def weights(
    group: TargetGroup, year: str, take_up_percent: Fraction, scenario: Scenario | None = None
) -> list[Weight]:
    """What each input that is not exact adds to the bounds of the money, the heaviest first."""
    found = []
    for name, alone in _one_by_one(group, scenario):
        made = project(alone[0], year, take_up_percent, alone[1])
        found.append(Weight(name, made.pounds.width))
    return sorted((one for one in found if one.pounds > 0), key=lambda one: (-one.pounds, one.input))


def _projected(
    group: TargetGroup, year: str, grown: Mapping[str, Band], take_up: Fraction, scenario: Scenario | None
) -> Projected:
    sizes = dict(grown)
    if scenario:
        kept = _kept(scenario, int(year) - int(group.base_year))
        sizes |= {id: size * kept for id, size in grown.items() if id in scenario.parts}
    people = _sum(sizes[one.id] for one in group.parts if one.counted)
    mental = _sum(sizes[one.id] for one in group.parts if one.counted and one.mental_health)
    out = _sum(sizes[one.id] for one in group.parts if not one.counted)
    budgets = people * exactly(take_up / 100)
    return Projected(year, scenario, people, mental, out, budgets, budgets * group.pounds_a_year)


def _grown(group: TargetGroup, year: str) -> dict[str, Band]:
    """How many there are of each part in a year, by its id, without prevention: alike for every scenario."""
    if year == group.base_year:
        return {part.id: part.size for part in group.parts}
    then, now = group.population[group.base_year], group.population[year]
    return {part.id: part.size * _growth(part, then, now) for part in group.parts}


def _growth(part: Part, then: Mapping[str, Band], now: Mapping[str, Band]) -> Band:
    """Users expected in the year over those expected in the base year, by the same use at each age."""
    ages = list(part.use)

    def ratio(use: Iterable[Fraction], before: Iterable[Fraction], after: Iterable[Fraction]) -> Fraction:
        rates = list(use)
        was, becomes = (
            sum((rate * people for rate, people in zip(rates, of, strict=True)), Fraction(0))
            for of in (before, after)
        )
        return becomes / was

    def ends(of: Mapping[str, Band], end: str) -> list[Fraction]:
        return [getattr(of[age], end) for age in ages]

    # A ratio of two sums is at its ends where every rate is at an end of its own.
    corners = list(product(*({part.use[age].low, part.use[age].high} for age in ages)))
    corners = [corner for corner in corners if any(corner)]
    return Band(
        min(ratio(one, ends(then, "high"), ends(now, "low")) for one in corners),
        ratio(ends(part.use, "central"), ends(then, "central"), ends(now, "central")),
        max(ratio(one, ends(then, "low"), ends(now, "high")) for one in corners),
    )


def _kept(scenario: Scenario, years: int) -> Band:
    """The share that is left after so many years: what fewer newcomers leave of those who are there."""

    def left(fewer: Fraction, new: Fraction) -> Fraction:
        came_since = 1 - (1 - new / 100) ** years
        return 1 - fewer / 100 * came_since

    fewer, new = scenario.fewer_percent, scenario.new_a_year_percent
    return Band(left(fewer.high, new.high), left(fewer.central, new.central), left(fewer.low, new.low))


def _one_by_one(
    group: TargetGroup, scenario: Scenario | None
) -> Iterator[tuple[str, tuple[TargetGroup, Scenario | None]]]:
    """The group with every input at its central value but one, by that one's name."""
    sure = replace(
        group,
        parts=tuple(replace(one, size=_middle(one.size), use=_middles(one.use)) for one in group.parts),
        population={year: _middles(people) for year, people in group.population.items()},
        pounds_a_year=_middle(group.pounds_a_year),
    )
    plain = scenario and replace(
        scenario,
        fewer_percent=_middle(scenario.fewer_percent),
        new_a_year_percent=_middle(scenario.new_a_year_percent),
    )
    yield "the mean of a budget", (replace(sure, pounds_a_year=group.pounds_a_year), plain)
    yield "the population", (replace(sure, population=group.population), plain)
    for part in group.parts:
        for what, field in (("how many have", "size"), ("at which age people have", "use")):
            parts = tuple(
                replace(one, **{field: getattr(part, field)}) if one.id == part.id else one
                for one in sure.parts
            )
            yield f"{what} {part.title[0].lower()}{part.title[1:]}", (replace(sure, parts=parts), plain)
    if scenario and plain:
        yield "how many fewer come", (sure, replace(plain, fewer_percent=scenario.fewer_percent))
        yield "how many come anew", (sure, replace(plain, new_a_year_percent=scenario.new_a_year_percent))


def _middle(band: Band) -> Band:
    return exactly(band.central)


def _middles(bands: Mapping[str, Band]) -> dict[str, Band]:
    return {key: _middle(band) for key, band in bands.items()}


def _sum(bands: Iterable[Band]) -> Band:
    return sum(bands, exactly(0))
