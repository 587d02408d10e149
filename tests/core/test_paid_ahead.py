"""Days that are paid for already are not taken off again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.arrangement import ArrangementLine, Price
from wherewithal.core.left import left_to_spend, planned_by
from wherewithal.core.paid_ahead import ahead_pence, paid_ahead
from wherewithal.core.period import Period

FIRST, NEXT = date(2026, 4, 20), date(2026, 5, 18)
PERIOD = Period(FIRST, NEXT - timedelta(days=1))


def week_of(pence: int) -> ArrangementLine:
    return ArrangementLine("PO-1", "Swimming", (Price(FIRST, pence),), (Period(FIRST),))


@pytest.mark.parametrize(
    ("spent", "before", "after", "ahead"),
    [
        (0, 2857, 5143, 0),  # behind the plan
        (2857, 2857, 5143, 0),  # as planned up to yesterday
        (4000, 2857, 5143, 1143),
        (8000, 2857, 5143, 5143),  # all of it is paid
        (9999, 2857, 5143, 5143),  # more than the plan: no more than it needs
        (-500, 0, 5143, 0),  # money back
    ],
)
def test_what_is_paid_ahead_is_within_what_is_planned(spent, before, after, ahead):
    assert ahead_pence(spent, before, after) == ahead


def test_whoever_pays_for_the_week_on_its_first_day_is_not_short():
    line, on = week_of(12000), FIRST
    left = left_to_spend(48000 - 12000, [line], on=on, next_payment_on=NEXT)
    assert left.pence == -12000
    mended = paid_ahead(left, [("Swimming", left.planned_pence, ahead_pence(12000, 0, left.planned_pence))])
    assert (mended.pence, mended.planned_pence) == (0, 36000)
    assert [(one.says, one.value, one.answer) for one in mended.lines[1:-1]] == [
        ("Planned for Swimming", -36000, "28 days at £120.00 a week; £120.00 of it is paid already")
    ]


def test_two_of_one_name_are_told_apart_by_what_is_planned():
    lines = [week_of(7000), week_of(14000)]
    left = left_to_spend(84000, lines, on=FIRST, next_payment_on=NEXT)
    mended = paid_ahead(left, [("Swimming", 28000, 0), ("Swimming", 56000, 100)])
    assert [one.value for one in mended.lines] == [84000, -28000, -55900, 100]


@given(
    st.integers(1, 40_000), st.integers(0, 27), st.integers(0, 200_000), st.integers(0, 200_000),
)  # fmt: skip
def test_it_adds_up_and_never_takes_away(weekly, days, held, spent):
    line, on = week_of(weekly), FIRST + timedelta(days=days)
    before = planned_by(on - timedelta(days=1), [line], PERIOD)
    left = left_to_spend(held, [line], on=on, next_payment_on=NEXT)
    ahead = ahead_pence(spent, before, left.planned_pence)
    mended = paid_ahead(left, [("Swimming", left.planned_pence, ahead)])
    assert sum(one.value or 0 for one in mended.lines[:-1]) == mended.lines[-1].value == mended.pence
    assert left.pence <= mended.pence <= held
    assert mended.pence == held - mended.planned_pence


def test_nothing_ahead_changes_nothing():
    left = left_to_spend(48000, [week_of(12000)], on=FIRST, next_payment_on=NEXT)
    assert paid_ahead(left, [("Swimming", 48000, 0)]) == left
