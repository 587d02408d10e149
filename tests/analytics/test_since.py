"""What a correction and the release before it give away together."""

from hypothesis import given
from hypothesis import strategies as st
from reporting import FORM

from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey
from wherewithal.analytics.since import shown, since
from wherewithal.analytics.tabulate import tables, tallied
from wherewithal.policy.disclosure import rule

RULE = rule("threshold-10")
PEOPLE = Survey("made up", RULE, unit="person", units="people")


def printed(yes, no, blank=0, north=0, survey=PEOPLE):
    """Of everybody and by region; ``north`` of those who say yes are there, the others in the south."""
    replies = [Reply({"plan": "yes"}, groups={"region": "north"})] * north
    replies += [Reply({"plan": "yes"}, groups={"region": "south"})] * (yes - north)
    replies += [Reply({"plan": "no"}, groups={"region": "south"})] * no
    replies += [Reply({}, groups={"region": "south"})] * blank
    made = tallied(FORM, as_tables(FORM, replies), survey)
    return [table for by in ("", "region") for table in tables(made, by)]


def of_plan(found):
    return [one.says for one in found if one.question == "Do you have a plan?"]


def test_who_came_since_is_found_by_taking_the_old_from_the_new():
    assert of_plan(since(shown(printed(40, 20, 12)), printed(42, 20, 12), RULE))[:3] == [
        "“Do you have a plan?”, “Yes”: 2 more than before.",
        "“Do you have a plan?”, “cohort”: 2 more than before.",
        "“Do you have a plan?”, “asked”: 2 more than before.",
    ]


def test_one_who_changed_an_answer_is_found_twice_and_those_who_went_are_fewer():
    assert [(one.what, one.by) for one in since(shown(printed(40, 20)), printed(41, 19), RULE)][:2] == [
        ("Yes", 1),
        ("No", -1),
    ]


def test_the_same_figures_and_large_differences_give_nothing_away():
    assert since(shown(printed(40, 20, 12)), printed(40, 20, 12), RULE) == []
    assert of_plan(since(shown(printed(40, 20, 12)), printed(60, 40, 12), RULE)) == []


def by_region(**places):
    """So many say yes in each region."""
    replies = [
        Reply({"plan": "yes"}, groups={"region": name})
        for name, count in places.items()
        for _ in range(count)
    ]
    made = tallied(FORM, as_tables(FORM, replies), PEOPLE)
    return tables(made, "region")


def test_what_was_suppressed_beside_a_small_group_and_is_told_now_leaves_the_small_one():
    """Before: the North and the West are 23 together. Now: the West alone is 23 or so."""
    before, now = by_region(north=3, west=20, south=24), by_region(north=3, west=26, south=14)
    assert before[0].rows[0].cells["west"].figure.numerator is None
    assert now[0].rows[0].cells["south"].figure.numerator is None
    assert [
        one.says for one in since(shown(before), now, RULE) if one.what == "Yes" and one.group != "all"
    ] == [
        "“Do you have a plan?”, south, “Yes”: told before and not now, beside what is told in neither.",
        "“Do you have a plan?”, west, “Yes”: told now and not before, beside what is told in neither.",
    ]


def test_a_rule_without_a_threshold_asks_for_nothing():
    councils = Survey("made up", rule("councils"))
    assert (
        since(shown(printed(8, 2, survey=councils)), printed(8, 3, survey=councils), rule("councils")) == []
    )


counts = st.tuples(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30))


@given(counts, counts)
def test_every_small_difference_of_two_shown_counts_is_told_and_each_that_is_told_is_true(first, second):
    old, new = printed(*first), printed(*second)
    told = {(one.question, one.group, one.what): one for one in since(shown(old), new, RULE)}
    true = dict(zip(("Yes", "No", "blank"), (b - a for a, b in zip(first, second, strict=True)), strict=True))
    for (question, group, what), one in told.items():
        if one.by is None:
            continue
        assert 0 < abs(one.by) < RULE.suppress_under
        if question == "Do you have a plan?" and what in true:
            assert one.by == true[what] or group != "all"
    was, now = ({row.label: row.cells["all"].figure.numerator for row in made[0].rows} for made in (old, new))
    for label in ("Yes", "No"):
        if None not in (was[label], now[label]) and 0 < abs(now[label] - was[label]) < RULE.suppress_under:
            assert ("Do you have a plan?", "all", label) in told
