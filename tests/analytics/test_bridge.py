"""From one definition to another: every step adds up, and says who makes the difference."""

import random

import pytest
from spec.events import KINDS, people, person
from spec.spec_measures import TEN

from wherewithal.analytics.bridge import Bridge, NoBridge, way
from wherewithal.analytics.bridge_told import protected
from wherewithal.analytics.count import count
from wherewithal.analytics.standing import bridge
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import rule
from wherewithal.policy.measure import measures
from wherewithal.policy.measure_kinds import InYear, OneSetting

YEAR = ReportingYear("2025-26")
OF_PEOPLE = [one.id for one in measures().values() if isinstance(one.counts, InYear | OneSetting)]


def of_ten(from_id: str, to_id: str) -> Bridge:
    return bridge(people(*TEN.values()), from_id, to_id, YEAR, council="999")


def test_from_the_whole_return_to_long_term_support_each_kind_of_short_support_goes_by_itself():
    assert way("ni130-revised", "ascof-3d-1a") == [
        "ni130-revised", "ni130-without-reablement", "ni130-without-reablement-intermediate-care",
        "ni130-without-reablement-intermediate-care-sensory", "ni130-without-short-term", "ascof-3d-1a",
    ]  # fmt: skip
    assert way("ascof-3d-1a", "ni130-revised") == way("ni130-revised", "ascof-3d-1a")[::-1]


def test_between_variants_the_way_goes_no_further_than_it_must():
    assert way("ni130-without-reablement", "ni130-revised") == ["ni130-without-reablement", "ni130-revised"]
    assert way("ascof-3d-1a", "ascof-3d-2a") == ["ascof-3d-1a", "ascof-3d-2a"]


def test_a_step_says_who_leaves_and_why_by_both_definitions():
    step = of_ten("ni130-revised", "ascof-3d-1a").steps[-1]
    assert [(one.before, one.after, one.numerator, one.denominator) for one in step.changes] == [
        ("Self-directed support in the year", "Residential care on 31 March 2026", -1, -1),
        ("Self-directed support in the year: carers' services only", "No long-term support on 31 March 2026",
         -1, -1),
    ]  # fmt: skip


def test_who_stays_in_the_base_and_leaves_the_figure_is_told_too():
    [step] = of_ten("ascof-3d-1a", "ascof-3d-2a").steps
    assert [(one.numerator, one.denominator) for one in step.changes] == [(-1, 0)]


def test_each_definition_on_the_way_tells_the_highest_that_it_allows():
    first, *_, last = of_ten("ni130-revised", "ascof-3d-1a").steps
    assert str(first.before.highest) == "60.0"
    assert str(first.after.highest) == "66.7"
    assert last.after.highest is None


def test_a_bridge_needs_two_definitions_of_people_and_a_council_that_is_there():
    with pytest.raises(NoBridge, match="needs no bridge to itself"):
        of_ten("ascof-3d-1a", "ascof-3d-1a")
    with pytest.raises(NoBridge, match="counts no shares of people"):
        of_ten("ascof-3d-1a", "days-to-first-payment-mean")
    with pytest.raises(NoBridge, match="nobody of council 211"):
        bridge(people(*TEN.values()), "ascof-3d-1a", "ascof-3d-2a", YEAR, council="211")


def at_random(seed: int, most: int) -> list[dict]:
    dice = random.Random(seed)
    rows, key = [], 0
    for words in sorted(set(KINDS) - {"request"}):
        for _ in range(dice.randint(0, most)):
            key += 1
            dates = dice.choice(["since 2024-05-01", "2025-05-01 to 2025-07-31", "since 2025-09-01"])
            rows += person(f"{words} {dates}", key, council="999")
    return rows


@pytest.mark.parametrize("seed", range(8))
def test_every_step_adds_up_to_what_each_definition_counts_by_itself(seed):
    rows, dice = at_random(seed, 3), random.Random(seed)
    from_id, to_id = dice.sample(OF_PEOPLE, 2)
    figures = {one.measure: one for one in count(rows, OF_PEOPLE, YEAR, by=("council",))}
    for step in bridge(rows, from_id, to_id, YEAR, council="999").steps:
        for take in (step.before, step.after):
            figure = figures[take.measure.id]
            assert (take.numerator, take.denominator, take.value) == (
                figure.numerator, figure.denominator, figure.value,
            )  # fmt: skip
        for part in ("numerator", "denominator"):
            moved = sum(getattr(one, part) for one in step.changes)
            assert getattr(step.before, part) + moved == getattr(step.after, part)


@pytest.mark.parametrize("seed", range(4))
def test_a_protected_bridge_tells_no_few_people_and_lets_no_subtraction_find_them(seed):
    exact = bridge(at_random(seed, 9), "ni130-revised", "ascof-3d-1a", YEAR, council="999")
    told = protected(exact, rule("nhsd-ascof-legacy"))
    for before, after in zip(exact.steps, told.steps, strict=True):
        for was, one in zip(before.changes, after.changes, strict=True):
            assert one.people is None or one.people == was.people >= 5
        hidden = [one for one in after.changes if one.people is None]
        if hidden and after.before.denominator is not None and after.after.denominator is not None:
            assert len(hidden) > 1, "the one change that is not told is the rest of the two bases"


def test_large_changes_are_told_as_they_are():
    rows = people(*["direct payment since 2024-05-01"] * 30, *["reablement 2025-06-01 to 2025-07-12"] * 20)
    told = protected(
        bridge(rows, "ni130-revised", "ni130-without-reablement", YEAR, council="999"),
        rule("nhsd-ascof-legacy"),
    )
    [step] = told.steps
    assert (step.before.denominator, step.after.denominator) == (50, 30)
    assert [one.denominator for one in step.changes] == [-20]
