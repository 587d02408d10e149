"""The measures, read from ``policy/measures/*.toml``: what is counted, of whom, when, on what authority.

Four kinds: people with services in a year (``InYear``), one setting per person (``OneSetting``), days between
two dates (``Days``), and what a council sets itself (``Particulars``). How each is counted stands in
``wherewithal.analytics``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from wherewithal.core.policy import fingerprint
from wherewithal.core.refusal import Refusal
from wherewithal.policy import names, table
from wherewithal.policy.measure_particulars import Particulars, particulars


class NoMeasure(Refusal):
    """A measure that no policy file defines."""


@dataclass(frozen=True)
class Capacity:
    """A way to be counted: as a client with some kinds of service, or as a carer with others."""

    words: str
    client_types: tuple[str, ...]
    service_types: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A service meets it when each list that is not empty holds the service's word."""

    service_types: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exclusion:
    """Services that a definition leaves out: those that meet any one of ``any_of``."""

    id: str
    title: str
    says: str
    source: str
    any_of: tuple[Match, ...]


@dataclass(frozen=True)
class InYear:
    """People with a service in the year that no exclusion leaves out; self-directed by its mechanism."""

    capacities: tuple[Capacity, ...]
    self_directed: tuple[str, ...]
    leaves_out: tuple[Exclusion, ...]


@dataclass(frozen=True)
class Setting:
    """One rank: a service type with one of ``mechanisms`` ('' is blank or unknown; none listed: any)."""

    rank: int
    service_type: str
    words: str
    mechanisms: tuple[str, ...] = ()
    component_needed: bool = False


@dataclass(frozen=True)
class OneSetting:
    """One setting per person, the smallest rank, in the year or on its last day.

    Measures of one ``name`` share the ranks and differ in the numerator.
    """

    name: str
    client_types: tuple[str, ...]
    when: Literal["in-year", "last-day"]
    settings: tuple[Setting, ...]
    counted_ranks: tuple[int, ...]
    numerator_ranks: tuple[int, ...]
    support: str


@dataclass(frozen=True)
class Days:
    """Calendar days between two dates of a journey, for people whose ``until`` falls in the period."""

    since: str
    until: str
    value: Literal["median", "mean"]


Counts = InYear | OneSetting | Days | Particulars


@dataclass(frozen=True)
class Measure:
    """One measure. ``definition`` changes whenever anything in its definition does. A council set a ``local``
    one for itself. ``published`` names the table and the series of what was published by it. Of the base,
    only who is in that of the measure ``highest`` could have a personal budget; everybody where it is empty.
    """

    id: str
    family: str
    title: str
    plain: str
    unit: Literal["%", "days", "% change", "£ a week"]
    decimals: int
    population: str
    numerator: str
    people_one: str
    people_many: str
    base: str
    reading: str
    source: str
    verified: bool
    breaks: tuple[str, ...]
    holds_from: date | None
    holds_until: date | None
    counts: Counts
    definition: str
    local: bool = False
    published: tuple[str, str] | None = None
    highest: str = ""

    def held(self, first: date, last: date) -> bool:
        """Whether this was the definition in force for the whole of ``first`` to ``last``."""
        return (self.holds_from is None or self.holds_from <= first) and (
            self.holds_until is None or last <= self.holds_until
        )


# What stands beside a definition and is no part of it: a figure's definition does not change with it.
_BESIDE = ("measures", "populations", "published", "highest")
_PLAIN = (
    "title", "plain", "unit", "decimals", "population", "numerator", "people_one", "people_many", "base",
    "reading", "source", "verified",
)  # fmt: skip


@cache
def measures() -> dict[str, Measure]:
    """Every measure by its id, in the order of the files and within them."""
    found: dict[str, Measure] = {}
    for name in names("measures"):
        for id in table(name)["measures"]:
            if id in found:
                raise NoMeasure(f"Two measures are called “{id}”.")
            found[id] = _measure(name, id)
    return found


def measure(id: str) -> Measure:
    """One measure; raises NoMeasure naming those that exist."""
    if id not in measures():
        raise NoMeasure(f"There is no measure “{id}”. There are: {', '.join(measures())}.")
    return measures()[id]


def _measure(name: str, id: str) -> Measure:
    file = table(name)
    own = file["measures"][id]
    shared = file.get("populations", {}).get(own.get("population"), {})
    body: dict[str, Any] = {**file, **shared, **{key: own[key] for key in own if key != "population"}}
    body = {key: body[key] for key in body if key not in _BESIDE}
    if "of_whom" in body:
        body["population"] = body["of_whom"]
    if "exclusions" in body:
        body["exclusions"] = {key: body["exclusions"][key] for key in body["leaves_out"]}
    try:
        return Measure(
            id=id,
            family=name.removeprefix("measures/"),
            breaks=tuple(body["breaks"]),
            holds_from=body.get("holds_from"),
            holds_until=body.get("holds_until"),
            counts=_KINDS[body["kind"]](body),
            definition=f"{id}@{fingerprint(body)[:12]}",
            local=body.get("local", False),
            published=_published(own),
            highest=file.get("highest", ""),
            **{key: body[key] for key in _PLAIN},
        )
    except KeyError as missing:
        raise NoMeasure(f"In {name}.toml, the measure “{id}” lacks {missing}.") from missing


def _published(own: Mapping[str, Any]) -> tuple[str, str] | None:
    """It is no part of the definition, so a newly published table leaves a figure's definition as it is."""
    return (own["published"]["table"], own["published"]["series"]) if "published" in own else None


def _in_year(body: Mapping[str, Any]) -> InYear:
    capacities = (
        Capacity(row["words"], tuple(row["client_types"]), tuple(row["service_types"]))
        for row in body["capacities"]
    )
    leaves_out = (_exclusion(id, body["exclusions"][id]) for id in body["leaves_out"])
    return InYear(tuple(capacities), tuple(body["self_directed"]), tuple(leaves_out))


def _exclusion(id: str, body: Mapping[str, Any]) -> Exclusion:
    any_of = (Match(**{key: tuple(words) for key, words in row.items()}) for row in body["any_of"])
    return Exclusion(id, body["title"], body["says"], body["source"], tuple(any_of))


def _one_setting(body: Mapping[str, Any]) -> OneSetting:
    settings = (
        Setting(**{**row, "mechanisms": tuple(row.get("mechanisms", ()))}) for row in body["settings"]
    )
    return OneSetting(
        name=body["name"],
        client_types=tuple(body["client_types"]),
        when=body["when"],
        settings=tuple(settings),
        counted_ranks=tuple(body["counted_ranks"]),
        numerator_ranks=tuple(body["numerator_ranks"]),
        support=body["support"],
    )


def _days(body: Mapping[str, Any]) -> Days:
    return Days(body["from"], body["to"], body["value"])


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Counts]] = {
    "services-in-year": _in_year,
    "one-setting": _one_setting,
    "days": _days,
    "particulars": particulars,
}
