"""The counting of figures: every measure asked for, of every council and group, in few questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.analytics.counted import Counted
from wherewithal.analytics.engine import Question, ask, checked
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.groups import TOTAL, By, in_order, in_words
from wherewithal.analytics.headcounts import Alike, alike, alike_asked, shares
from wherewithal.analytics.particulars import councils_asked, sums, sums_asked, together
from wherewithal.analytics.quantiles import in_pounds, quantiles, quantiles_asked
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.schema import JOURNEYS, PARTICULARS, Column
from wherewithal.analytics.standardised import bands_asked, rates, rates_of
from wherewithal.analytics.waiting import days, days_asked, of_one_wait
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.policy.measure import OF_EVENTS, Measure, measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_kinds import Rate
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.policy.measure_rows import Amounts


class CannotCount(Refusal):
    """A question that the tables at hand cannot answer."""


@dataclass(frozen=True)
class Counting:
    """Exact figures, and for those of ``people`` in the events who stands alike in them: what ties them."""

    figures: list[Figure]
    people: tuple[Measure, ...]
    standing: list[Alike]


def counting(
    events: Any,
    measure_ids: Iterable[str],
    period: ReportingYear,
    *,
    journeys: Any = None,
    particulars: Any = None,
    by: Sequence[str] = ("council", "age"),
    connection: Any = None,
) -> Counting:
    """Every measure for every council in the events or particulars and every group, in the order asked for.

    ``events``, ``journeys`` and ``particulars`` are Arrow tables, lists of dicts (``schema.EVENTS``,
    ``JOURNEYS``, ``PARTICULARS``) or Ibis tables; ``connection`` is an Ibis backend, else the DuckDB that the
    process keeps. ``by`` names what figures are told by (``groups.By``): the total always, and who has no
    known age only there. Raises NoMeasure, NoSuchGroup, BadTable, or CannotCount for days without journeys,
    what a council set itself without particulars, or a breakdown by which a measure cannot be told.
    """
    told_by = By.of(by)
    asked = [measure(id) for id in measure_ids]
    can_be_told(asked, told_by)
    tables = _tables(asked, events, journeys, particulars, connection)
    people = tuple(one for one in asked if isinstance(one.counts, OF_EVENTS))
    standing = alike(tables.ask(alike_asked, people, period, told_by), told_by)
    of_council, counted = shares(standing, people)
    if tables.particulars is not None:
        for row in tables.ask_particulars(councils_asked, told_by):
            of_council.setdefault(row["place"], [TOTAL])
    if of_population := rates_of(asked):
        rows = tables.ask(bands_asked, of_population, period, told_by)
        counted |= rates(rows, of_population, period, told_by)
    if of_amounts := quantiles(asked):
        rows = tables.ask(quantiles_asked, of_amounts, period, told_by)
        counted |= in_pounds(rows, of_amounts, told_by)
    for wait in of_one_wait(asked):
        counted |= days(tables.ask(days_asked, wait[0][1], period, told_by), wait, told_by)
    for of_one in together(asked):
        counted |= sums(tables.ask_particulars(sums_asked, of_one, period, told_by), of_one, told_by)
    nobody = {one.id: _nobody(one) for one in asked}
    figures = [
        _figure(one, period, council, group, counted.get((council, one.id, group), nobody[one.id]))
        for council in sorted(of_council)
        for groups in [in_order({*told_by.ages, *of_council[council]})]
        for one in asked
        for group in groups
    ]
    return Counting(figures, people, standing)


def count(events: Any, measure_ids: Iterable[str], period: ReportingYear, **more: Any) -> list[Figure]:
    """The figures of ``counting``, which says what else it takes and what it raises."""
    return counting(events, measure_ids, period, **more).figures


def can_be_told(asked: Iterable[Measure], by: By) -> None:
    """Raises CannotCount where a measure is asked for by a breakdown that is none of its own."""
    for one in asked:
        if more := [name for name in by.breakdowns if name not in one.breakdowns]:
            told = " and ".join(one.breakdowns) or "council alone"
            raise CannotCount(f"“{one.title}” can be told by {told}, and not by {more[0]}.")


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
    of_days = next((one for one in asked if _of_journeys(one)), None)
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


def _of_journeys(one: Measure) -> bool:
    return isinstance(one.counts, Days) and one.counts.source == "journeys"


def _nobody(one: Measure) -> Counted:
    """Nothing was counted: 0 of people and of particulars; of days, amounts and rates no number."""
    counts = one.counts
    of_amounts = isinstance(counts, Amounts) and counts.quantile is not None
    return Counted(None if of_amounts or isinstance(counts, Days | Rate) else 0, 0, None)


def _figure(one: Measure, period: ReportingYear, council: str, group: str, counted: Counted) -> Figure:
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
        status="x" if value is None else counted.status,
        unit=one.unit,
        base=_base(one, period, group, counted),
        definition=one.definition,
        source=one.source,
        verified=one.verified,
    )


def _base(one: Measure, period: ReportingYear, group: str, counted: Counted) -> str:
    if counted.note and not counted.denominator:
        return counted.note
    return base_in_words(one, period, group, counted.denominator) + counted.note


def base_in_words(one: Measure, period: ReportingYear, group: str, denominator: int | None) -> str:
    """What the figure is of: ``7,838 people with long-term community support on 31 March 2026``, with ``[c]``
    for a number that is not told.
    """
    people = one.people_one if denominator == 1 else one.people_many
    number = "[c]" if denominator is None else f"{denominator:,}"
    return f"{number} {people}{_of_group(one, group)} {_of_period(one, period)}"


def _of_period(one: Measure, period: ReportingYear) -> str:
    leaves_out = [exclusion.title for exclusion in getattr(one.counts, "leaves_out", ())]
    *others, final = leaves_out or [""]
    named = f"{', '.join(others)} and {final}" if others else final
    return one.base.format(
        first=written(period.first),
        last=written(period.last),
        before=written(period.year_before),
        without=f", without {named}" if named else "",
    )


def _of_group(one: Measure, group: str) -> str:
    """Of which group: people themselves, or those whose plans, reviews or outcomes are counted."""
    whose = " of people" if isinstance(one.counts, Particulars) and one.counts.each == "row" else ""
    return f"{whose}{in_words(group)}" if group != TOTAL else ""
