"""People by the rows that they have, and by what their rows cost in a year: what is kept, and the answers."""

from typing import Any

import ibis

from wherewithal.analytics import services
from wherewithal.analytics.ages import adult
from wherewithal.analytics.answer import Answer, living
from wherewithal.analytics.any_year import YearAsked, in_words
from wherewithal.analytics.ever import Ever
from wherewithal.policy.measure_rows import Amounts, Clause, Costs, People, RowKind

TEN_THOUSANDTHS = 10_000  # of a pound: a price in pence times hundredths of a unit stays a whole number
_UNIT = "Cost_Frequency_Unit_Type"
_TIMES = {
    "last-day": "on_last_day",
    "in-year": "in_year",
    "year-before": "on_year_before",
    "ended-in-twelve-months": "ended_in_twelve_months",
}


def looked_for(rows: Any, counts: People | Amounts) -> dict[Any, Any]:
    """What is asked of each row, each under what asks it."""
    clauses = counts.clauses if isinstance(counts, People) else (counts.who,)
    return {clause.rows: _fits(rows, clause.rows) for clause in clauses}


def facts(rows: Any, flags: dict[Any, str], counts: People | Amounts) -> dict[str, Any]:
    """Whether the person has a row of each clause; of amounts also what they add up to, and whether one of
    them is not known.
    """
    if isinstance(counts, People):
        return {clause.key: Ever(_has(rows, flags, clause)) for clause in counts.clauses}
    fits = rows[flags[counts.who.rows]]
    once = services.among(services.field(rows, _UNIT), counts.costs.once)
    year = _in_a_year(rows, counts.costs)
    running = fits & rows.on_last_day & ~once
    adds = running | (fits & rows.in_year & once)
    return {
        counts.who.key: Ever(_has(rows, flags, counts.who)),
        adds_up(counts): year.sum(where=adds),
        f"{counts.key} not known": Ever(adds & year.isnull()),
    }


def answer(people: Any, counts: People, period: YearAsked) -> Answer:
    """In the base where every clause holds of the person; in the figure by what they have, and have not."""
    base = _all(people, counts.who)
    figure = base & _all(people, counts.has) & ~ibis.or_(*(_holds(people, one) for one in counts.has_none))
    alive_on = period.last if any(one.when == "last-day" for one in counts.who) else period.first
    alive = living(people, alive_on)
    in_figure, in_base, in_none = counts.words

    def why() -> Any:
        return ibis.cases(
            (~adult(people), "Under 18"),
            (~base, in_none),
            (~alive, "Died before " + in_words(alive_on)),
            (figure, in_figure),
            else_=in_base,
        )

    return Answer(base & alive & adult(people), figure & alive & adult(people), why)


def amounts_answer(people: Any, counts: Amounts, period: YearAsked) -> Answer:
    """In the base where the amount is known; in the figure where it is within bounds. Of a quantile both are
    one.
    """
    has, alive = _holds(people, counts.who), living(people, period.last)
    unknown = people[f"{counts.key} not known"]
    counted = has & ~unknown & alive & adult(people)
    figure = counted & _within(amount(people, counts), counts)
    in_figure, in_base, in_none = counts.words

    def why() -> Any:
        return ibis.cases(
            (~adult(people), "Under 18"),
            (~has, in_none),
            (~alive, "Died before " + in_words(period.last)),
            (unknown, "What some of it costs is not known"),
            (figure, in_figure),
            else_=in_base,
        )

    return Answer(counted, figure, why)


def amount(people: Any, counts: Amounts) -> Any:
    """What the person has in a year, in ten-thousandths of a pound."""
    return people[adds_up(counts)]


def adds_up(counts: Amounts) -> str:
    """Under which name the collapse keeps it."""
    return f"{counts.key} adds up to"


def bounds(counts: Amounts) -> list[int]:
    """What amounts are held against, in ten-thousandths of a pound."""
    return [of * TEN_THOUSANDTHS for of in (counts.least, counts.below) if of is not None]


def _within(amounts: Any, counts: Amounts) -> Any:
    held = [ibis.literal(True)]
    if counts.least is not None:
        held.append(amounts >= counts.least * TEN_THOUSANDTHS)
    if counts.below is not None:
        held.append(amounts < counts.below * TEN_THOUSANDTHS)
    return ibis.and_(*held).fill_null(False)


def _in_a_year(rows: Any, costs: Costs) -> Any:
    """What a row costs in a year, as whole ten-thousandths of a pound; empty where that is not known.

    A double, since it holds whole numbers up to 9 * 10^15 exactly and takes a file's absurd price without
    an overflow.
    """
    pence = (services.field(rows, "Unit_Cost", "decimal(12, 2)") * 100).cast("float64").round()
    planned = services.field(rows, "Planned_units_per_week", "decimal(9, 2)")
    hundredths = (planned * 100).cast("float64").round()
    unit = services.field(rows, _UNIT)
    return ibis.cases(
        (services.among(unit, costs.once), pence * 100),
        *((services.among(unit, (word,)), pence * (100 * times)) for word, times in costs.times_a_year),
        *((services.among(unit, (word,)), pence * hundredths * times) for word, times in costs.times_a_unit),
    )


def _fits(rows: Any, kind: RowKind) -> Any:
    return ibis.or_(
        *(ibis.and_(*(services.says(rows, field, words) for field, words in fields)) for fields in kind)
    )


def _has(rows: Any, flags: dict[Any, str], clause: Clause) -> Any:
    return rows[flags[clause.rows]] & rows[_TIMES[clause.when]]


def _holds(people: Any, clause: Clause) -> Any:
    return people[clause.key]


def _all(people: Any, clauses: tuple[Clause, ...]) -> Any:
    return ibis.and_(*(_holds(people, clause) for clause in clauses))
