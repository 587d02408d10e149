"""Which councils are alike: statistical neighbours, by a method that was published with its code.

Source: NHS England, Peer Groups for Local Authorities (github.com/NHSDigital/ASC_LA_Peer_Groups, MIT). Each
feature is transformed so that it comes nearest to a normal curve, spread from 0 to its weight, and councils
are as far apart as the Euclidean distance says. FEATURES are what we have of it and one of our own; what
differs is said by DIFFERENT. There the transformation is chosen by the Shapiro-Wilk test each time; here the
choice is written down, and a test holds that the same test makes it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from wherewithal.analytics.rounding import rounded
from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import ENGLAND, Area, areas, code_of, name_of, year_of, years
from wherewithal.policy.published import publication
from wherewithal.policy.series import ALL, series_table

PEERS = 15
LEFT_OUT = ("Isles of Scilly", "City of London")
"""As in the published method: they are like nobody."""

DIFFERENT = (
    "Of the published method's 15 features 3 are here, each with its weight of 1: people aged 15 and over, "
    "the share of them aged 85 and over, people per square kilometre.",
    "Not here, since no table by council is at hand: from the Census of 2021 six ethnic groups (weight 0.5 "
    "each), households that rent from a social landlord, full-time students, people who do not speak English "
    "well or at all, people with a qualification of level 4 or above (weight 1 each); distance to the sea "
    "(weight 0.5); people in thinly settled neighbourhoods (weight 1), for which the people and the area of "
    "each neighbourhood are needed.",
    "Added here: deprivation, which the published method does not have.",
    "Other here: estimates for mid-2020, where the published method takes the Census of 2021; land without "
    "inland water, where it takes the whole extent; of the transformations to choose from, those without a "
    "parameter that has to be fitted.",
)
"""What is used of the published method, what is not at hand, and what is added or other."""


class NoNeighbours(Refusal):
    """A council whose neighbours cannot be told."""


@dataclass(frozen=True)
class Feature:
    """What councils are compared by: groups of a published series' year, added up.

    ``of`` are the groups that it is a percentage of, () where it is none; ``per`` is another series of the
    table, of everybody, that it is divided by, '' for none. Where ``averaged``, it is no count: in an area of
    several councils it is averaged by the people of the same year.
    """

    title: str
    table: str
    series: str
    year: str
    groups: tuple[str, ...]
    transformed: str
    weight: float
    of: tuple[str, ...] = ()
    per: str = ""
    averaged: bool = False

    @property
    def told(self) -> str:
        """Whose it is, of which year, and how it is put among the others, in a sentence."""
        whose = publication(self.table)
        return (
            f"{self.title}: {whose.publisher}, {whose.publication}; {self.year}, {self.transformed}, "
            f"weight {self.weight:g}."
        )

    def printed(self, value: float) -> Decimal:
        """A value as it is printed everywhere, rounded once: a count whole, all else with one decimal."""
        return rounded(Fraction(value), 1 if self.of or self.averaged else 0)


ADULTS = ("18-64", "65-74", "75-84", "85-over")
PEOPLE = ("population", "population")

LAND_AND_PEOPLE = ("land-and-people-2020", "people")

FEATURES = (
    Feature("people aged 15 and over", *LAND_AND_PEOPLE, "2020", ("15-over",), "logarithm", 1),
    Feature(
        "of them, aged 85 and over, %", *LAND_AND_PEOPLE, "2020", ("85-over",), "as it is", 1, of=("15-over",)
    ),
    Feature(
        "people per square kilometre", *LAND_AND_PEOPLE, "2020", (ALL,), "logarithm", 1, per="land"
    ),
    Feature(
        "deprivation, average score", "deprivation-2015", "imd-2015", "2015", ("all",), "square root", 1,
        averaged=True,
    ),
)  # fmt: skip

TRANSFORMED: Mapping[str, Callable[[float], float]] = {
    "as it is": float, "logarithm": math.log1p, "square root": math.sqrt,
}  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """A council, or the area of several, how far away it is, and its values in the order of the features;
    ``codes`` are of every council that held the ground in any of the features' years or holds it today.
    """

    name: str
    distance: float
    values: tuple[float, ...]
    codes: frozenset[str]


@dataclass(frozen=True)
class Neighbours:
    """``of`` is the area of the council that was ``asked`` for, ``nearest`` come the nearest first, out of
    ``compared``; ``apart`` are those of which a figure is missing.
    """

    asked: str
    of: Alike
    nearest: tuple[Alike, ...]
    features: tuple[Feature, ...]
    compared: int
    apart: tuple[str, ...]


@lru_cache(maxsize=512)
def neighbours(council: str, count: int = PEERS, features: tuple[Feature, ...] = FEATURES) -> Neighbours:
    """The councils nearest to one, given by its code or name. Raises NoPolicy and NoNeighbours.

    Councils that were put together or taken apart since the oldest of the features are one area.
    """
    code, (ground, values) = code_of(council), _ground(features)
    asked = next((area.name for area in ground if any(code in codes for codes in area.codes.values())), "")
    if name_of(code) in LEFT_OUT:
        raise NoNeighbours(f"{name_of(code)} is like nobody, and left out in the published method too.")
    if asked not in values:
        raise NoNeighbours(
            f"{name_of(code)} cannot be compared: a figure of it is missing, or it was no council since "
            f"{min(_years(features).values())}."
        )
    far = distances(values, asked, features)
    held = {area.name: frozenset(code for codes in area.codes.values() for code in codes) for area in ground}
    nearest = sorted((name for name in values if name != asked), key=lambda name: (far[name], name))
    return Neighbours(
        name_of(code), Alike(asked, 0.0, values[asked], held[asked]),
        tuple(Alike(name, far[name], values[name], held[name]) for name in nearest[:count]),
        features, len(nearest), tuple(area.name for area in ground if area.name not in values),
    )  # fmt: skip


def _years(features: tuple[Feature, ...]) -> dict[Feature, str]:
    """The year whose councils each feature is of."""
    return {one: year_of({of for of, _ in _printed(one.table, one.series, one.year)}) for one in features}


@cache
def _ground(features: tuple[Feature, ...]) -> tuple[tuple[Area, ...], dict[str, tuple[float, ...]]]:
    """Every area that is compared, and the values of those that have all: whoever asks."""
    at = _years(features)
    ground = tuple(area for area in areas([*at.values(), years()[-1]]) if area.name not in LEFT_OUT)
    known = {area.name: [value_of(one, area.codes[at[one]]) for one in features] for area in ground}
    values = {
        name: tuple(value for value in of if value is not None)
        for name, of in known.items()
        if None not in of
    }
    return ground, values


def distances(
    values: Mapping[str, tuple[float, ...]], of: str, features: tuple[Feature, ...]
) -> dict[str, float]:
    """How far each is from one of them: every feature transformed, spread from 0 to its weight, Euclidean.

    A feature in which nobody differs tells nobody apart.
    """
    places = []
    for at, feature in enumerate(features):
        turned = {name: TRANSFORMED[feature.transformed](one[at]) for name, one in values.items()}
        low, high = min(turned.values()), max(turned.values())
        breadth = high - low or 1.0
        places.append({name: (one - low) / breadth * feature.weight for name, one in turned.items()})
    return {name: math.sqrt(sum((place[name] - place[of]) ** 2 for place in places)) for name in values}


def value_of(feature: Feature, codes: tuple[str, ...]) -> float | None:
    """A feature of the area of these councils, of the feature's own year; None where a figure is missing."""

    def total(series: str, groups: tuple[str, ...], by: Mapping[str, float] | None = None) -> float | None:
        printed = _printed(feature.table, series, feature.year)
        parts = [(code, printed.get((code, group))) for code in codes for group in groups]
        if any(part is None for _, part in parts):
            return None
        return sum(part * (by[code] if by else 1) for code, part in parts if part is not None)

    if feature.averaged:
        people = _printed(*PEOPLE, feature.year)
        by = {code: sum(people.get((code, group)) or 0.0 for group in ADULTS) for code in codes}
        above = total(feature.series, feature.groups, by)
        below = sum(by.values()) if all(by.values()) else None
    else:
        above = total(feature.series, feature.groups)
        below = total(feature.series, feature.of) if feature.of else 1.0
        below = total(feature.per, (ALL,)) if feature.per else below
    return above / below * (100 if feature.of else 1) if above is not None and below else None


@cache
def _printed(table: str, series: str, year: str) -> dict[tuple[str, str], float | None]:
    """The values of a series' year by council and group, England apart; None where a mark stands."""
    return {
        (one.council, one.group): None if one.value.number is None else float(one.value.number)
        for one in series_table(table).of(series)
        if one.year == year and one.council != ENGLAND
    }
