"""One setting a person, by rank: what the collapse keeps of it, and the answer."""

from typing import Any

import ibis

from wherewithal.analytics import services
from wherewithal.analytics.ages import adult
from wherewithal.analytics.answer import Answer, living
from wherewithal.analytics.any_year import YearAsked, in_words
from wherewithal.policy.measure_kinds import OneSetting


def facts(rows: Any, counts: OneSetting) -> dict[str, Any]:
    """The smallest rank that a person has."""
    return {_kept_as(counts): _rank(rows, counts).min()}


def answer(people: Any, counts: OneSetting, period: YearAsked) -> Answer:
    """In the base and in the numerator by their rank."""
    rank = people[_kept_as(counts)]
    last_day = counts.when == "last-day"
    alive_on = period.last if last_day else period.first
    alive = living(people, alive_on)
    counted = services.among(rank, counts.counted_ranks) & alive & adult(people)
    when = "on " + in_words(period.last) if last_day else ibis.literal("in the year")
    settings = [
        (rank == setting.rank, f"{setting.words[0].upper()}{setting.words[1:]} " + when)
        for setting in counts.settings
    ]

    def why() -> Any:
        return ibis.cases(
            (~adult(people), "Under 18"),
            (~alive, "Died before " + in_words(alive_on)),
            *settings,
            else_=f"No {counts.support} " + when,
        )

    return Answer(counted, counted & services.among(rank, counts.numerator_ranks), why)


def _kept_as(counts: OneSetting) -> str:
    return f"rank of {counts.name}"


def _rank(rows: Any, counts: OneSetting) -> Any:
    """The row's place among the settings; empty when it has none."""
    of_theirs = rows.on_last_day if counts.when == "last-day" else rows.in_year
    of_theirs = of_theirs & services.among(rows.Client_Type, counts.client_types)
    branches = []
    for setting in counts.settings:
        fits = services.among(rows.Service_Type, (setting.service_type,))
        if setting.mechanisms:
            fits = fits & services.held_in(rows, setting.mechanisms)
        if setting.component_needed:
            fits = fits & rows.Service_Component.notnull()
        branches.append((fits, setting.rank))
    return ibis.cases((of_theirs, ibis.cases(*branches)))  # what a row of theirs is, is asked of no other
