"""How many people have each kind of support in a year, told as figures are: by council, age and the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from wherewithal.analytics import groups
from wherewithal.analytics.answer import PERSON
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.figures import Status
from wherewithal.analytics.groups import By
from wherewithal.analytics.measures import collapse
from wherewithal.analytics.services import described
from wherewithal.analytics.year import ReportingYear

ANY = "any support"
KINDS = {"Service_Component", "Delivery_Mechanism"}
"""The fields that tell which kind of support somebody has; without one of them a kind cannot be told."""


@dataclass(frozen=True)
class Supported:
    """So many ``people`` of a council's group have the support, out of ``of`` that have any.

    ``support`` is the service's component, or ``ANY``, or what an extract does not hold, whose ``people`` are
    None: not available, and not 0. Somebody with two kinds is in both.
    """

    council: str
    group: str
    support: str
    people: int | None
    of: int

    @property
    def status(self) -> Status:
        return "x" if self.people is None else "ok"


def supports(
    events: Any,
    period: ReportingYear,
    *,
    by: Sequence[str] = ("council", "age"),
    lacking: Sequence[str] = (),
    connection: Any = None,
) -> list[Supported]:
    """For every council and group, the total first: everybody with a service in the year, then each component
    by its name, 0 where a group has none, and what is ``lacking``. Who has no known age is in the total only.
    Takes events as ``count`` does; raises NoSuchGroup, BadTable.
    """
    told_by = By.of(by)
    counted: Counter[tuple[str, str, str]] = Counter()
    of_council: dict[str, dict[str, None]] = {}
    for row in ask(_asked, (period, told_by), checked(events), connection=connection).to_pylist():
        for group in groups.rolled_up({name: row[name] for name in told_by.breakdowns}):
            counted[row["place"], group, row["support"]] += row["people"]
            of_council.setdefault(row["place"], {})[group] = None
    names = sorted({support for *_, support in counted} - {ANY})
    return [
        Supported(
            council,
            group,
            support,
            None if support in lacking else counted[council, group, support],
            counted[council, group, ANY],
        )
        for council in sorted(of_council)
        for group in groups.in_order({*told_by.ages, *of_council[council]})
        for support in (ANY, *names, *lacking)
    ]


def _asked(events: Any, beside: Any, period: ReportingYear, by: By) -> Any:
    """A row for each council, crossed group and support: how many people."""
    people = collapse(events, (), period, by)
    people = people.select(*PERSON, place=groups.place(people, by), **groups.keys(people, by))
    rows = described(events, period)
    had = rows.filter(rows.in_year & (rows.Event_Type == "Service"))
    had = had.select(*PERSON, support=had.Service_Component.fill_null("not said")).distinct()
    had = had.union(had.select(*PERSON).distinct().mutate(support=ibis.literal(ANY)).select(*had.columns))
    joined = people.inner_join(had, list(PERSON))
    return joined.group_by(["place", *by.breakdowns, "support"]).aggregate(people=joined.count())
