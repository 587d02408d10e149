"""Each measure as Ibis expressions over one shared collapse of the events to a row a person.

``answer`` gives, for every person and measure, whether they are in the base and in the numerator, and why.
"""

from collections.abc import Sequence
from typing import Any

from wherewithal.analytics import ages, by_rows, groups, in_year, services, settings
from wherewithal.analytics.answer import PERSON, Answer
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.ever import Ever, Evers
from wherewithal.analytics.groups import By
from wherewithal.analytics.kinds import kinds
from wherewithal.policy.measure import Counts, Measure
from wherewithal.policy.measure_kinds import InYear, OneSetting, Rate
from wherewithal.policy.measure_rows import Amounts, People

NO_GROUPS = By(breakdowns=())


def collapse(events: Any, measures: Sequence[Measure], period: YearAsked, by: By = NO_GROUPS) -> Any:
    """One row a person: birth, death, age on the period's last day, what each measure needs to know, and what
    tells their groups.

    Where rows disagree, the earliest birth and the latest death are taken, as the published method does.
    """
    people, evers = _collapsed(events, measures, period, by)
    return evers.by_name(people)


def kinds_of_people(events: Any, measures: Sequence[Measure], period: YearAsked, by: By) -> Any:
    """The same for answers without why: a row for each kind of people, with how many (``people``)."""
    people, evers = _collapsed(events, measures, period, by)
    return evers.by_name(kinds(people, measures, period, evers.told_only))


def _collapsed(events: Any, measures: Sequence[Measure], period: YearAsked, by: By) -> tuple[Any, Evers]:
    rows, flags = _flagged(services.described(events, period), measures)
    asked: dict[str, Any] = {}
    for one in measures:
        for name, fact in _facts(rows, flags, one).items():
            asked.setdefault(name, fact)
    evers = Evers({name: fact for name, fact in asked.items() if isinstance(fact, Ever)})
    rows = evers.of_rows(rows)
    facts = {name: fact for name, fact in asked.items() if not isinstance(fact, Ever)}
    people = rows.group_by(PERSON).aggregate(
        born_on=rows.Date_of_Birth.min(), died_on=rows.Date_of_Death.max(), **ages.facts(rows),
        **facts, **evers.joined(rows), **groups.facts(rows, by),
    )  # fmt: skip
    return ages.aged(people, period), evers


def answer(people: Any, one: Measure, period: YearAsked) -> Answer:
    """A measure's answer over the collapse that it was part of."""
    match one.counts:
        case InYear():
            return in_year.answer(people, one, one.counts, period)
        case Rate():
            return in_year.rate_answer(people, one, one.counts.of, period)
        case OneSetting():
            return settings.answer(people, one.counts, period)
        case People():
            return by_rows.answer(people, one.counts, period)
        case Amounts():
            return by_rows.amounts_answer(people, one.counts, period)
    raise TypeError(f"{one.id} does not look at people of the events")


def _facts(rows: Any, flags: dict[Any, str], one: Measure) -> dict[str, Any]:
    """What a measure needs to know of everybody, by the name under which the collapse keeps it."""
    match one.counts:
        case InYear():
            return in_year.facts(rows, flags, one, one.counts)
        case Rate():
            return in_year.facts(rows, flags, one, one.counts.of)
        case OneSetting():
            return settings.facts(rows, one.counts)
        case People() | Amounts():
            return by_rows.facts(rows, flags, one.counts)
    return {}


def _flagged(rows: Any, measures: Sequence[Measure]) -> tuple[Any, dict[Any, str]]:
    """The rows with a column for each thing that measures ask alike, and the columns' names.

    Asked once: with five variants this halves the work of the collapse.
    """
    asked: dict[Any, Any] = {}
    for one in measures:
        asked |= _looked_for(rows, one.counts)
    names = {key: f"flag{number}" for number, key in enumerate(asked)}
    return rows.mutate(**{names[key]: flag for key, flag in asked.items()}), names


def _looked_for(rows: Any, counts: Counts) -> dict[Any, Any]:
    match counts:
        case InYear():
            return in_year.looked_for(rows, counts)
        case Rate():
            return in_year.looked_for(rows, counts.of)
        case People() | Amounts():
            return by_rows.looked_for(rows, counts)
    return {}
