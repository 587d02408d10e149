"""The counting of figures: every measure asked for, of every council and group, in few questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics.engine import Question, ask, checked
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.measures import alike, answer, collapse, waits
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.schema import JOURNEYS
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.policy.measure import Days, Measure, measure

GROUPS: dict[str, tuple[int, int, str]] = {
    "18-64": (18, 64, " aged 18 to 64"),
    "65+": (65, 999, " aged 65 or over"),
}


class CannotCount(Refusal):
    """A question that the tables at hand cannot answer."""


def count(
    events: Any,
    measure_ids: Iterable[str],
    period: ReportingYear,
    *,
    journeys: Any = None,
    groups: Sequence[str] = ("total", "18-64", "65+"),
    connection: Any = None,
) -> list[Figure]:
    """Every measure for every council in the events and every group, in the order asked for.

    ``events`` and ``journeys`` are Arrow tables, lists of dicts (``schema.EVENTS``, ``schema.JOURNEYS``) or
    Ibis tables; ``connection`` is an Ibis backend, else a DuckDB is opened for the call. Who has no known age
    is in "total" only. Raises NoMeasure, BadTable, or CannotCount for days without journeys or a strange
    group.
    """
    asked = [measure(id) for id in measure_ids]
    strange = [group for group in groups if group != "total" and group not in GROUPS]
    if strange:
        raise CannotCount(f"There is no group “{strange[0]}”. There are: total, {', '.join(GROUPS)}.")
    waited = alike(asked)
    if waited and journeys is None:
        one, _ = waited[0][0]
        raise CannotCount(f"“{one.title}” needs the journeys: dates of requests and first payments.")
    tables = _Tables(checked(events), checked(journeys, JOURNEYS) if waited else None, connection)
    shares = tuple(one for one in asked if not isinstance(one.counts, Days))
    councils, counted = _shares(tables, shares, period, tuple(groups))
    for of_one_wait in waited:
        counted |= _days(tables, of_one_wait, period, tuple(groups))
    return [
        _figure(one, period, council, group, counted.get((council, one.id, group), _NOBODY))
        for council in councils
        for one in asked
        for group in groups
    ]


@dataclass(frozen=True)
class _Tables:
    events: Any
    journeys: Any
    connection: Any

    def ask(self, question: Question, *about: Any) -> list[dict[str, Any]]:
        return list(ask(question, about, self.events, self.journeys, self.connection).to_pylist())


@dataclass(frozen=True)
class _Counted:
    numerator: int | None
    denominator: int
    exact: Fraction | None


_NOBODY = _Counted(None, 0, None)
_Key = tuple[str, str, str]  # council, measure, group


def _shares(
    tables: _Tables, measures: tuple[Measure, ...], period: ReportingYear, groups: tuple[str, ...]
) -> tuple[list[str], dict[_Key, _Counted]]:
    """The councils that the events hold, in order, and what was counted of each."""
    rows = tables.ask(_shares_asked, measures, period, groups)
    counted = {}
    for row in rows:
        for number, one in enumerate(measures):
            for index, group in enumerate(groups):
                part, whole = row[f"n{number}_{index}"], row[f"d{number}_{index}"]
                exact = Fraction(100 * part, whole) if whole else None
                counted[row["LA_Code"], one.id, group] = _Counted(part, whole, exact)
    return [row["LA_Code"] for row in rows], counted


def _shares_asked(
    events: Any, journeys: Any, measures: tuple[Measure, ...], period: ReportingYear, groups: tuple[str, ...]
) -> Any:
    people = collapse(events, measures, period)
    sums = {"people": people.count()}
    for number, one in enumerate(measures):
        found = answer(people, one, period)
        for index, group in enumerate(groups):
            sums[f"d{number}_{index}"] = _sum(found.counted & _within(people, group))
            sums[f"n{number}_{index}"] = _sum(found.numerator & _within(people, group))
    return people.group_by("LA_Code").aggregate(**sums).order_by("LA_Code")


def _days(
    tables: _Tables,
    of_one_wait: Sequence[tuple[Measure, Days]],
    period: ReportingYear,
    groups: tuple[str, ...],
) -> dict[_Key, _Counted]:
    one, _ = of_one_wait[0]
    counted = {}
    for row in tables.ask(_days_asked, one, period, groups):
        for index, group in enumerate(groups):
            if whole := row[f"d{index}"]:
                total, middle = int(row[f"n{index}"]), Fraction(row[f"m{index}"])
                mean = _Counted(total, whole, Fraction(total, whole))
                median = _Counted(None, whole, middle)
                for of, its in of_one_wait:
                    counted[row["LA_Code"], of.id, group] = mean if its.value == "mean" else median
    return counted


def _days_asked(
    events: Any, journeys: Any, one: Measure, period: ReportingYear, groups: tuple[str, ...]
) -> Any:
    table = waits(events, journeys, one.counts, period)  # type: ignore[arg-type]
    found = answer(table, one, period)
    sums = {}
    for index, group in enumerate(groups):
        within = found.counted & _within(table, group)
        sums[f"d{index}"] = _sum(within)
        sums[f"n{index}"] = table.days.sum(where=within)
        sums[f"m{index}"] = table.days.median(where=within)
    return table.group_by("LA_Code").aggregate(**sums)


def _sum(flags: Any) -> Any:
    return flags.sum().fill_null(0)


def _within(people: Any, group: str) -> Any:
    if group == "total":
        return ibis.literal(True)
    youngest, oldest, _ = GROUPS[group]
    return people.age.between(youngest, oldest).fill_null(False)


def _figure(one: Measure, period: ReportingYear, council: str, group: str, counted: _Counted) -> Figure:
    value = None
    if counted.exact is not None:
        value = rounded(counted.exact, one.decimals)
    return Figure(
        measure=one.id,
        period=period.label,
        council=council,
        group=group,
        numerator=counted.numerator,
        denominator=counted.denominator,
        value=value,
        status="x" if value is None else "ok",
        unit=one.unit,
        base=base_in_words(one, period, group, counted.denominator),
        definition=one.definition,
        source=one.source,
        verified=one.verified,
    )


def base_in_words(one: Measure, period: ReportingYear, group: str, denominator: int) -> str:
    """What the figure is of: ``7,838 people with long-term community support on 31 March 2026``."""
    leaves_out = [exclusion.title for exclusion in getattr(one.counts, "leaves_out", ())]
    *others, final = leaves_out or [""]
    named = f"{', '.join(others)} and {final}" if others else final
    base = one.base.format(
        first=written(period.first), last=written(period.last), without=f", without {named}" if named else ""
    )
    people = one.people_one if denominator == 1 else one.people_many
    aged = "" if group == "total" else GROUPS[group][2]
    return f"{denominator:,} {people}{aged} {base}"
