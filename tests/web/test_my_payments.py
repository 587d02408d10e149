"""A payment from the council as the person reads it: when it comes, how it adds up, their own share."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from lxml import html
from making import signed_in, user
from paying import PERIOD, direct_payment, doing, four_weekly, moment, sent

from wherewithal.actions import arrangement, contribution, run
from wherewithal.core.roles import Role
from wherewithal.records.models import Arrangement, Person, Representation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = PERIOD + 28 * DAY


@pytest.fixture
def clock(monkeypatch):
    def move(day: date) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(day, 15))

    move(PERIOD + DAY)
    return move


@pytest.fixture
def pat(client, clock):
    agreement = direct_payment("Pat Example", 20000, pays=1200)
    Person.objects.filter(pk=agreement.person_id).update(user=user("Pat Example", Role.PERSON))
    enter(client)
    return agreement


def enter(client) -> None:
    """A session of Pat's, which ends when the clock moves on."""
    signed_in(client, user("Pat Example", Role.PERSON))


def shown(client, name: str, *args: object) -> str:
    enter(client)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    main = html.fromstring(answer.content).xpath("//main")[0]
    return re.sub(r"\s+", " ", " ".join(main.itertext())).strip()


def test_a_payment_adds_up_line_by_line_and_says_what_the_person_pays(pat, client):
    payment = sent(four_weekly()).payments.get()
    words = shown(client, "my_payment", payment.pk)
    assert words.startswith("Payment of £752.00 It came on Monday 20 April 2026.")
    for line in (
        "Support 1: 28 days at £200.00 a week 20 April 2026 to 17 May 2026 £800.00",
        "Less your contribution: 28 days at £12.00 a week -£48.00",
        "Paid into the account ending 5678 £752.00",
        "Your own share for 20 April 2026 to 17 May 2026 is £48.00. It is due on 4 May 2026.",
    ):
        assert line in words


def test_whoever_acts_for_the_person_reads_whose_contribution_it_is(pat, client):
    payment, remy = sent(four_weekly()).payments.get(), user("Remy Helper", Role.REPRESENTATIVE)
    Representation.objects.create(
        person=pat.person, kind="nominated", name="Remy Helper", user=remy, since=PERIOD
    )
    answer = signed_in(client, remy).get(reverse("my_payment", args=[payment.pk]))
    words = html.fromstring(answer.content).text_content()
    assert "Less Pat Example’s contribution" in words and "Less your contribution" not in words


def test_the_list_of_all_money_and_the_page_of_what_is_left_lead_to_it(pat, client):
    came, comes = sent(four_weekly()).payments.get(), four_weekly(NEXT).payments.get()
    spending = client.get(reverse("my_spending")).content.decode()
    assert reverse("my_payment", args=[came.pk]) in spending
    home = client.get(reverse("my")).content.decode()
    assert reverse("my_payment", args=[comes.pk]) in home
    assert "it can still change" in shown(client, "my_payment", comes.pk)


def test_what_was_put_right_of_earlier_weeks_is_told_with_the_sum_behind_it(pat, client, clock):
    sent(four_weekly())
    order = Arrangement.objects.get()
    arrangement.reprice(
        arrangement=order, first=PERIOD + 14 * DAY, pence_per_week=21000, reason="Yearly rise", **doing(NEXT)
    )
    clock(NEXT)
    words = shown(client, "my_payment", sent(four_weekly(NEXT)).payments.get().pk)
    assert "20 April 2026 to 17 May 2026, put right Too little was paid before £20.00" in words
    assert "20 April 2026 to 17 May 2026: what was paid and what is due" in words
    assert "Paid into the account ending 5678 £812.00" in words


def test_a_payment_of_its_own_says_why_in_words_for_the_person(client, clock):
    agreement = direct_payment("Pat Example", 20000, signed_on=PERIOD + 7 * DAY)
    Person.objects.filter(pk=agreement.person_id).update(user=user("Pat Example", Role.PERSON))
    clock(PERIOD + 7 * DAY)
    first = sent(run.draft_first(agreement=agreement, **doing(PERIOD + 7 * DAY))).payments.get()
    words = shown(client, "my_payment", first.pk)
    assert "It is your first payment. After it, payments come every four weeks." in words
    assert "drafted" not in words and "take the payments over" not in words
    usual = sent(four_weekly(NEXT)).payments.get()
    run.return_payment(payment=usual, reason="Account closed", **doing(NEXT))
    owed = run.draft_owed(agreement=agreement, **doing(NEXT)).payments.get()
    words = shown(client, "my_payment", owed.pk)
    assert "It makes up what we still owed you" in words and "first payment" not in words
    assert "first payment" not in shown(client, "my_payment", usual.pk)


def test_a_payment_that_the_bank_sent_back_says_so(pat, client):
    payment = sent(four_weekly()).payments.get()
    run.return_payment(payment=payment, reason="Account closed", **doing(PERIOD))
    words = shown(client, "my_payment", payment.pk)
    assert "The bank sent this payment back to us." in words and "Account closed" in words


def test_a_payment_of_somebody_else_or_of_a_run_that_was_dropped_is_not_there(pat, client):
    other = direct_payment("Sam Sample")
    made = four_weekly()
    theirs, own = made.payments.get(agreement=other), made.payments.get(agreement=pat)
    assert client.get(reverse("my_payment", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("my_payment", args=[own.pk])).status_code == 200
    run.cancel(run=made, reason="Too early", **doing(PERIOD))
    assert client.get(reverse("my_payment", args=[own.pk])).status_code == 404


def test_what_is_behind_is_one_sum_with_the_list_behind_it(pat, client, clock):
    for number in range(3):
        first = PERIOD + number * 28 * DAY
        sent(four_weekly(first))
    on = PERIOD + (2 * 28 + 10) * DAY
    contribution.mark_missed(on=on, **doing(on))
    clock(on)
    words = shown(client, "my")
    assert words.count("has not come") == 1
    assert "Late £96.00 of your own share has not come. The first part was due on 4 May 2026." in words
    assert "What it is made up of" in words
    assert "18 May 2026 to 14 June 2026 : how we worked it out 1 June 2026 £48.00" in words
    assert "Please pay your own share of £48.00 into your budget by 29 June 2026." in words
