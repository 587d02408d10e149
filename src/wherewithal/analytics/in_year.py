"""People with services in a year, and the same as a rate: what the collapse keeps of them, and the answer."""

from typing import Any

import ibis

from wherewithal.analytics import services
from wherewithal.analytics.ages import adult, between
from wherewithal.analytics.answer import Answer, living
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.ever import Ever
from wherewithal.analytics.populations import AGES
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_kinds import InYear


def looked_for(rows: Any, counts: InYear) -> dict[Any, Any]:
    """What is asked of each row, each under what asks it, so that measures that ask alike ask once."""
    return {
        counts.capacities: services.in_capacities(rows, counts.capacities),
        counts.capacities[:1]: services.in_capacities(rows, counts.capacities[:1]),
        counts.self_directed: services.held_in(rows, counts.self_directed),
        **{out: services.left_out(rows, out) for out in counts.leaves_out},
    }


def facts(rows: Any, flags: dict[Any, str], one: Measure, counts: InYear) -> dict[str, Any]:
    """Whether the person has support that is left in, self-directed support left in, and what is left out."""
    has = rows.in_year & rows[flags[counts.capacities]]
    found, kept = {}, has
    for exclusion in counts.leaves_out:
        gone = rows[flags[exclusion]]
        found[f"{one.id} leaves out {exclusion.id}"] = Ever(has & gone, counts=False)
        kept = kept & ~gone
    directed = kept & rows[flags[counts.self_directed]]
    return found | {
        f"{one.id} keeps": Ever(kept),
        f"{one.id} keeps first": Ever(kept & rows[flags[counts.capacities[:1]]], counts=False),
        f"{one.id} directs": Ever(directed),
    }


def answer(people: Any, one: Measure, counts: InYear, period: YearAsked) -> Answer:
    """In the base with support that is left in; in the numerator by how its money is held."""
    alive = living(people, period.first)
    kept = people[f"{one.id} keeps"] & alive
    directed = people[f"{one.id} directs"] & alive
    others = " and ".join(capacity.words for capacity in counts.capacities[1:])
    figure, base = counts.words

    def why() -> Any:
        first = people[f"{one.id} keeps first"]
        return ibis.cases(
            (~adult(people), "Under 18"),
            (directed & first, figure),
            (directed, f"{figure}: {others} only"),
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


def rate_answer(people: Any, one: Measure, counts: InYear, period: YearAsked) -> Answer:
    """Of a rate nobody is in a base of people: it is the population. Who is certainly of no age band is in no
    figure.
    """
    found = answer(people, one, counts, period)
    in_a_band = ibis.or_(*(between(people, *ages) for ages in AGES.values()))
    counted = found.numerator & in_a_band
    lost = found.numerator & ~in_a_band

    def why() -> Any:
        return ibis.cases((lost, "Age not known, so in no age band"), else_=found.why())

    return Answer(counted, counted, why)
