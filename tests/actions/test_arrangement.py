"""Support that changes while it runs: what comes back, what is owed, and that neither happens twice."""

from datetime import date, timedelta

import pytest
from paying import PERIOD, balance, direct_payment, doing, four_weekly, sent, support

from wherewithal.actions import arrangement, run
from wherewithal.records.models import Arrangement, Contribution, Price, Suspension, Transfer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = PERIOD + 28 * DAY
LAST = NEXT - DAY


def only(agreement) -> Arrangement:
    return agreement.plan.arrangements.get()


def test_a_new_price_counts_from_its_day():
    agreement = direct_payment()
    sent(four_weekly())
    found = arrangement.reprice(
        arrangement=only(agreement), first=NEXT, pence_per_week=21000, reason="Yearly rise", **doing(PERIOD)
    )
    assert (found.pence, found.rows) == (0, ())
    assert four_weekly(NEXT).total_pence == 84000


def test_a_back_dated_price_gives_a_difference_statement_and_is_paid_with_the_next_run():
    agreement = direct_payment(pays=1200)
    sent(four_weekly())
    found = arrangement.reprice(
        arrangement=only(agreement),
        first=PERIOD + 14 * DAY,
        pence_per_week=21400,
        reason="Rise",
        **doing(LAST),
    )
    assert found.pence == 2800
    assert [line.says for line in found.lines][:1] == ["Paid for 20 April 2026 to 17 May 2026"]
    payment = four_weekly(NEXT).payments.get()
    assert payment.pence == 85600 + 2800 - 4800
    assert payment.lines.get(first=PERIOD).pence == 2800


def test_a_price_is_put_right_on_its_own_day_and_the_next_run_takes_off_what_was_too_much():
    agreement = direct_payment()
    sent(four_weekly())
    found = arrangement.reprice(
        arrangement=only(agreement), first=PERIOD, pence_per_week=18000, reason="Typed wrongly", **doing(LAST)
    )
    assert (found.pence, Price.objects.count()) == (-8000, 1)
    assert four_weekly(NEXT).total_pence == 72000 - 8000


@pytest.mark.parametrize(
    ("more", "refusal", "says"),
    [
        ({"reason": " "}, arrangement.NoReason, "Say why"),
        ({"pence_per_week": 0}, arrangement.NotAPrice, "above £0.00"),
        ({"first": PERIOD - DAY}, arrangement.NotADay, "Support starts on 20 April 2026"),
    ],
)
def test_a_price_that_cannot_be_is_refused(more, refusal, says):
    agreement = direct_payment()
    given = {"first": PERIOD, "pence_per_week": 100, "reason": "Rise"} | more
    with pytest.raises(refusal, match=says):
        arrangement.reprice(arrangement=only(agreement), **given, **doing(PERIOD))


def test_what_is_bought_once_or_over_has_no_new_price():
    agreement = direct_payment()
    once = support(agreement.plan, 1000, first=PERIOD, what="Scooter", how_often="one-off")
    given = {"first": PERIOD, "pence_per_week": 100, "reason": "Rise", **doing(PERIOD)}
    with pytest.raises(arrangement.NotAPrice, match="bought once"):
        arrangement.reprice(arrangement=once, **given)
    arrangement.end(arrangement=once, on=PERIOD, because="Not wanted", **doing(PERIOD))
    with pytest.raises(arrangement.NotRunning, match="ended on 20 April 2026"):
        arrangement.reprice(arrangement=once, **given)


def test_in_hospital_the_first_week_is_paid_and_the_rest_comes_back():
    agreement = direct_payment("Pat Example", 20000, 5000, pays=1200)
    sent(four_weekly())
    first = agreement.plan.arrangements.first()
    back = arrangement.suspend(
        arrangement=first, first=PERIOD + 7 * DAY, all_support=True, **doing(PERIOD + 8 * DAY)
    )
    assert back == (25000 - 1200) * 2
    assert balance(agreement.person, "held") == (25000 - 1200) * 2
    assert Contribution.objects.get().due_pence == 2400 == balance(agreement.person, "contribution")
    assert set(agreement.plan.arrangements.values_list("state", flat=True)) == {"suspended"}
    assert {one.first for one in Suspension.objects.all()} == {PERIOD + 14 * DAY}
    with pytest.raises(arrangement.NothingToSuspend, match="already"):
        arrangement.suspend(arrangement=first, first=PERIOD + 8 * DAY, **doing(PERIOD + 9 * DAY))


def test_home_again_the_rest_of_the_period_is_owed_and_goes_out_with_the_next_run():
    agreement = direct_payment("Pat Example", 20000, 5000, pays=1200)
    sent(four_weekly())
    first = agreement.plan.arrangements.first()
    arrangement.suspend(arrangement=first, first=PERIOD, all_support=True, **doing(PERIOD + DAY))
    owed = arrangement.resume(arrangement=first, on=PERIOD + 21 * DAY, all_support=True, **doing(LAST))
    assert owed == 25000 - 1200
    assert four_weekly(NEXT).total_pence == (25000 - 1200) * 5
    assert Contribution.objects.get(first=PERIOD).due_pence == 2400, "a week that was paid, and the last"
    with pytest.raises(arrangement.NotSuspended):
        arrangement.resume(arrangement=first, on=LAST, **doing(LAST))


