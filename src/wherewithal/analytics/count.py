"""The counting of figures: every measure asked for, of every council and group, in few questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wherewithal.analytics.engine import Question, ask, checked
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.groups import GROUPS, total, within
from wherewithal.analytics.measures import alike, answer, collapse, waits
from wherewithal.analytics.particulars import Local, councils_asked, figures, sums_asked, together
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.schema import JOURNEYS, PARTICULARS, Column
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.policy.measure import Days, InYear, Measure, OneSetting, measure
from wherewithal.policy.measure_particulars import Particulars


class CannotCount(Refusal):
    """A question that the tables at hand cannot answer."""


def count(
    events: Any,
    measure_ids: Iterable[str],
    period: ReportingYear,
    *,
    journeys: Any = None,
    particulars: Any = None,
    groups: Sequence[str] = ("total", "18-64", "65+"),
    connection: Any = None,
) -> list[Figure]:
    """Every measure for every council in the events or particulars and every group, in the order asked for.

    ``events``, ``journeys`` and ``particulars`` are Arrow tables, lists of dicts (``schema.EVENTS``,
    ``JOURNEYS``, ``PARTICULARS``) or Ibis tables; ``connection`` is an Ibis backend, else a DuckDB is opened
    for the call. Who has no known age is in "total" only. Raises NoMeasure, BadTable, or CannotCount for days
    without journeys, what a council set itself without particulars, or a strange group.
    """
    asked = [measure(id) for id in measure_ids]
    strange = [group for group in groups if group != "total" and group not in GROUPS]
    if strange:
        raise CannotCount(f"There is no group “{strange[0]}”. There are: total, {', '.join(GROUPS)}.")
    tables = _tables(asked, events, journeys, particulars, connection)
    shares = tuple(one for one in asked if isinstance(one.counts, InYear | OneSetting))
    councils, counted = _shares(tables, shares, period, tuple(groups))
    if tables.particulars is not None:
        found = {row["LA_Code"] for row in tables.ask_particulars(councils_asked)}
        councils = sorted({*councils, *found})
    for of_one_wait in alike(asked):
        counted |= _days(tables, of_one_wait, period, tuple(groups))
    for of_one in together(asked):
        counted |= _particulars(tables, of_one, period, tuple(groups), councils)
    return [
        _figure(one, period, council, group, counted.get((council, one.id, group), _nobody(one)))
        for council in councils
        for one in asked
        for group in groups
    ]


@dataclass(frozen=True)
class _Tables:
    events: Any
    journeys: Any
    particulars: Any
    connection: Any

    def ask(self, question: Question, *about: Any) -> list[dict[str, Any]]:
        return self._ask(question, about, self.journeys, JOURNEYS)

    def ask_particulars(self, question: Question, *about: Any) -> list[dict[str, Any]]:
        return self._ask(question, about, self.particulars, PARTICULARS)

    def _ask(
        self, question: Question, about: tuple[Any, ...], beside: Any, contract: tuple[Column, ...]
    ) -> list[dict[str, Any]]:
        return list(ask(question, about, self.events, beside, self.connection, contract).to_pylist())


def _tables(
    asked: Sequence[Measure], events: Any, journeys: Any, particulars: Any, connection: Any
) -> _Tables:
    """The tables that the measures read, each held to its contract."""
    of_days = next((one for one in asked if isinstance(one.counts, Days)), None)
    of_own = next((one for one in asked if isinstance(one.counts, Particulars)), None)
    if of_days and journeys is None:
        raise CannotCount(f"“{of_days.title}” needs the journeys: dates of requests and first payments.")
    if of_own and particulars is None:
        raise CannotCount(f"“{of_own.title}” needs the particulars: support, plans, reviews and outcomes.")
    return _Tables(
        checked(events),
        checked(journeys, JOURNEYS) if of_days else None,
        checked(particulars, PARTICULARS) if of_own else None,
        connection,
    )


@dataclass(frozen=True)
class _Counted:
    numerator: int | None
    denominator: int
    exact: Fraction | None


_Key = tuple[str, str, str]  # council, measure, group


def _nobody(one: Measure) -> _Counted:
    """Nothing was counted: of people that is 0, and of days there is no number."""
    return _Counted(0 if isinstance(one.counts, InYear | OneSetting) else None, 0, None)


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
            sums[f"d{number}_{index}"] = total(found.counted & within(people, group))
            sums[f"n{number}_{index}"] = total(found.numerator & within(people, group))
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
        of_group = found.counted & within(table, group)
        sums[f"d{index}"] = total(of_group)
        sums[f"n{index}"] = table.days.sum(where=of_group)
        sums[f"m{index}"] = table.days.median(where=of_group)
    return table.group_by("LA_Code").aggregate(**sums)


def _particulars(
    tables: _Tables,
    of_one: tuple[Local, ...],
    period: ReportingYear,
    groups: tuple[str, ...],
    councils: Sequence[str],
) -> dict[_Key, _Counted]:
    """What was counted of each council; nothing was, and 0 is in the base, where it has no such row."""
    found = figures(tables.ask_particulars(sums_asked, of_one, period, groups), of_one, groups)
    return {
        (council, one.id, group): _Counted(*found.get((council, one.id, group), (0, 0, None)))
        for council in councils
        for one, _ in of_one
        for group in groups
    }


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
        first=written(period.first),
        last=written(period.last),
        before=written(period.year_before),
        without=f", without {named}" if named else "",
    )
    people = one.people_one if denominator == 1 else one.people_many
    return f"{denominator:,} {people}{_aged(one, group)} {base}"


def _aged(one: Measure, group: str) -> str:
    """Of which age: people themselves, or those whose plans, reviews or outcomes are counted."""
    if group == "total":
        return ""
    whose = " of people" if isinstance(one.counts, Particulars) and one.counts.each == "row" else ""
    return f"{whose} {GROUPS[group][2]}"
