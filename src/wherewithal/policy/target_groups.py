"""Who could have a personal budget, as a file says it: ``policy/target_groups/*.toml``, or one that is given.

The layout of a file:

    title = "The target group of Exampleshire"
    council = "Exampleshire"
    source = "..."
    base_year = "2010"
    [[part]]                     # one service, or carers
    id = "home-care"
    title = "Home care"
    counted = true               # in the target group, or left out of it
    why = "..."                  # why it is in or out
    confidence = "high"          # how sure that is: high, medium or low
    mental_health = false
    size = { low = 1900, central = 2000, high = 2100 }   # people in the base year; or one number
    source = "..."
    [part.use]                   # of each 1,000 people of an age how many use it, as bands or single numbers
    "18-64" = 2
    "65-over" = { low = 40, central = 45, high = 50 }
    [[population]]
    year = "2010"
    source = "..."
    people = { "18-64" = 300000, "65-over" = 90000 }
    # population_of = "Somerset"   # at the top, in place of all these: a council's published population
    [[scenario]]                 # what prevention may do: so many in a hundred fewer come in
    id = "reablement-high"
    title = "Reablement for everybody who is new, high effect"
    fewer_percent = 30
    new_a_year_percent = 20      # of those who have support at a year's end, who came in within that year
    parts = ["home-care"]
    source = "..."
    [budget]
    pounds_a_year = { low = 4000, central = 4438, high = 5000 }
    source = "..."
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, cast, get_args

from wherewithal.core.band import Band, NoBand, exactly
from wherewithal.core.policy import NoPolicy
from wherewithal.policy import names, read_table, table
from wherewithal.policy.councils import code_of, name_of, successions
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.series import series_table

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Part:
    """One service, or carers. ``size`` is people in the base year, ``use`` people of each 1,000 by age."""

    id: str
    title: str
    counted: bool
    why: str
    confidence: Confidence
    mental_health: bool
    size: Band
    use: Mapping[str, Band]
    source: str


@dataclass(frozen=True)
class Scenario:
    """``fewer_percent`` fewer come in anew, of the ``new_a_year_percent`` that would each year."""

    id: str
    title: str
    fewer_percent: Band
    new_a_year_percent: Band
    parts: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class TargetGroup:
    """``population`` is people by year and age group; ``pounds_a_year`` the mean of a budget."""

    title: str
    council: str
    source: str
    base_year: str
    parts: tuple[Part, ...]
    population: Mapping[str, Mapping[str, Band]]
    scenarios: tuple[Scenario, ...]
    pounds_a_year: Band
    budget_source: str


def target_groups() -> dict[str, TargetGroup]:
    """All on record, by the name of their file, in alphabetical order."""
    return {name: target_group(name) for name in (one.split("/")[1] for one in names("target_groups"))}


def target_group(name: str = "exampleshire") -> TargetGroup:
    """One on record. Raises NoPolicy, naming those that there are."""
    file = f"target_groups/{name}"
    if file not in names("target_groups"):
        known = ", ".join(one.split("/")[1] for one in names("target_groups"))
        raise NoPolicy(f"There is no target group “{name}”. There are: {known}.")
    return parse(Row(f"{file}.toml", table(file)))


def own_target_group(path: Path) -> TargetGroup:
    """One that somebody gives. Raises NoPolicy, naming the place."""
    return parse(Row(path.name, read_table(path)))


def parse(row: Row) -> TargetGroup:
    """Raises NoPolicy, naming the place, where it does not hold together."""
    try:
        row.only("title council source base_year part population population_of scenario budget")
        parts = tuple(_part(one) for one in row.rows("part", "part"))
        population = _published(row) if "population_of" in row.body else _given(row)
        budget = Row(f"{row.where}, budget", row.get("budget", dict))
        scenarios = tuple(_scenario(one, parts) for one in row.rows("scenario", "scenario", ()))
        group = TargetGroup(
            row.text("title"), row.text("council"), row.text("source"), row.text("base_year"), parts,
            population, scenarios, _band(budget, "pounds_a_year"), budget.text("source"),
        )  # fmt: skip
        _whole(row, group)
    except Misspelt as fault:
        raise NoPolicy(f"{fault}.") from None
    return group


def _given(row: Row) -> dict[str, dict[str, Band]]:
    found = {}
    for one in row.rows("population", "population"):
        one.only("year source people")
        one.text("source")
        found[one.text("year")] = _bands(Row(f"{one.where}, people", one.get("people", dict)))
    return found


def _published(row: Row) -> dict[str, dict[str, Band]]:
    """As published of a council, in the years and ages that there are. Raises NoPolicy for another name."""
    if "population" in row.body:
        raise Misspelt(f"{row.where}: give “population” or “population_of”, not both")
    code = code_of(row.text("population_of"))
    found: dict[str, dict[str, Band]] = {}
    for point in series_table("population").of("population"):
        if point.council == code and point.value.number is not None:
            found.setdefault(point.year, {})[point.group] = exactly(Fraction(point.value.number))
    for one in successions():
        if code in (one.old, one.new) and found and min(found) < one.first[:4] <= max(found):
            raise Misspelt(
                f"{row.where}: the ground of {name_of(code)} changed in {one.first}, so its population of "
                "before and after is not of the same people"
            )
    return found


def _whole(row: Row, group: TargetGroup) -> None:
    """The base year is there, and every age that is used has its people in every year."""
    if group.base_year not in group.population:
        raise Misspelt(f"{row.where}: there is no population of the base year {group.base_year}")
    for year in group.population:
        if not year.isdecimal():
            raise Misspelt(f"{row.where}: “{year}” is no year, such as 2013")
    for part in group.parts:
        for year, people in group.population.items():
            for age in part.use:
                if age not in people:
                    raise Misspelt(f"{row.where}, part “{part.id}”: no population aged {age} in {year}")


def _part(row: Row) -> Part:
    row.only("id title counted why confidence mental_health size use source")
    confidence = row.text("confidence")
    if confidence not in get_args(Confidence):
        raise Misspelt(f"{row.where}: “confidence” is one of {', '.join(get_args(Confidence))}")
    use = _bands(Row(f"{row.where}, use", row.get("use", dict)))
    if not any(one.low > 0 for one in use.values()):
        raise Misspelt(f"{row.where}: somebody of some age must use it")
    return Part(
        id=row.text("id"), title=row.text("title"), counted=row.flag("counted"), why=row.text("why"),
        confidence=cast(Confidence, confidence), mental_health=row.flag("mental_health", False),
        size=_band(row, "size"), use=use, source=row.text("source"),
    )  # fmt: skip


def _scenario(row: Row, parts: tuple[Part, ...]) -> Scenario:
    row.only("id title fewer_percent new_a_year_percent parts source")
    of = row.texts("parts")
    for id in of:
        if id not in {one.id for one in parts}:
            raise Misspelt(f"{row.where}: there is no part “{id}”")
    fewer, new = _band(row, "fewer_percent"), _band(row, "new_a_year_percent")
    if max(fewer.high, new.high) > 100:
        raise Misspelt(f"{row.where}: a percentage here is at most 100")
    return Scenario(row.text("id"), row.text("title"), fewer, new, of, row.text("source"))


def _bands(row: Row) -> dict[str, Band]:
    return {key: _band(row, key) for key in row.body}


def _band(row: Row, key: str) -> Band:
    """A number, or its low, central and high value; none below zero."""
    if not isinstance(row.body.get(key), dict):
        single = _number(row, key)
        return exactly(single)
    inner = Row(f"{row.where}, {key}", row.body[key])
    inner.only("low central high")
    try:
        return Band(*(_number(inner, one) for one in ("low", "central", "high")))
    except NoBand as fault:
        raise Misspelt(f"{inner.where}: {fault.says.rstrip('.')}") from None


def _number(row: Row, key: str) -> Fraction:
    number = row.decimal(key)
    if number is None or number < 0:
        raise Misspelt(f"{row.where}: “{key}” is not below 0")
    return Fraction(str(number))
