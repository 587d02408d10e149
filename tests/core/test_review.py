"""The clocks of reviews."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import review
from wherewithal.core.period import months_after
from wherewithal.core.policy import Used
from wherewithal.policy import review as policy

STARTED = date(2026, 4, 6)
CLOCKS = ("plan", "direct_payment")


def pattern(clock="plan", on=STARTED):
    return policy.pattern(Used(on), clock)


days_held = st.lists(st.integers(0, 2000).map(lambda days: STARTED + timedelta(days=days)), max_size=6)


@given(st.sampled_from(CLOCKS), days_held)
def test_a_review_is_always_due_within_a_year_of_the_last_or_by_its_step(clock, held):
    due = review.next_due(pattern(clock), STARTED, held)
    last = max(held, default=STARTED)
    assert due.opens_on <= due.due_on
    assert due.due_on <= max(months_after(last, 12), STARTED + timedelta(weeks=27))


@given(st.sampled_from(CLOCKS), days_held, st.integers(0, 800))
def test_holding_another_review_never_brings_the_next_one_forward(clock, held, later):
    before = review.next_due(pattern(clock), STARTED, held).due_on
    another = max(held, default=STARTED) + timedelta(days=later)
    assert review.next_due(pattern(clock), STARTED, [*held, another]).due_on >= before


def test_the_window_of_the_first_plan_review_is_from_six_to_eight_weeks():
    due = review.next_due(pattern(), STARTED, [])
    assert due == review.Due(date(2026, 5, 18), date(2026, 6, 1))


def test_the_order_in_which_reviews_are_given_does_not_matter():
    days = [date(2027, 3, 1), date(2026, 6, 1)]
    assert review.next_due(pattern(), STARTED, days) == review.next_due(pattern(), STARTED, days[::-1])


def test_a_review_before_the_start_is_refused():
    with pytest.raises(review.HeldTooEarly, match="5 April 2026"):
        review.next_due(pattern(), STARTED, [date(2026, 4, 5)])


def test_a_pattern_without_steps_counts_from_the_start():
    yearly = review.Pattern("plan", (), 12)
    assert review.next_due(yearly, STARTED, []).due_on == date(2027, 4, 6)


def test_a_pattern_says_its_rule_in_short():
    assert pattern("direct_payment").rule.startswith("SI 2014/2871 reg 7")
    assert pattern("plan", date(2012, 1, 1)).rule.startswith("Practice of 2011")


def test_what_makes_a_review_due_at_once_is_told_for_each_clock():
    used = Used(STARTED)
    assert [trigger.id for trigger in policy.triggers(used, "plan")] == ["asked"]
    money = policy.triggers(used, "direct_payment")
    assert len(money) == 6
    assert all(trigger.source.startswith("SI 2014/2871 reg 7(1)") for trigger in money)
