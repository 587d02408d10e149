"""The person's own pages before money runs, with the first payment, and with a share of their own."""

import re
from datetime import date
from pathlib import Path

import pytest
from assessing import NONE_UNMET, proposed, started
from assessing import agreed as assessed
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import council, person, signed_in, user
from my_pages import DAY, TODAY, href, main, page, rows, words
from paying import PERIOD, direct_payment, doing, four_weekly, moment, sent, support
from planning import ASSISTANT, GROUP
from planning import agreed as planned
from spending import CARD, bought, swimmer

from wherewithal.actions import contribution as contributions
from wherewithal.actions import request, run
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.roles import Role
from wherewithal.records.models import (
    Decision,
    Person,
    Plan,
)
from wherewithal.records.models.plan import Held
from wherewithal.web import my_steps, next_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_what_was_spent_and_what_is_to_be_paid_in_lead_to_their_workings(me):
    held = swimmer(pays=1200)
    bought("SAM SAMPLE", 1520, TODAY)
    found = page(me(held.person).get(reverse("my")))
    paid = held.payments.get()
    assert href(found, "How we worked out £48.00") == reverse("my_payment", args=[paid.pk])
    assert href(found, "What was spent, line by line") == reverse("my_spending") + "?what=out"
    assert "SAM SAMPLE" in main(me(held.person), "my_spending", query="?what=out")


def test_before_the_first_pay_day_every_sum_leads_to_its_workings(me):
    held = direct_payment("Pat Example", 14000, pays=1200, card=CARD, signed_on=TODAY)
    first = sent(run.draft_first(agreement=held, **doing(TODAY)), TODAY).payments.get()
    bought("SAM SAMPLE", 1520, TODAY)
    client = me(held.person)
    found = page(client.get(reverse("my")))
    workings = reverse("my_payment", args=[first.pk])
    share = first.contributions.get().due_pence
    assert href(found, f"How we worked out the {pounds(first.pence)}") == workings
    assert f"Please pay your own share of {pounds(share)} into your budget by" in words(found)
    assert href(found, f"How we worked out {pounds(share)}") == workings
    assert "Up to today £15.20 was spent. All money in and out" in words(found)
    assert f"at £12.00 a week -{pounds(share)}" in main(client, "my_payment", first.pk)
    assert "SAM SAMPLE" in main(client, "my_spending")


def test_what_is_bought_once_is_kept_until_it_is_bought(me):
    held = swimmer(paid=False)
    support(held.plan, 30000, first=PERIOD, what="Mobility scooter", how_often="one-off", supplier="Whatsit")
    sent(four_weekly())
    client = me(held.person)
    assert "Kept for Mobility scooterto be bought once -£300.00" in main(client)
    bought("WHATSIT", 30000, TODAY)
    assert "Kept for" not in main(client)


def test_the_own_share_is_asked_for_then_late(me, clock):
    held = swimmer(pays=1200)
    client = me(held.person)
    clock(PERIOD + DAY)
    assert "Please pay your own share of £48.00 into your budget by 4 May 2026." in main(client)
    clock(date(2026, 5, 6))
    assert "Your own share of £48.00 was due on 4 May 2026." in main(client)
    contributions.mark_missed(on=TODAY, **doing(TODAY))
    clock(TODAY)
    said = main(client)
    assert "Late £48.00 of your own share has not come. It was due on 4 May 2026." in said
    assert "still to come in" not in said
    contributions.receive(person=held.person, pence=4800, on=TODAY, **doing(TODAY))
    assert "own share" not in main(client)


def test_the_first_payment_is_announced(me):
    held = direct_payment("Pat Example", 14000, signed_on=TODAY)
    run.draft_first(agreement=held, **doing(TODAY))
    said = main(me(held.person))
    assert "£120.00 comes on Thursday 14 May 2026. It is your first payment." in said
    assert (
        "What comes next We make your first payment. Who does it: a direct payment officer or a finance "
        "officer. By 14 May 2026."
    ) in said


def test_support_that_starts_before_the_first_payment_comes_is_said(me):
    held = direct_payment("Pat Example", 14000, signed_on=TODAY)
    run.draft_first(agreement=held, **doing(TODAY))
    said = main(me(held.person))
    assert "It is for your support from Tuesday 12 May 2026 on. What you use before the money comes" in said


def test_money_that_was_paid_for_two_periods_lasts_for_both(me, clock):
    """The run of 18 May was drafted before Pat came, so the first payment is also for its days."""
    direct_payment("Otto Example", 14000, signed_on=PERIOD)
    four_weekly(date(2026, 5, 18), TODAY - DAY)
    held = direct_payment("Pat Example", 14000, signed_on=TODAY)
    sent(run.draft_first(agreement=held, **doing(TODAY)), TODAY)
    clock(date(2026, 5, 14))
    said = main(me(held.person))
    assert "£40.00 left to spend until Sunday 14 June 2026. £560.00 comes on Monday 15 June." in said
    assert "You hold £680.00. Your plan still needs £640.00 until then." in said


def test_whoever_just_asked_sees_how_far_things_are(me):
    who = person()
    request.receive(
        person=who, received_on=TODAY, route="community", from_whom="self", about="Help at home",
        by=user("Wren Worker"), at=moment(TODAY),
    )  # fmt: skip
    found = page(me(who).get(reverse("my")))
    assert "You do not have a budget yet. Here you see how far we are." in words(found)
    assert "We read what was asked for. Then we tell you what happens next." in words(found)
    assert [words(one) for one in found.xpath("//ol[@class='ww-journey']/li")][:2] == [
        "First asked 12 May 2026 (done)",
        "What you need Now",
    ]
    assert not found.xpath("//ol[@class='ww-journey']//a")


