"""What is paid in settles what was asked, oldest first, and nothing is lost on the way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.contribution import Bill, NotAContribution, Receipt, standing
from wherewithal.core.period import Period

START = date(2026, 4, 20)
moments = st.integers(0, 120).map(lambda count: START + timedelta(days=count))


def bill(number: int, pence: int) -> Bill:
    first = START + timedelta(days=28 * number)
    return Bill(Period(first, first + timedelta(days=27)), pence, first + timedelta(days=14))


bills = st.lists(st.integers(0, 10_000), max_size=4).map(
    lambda amounts: [bill(number, pence) for number, pence in enumerate(amounts)]
)
receipts = st.lists(st.builds(Receipt, moments, st.integers(1, 10_000)), max_size=6)


@given(bills, receipts, moments, st.integers(0, 30))
def test_due_is_paid_waiting_or_missed_and_no_penny_is_lost(asked, came, on, grace_days):
    now = standing(asked, came, on=on, grace_days=grace_days)
    assert now.due_pence == now.paid_pence + now.waiting_pence + now.missed_pence
    assert now.due_pence == sum(one.pence for one in asked)
    assert now.paid_pence + now.ahead_pence == sum(one.pence for one in came if one.on <= on)
    assert now.ahead_pence == 0 or now.paid_pence == now.due_pence


@given(bills, receipts, moments, st.integers(0, 30))
def test_no_later_bill_is_paid_while_an_earlier_one_is_not(asked, came, on, grace_days):
    rows = standing(asked, came, on=on, grace_days=grace_days).rows
    for earlier, later in pairwise(rows):
        assert earlier.unpaid_pence == 0 or later.paid_pence == 0
    for row in rows:
        late = on > row.bill.due_on + timedelta(days=grace_days)
        assert row.state == ("paid" if not row.unpaid_pence else "missed" if late else "waiting")


def test_a_bill_says_on_which_day_it_was_settled():
    came = [
        Receipt(date(2026, 5, 20), 2_800),
        Receipt(date(2026, 5, 4), 2_000),
        Receipt(date(2026, 6, 1), 100),
    ]
    now = standing([bill(0, 4_800), bill(1, 4_800)], came, on=date(2026, 6, 2), grace_days=7)
    assert [row.settled_on for row in now.rows] == [date(2026, 5, 20), None]
    assert [row.paid_pence for row in now.rows] == [4_800, 100]


def test_amounts_that_make_no_sense_are_refused():
    with pytest.raises(NotAContribution, match=r"£0\.00 or more"):
        bill(0, -1)
    for pence in (0, -100):
        with pytest.raises(NotAContribution, match="above £0"):
            Receipt(START, pence)
