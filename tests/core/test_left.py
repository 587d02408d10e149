"""Left to spend shows its sum, and the chart's mark grows with the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.arrangement import ArrangementLine, Price, Suspension
from wherewithal.core.left import NotBeforePayment, left_to_spend, planned_by
from wherewithal.core.period import Period

FIRST = date(2026, 4, 20)
PERIOD = Period(FIRST, date(2026, 5, 17))
NEXT = date(2026, 5, 18)

arrangements = st.lists(
    st.builds(
        lambda weekly, first, length: ArrangementLine(
            "PO-1",
            "Support",
            (Price(date(2020, 1, 1), weekly),),
            (Period(FIRST + timedelta(days=first), FIRST + timedelta(days=first + length)),),
        ),
        st.integers(0, 50_000),
        st.integers(-40, 40),
        st.integers(0, 60),
    ),
    max_size=4,
)
in_period = st.integers(0, 27).map(lambda count: FIRST + timedelta(days=count))


@given(st.integers(-50_000, 500_000), arrangements, in_period, st.integers(0, 10_000))
def test_the_lines_add_up_to_what_is_left(held, planned, on, to_come):
    now = left_to_spend(held, planned, on=on, next_payment_on=NEXT, contribution_to_come_pence=to_come)
    assert sum(line.value or 0 for line in now.lines[:-1]) == now.lines[-1].value == now.pence
    assert now.pence == held + to_come - now.planned_pence
    assert now.planned_pence >= 0
    assert now.until == date(2026, 5, 17)


@given(arrangements, in_period)
def test_the_mark_never_goes_back_and_ends_at_the_whole_plan(planned, day):
    whole = planned_by(PERIOD.last, planned, PERIOD)
    assert planned_by(day, planned, PERIOD) <= planned_by(day + timedelta(days=1), planned, PERIOD) <= whole
    assert planned_by(FIRST - timedelta(days=1), planned, PERIOD) == 0
    assert planned_by(PERIOD.last + timedelta(days=99), planned, PERIOD) == whole


@given(arrangements)
def test_on_the_first_day_the_whole_plan_is_still_to_come(planned):
    now = left_to_spend(0, planned, on=FIRST, next_payment_on=NEXT)
    assert now.planned_pence == planned_by(PERIOD.last, planned, PERIOD)


def test_days_in_hospital_are_not_planned():
    at_home = ArrangementLine("PO-1", "Support", (Price(FIRST, 7_000),), (Period(FIRST),))
    away = ArrangementLine(
        "PO-1", "Support", (Price(FIRST, 7_000),), (Period(FIRST),),
        (Suspension(Period(date(2026, 5, 4), date(2026, 5, 10))),),
    )  # fmt: skip
    assert planned_by(PERIOD.last, [at_home], PERIOD) - planned_by(PERIOD.last, [away], PERIOD) == 7_000


def test_a_payment_that_has_come_is_not_the_next_one():
    with pytest.raises(NotBeforePayment, match="18 May 2026"):
        left_to_spend(0, [], on=NEXT, next_payment_on=NEXT)
