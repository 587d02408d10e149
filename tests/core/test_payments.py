"""Direct payments: money is conserved, never below nothing, and nothing outside the days of support."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wherewithal.core import payments
from wherewithal.core.arrangement import (
    ArrangementLine,
    Ending,
    NotPayable,
    Price,
    Stretch,
    Suspension,
    in_pence,
)
from wherewithal.core.payments import OneOff, Paid, PaidTwice, Terms
from wherewithal.core.period import Period, four_weekly
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.core.settling import OFF, Entry, overpaid
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import payment_rules

START = date(2026, 1, 5)
YEAR = Period(START, START + timedelta(days=363))

days = st.integers(0, 363).map(lambda count: START + timedelta(days=count))


@st.composite
def spans(draw, open_ended: bool = True) -> Period:
    first = draw(days)
    lasts = st.integers(0, 200).map(lambda count: first + timedelta(days=count))
    return Period(first, draw(lasts | st.none() if open_ended else lasts))


@st.composite
def priced(draw) -> tuple[Price, ...]:
    later = draw(st.lists(days.filter(lambda one: one > START), max_size=2, unique=True).map(sorted))
    return tuple(Price(first, draw(st.integers(0, 100_000))) for first in (date(2020, 1, 1), *later))


@st.composite
def lines(draw, reference: str = "PO-1") -> ArrangementLine:
    return ArrangementLine(
        reference,
        "Support",
        draw(priced()),
        tuple(draw(st.lists(spans(), min_size=1, max_size=2))),
        tuple(Suspension(one) for one in draw(st.lists(spans(), max_size=2))),
        draw(st.none() | days.map(lambda on: Ending(on, "moved"))),
    )


@st.composite
def terms(draw, one_offs: bool = True) -> Terms:
    items = st.builds(OneOff, st.just("PO-9"), st.just("Grab rail"), days, st.integers(1, 9999))
    return Terms(
        tuple(draw(lines(f"PO-{number}")) for number in range(draw(st.integers(0, 3)))),
        draw(st.just(()) | priced()),
        draw(st.sampled_from(["net", "gross"])),
        tuple(draw(st.lists(items, max_size=2 if one_offs else 0))),
    )


def daily(one: ArrangementLine, on: date) -> int:
    """An oracle by single days: the weekly price in force, 0 when nothing runs."""
    runs = any(on in active for active in one.active)
    off = any(on in suspension.days for suspension in one.suspended)
    over = one.ended is not None and on > one.ended.on
    price = [price.pence_per_week for price in one.prices if price.first <= on][-1]
    return price if runs and not off and not over else 0


@given(spans(open_ended=False), lines())
def test_a_line_is_its_days_added_up_and_rounded_once(period, one):
    sevenths = sum(daily(one, period.first + timedelta(days=count)) for count in range(period.days))
    assert payments.due(period, Terms((one,))).pence == (2 * sevenths + 7) // 14


@given(spans(open_ended=False), terms(), st.lists(days, max_size=5, unique=True))
def test_parts_of_a_period_differ_from_the_whole_by_the_rounding_only(period, made, cuts):
    firsts = [period.first, *sorted(cut for cut in cuts if period.first < cut <= period.last)]
    lasts = [*(first - timedelta(days=1) for first in firsts[1:]), period.last]
    whole = payments.due(period, made)
    parts = [payments.due(Period(*ends), made) for ends in zip(firsts, lasts, strict=True)]
    # half a penny for each arrangement and for the contribution, in the whole and in every part
    bound = (len(parts) + 1) / 2 * (len(made.lines) + 1)
    assert abs(sum(part.pence for part in parts) - whole.pence) <= bound
    for reference, pence in whole.by_reference.items():
        together = sum(part.by_reference.get(reference, 0) for part in parts)
        assert abs(together - pence) <= (len(parts) + 1) / 2


@given(spans(open_ended=False), terms())
def test_a_payment_is_never_below_nothing_and_its_lines_add_up_to_it(period, made):
    found = payments.due(period, made)
    assert found.pence >= 0
    assert found.gross_pence == sum(found.by_reference.values())
    assert found.taken_off_pence == (found.contribution_pence if made.mode == "net" else 0)
    assert sum(line.value or 0 for line in found.lines) == found.pence
    assert 0 <= found.contribution_pence <= found.gross_pence


@given(spans(open_ended=False), lines())
def test_nothing_is_due_outside_the_days_of_support(period, one):
    assume(not any(period.shared_with(active) for active in one.active))
    found = payments.due(period, Terms((one,), (Price(date(2020, 1, 1), 1200),)))
    assert (found.pence, found.contribution_pence, found.lines) == (0, 0, ())


@given(terms(), terms())
def test_what_was_paid_and_what_comes_back_is_what_is_due(before, now):
    """Paid by the terms of the time, then corrected by those of now: the sum is the entitlement."""
    paid = [Paid(period, payments.due(period, before).pence) for period in four_weekly(START, YEAR.last)]
    found = payments.difference_statement(paid, now)
    corrections = [Paid(row.period, row.pence) for row in found.rows]
    entitled = sum(payments.due(one.period, now).pence for one in paid)
    assert sum(one.pence for one in paid) + found.pence == entitled
    assert payments.difference_statement([*paid, *corrections], now).pence == 0


def test_what_a_carer_pays_is_taken_only_off_what_they_have_as_a_carer():
    """And what is paid towards somebody's own support only off that, in one direct payment of both."""
    runs = (Period(START),)
    own = ArrangementLine("PO-1", "Swimming", (Price(START, 7000),), runs)
    as_carer = ArrangementLine("PO-2", "A break", (Price(START, 1400),), runs, as_carer=True)
    both = Terms((own, as_carer), (Price(START, 2800),), carer_contribution=(Price(START, 2100),))
    period = payments.period_at(START, START)
    assert payments.due(period, both).contribution_pence == 4 * (2800 + 1400)
    assert payments.due(period, replace(both, lines=(as_carer,))).contribution_pence == 4 * 1400
    assert payments.due(period, replace(both, lines=(own,))).contribution_pence == 4 * 2800


