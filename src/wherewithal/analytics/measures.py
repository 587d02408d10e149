"""Each measure as Ibis expressions over one shared collapse of the events to a row a person.

``answer`` gives, for every person and measure, whether they are in the base and in the numerator, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from wherewithal.analytics import ages, groups, services
from wherewithal.analytics.ages import adult
from wherewithal.analytics.groups import By
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.policy.measure import Days, InYear, Measure, OneSetting

PERSON = ("LA_Code", "person_key")
NO_GROUPS = By(breakdowns=())


@dataclass(frozen=True)
class Answer:
    """For one measure, over the table of people: in the base, in the numerator, and why, in words."""

    counted: Any
    numerator: Any
    why: Any


def collapse(events: Any, measures: Sequence[Measure], period: ReportingYear, by: By = NO_GROUPS) -> Any:
    """One row a person: birth, death, age on the period's last day, what each measure needs to know, and what
    tells their groups.

    Where rows disagree, the earliest birth and the latest death are taken, as the published method does.
    """
    rows, flags = _flagged(services.described(events, period), measures)
    facts = {"born_on": rows.Date_of_Birth.min(), "died_on": rows.Date_of_Death.max(), **ages.facts(rows)}
    for one in measures:
        if isinstance(one.counts, InYear):
            facts |= _in_year_facts(rows, flags, one, one.counts)
        elif isinstance(one.counts, OneSetting):
            facts.setdefault(f"rank of {one.counts.name}", _rank(rows, one.counts).min())
    people = rows.group_by(PERSON).aggregate(**facts, **groups.facts(rows, by))
    return ages.aged(people, period)


def answer(people: Any, one: Measure, period: ReportingYear) -> Answer:
    """A measure's answer over the collapse that it was part of (over ``waits`` for days)."""
    if isinstance(one.counts, InYear):
        return _in_year_answer(people, one, one.counts, period)
    if isinstance(one.counts, OneSetting):
        return _setting_answer(people, one.counts, period)
    if isinstance(one.counts, Days):
        return _days_answer(people, one.counts, period)
    raise TypeError(f"{one.id} is counted over particulars: analytics/particulars.py answers for it")


def _flagged(rows: Any, measures: Sequence[Measure]) -> tuple[Any, dict[Any, str]]:
    """The rows with a column for each thing that variants of a measure ask alike, and the columns' names.

    Asked once: with five variants this halves the work of the collapse.
    """
    asked: dict[Any, Any] = {}
    for one in measures:
        if isinstance(one.counts, InYear):
            for capacities in (one.counts.capacities, one.counts.capacities[:1]):
                asked[capacities] = services.in_capacities(rows, capacities)
            asked[one.counts.self_directed] = services.among(rows.held, one.counts.self_directed)
            asked |= {out: services.left_out(rows, out) for out in one.counts.leaves_out}
    names = {key: f"flag{number}" for number, key in enumerate(asked)}
    return rows.mutate(**{names[key]: flag for key, flag in asked.items()}), names


def _in_year_facts(rows: Any, flags: dict[Any, str], one: Measure, counts: InYear) -> dict[str, Any]:
    """Whether the person has support that is left in, self-directed support left in, and what is left out."""
    has = rows.in_year & rows[flags[counts.capacities]]
    facts, kept = {}, has
    for exclusion in counts.leaves_out:
        gone = rows[flags[exclusion]]
        facts[f"{one.id} leaves out {exclusion.id}"] = (has & gone).any()
        kept = kept & ~gone
    directed = kept & rows[flags[counts.self_directed]]
    first = rows[flags[counts.capacities[:1]]]
    return facts | {
        f"{one.id} keeps": kept.any(),
        f"{one.id} keeps first": (kept & first).any(),
        f"{one.id} directs": directed.any(),
    }


def _in_year_answer(people: Any, one: Measure, counts: InYear, period: ReportingYear) -> Answer:
    living = people.died_on.isnull() | (people.died_on >= services.day(period.first))
    kept = people[f"{one.id} keeps"].fill_null(False) & living
    directed = people[f"{one.id} directs"].fill_null(False) & living
    first = people[f"{one.id} keeps first"].fill_null(False)
    others = " and ".join(capacity.words for capacity in counts.capacities[1:])
    yes, base = "Self-directed support in the year", "Support in the year, none of it self-directed"
    why = ibis.cases(
        (~adult(people), "Under 18"),
        (directed & first, yes),
        (directed, f"{yes}: {others} only"),
        (kept & first, base),
        (kept, f"{base}: {others} only"),
        *(
            (
                people[f"{one.id} leaves out {exclusion.id}"],
                f"Only support that this definition leaves out: {exclusion.title}",
            )
            for exclusion in counts.leaves_out
        ),
        else_="No such support in the year",
    )
    return Answer(kept & adult(people), directed & adult(people), why)


def _rank(rows: Any, counts: OneSetting) -> Any:
    """The row's place among the settings; empty when it has none."""
    of_theirs = rows.on_last_day if counts.when == "last-day" else rows.in_year
    of_theirs = of_theirs & services.among(rows.Client_Type, counts.client_types)
    branches = []
    for setting in counts.settings:
        fits = of_theirs & services.among(rows.Service_Type, (setting.service_type,))
        if setting.mechanisms:
            fits = fits & services.among(rows.held, setting.mechanisms)
        if setting.component_needed:
            fits = fits & rows.Service_Component.notnull()
        branches.append((fits, setting.rank))
    return ibis.cases(*branches)


def _setting_answer(people: Any, counts: OneSetting, period: ReportingYear) -> Answer:
    rank = people[f"rank of {counts.name}"]
    last_day = counts.when == "last-day"
    alive_on = period.last if last_day else period.first
    living = people.died_on.isnull() | (people.died_on >= services.day(alive_on))
    counted = services.among(rank, counts.counted_ranks) & living & adult(people)
    when = f"on {written(period.last)}" if last_day else "in the year"
    settings = (
        (rank == setting.rank, f"{setting.words[0].upper()}{setting.words[1:]} {when}")
        for setting in counts.settings
    )
    why = ibis.cases(
        (~adult(people), "Under 18"),
        (~living, f"Died before {written(alive_on)}"),
        *settings,
        else_=f"No {counts.support} {when}",
    )
    return Answer(counted, counted & services.among(rank, counts.numerator_ranks), why)


def _days_answer(journeys: Any, counts: Days, period: ReportingYear) -> Answer:
    paid = journeys[counts.until]
    within = (paid >= services.day(period.first)) & (paid <= services.day(period.last))
    counted = (within & (journeys.days >= 0)).fill_null(False) & adult(journeys)
    why = ibis.cases(
        (~adult(journeys), "Under 18"),
        (paid.isnull(), "Not paid yet"),
        (~within, "First paid in another period"),
        (journeys.days.isnull(), "The day of the request is not known"),
        (journeys.days < 0, "First paid before the request"),
        (journeys.days == 1, "1 day"),
        else_=journeys.days.cast("string") + " days",
    )
    return Answer(counted, counted, why)
