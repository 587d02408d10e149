"""Payment runs: what is drafted, who may let it go out, what its file says, what the bank sends back."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from making import person
from paying import (
    PERIOD,
    balance,
    contribution,
    direct_payment,
    doing,
    finance,
    four_weekly,
    moment,
    other_officer,
    sent,
    support,
)

from wherewithal.actions import arrangement, run
from wherewithal.actions.run import DoesNotAddUp, NothingToPay, Outdated
from wherewithal.formats import pain001
from wherewithal.records.models import (
    Commitment,
    Contribution,
    Payment,
    PaymentLine,
    Price,
    Run,
    Transfer,
)

pytestmark = pytest.mark.django_db
NEXT = PERIOD + timedelta(days=28)
DAY = timedelta(days=1)


def amounts(of: Run) -> dict[str, int]:
    return {payment.person.name: payment.pence for payment in of.payments.select_related("person")}


def test_a_run_pays_every_running_agreement_four_weeks_in_advance():
    direct_payment("Pat Example", 20000)
    direct_payment("Sam Sample", 15000, 2500)
    made = four_weekly()
    assert amounts(made) == {"Pat Example": 80000, "Sam Sample": 70000}
    assert (made.total_pence, made.payments_count, made.state) == (150000, 2, "draft")
    assert (made.first, made.last, made.pay_on) == (PERIOD, PERIOD + timedelta(days=27), PERIOD)


def test_an_amount_is_net_of_the_contribution_which_is_asked_for_apart():
    agreement = direct_payment("Pat Example", 20000, 5000, pays=1200)
    made = four_weekly()
    payment = made.payments.get()
    assert (payment.gross_pence, payment.contribution_pence, payment.pence) == (100000, 4800, 95200)
    assert sum(line.pence for line in payment.lines.all()) == 95200
    asked = Contribution.objects.get()
    assert (asked.due_pence, asked.due_on, asked.transfer) == (4800, PERIOD + timedelta(days=14), None)
    shares = {one.arrangement.what: one.pence for one in Commitment.objects.select_related("arrangement")}
    assert shares == {"Support 1": 76160, "Support 2": 19040}
    assert agreement.payments.count() == 1


def test_the_workings_of_a_payment_are_kept_with_it():
    direct_payment("Pat Example", 20000, pays=1200)
    payment = four_weekly().payments.get()
    assert [line["says"] for line in payment.workings] == [
        "Support 1: 28 days at £200.00 a week",
        "Less your contribution: 28 days at £12.00 a week",
    ]
    own, off = payment.lines.order_by("-pence")
    assert (own.workings[0]["value"], off.arrangement, off.pence) == (80000, None, -4800)


def test_what_is_bought_once_is_paid_once():
    agreement = direct_payment("Pat Example", 10000)
    support(agreement.plan, 1000, first=PERIOD, what="Scooter", how_often="one-off", pence_per_unit=52000)
    first, second = sent(four_weekly()), four_weekly(NEXT)
    assert (first.total_pence, second.total_pence) == (92000, 40000)


def test_only_the_first_day_of_a_period_starts_a_run_and_only_once():
    direct_payment()
    with pytest.raises(run.NotAPeriod, match="starts on 20 April 2026"):
        run.draft_period(first=PERIOD + DAY, **doing(PERIOD))
    four_weekly()
    with pytest.raises(run.DraftedAlready, match="RUN-"):
        four_weekly()
    with pytest.raises(IntegrityError, match="one_run_a_period"), transaction.atomic():
        Run.objects.create(
            number="X", kind="four_weekly", first=PERIOD, last=NEXT, pay_on=PERIOD, drafted_by=finance(),
            drafted_at=moment(PERIOD),
        )  # fmt: skip


def test_a_run_that_pays_nobody_is_refused():
    with pytest.raises(NothingToPay, match="nothing to pay"):
        four_weekly()


def test_a_first_payment_comes_within_two_working_days_and_lasts_until_the_next_run():
    maundy_thursday = date(2026, 4, 2)
    agreement = direct_payment(signed_on=maundy_thursday)
    made = run.draft_first(agreement=agreement, **doing(maundy_thursday))
    assert made.pay_on == date(2026, 4, 8), "Good Friday, the weekend and Easter Monday do not count"
    assert (made.first, made.last) == (maundy_thursday, date(2026, 4, 19))
    assert (made.kind, made.total_pence) == ("off_cycle", 51429)
    assert made.days_because == (
        "It lasts until the day before 20 April 2026: "
        "the four-weekly run from that day is the first that can still take the payments over."
    )
    agreement.refresh_from_db()
    assert agreement.first_paid_on is None
    sent(made)
    agreement.refresh_from_db()
    assert agreement.first_paid_on == date(2026, 4, 8)


def test_after_its_first_payment_a_direct_payment_goes_on_with_the_runs_without_a_gap():
    agreement = direct_payment(signed_on=PERIOD + 7 * DAY)
    first = sent(run.draft_first(agreement=agreement, **doing(PERIOD + 7 * DAY)))
    second = four_weekly(NEXT)
    assert (first.last, first.total_pence) == (NEXT - DAY, 60000)
    assert second.payments.get().first == NEXT
    assert second.total_pence == 80000


def test_a_first_payment_says_which_run_could_not_take_it_over_and_keeps_that_when_drafted_anew():
    direct_payment("Sam Sample")
    four_weekly(on=PERIOD - 7 * DAY)
    agreement = direct_payment(signed_on=PERIOD - 6 * DAY)
    made = run.draft_first(agreement=agreement, **doing(PERIOD - 6 * DAY))
    assert (made.first, made.last) == (PERIOD - 6 * DAY, NEXT - DAY)
    assert "the day before 18 May 2026" in made.days_because
    assert made.days_because.endswith("The run from 20 April 2026 was drafted already.")
    again = run.draft_again(run=made, reason="Looked at again", **doing(PERIOD - 5 * DAY))
    assert again.days_because == made.days_because


def test_a_first_payment_that_is_drafted_anew_names_no_run_that_was_cancelled_since():
    direct_payment("Sam Sample")
    before = four_weekly(on=PERIOD - 7 * DAY)
    agreement = direct_payment(signed_on=PERIOD - 6 * DAY)
    made = run.draft_first(agreement=agreement, **doing(PERIOD - 6 * DAY))
    run.cancel(run=before, reason="The price list was wrong", **doing(PERIOD - 6 * DAY))
    again = run.draft_again(run=made, reason="Looked at again", **doing(PERIOD - 6 * DAY))
    assert (again.first, again.last) == (made.first, made.last)
    assert again.days_because == f"Its days are those of {made.number}, which was drafted anew."


def test_what_is_owed_stays_that_when_it_is_drafted_anew():
    agreement = direct_payment()
    payment = sent(four_weekly()).payments.get()
    run.return_payment(payment=payment, reason="Account closed", **doing(PERIOD))
    made = run.draft_owed(agreement=agreement, **doing(PERIOD))
    again = run.draft_again(run=made, reason="Looked at again", **doing(PERIOD))
    assert again.days_because == made.days_because == run.OWED


def test_a_first_payment_is_made_once():
    agreement = direct_payment()
    run.draft_first(agreement=agreement, **doing(PERIOD))
    with pytest.raises(run.DraftedAlready, match="what is owed"):
        run.draft_first(agreement=agreement, **doing(PERIOD))


def test_support_that_starts_with_the_next_run_waits_for_it():
    agreement = direct_payment(signed_on=PERIOD)
    agreement.plan.arrangements.update(first=NEXT)
    Price.objects.update(first=NEXT)
    with pytest.raises(NothingToPay, match="The run from 18 May 2026 pays it"):
        run.draft_first(agreement=agreement, **doing(PERIOD))
    assert amounts(four_weekly(NEXT)) == {"Pat Example": 80000}


def test_the_steps_of_a_run_follow_each_other():
    direct_payment()
    made = four_weekly()
    for step in (run.approve, run.send, run.settle):
        with pytest.raises(run.NotThatState, match="“Draft”"):
            step(run=made, **doing(PERIOD))
    made = sent(made)
    with pytest.raises(run.NotThatState, match="“Sent”, so it cannot be cancelled"):
        run.cancel(run=made, reason="Too late", **doing(PERIOD))
    with pytest.raises(run.TooSoon, match=r"pays RUN-.* on 20 April 2026"):
        run.settle(run=made, **doing(PERIOD - timedelta(days=1)))
    made = run.settle(run=made, **doing(PERIOD))
    assert (made.state, made.payments.get().state) == ("settled", "settled")


def test_another_officer_approves_and_the_database_says_so_too():
    direct_payment()
    made = run.check(run=four_weekly(), **doing(PERIOD))
    with pytest.raises(run.NotOneself) as refused:
        run.approve(run=made, **doing(PERIOD))
    assert refused.value.who_could == "any other finance officer"
    with pytest.raises(IntegrityError, match="another_officer_approves_a_run"), transaction.atomic():
        Run.objects.update(approved_by=finance())


def test_a_run_that_does_not_add_up_is_not_checked():
    direct_payment()
    made = four_weekly()
    PaymentLine.objects.update(pence=79999)
    with pytest.raises(DoesNotAddUp, match="not the sum of its lines"):
        run.check(run=made, **doing(PERIOD))
    Run.objects.update(total_pence=80001)
    with pytest.raises(DoesNotAddUp, match=r"come to £800.00, the run to £800.01"):
        run.check(run=made, **doing(PERIOD))


def test_sending_writes_the_file_and_posts_what_it_says():
    one = direct_payment("Pat Example", 20000, 5000, pays=1200)
    direct_payment("Sam Sample", 15000)
    made = sent(four_weekly())
    written = pain001.read(made.file.encode())
    assert (written.total_pence, written.count) == (made.total_pence, 2) == (155200, 2)
    assert written.pence_by_id == dict(made.payments.values_list("end_to_end", "pence"))
    assert made.file_sha256 == hashlib.sha256(made.file.encode()).hexdigest()
    assert "Pat" in made.file and f"<Ustrd>{one.person.ref}</Ustrd>" in made.file
    assert sum(made.transfers.values_list("pence", flat=True)) == 155200
    assert balance(one.person, "held") == 95200
    assert balance(None, "council") == -155200
    assert balance(one.person, "contribution") == 4800 == -balance(one.person, "own_share")
    keys = set(Transfer.objects.filter(kind="payment").values_list("key", flat=True))
    assert f"run:{made.number}:PO-0000001:2026-04-20" in keys
    assert set(Commitment.objects.values_list("state", flat=True)) == {"posted"}
    assert Contribution.objects.get().transfer is not None


def test_a_run_that_goes_out_late_is_paid_on_the_next_day_that_a_bank_can():
    direct_payment()
    made = sent(four_weekly(), PERIOD + 4 * DAY)
    assert made.pay_on == date(2026, 4, 27), "sent on a Friday"
    later = sent(four_weekly(NEXT), NEXT + 5 * DAY)
    assert later.pay_on == date(2026, 5, 26), "a Saturday, and the Monday is a bank holiday"
    assert pain001.read(later.file.encode()).pay_on == later.pay_on
    assert set(later.transfers.values_list("on", flat=True)) == {later.pay_on}


def test_a_contribution_as_large_as_the_support_leaves_nothing_to_pay_and_is_asked_for():
    direct_payment("Pat Example", 20000)
    sam = direct_payment("Sam Sample", 5000, pays=9000)
    made = sent(four_weekly())
    assert amounts(made) == {"Pat Example": 80000, "Sam Sample": 0}
    assert made.payments_count == 1 == pain001.read(made.file.encode()).count
    assert balance(sam.person, "contribution") == 20000
    sam.refresh_from_db()
    assert sam.first_paid_on is None


def test_nobody_is_paid_after_they_died_though_the_run_was_approved():
    agreement = direct_payment()
    direct_payment("Sam Sample")
    made = run.check(run=four_weekly(), **doing(PERIOD - 3 * DAY))
    made = run.approve(run=made, by=other_officer(), at=moment(PERIOD - 3 * DAY))
    arrangement.end_all(person=agreement.person, on=PERIOD, because="Died", **doing(PERIOD))
    with pytest.raises(Outdated, match=agreement.person.ref):
        run.send(run=made, **doing(PERIOD))
    anew = run.draft_again(run=made, reason="Somebody died", **doing(PERIOD))
    made.refresh_from_db()
    assert made.state == "cancelled" and amounts(anew) == {"Sam Sample": 80000}
    assert Transfer.objects.count() == 0


def test_a_new_bank_account_stops_a_payment_to_the_old_one():
    agreement = direct_payment()
    made = four_weekly()
    agreement.account_number = "87654321"
    agreement.save()
    with pytest.raises(Outdated, match="bank account has changed"):
        run.check(run=made, **doing(PERIOD))


def test_a_cancelled_run_voids_what_was_committed_and_can_be_drafted_anew():
    direct_payment(pays=1200)
    made = four_weekly()
    with pytest.raises(run.NoReason):
        run.cancel(run=made, reason=" ", **doing(PERIOD))
    run.cancel(run=made, reason="The price list was wrong", **doing(PERIOD))
    assert set(Commitment.objects.values_list("state", flat=True)) == {"voided"}
    assert Contribution.objects.count() == 0
    anew = sent(four_weekly())
    assert anew.total_pence == 80000 - 4800
    assert Contribution.objects.count() == 1


def test_a_payment_that_the_bank_sends_back_is_undone_and_owed_again():
    agreement = direct_payment(pays=1200)
    other = direct_payment("Sam Sample")
    made = run.settle(run=sent(four_weekly()), **doing(PERIOD))
    payment = made.payments.get(agreement=agreement)
    with pytest.raises(run.NoReason):
        run.return_payment(payment=payment, reason="", **doing(PERIOD))
    run.return_payment(payment=payment, reason="Account closed", **doing(PERIOD))
    agreement.refresh_from_db()
    assert (balance(agreement.person, "held"), agreement.first_paid_on) == (0, None)
    assert balance(other.person, "held") == 80000
    with pytest.raises(run.NotSent, match="Returned by the bank"):
        run.return_payment(payment=payment, reason="Again", **doing(PERIOD))
    again = sent(run.draft_owed(agreement=agreement, **doing(PERIOD + DAY)))
    assert (again.total_pence, again.payments.get().first) == (75200, PERIOD)
    assert balance(agreement.person, "held") == 75200
    assert Contribution.objects.filter(person=agreement.person).count() == 1, "it was asked for already"
    assert four_weekly(NEXT).payments.get(agreement=agreement).pence == 75200


def test_a_payment_sent_back_before_its_pay_day_never_leaves_less_than_nothing():
    agreement = direct_payment()
    made = sent(four_weekly(), PERIOD - 4 * DAY)
    run.return_payment(payment=made.payments.get(), reason="Account closed", **doing(PERIOD - 3 * DAY))
    days = [PERIOD - 3 * DAY, PERIOD - DAY, PERIOD]
    assert [balance(agreement.person, "held", on) for on in days] == [0, 0, 0]
    again = sent(run.draft_owed(agreement=agreement, **doing(PERIOD - 2 * DAY)))
    assert (again.total_pence, balance(agreement.person, "held")) == (80000, 80000)


def test_what_came_back_goes_out_with_the_next_run_when_nobody_pays_it_sooner():
    agreement = direct_payment()
    made = sent(four_weekly())
    run.return_payment(payment=made.payments.get(), reason="Account closed", **doing(PERIOD))
    payment = four_weekly(NEXT).payments.get()
    assert (payment.pence, payment.first) == (160000, NEXT)
    assert set(payment.lines.values_list("first", "pence")) == {(PERIOD, 80000), (NEXT, 80000)}
    assert agreement.payments.count() == 2


def test_a_contribution_that_was_assessed_too_low_is_taken_off_later():
    agreement = direct_payment(pays=1200)
    sent(four_weekly())
    contribution(agreement.person, 2000, PERIOD)
    payment = four_weekly(NEXT).payments.get()
    assert (payment.contribution_pence, payment.pence) == (8000 + 3200, 80000 - 11200)
    asked = Contribution.objects.get(first=PERIOD)
    assert asked.due_pence == 8000
    assert balance(agreement.person, "contribution") == 8000


def test_a_contribution_that_was_assessed_too_high_is_given_back():
    agreement = direct_payment("Pat Example", 5000, pays=4500)
    sent(four_weekly())
    contribution(agreement.person, 0, PERIOD)
    payment = four_weekly(NEXT).payments.get()
    assert (payment.contribution_pence, payment.pence) == (-18000, 38000)
    assert balance(agreement.person, "contribution") == 0


def test_support_that_cost_too_much_and_a_contribution_that_was_far_too_high_are_put_right_together():
    agreement = direct_payment("Pat Example", 20000, pays=19000)
    sent(four_weekly())
    contribution(agreement.person, 0, PERIOD)
    Price.objects.filter(arrangement__plan=agreement.plan).update(pence_per_week=5000)
    payment = sent(four_weekly(NEXT)).payments.get()
    assert (payment.gross_pence, payment.contribution_pence, payment.pence) == (-40000, -76000, 36000)
    assert balance(agreement.person, "held") == 2 * 20000


def test_nothing_is_owed_to_somebody_who_is_paid():
    agreement = direct_payment()
    with pytest.raises(NothingToPay, match="first payment instead"):
        run.draft_owed(agreement=agreement, **doing(PERIOD))
    sent(four_weekly())
    with pytest.raises(NothingToPay, match="paid up to that day"):
        run.draft_owed(agreement=agreement, **doing(PERIOD))


def test_somebody_without_a_plan_for_a_direct_payment_is_told_so():
    agreement = direct_payment()
    agreement.plan.arrangements.update(held="council_managed")
    with pytest.raises(NothingToPay, match="Nothing in the plan"):
        run.draft_first(agreement=agreement, **doing(PERIOD))


def statements_of_a_run(first: date) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        sent(four_weekly(first))
    return len(captured)


def test_a_run_takes_the_same_number_of_statements_for_many_people():
    direct_payment("Pat Example", 20000, 5000, pays=1200)
    few = statements_of_a_run(PERIOD)
    for number in range(12):
        direct_payment(f"Sam Sample{number}", 20000, 5000, pays=1200, signed_on=NEXT)
    many = statements_of_a_run(NEXT)
    assert Payment.objects.count() == 1 + 13
    assert many <= few + 1, "once there is a payment to look back at, its bills are compared"
    assert person("Nobody Paid").payments.count() == 0