def entries(period: Period, made: Terms) -> list[Entry]:
    """What stands on record once the period was paid as the terms say."""
    found = payments.due(period, made)
    return [
        Entry(period, reference, pence)
        for reference, pence in {**found.by_reference, OFF: -found.taken_off_pence}.items()
    ]


@given(terms(one_offs=False), days)
def test_after_an_end_the_rest_comes_back_to_the_penny(made, last_day):
    paid = [Paid(period, payments.due(period, made).pence) for period in four_weekly(START, YEAR.last)]
    over = Terms(
        tuple(
            ArrangementLine(one.reference, one.what, one.prices, one.active, one.suspended,
                            Ending(min(last_day, one.ended.on) if one.ended else last_day, "died"))
            for one in made.lines
        ),
        made.contribution,
        made.mode,
    )  # fmt: skip
    back = overpaid(over, [entry for one in paid for entry in entries(one.period, made)])
    assert back.pence >= 0
    # Of a period that the end cuts, rounding can leave a penny more due than was paid: it is not taken back.
    kept = [min(one.pence, payments.due(one.period, over).pence) for one in paid]
    assert sum(one.pence for one in paid) - back.pence == sum(kept)
    assert all(one.period.last > last_day for one in back.back)


@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(1, 40)), max_size=6))
def test_stretches_in_pence_add_up_to_the_sum_rounded_once(parts):
    made = [Stretch(Period(START, START + timedelta(days=count - 1)), weekly) for weekly, count in parts]
    sevenths = sum(weekly * count for weekly, count in parts)
    assert sum(in_pence(made)) == (2 * sevenths + 7) // 14
    assert all(pence >= 0 for pence in in_pence(made))


