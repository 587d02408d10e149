"""One question by another: whole, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import FORM

from wherewithal.analytics.crossed import GAVE_NONE, crossed
from wherewithal.analytics.replies import Reply
from wherewithal.analytics.share import CannotTabulate, Survey
from wherewithal.policy.disclosure import rule

COUNCILS = Survey("made up", rule("councils"))
PEOPLE = Survey("made up", rule("threshold-10"), unit="person", units="people")


def replies(both=0, plan=0, system=0, neither=0, region="north"):
    """How many have a plan on paper, a plan alone, no plan but a system, and answered nothing."""
    kinds = (({"plan": "yes", "how": ["paper"]}, both), ({"plan": "yes"}, plan),
             ({"plan": "no", "how": ["system"]}, system), ({}, neither))  # fmt: skip
    return [Reply(answers, groups={"region": region}) for answers, many in kinds for _ in range(many)]


def cells(table):
    return {
        (row.value, group): row.cells[group].figure.numerator for row in table.rows for group in table.groups
    }


def test_the_groups_are_the_answers_in_their_order_and_who_gave_none():
    table = crossed(FORM, replies(8, 1, 6, 7), COUNCILS, "how", "plan")
    assert table.groups == ("all", "Yes", "No", GAVE_NONE)
    assert cells(table) == {
        ("paper", "all"): 8, ("paper", "Yes"): 8, ("paper", "No"): 0, ("paper", GAVE_NONE): None,
        ("system", "all"): 6, ("system", "Yes"): 0, ("system", "No"): 6, ("system", GAVE_NONE): None,
    }  # fmt: skip
    assert table.bases["Yes"]["answered"].count == 8
    assert table.bases[GAVE_NONE]["answered"].count == 0, "so that its shares are of nobody, and not shown"


def test_of_councils_a_group_below_the_least_base_is_hidden():
    table = crossed(FORM, replies(12, 0, 3, 12), COUNCILS, "how", "plan")
    assert cells(table)["system", "No"] is None


@pytest.mark.parametrize(
    ("of", "by", "says"),
    [("plan", "plan", "two different questions"), ("plan", "how", "may have several answers")],
)
def test_what_cannot_stand_across_is_refused(of, by, says):
    with pytest.raises(CannotTabulate, match=says):
        crossed(FORM, replies(12), COUNCILS, of, by)


def test_of_people_it_is_whole_where_nobody_is_few_and_else_not_made():
    table = crossed(FORM, replies(20, 0, 30, 15), PEOPLE, "how", "plan")
    assert cells(table)["paper", "Yes"] == 20
    with pytest.raises(CannotTabulate, match="It would tell of few"):
        crossed(FORM, replies(20, 3, 30, 15), PEOPLE, "how", "plan")


@given(st.tuples(*[st.integers(0, 25)] * 4))
def test_no_small_count_stands_in_it_nor_follows_from_its_margins(found):
    try:
        table = crossed(FORM, replies(*found), PEOPLE, "how", "plan")
    except CannotTabulate:
        return
    counts = cells(table)
    assert all(count is not None and not 0 < count < PEOPLE.rule.suppress_under for count in counts.values())
    for row in table.rows:
        assert counts[row.value, "all"] == sum(counts[row.value, one] for one in table.groups[1:])
