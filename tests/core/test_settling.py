"""What the next payment settles: nothing twice, nothing lost, and every change comes right by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from settled import DAY, START, line, paid, period

from wherewithal.core.arrangement import Ending, Price, Suspension
from wherewithal.core.money import share_out
from wherewithal.core.payments import OneOff, PaidTwice, Terms, due
from wherewithal.core.payslip import payslip
from wherewithal.core.period import Period
from wherewithal.core.settling import OFF, Entry, overpaid, settle, statement, unpaid


def test_the_first_payment_covers_all_days_since_support_began():
    found = settle(Terms((line(),)), [], period(1).last)
    assert [(part.period, part.pence) for part in found.parts] == [(Period(START, period(1).last), 80000)]


def test_a_period_is_paid_once():
    terms = Terms((line(),), (Price(START, 1200),))
    entries = paid(terms, range(2))
    again = settle(terms, entries, period(1).last)
    assert (again.pence, again.parts) == (0, ())
    following = settle(terms, entries, period(2).last)
    assert [(part.reference, part.pence) for part in following.parts] == [("PO-1", 40000), (OFF, -4800)]


def test_a_back_dated_rise_goes_out_with_the_next_payment():
    terms = Terms((line(),))
    entries = paid(terms, range(2))
    dearer = Terms((replace(line(), prices=(Price(START, 10000), Price(period(1).first, 11000))),))
    found = settle(dearer, entries, period(2).last)
    assert {(part.period.first, part.pence) for part in found.parts} == {
        (period(2).first, 44000),
        (period(1).first, 4000),
    }
    assert [one.says for one in found.lines][-1] == "Difference"
    assert statement(dearer, entries).pence == 4000


def test_a_back_dated_fall_is_taken_off_as_far_as_the_payment_bears_it():
    entries = paid(Terms((line(),)), range(3))
    cheaper = Terms((line(pence=5000),))
    found = settle(cheaper, entries, period(3).last)
    assert (found.pence, found.waiting_pence) == (0, -40000)
    later = [*entries, *(Entry(part.period, part.reference, part.pence) for part in found.parts)]
    second = settle(cheaper, later, period(4).last)
    assert (second.pence, second.waiting_pence) == (0, -20000)


def test_a_payment_that_came_back_is_owed_again_under_its_own_period():
    terms = Terms((line(),), (Price(START, 1200),))
    entries = [replace(one, pence=0) if one.period == period(0) else one for one in paid(terms, range(2))]
    found = settle(terms, entries, period(1).last)
    assert {(part.period, part.reference, part.pence) for part in found.parts} == {
        (period(0), "PO-1", 40000),
        (period(0), OFF, -4800),
    }


def test_days_that_fell_between_two_payments_are_paid():
    entries = [Entry(period(0), "PO-1", 40000), Entry(period(2), "PO-1", 40000)]
    found = settle(Terms((line(),)), entries, period(2).last)
    assert [(part.period, part.pence) for part in found.parts] == [(period(1), 40000)]


def test_a_plan_that_follows_another_moves_money_from_one_order_to_the_other():
    entries = paid(Terms((line(),)), range(1))
    changed_on = START + timedelta(days=14)
    terms = Terms(
        (line(ended=Ending(changed_on - DAY, "plan_changed")), line("PO-2", 12000, changed_on)),
    )
    found = settle(terms, entries, period(1).last)
    assert {(part.period, part.reference, part.pence) for part in found.parts} == {
        (period(1), "PO-2", 48000),
        (period(0), "PO-1", -20000),
        (period(0), "PO-2", 24000),
    }
    assert found.by_reference() == {"PO-1": 0, "PO-2": 52000}


def test_what_is_bought_once_is_due_in_its_period_only():
    terms = Terms((line(),), one_offs=(OneOff("PO-2", "Scooter", START, 52000),))
    entries = paid(terms, range(1))
    assert sum(entry.pence for entry in entries) == 92000
    assert settle(terms, entries, period(1).last).pence == 40000


def test_what_was_paid_ahead_comes_back_to_the_penny_when_support_ends():
    terms = Terms((line(), line("PO-2", 2000)), (Price(START, 1200),))
    entries = paid(terms, range(1))
    last = START + timedelta(days=9)
    ended = replace(terms, lines=tuple(replace(one, ended=Ending(last, "died")) for one in terms.lines))
    found = overpaid(ended, entries)
    still_due = due(period(0), ended)
    assert found.pence == 48000 - 4800 - still_due.pence
    assert found.contributions == {period(0): still_due.contribution_pence}
    back = [Entry(one.period, one.reference, -one.pence) for one in found.back]
    assert overpaid(ended, [*entries, *back]).pence == 0
    assert settle(ended, [*entries, *back], period(3).last).pence == 0


def test_a_contribution_asked_too_low_comes_back_from_the_arrangement_that_was_paid():
    entries = paid(Terms((line(),), (Price(START, 1200),)), range(1))
    found = overpaid(Terms((line(),), (Price(START, 2200),)), entries)
    assert [(one.reference, one.pence) for one in found.back] == [("PO-1", 4000)]


def test_each_period_is_net_or_gross_by_its_own_day():
    terms = Terms((line(),), (Price(START, 1200),))
    found = settle(
        terms, paid(terms, range(1)), period(1).last, lambda day: "gross" if day > START else "net"
    )
    assert [(part.reference, part.pence) for part in found.parts] == [("PO-1", 40000)]
    assert found.contributions == {period(0): 4800, period(1): 4800}


def test_periods_that_overlap_are_refused():
    entries = [Entry(period(0), "PO-1", 1), Entry(Period(START + DAY, period(1).last), "PO-1", 1)]
    with pytest.raises(PaidTwice, match="21 April 2026"):
        settle(Terms((line(),)), entries, period(1).last)


def test_nothing_is_unpaid_where_there_is_no_support():
    assert unpaid(Terms(()), [], period(0).last) == []
    assert settle(Terms(()), [], period(0).last).by_reference() == {}


def test_all_of_a_payment_is_carried_by_its_orders_though_only_a_contribution_is_given_back():
    entries = paid(Terms((line(),), (Price(START, 1200),)), range(1))
    found = settle(Terms((line(),)), entries, period(0).last)
    assert (found.taken_off_pence, found.pence) == (-4800, 4800)
    assert found.by_reference() == {"PO-1": 4800}


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_shares_add_up_and_follow_their_weights(pence, weights):
    shares = share_out(pence, weights)
    assert sum(shares) == pence
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert whole == 0 or abs(share * whole - pence * weight) < whole


prices = st.integers(100, 40000)
changes = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["price", "suspend", "end", "contribution"]), prices,
              st.integers(0, 120)),
    max_size=5,
)  # fmt: skip


def changed(terms: Terms, what: str, pence: int, offset: int) -> Terms:
    """The terms after one thing happened, dated anywhere between the start and four periods later."""
    on = START + timedelta(days=offset)
    first, *others = terms.lines
    if what == "price":
        kept = tuple(price for price in first.prices if price.first < on) or (Price(START, pence),)
        prices = kept if kept[-1].first == on else (*kept, Price(on, pence)) if on > START else kept
        return replace(terms, lines=(replace(first, prices=prices), *others))
    if what == "suspend":
        away = Suspension(Period(on, on + timedelta(days=pence % 40)))
        return replace(terms, lines=(replace(first, suspended=(*first.suspended, away)), *others))
    if what == "end":
        return replace(terms, lines=(replace(first, ended=Ending(on, "moved")), *others))
    asked = tuple(price for price in terms.contribution if price.first < on)
    return replace(terms, contribution=(*asked, Price(on, pence // 4)))


@given(changes, prices)
def test_whatever_changes_the_money_paid_and_taken_back_ends_as_what_is_due(happenings, pence):
    terms = Terms((line(pence=pence), line("PO-2", 7700)), (Price(START, 1000),))
    entries: list[Entry] = []
    for number in range(6):
        for when, what, amount, offset in happenings:
            if when == number:
                terms = changed(terms, what, amount, offset)
        found = settle(terms, entries, period(number).last)
        assert found.pence >= 0
        assert sum(found.by_reference().values()) == found.pence
        assert sum(part.pence for part in found.parts) == found.pence
        assert payslip(found.lines).pence == found.pence, "what is shown adds up"
        entries += [Entry(part.period, part.reference, part.pence) for part in found.parts]
    entries += [Entry(one.period, one.reference, -one.pence) for one in overpaid(terms, entries).back]
    periods = {entry.period for entry in entries}
    assert sum(entry.pence for entry in entries) == sum(due(one, terms).pence for one in periods)
    assert overpaid(terms, entries).pence == 0
    assert settle(terms, entries, period(5).last).pence == 0