def test_a_one_off_is_due_once_in_its_period_and_no_contribution_is_taken_from_it():
    item = OneOff("PO-7", "Washing machine", date(2026, 5, 1), 29_900)
    made = Terms((), (Price(START, 1200),), "net", (item,))
    holds, after = Period(date(2026, 4, 20), date(2026, 5, 17)), Period(date(2026, 5, 18), date(2026, 6, 14))
    assert payments.due(holds, made).pence == 29_900
    assert payments.due(after, made).pence == 0
    with pytest.raises(NotPayable, match="above £0"):
        OneOff("PO-7", "Washing machine", date(2026, 5, 1), 0)


def test_terms_that_cannot_be_worked_out_are_refused_in_words():
    always = (Period(START, None),)
    with pytest.raises(NotPayable, match="in order"):
        ArrangementLine("PO-1", "Support", (Price(date(2026, 2, 1), 1), Price(START, 2)), always)
    with pytest.raises(NotPayable, match="in order"):
        ArrangementLine("PO-1", "Support", (), always)
    with pytest.raises(NotPayable, match="below £0"):
        ArrangementLine("PO-1", "Support", (Price(START, -1),), always)
    late = ArrangementLine("PO-1", "Support", (Price(date(2026, 2, 1), 1),), always)
    with pytest.raises(NotPayable, match="no price on 5 January 2026"):
        payments.due(Period(START, date(2026, 2, 28)), Terms((late,)))
    with pytest.raises(NotPayable, match="is open"):
        payments.due(Period(START), Terms((late,)))


def test_periods_that_overlap_are_refused():
    paid = [
        Paid(Period(START, date(2026, 2, 1)), 100),
        Paid(Period(date(2026, 2, 1), date(2026, 2, 28)), 100),
    ]
    with pytest.raises(PaidTwice, match="1 February 2026"):
        payments.difference_statement(paid, Terms(()))


@given(days, days)
def test_every_day_is_in_one_four_weekly_period_of_the_calendar(anchor, day):
    period = payments.period_at(anchor, day)
    assert day in period
    assert period.days == 28
    assert (period.first - anchor).days % 28 == 0


@given(days, days)
def test_the_next_payment_comes_after_the_day_and_none_is_left_out(anchor, day):
    holidays = bank_holidays(2024, 2028)
    period, pay_on = payments.next_payment(anchor, day, holidays)
    before = Period(period.first - timedelta(days=28), period.first - timedelta(days=1))
    assert day < pay_on <= period.first
    assert payments.pay_day(before, holidays) <= day
    assert pay_on.weekday() < 5
    assert pay_on not in holidays


@given(days, days, st.integers(0, 60))
def test_a_first_payment_meets_the_run_without_a_gap(agreed_on, starts_on, days_to_run):
    run_on = starts_on + timedelta(days=days_to_run)
    found = payments.first_payment(agreed_on, starts_on, run_on, bank_holidays(2026, 2027))
    if days_to_run == 0:
        assert found is None
        return
    assert (found.period.first, found.period.last) == (starts_on, run_on - timedelta(days=1))
    assert 2 <= (found.pay_by - agreed_on).days <= 7


def test_bank_holidays_know_the_special_ones_and_refuse_years_out_of_order():
    found = bank_holidays(2022, 2023)
    for special in (date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2022, 12, 27)):
        assert special in found
    assert date(2022, 8, 1) not in found  # Scotland's
    for years in ((2024, 2023), (1900, 1901)):
        with pytest.raises(NoPolicy):
            bank_holidays(*years)


def test_the_councils_payment_rules_are_dated_and_remembered():
    used = Used(date(2026, 5, 1))
    rules = payment_rules(used)
    assert (rules.mode, rules.first_payment_working_days) == ("net", 2)
    assert payments.period_at(rules.first_period_on, date(2026, 5, 1)).last == date(2026, 5, 17)
    assert {row["name"] for row in used.record()} >= {"mode", "first_period_on", "hospital_days_still_paid"}
    with pytest.raises(NoPolicy, match="31 March 2015"):
        payment_rules(Used(date(2015, 3, 31)))
