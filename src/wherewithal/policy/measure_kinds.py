"""How a measure counts services: people with services in a year, the same as a rate, or one setting a person.

Each kind tells by ``uses`` which words of Client Level Data it counts by, so that a misspelt one is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from wherewithal.policy.rows import Row

Uses = Iterator[tuple[str, str]]  # a field of Client Level Data and a word that is looked for in it


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
    """People with a service in the year that no exclusion leaves out; counted by how its money is held.

    ``words`` says why somebody is in the numerator, or in the base only.
    """

    capacities: tuple[Capacity, ...]
    self_directed: tuple[str, ...]
    leaves_out: tuple[Exclusion, ...]
    words: tuple[str, str]

    def uses(self) -> Uses:
        for capacity in self.capacities:
            yield from (("Client_Type", word) for word in capacity.client_types)
            yield from (("Service_Type", word) for word in capacity.service_types)
        for match in (match for out in self.leaves_out for match in out.any_of):
            yield from (("Service_Type", word) for word in match.service_types)
            yield from (("Service_Component", word) for word in match.components)
            yield from (("Primary_Support_Reason", word) for word in match.reasons)
        yield from (("Delivery_Mechanism", word) for word in self.self_directed)


@dataclass(frozen=True)
class Rate:
    """Those of ``of`` who are in its numerator, for each ``per`` of the population, age standardised."""

    of: InYear
    per: int

    def uses(self) -> Uses:
        yield from self.of.uses()


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

    def uses(self) -> Uses:
        yield from (("Client_Type", word) for word in self.client_types)
        for setting in self.settings:
            yield "Service_Type", setting.service_type
            yield from (("Delivery_Mechanism", word) for word in setting.mechanisms if word)


def in_year(row: Row) -> InYear:
    """People with services in the year. Raises Misspelt, as the other readers do."""
    capacities = (
        Capacity(one.text("words"), one.texts("client_types"), one.texts("service_types"))
        for one in row.rows("capacities", "capacity")
    )
    left = row.texts("leaves_out")
    leaves_out = (_exclusion(id, row.inner("exclusions").inner(id)) for id in left)
    words = row.inner("words")
    return InYear(
        capacities=tuple(capacities),
        self_directed=row.texts("self_directed"),
        leaves_out=tuple(leaves_out),
        words=(words.text("figure"), words.text("base")),
    )


def rate(row: Row) -> Rate:
    """The same, for each ``per`` of the population."""
    return Rate(in_year(row), cast(int, row.number("per")))


def one_setting(row: Row) -> OneSetting:
    """One setting per person, by rank."""
    return OneSetting(
        name=row.text("name"),
        client_types=row.texts("client_types"),
        when=cast(Literal["in-year", "last-day"], row.one_of("when", ("in-year", "last-day"))),
        settings=tuple(_setting(one) for one in row.rows("settings", "setting")),
        counted_ranks=row.numbers("counted_ranks"),
        numerator_ranks=row.numbers("numerator_ranks"),
        support=row.text("support"),
    )


def _exclusion(id: str, row: Row) -> Exclusion:
    any_of = (
        Match(one.texts("service_types", ()), one.texts("components", ()), one.texts("reasons", ()))
        for one in row.rows("any_of", "line")
    )
    return Exclusion(id, row.text("title"), row.text("says"), row.text("source"), tuple(any_of))


def _setting(row: Row) -> Setting:
    return Setting(
        rank=cast(int, row.number("rank")),
        service_type=row.text("service_type"),
        words=row.text("words"),
        mechanisms=row.texts("mechanisms", ()),
        component_needed=row.flag("component_needed", False),
    )