def test_a_request_that_went_elsewhere_is_explained(me):
    who = person()
    made = request.receive(
        person=who, received_on=TODAY, route="community", from_whom="self", about="Help at home",
        by=user("Wren Worker"), at=moment(TODAY),
    )  # fmt: skip
    request.decide(
        request=made, outcome="signposted", words="The library", by=user("Wren Worker"), at=moment(TODAY)
    )
    assert "We said where you can find help. If that is not enough, ask us again." in main(me(who))


def test_open_questions_about_oneself_are_one_button_away(me):
    client = me(started(moment=moment(TODAY)).person)
    found = page(client.get(reverse("my")))
    assert found.xpath("//a[contains(@class, 'govuk-button')]/@href") == [reverse("my_questions")]


def test_a_budget_to_plan_with_is_shown_with_its_letter(me):
    made = proposed(moment=moment(TODAY))
    found = page(me(made.person).get(reverse("my")))
    assert "£139.20 a week to plan with" in words(found)
    assert href(found, "How we worked it out (PDF)") == reverse("my_budget_letter")
    ask = href(found, "Ask for my budget to be looked at again")
    assert ask == f"{reverse('my_ask_again')}?of={made.pk}"


def test_whoever_asked_for_their_budget_to_be_looked_at_again_is_told_that_we_do(me):
    made = planned(moment=moment(PERIOD)).allocation
    client = me(made.person)
    button = href(page(client.get(reverse("my"))), "Ask for my budget to be looked at again")
    assert client.post(button, {"words": "My nights are bad."}).status_code == 302
    said = main(client)
    assert "We are looking at your budget again, as asked on 12 May 2026." in said
    assert "Ask for my budget" not in said
    Decision.objects.filter(allocation=made).update(
        state="decided",
        decided_on=TODAY,
        outcome="upheld",
        reasons="Your nights are counted already, on the page that shows how we worked it out.",
        decided_by=user("Max Manager"),
    )
    said = main(client)
    assert f"We looked at your budget again on {written(TODAY)}. It stays as it was." in said
    assert "Your nights are counted already, on the page that shows how we worked it out." in said
    assert "Ask for my budget to be looked at again" in said
    Decision.objects.filter(allocation=made).update(outcome="changed")
    assert "It will be changed." in main(client)


def test_a_record_that_ended_has_no_budget_to_look_at_again(me):
    made = proposed(moment=moment(TODAY))
    Person.objects.filter(pk=made.person_id).update(state="ended", ended_on=TODAY, end_reason="moved")
    assert "looked at again" not in main(me(made.person))


def test_not_to_qualify_is_told_plainly(me):
    who = assessed(findings=NONE_UNMET, moment=moment(TODAY)).person
    assert "the council does not have to pay for support" in main(me(who))


def test_a_budget_that_the_council_manages_shows_the_support(me):
    managed = {"held": "council_managed"}
    who = planned(moment=moment(TODAY), lines=({**ASSISTANT, **managed}, {**GROUP, **managed})).person
    found = page(me(who).get(reverse("my")))
    assert "£139.20 a week We agreed your plan on 12 May 2026." in words(found)
    assert rows(found, "Your support") == [
        "Swimming with Sam Sample Sam Sample · I swim every week. £120.00 a week",
        "Lunch group Corner Kitchen · I swim every week. £19.20 a week",
    ]
    held = main(me(who), "my_held")
    assert "The council looks after the money We keep the money and arrange the support" in held


@pytest.mark.parametrize("held", [Held.FUND, Held.COMMISSIONED, Held.IN_HOUSE])
def test_every_way_to_hold_a_budget_says_what_it_is(me, held):
    managed = {**ASSISTANT, "held": "council_managed"}
    who = planned(moment=moment(TODAY), lines=(managed, GROUP)).person
    who.arrangements.update(held=held)
    client = me(who)
    assert "Lunch group" in main(client)
    meaning = {
        Held.FUND: "A care organisation keeps the money",
        Held.COMMISSIONED: "It is not a personal budget. You can ask us for one.",
        Held.IN_HOUSE: "People who work for the council give you this support.",
    }
    assert meaning[held] in main(client, "my_held")


def test_whoever_is_on_no_record_is_helped_on(client):
    signed_in(client, user("Nia Nobody", Role.PERSON))
    said = main(client)
    assert "We cannot find a budget for you yet" in said
    assert "nia.nobody@example.org" in said


def test_every_next_step_of_a_worker_has_words_for_the_person():
    source = Path(next_step.__file__).read_text()
    said = re.findall(r'NextStep\(\s*"([^"]+)"', source)
    for line in re.findall(r"text = .*", source):
        said += re.findall(r'"([A-Z][^"{]+)"', line)
    said += [f"Decide: {kind.label.lower()}" for kind in Decision.Kind if kind != "second_look"]
    assert len(said) > 15
    assert set(said) - set(my_steps.WORDS) == set()


def test_how_the_budget_is_held(me):
    held = swimmer(pays=1200)
    said = main(me(held.person), "my_held")
    assert "You pay £12.00 a week of it" in said
    assert "Paid to Prepaid card" in said
    assert "Who holds the money You" in said
    assert "Direct payment We pay you the money. You arrange and pay for your support." in said
    assert "No support runs yet." in main(me(person("Nia New")), "my_held")


def test_the_plan_ahead_of_money_takes_a_fixed_number_of_queries(me):
    council()  # whose name is read once and kept
    client = me(proposed(moment=moment(TODAY)).person)
    client.get(reverse("my"))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("my"))
    assert len(caught) <= 24
    assert Plan.objects.count() == 0