def test_home_again_within_the_days_that_are_paid_nothing_was_suspended():
    agreement = direct_payment()
    sent(four_weekly())
    arrangement.suspend(arrangement=only(agreement), first=PERIOD, **doing(PERIOD + DAY))
    owed = arrangement.resume(arrangement=only(agreement), on=PERIOD + 5 * DAY, **doing(PERIOD + 5 * DAY))
    assert (owed, Suspension.objects.count(), only(agreement).state) == (60000, 0, "active")


def test_a_stay_that_is_over_is_written_down_with_its_last_day():
    agreement = direct_payment()
    sent(four_weekly())
    stay = {"arrangement": only(agreement), "first": PERIOD}
    with pytest.raises(arrangement.NothingToSuspend, match="first 7 days"):
        arrangement.suspend(**stay, last=PERIOD + 6 * DAY, **doing(LAST))
    with pytest.raises(arrangement.NotADay):
        arrangement.suspend(**stay, last=PERIOD - DAY, **doing(LAST))
    back = arrangement.suspend(**stay, last=PERIOD + 13 * DAY, **doing(LAST))
    assert (back, only(agreement).state) == (20000, "active")


def test_another_pause_is_not_paid_from_its_first_day():
    agreement = direct_payment()
    sent(four_weekly())
    pause = {"arrangement": only(agreement), "first": PERIOD, "hospital": False}
    with pytest.raises(arrangement.NoReason):
        arrangement.suspend(**pause, why=" ", **doing(PERIOD))
    assert arrangement.suspend(**pause, why="away with family", **doing(PERIOD)) == 80000


def test_what_ends_is_paid_for_its_last_day_and_the_rest_comes_back_to_the_penny():
    agreement = direct_payment("Pat Example", 10000, pays=1200)
    sent(four_weekly())
    back = arrangement.end_all(
        person=agreement.person, on=PERIOD + 9 * DAY, because="Died", **doing(PERIOD + 11 * DAY)
    )
    assert back == 40000 - 4800 - (14286 - 1714)
    agreement.refresh_from_db()
    ended = only(agreement)
    assert (agreement.ended_on, ended.last, ended.state) == (PERIOD + 9 * DAY, PERIOD + 9 * DAY, "ended")
    row = Transfer.objects.get(kind="reclaim")
    assert (row.pence, row.arrangement, row.first, row.last) == (back, ended, PERIOD, LAST)
    again = arrangement.take_back(person=agreement.person, **doing(PERIOD + 12 * DAY))
    assert (again, Transfer.objects.filter(kind="reclaim").count()) == (0, 1)
    with pytest.raises(run.NothingToPay):
        four_weekly(NEXT)


def test_one_part_of_a_plan_ends_and_the_others_go_on():
    agreement = direct_payment("Pat Example", 20000, 5000)
    sent(four_weekly())
    second = agreement.plan.arrangements.last()
    with pytest.raises(arrangement.NoReason):
        arrangement.end(arrangement=second, on=PERIOD, because="", **doing(PERIOD))
    back = arrangement.end(arrangement=second, on=PERIOD + 6 * DAY, because="Club closed", **doing(PERIOD))
    assert back == 15000
    second.refresh_from_db()
    assert second.state == "active", "its last day is still to come"
    assert four_weekly(NEXT).total_pence == 80000


def test_support_that_never_began_costs_nothing():
    agreement = direct_payment(signed_on=PERIOD)
    sent(four_weekly())
    back = arrangement.end_all(
        person=agreement.person, on=PERIOD - 5 * DAY, because="Moved", **doing(PERIOD + DAY)
    )
    assert (back, balance(agreement.person, "held")) == (80000, 0)
    assert (only(agreement).last, Price.objects.get().pence_per_week) == (PERIOD, 0)


def test_a_direct_payment_that_was_stopped_elsewhere_is_taken_back():
    agreement = direct_payment()
    sent(four_weekly())
    agreement.ended_on = date(2026, 4, 26)
    agreement.save()
    assert arrangement.take_back(person=agreement.person, **doing(PERIOD + 8 * DAY)) == 60000
    assert balance(None, "council") == -20000


def test_a_bill_that_was_paid_before_it_fell_leaves_money_ahead():
    agreement = direct_payment(pays=1200)
    sent(four_weekly())
    bill = Contribution.objects.get()
    bill.paid_pence, bill.state = 4800, "paid"
    bill.save()
    arrangement.end_all(
        person=agreement.person, on=PERIOD + 13 * DAY, because="Moved", **doing(PERIOD + 13 * DAY)
    )
    bill.refresh_from_db()
    assert (bill.due_pence, bill.state) == (2400, "paid")
