"""How many people have each kind of support in a year, told as figures are: by council, age and the rest."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from wherewithal.analytics import groups
from wherewithal.analytics.answer import PERSON
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.disclosure import Shown
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.figure_ties import NOBODY, Ties
from wherewithal.analytics.figures import Status
from wherewithal.analytics.groups import By
from wherewithal.analytics.measures import collapse
from wherewithal.analytics.services import described
from wherewithal.analytics.told import AS_COUNTED
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import Rule

ANY = "any support"
KINDS = {"Service_Component", "Delivery_Mechanism"}
"""The fields that tell which kind of support somebody has; without one of them a kind cannot be told."""
_BETWEEN = "\n"


@dataclass(frozen=True)
class Supported:
    """So many ``people`` of a council's group have the support, out of ``of`` that have any; None is no 0.

    ``support`` is the service's component, or ``ANY``, or what an extract does not hold, which is not
    available (``x``). Of few people counts are suppressed (``c``). Somebody with two kinds is in both.
    """

    council: str
    group: str
    support: str
    people: int | None
    of: int | None
    status: Status


@dataclass(frozen=True)
class _Alike:
    """So many people of one cell of breakdowns who have just these kinds of support."""

    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    people: int


def supports(
    events: Any,
    period: ReportingYear,
    *,
    by: Sequence[str] = ("council", "age"),
    lacking: Sequence[str] = (),
    rule: Rule | None = None,
    connection: Any = None,
) -> list[Supported]:
    """For every council and group, the total first: everybody with a service in the year, then each component
    by its name, 0 where a group has none, and what is ``lacking``. Who has no known age is in the total only.

    All of a council's counts are guarded as one by the ``rule``; without one, as it was counted. Takes events
    as ``count`` does; raises NoSuchGroup, BadTable.
    """
    told_by = By.of(by)
    of_council: dict[str, list[_Alike]] = defaultdict(list)
    for row in ask(_asked, (period, told_by), checked(events), connection=connection).to_pylist():
        cell = {name: row[name] for name in told_by.breakdowns}
        kinds = tuple(row["kinds"].split(_BETWEEN))
        of_council[row["place"]].append(_Alike(tuple(groups.rolled_up(cell)), kinds, row["people"]))
    names = (ANY, *sorted({kind for alike in of_council.values() for one in alike for kind in one.kinds}))
    found = []
    for council, alike in sorted(of_council.items()):
        told = groups.in_order({*told_by.ages, *(group for one in alike for group in one.groups)})
        shown = _shown(alike, told, names, rule or AS_COUNTED)
        found += [
            _supported(council, group, support, shown, support in lacking)
            for group in told
            for support in (*names, *lacking)
        ]
    return found


def _supported(
    council: str, group: str, support: str, shown: Mapping[tuple[str, str], Shown], lacks: bool
) -> Supported:
    of = shown[group, ANY].value
    if lacks:
        return Supported(council, group, support, None, of, "x")
    here = shown[group, support]
    return Supported(council, group, support, here.value, of, here.status)


def _shown(
    alike: Sequence[_Alike], told: Sequence[str], names: Sequence[str], rule: Rule
) -> dict[tuple[str, str], Shown]:
    """What may be shown of each group and support of one council: all made of the same people."""
    ties = Ties()
    for number, one in enumerate(alike):
        ties.unprinted(("alike", number), one.people)
    where: dict[tuple[str, str], Hashable] = {}
    for group in told:
        for support in names:
            who: tuple[Hashable, ...] = tuple(
                ("alike", number)
                for number, one in enumerate(alike)
                if group in one.groups and (support == ANY or support in one.kinds)
            )
            where[group, support] = ties.made_of(who)
    ties.between(rule.suppress_under)
    shown = ties.shown(rule)
    return {place: shown.get(cell, NOBODY) for place, cell in where.items()}


def _asked(events: Any, beside: Any, period: YearAsked, by: By) -> Any:
    """A row for each council, crossed group and set of supports: how many people have just these."""
    people = collapse(events, (), period, by)
    people = people.select(*PERSON, place=groups.place(people, by), **groups.keys(people, by))
    rows = described(events, period)
    had = rows.filter(rows.in_year & (rows.Event_Type == "Service"))
    had = had.select(*PERSON, kind=had.Service_Component.fill_null("not said")).distinct()
    had = had.group_by(PERSON).aggregate(kinds=had.kind.group_concat(_BETWEEN, order_by=had.kind))
    joined = people.inner_join(had, list(PERSON))
    return joined.group_by(["place", *by.breakdowns, "kinds"]).aggregate(people=ibis._.count())
