"""The person's own pages: what is left, what comes next, where it goes; whose pages they are. Pat is paid for
four weeks once, and every test begins from there.
"""

import csv
import io
import re
from datetime import date, timedelta

import planning
import pytest
from assessing import proposed, started
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, council, person, user
from my_pages import DAY, TODAY, href, it_is, main, page, rows, words
from paying import PERIOD, contribution, direct_payment, doing, four_weekly, moment, sent, support
from planning import agreed as planned
from spending import bought, swimmer

from wherewithal.actions import access, arrangement, card, circle
from wherewithal.actions.card_lines import undone
from wherewithal.actions.posting import post
from wherewithal.core.period import written
from wherewithal.core.roles import Role
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Opening,
    Person,
    Question,
    Review,
)
from wherewithal.web.my_spending import HEADINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def sheet(answer) -> list[list[str]]:
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture(scope="module", autouse=True)
def swims(lasting):
    """£832.00 came on 20 April for Sam, who helps Pat, and for the pool."""
    with pytest.MonkeyPatch.context() as patch:
        it_is(patch, TODAY)
        return swimmer().pk


@pytest.fixture
def held(swims):
    return Agreement.objects.get(pk=swims)


def spend_weekly() -> None:
    """Sam is paid each Sunday for the week that was; the pool once: £304.00 is held on 12 May."""
    for on in (date(2026, 4, 26), date(2026, 5, 3), date(2026, 5, 10)):
        bought("SAM SAMPLE", 16000, on)
    bought("STORYBOOK POOL", 4800, date(2026, 4, 24))


@pytest.fixture
def in_arrears(held):
    spend_weekly()
    return held


def acts_for(who: Person, email: str = "remy.helper@example.org") -> None:
    by = {"by": user("Wren Worker"), "at": moment(PERIOD)}
    named = circle.name_representative(
        person=who, kind="nominated", name="Remy Helper", relationship="sister", holds_money=False,
        since=PERIOD, **by,
    )  # fmt: skip
    access.act_for(person=who, representation=named, email=email, **by)


# --- what is left


def test_the_page_opens_on_what_is_left_until_when_and_what_comes_next(me, in_arrears):
    found = page(me(in_arrears.person).get(reverse("my")))
    assert words(found.xpath("//h1")[0]) == "Your personal budget"
    assert words(found.xpath("//*[@class='ww-big-number']")[0]) == "£125.72 left to spend"
    note = words(found.xpath("//*[@class='ww-big-number__note']")[0])
    assert note == "until Sunday 17 May 2026. £832.00 comes on Monday 18 May."
    assert "You hold £304.00. Your plan still needs £178.28 until then." in words(found)


def test_the_sum_behind_the_number_is_shown_on_demand(me, in_arrears):
    found = page(me(in_arrears.person).get(reverse("my")))
    details = found.xpath("//details")[0]
    assert words(details.xpath("./summary")[0]) == "How we worked this out"
    assert [words(row) for row in details.xpath(".//tr")][1:] == [
        "Held now12 May 2026 £304.00",
        "Planned for Support 16 days at £160.00 a week -£137.14",
        "Planned for Swimming6 days at £48.00 a week -£41.14",
        "Left to spend until 17 May 2026 £125.72",
    ]


def test_what_is_paid_by_the_month_is_said_to_come_whole(me, in_arrears):
    """By the day it looks as if there were money to spare on the day before the bill."""
    assert "whole bill" not in main(me(in_arrears.person))
    swim = Arrangement.objects.get(person=in_arrears.person, what="Swimming")
    swim.line = planning.drafted(lines=({**planning.GROUP, "how_often": "monthly"},)).lines.get()
    swim.save()
    said = main(me(in_arrears.person))
    assert "Swimming: paid by the month or longer, and counted here day by day. Keep enough for" in said


def test_the_chart_says_what_was_spent_and_where_the_plan_would_be(me, in_arrears):
    said = main(me(in_arrears.person))
    assert "20 April to 17 May 2026" in said
    assert "Spent £528.00 of £832.00. The upright mark shows" in said
    assert "what the plan would have spent up to yesterday: £653.72." in said
    assert "still needs £178.28" in said, "which is the rest: together they are the £832.00"


def test_where_the_plan_has_ended_what_is_over_begins_at_the_mark(me, held):
    """Before it, the end of the plan is a black line of its own; then both are at one place."""
    bought("BIG SHOP", 90000, TODAY)
    for end, lines in (("after the black line", 1), ("after the mark", 0)):
        found = page(me(held.person).get(reverse("my")))
        assert f"more than the plan has for these weeks, {end}. The upright mark shows" in words(found)
        assert len(found.xpath("//*[@class='ww-progress__end']")) == lines
        assert len(found.xpath("//*[@class='ww-progress__mark']")) == 1
        Arrangement.objects.update(last=TODAY - timedelta(days=1))


def test_whoever_pays_for_a_week_ahead_is_not_short(me, held):
    for week in range(4):
        bought("SAM SAMPLE", 16000, PERIOD + timedelta(weeks=week))
        bought("STORYBOOK POOL", 4800, PERIOD + timedelta(weeks=week))
    said = main(me(held.person))
    assert "£0.00 left to spend" in said
    assert "6 days at £160.00 a week; £137.14 of it is paid already £0.00" in said
    assert "too little" not in said


def test_more_than_planned_beside_money_that_is_left_is_put_together_in_words(me, clock, held):
    sent(four_weekly(date(2026, 5, 18), date(2026, 5, 14)))
    clock(date(2026, 6, 10))
    bought("BIG SHOP", 85000, date(2026, 6, 1))
    found = page(me(held.person).get(reverse("my")))
    left = words(found.xpath("//*[@class='ww-big-number__figure']")[0])
    assert "more than the plan has for these weeks" in words(found)
    assert f"than these weeks were planned to need, so {left} is still left to spend." in words(found)


def test_too_little_is_said_kindly_and_with_the_sum(me, held):
    bought("BIG SHOP", 80000, TODAY)
    said = main(me(held.person))
    assert "£0.00 left to spend" in said
    assert "You hold £32.00. Your plan still needs £178.28 until then." in said
    assert "That is £146.28 too little. Ask us if you do not know why" in said


def test_money_on_its_way_to_the_bank_is_not_held_yet(me, clock, held):
    sent(four_weekly(PERIOD + timedelta(days=28)))  # sent on 14 May, paid on 18 May
    clock(date(2026, 5, 15))
    said = main(me(held.person))
    assert "You hold £832.00." in said
    assert "£832.00 comes on Monday 18 May" in said
    clock(date(2026, 5, 18))
    assert "You hold £1,664.00." in main(me(held.person))


def test_what_a_drafted_run_pays_is_what_comes_next(me, clock, held):
    sent(four_weekly(PERIOD + timedelta(days=28)))
    clock(date(2026, 6, 10))
    swim = Arrangement.objects.get(person=held.person, what="Swimming")
    arrangement.reprice(
        arrangement=swim, first=date(2026, 6, 15), pence_per_week=5200, reason="New price",
        **doing(date(2026, 6, 10)),
    )  # fmt: skip
    assert "£848.00 comes on Monday 15 June" in main(me(held.person))
    four_weekly(date(2026, 6, 15), date(2026, 6, 10))
    assert "£848.00 comes on Monday 15 June" in main(me(held.person))


def test_money_that_comes_early_is_for_the_time_that_it_says(me, clock, held):
    # the early May bank holiday: 4 May 2026 is a Monday, but no pay day; 28 December is one
    for place in range(1, 9):
        sent(four_weekly(PERIOD + timedelta(days=28 * place)))
    clock(date(2026, 12, 20))
    said = main(me(held.person))
    assert "until Sunday 27 December 2026. £832.00 comes on Thursday 24 December, for the time from" in said


# --- where it goes


def test_where_it_goes_is_a_chart_a_table_and_a_file(me, in_arrears):
    client = me(in_arrears.person)
    bought("CORNER STORES", 1000, TODAY)
    found = page(client.get(reverse("my")))
    assert rows(found, "Where it goes") == [
        "I get out of the house £640.00 £480.00",
        "I see my friends £192.00 £48.00",
        "Not linked to the plan yet £0.00 £10.00",
    ]
    assert found.xpath("//a[contains(., 'Download where it goes')]/@href") == [reverse("my_where")]
    assert sheet(client.get(reverse("my_where")))[1:] == [
        ["I get out of the house", "2026-04-20", "2026-05-17", "640.00", "480.00"],
        ["I see my friends", "2026-04-20", "2026-05-17", "192.00", "48.00"],
        ["Not linked to the plan yet", "2026-04-20", "2026-05-17", "0.00", "10.00"],
    ]


def test_last_payments_are_tagged_only_where_something_is_open(me, in_arrears):
    client = me(in_arrears.person)
    line = bought("CORNER STORES", 4800, TODAY)
    bought("STORYBOOK POOL", -800, TODAY)
    ask(line)
    found = rows(page(client.get(reverse("my"))), "Last payments")
    assert found == [
        "STORYBOOK POOL 12 May 2026 · Swimming In +£8.00",
        "CORNER STORES 12 May 2026 · not linked to the plan yet "
        "We ask about this Answer about CORNER STORES, 12 May 2026 Out £48.00",
        "SAM SAMPLE 10 May 2026 · Support 1 Out £160.00",
        "SAM SAMPLE 3 May 2026 · Support 1 Out £160.00",
        "SAM SAMPLE 26 April 2026 · Support 1 Out £160.00",
    ]


# --- questions


def ask(line, says="You paid £48.00. What was it for?") -> Question:
    made = Question.objects.create(
        person=line.person, actual=line, code="excluded_merchant", asks=says, for_officer="Seen.",
        raised_on=TODAY,
    )  # fmt: skip
    type(line).objects.filter(pk=line.pk).update(state="asked")
    return made


def test_a_question_is_asked_on_the_page_and_answered_in_a_few_words(me, held):
    asked = ask(bought("CORNER STORES", 4800, TODAY))
    client = me(held.person)
    found = page(client.get(reverse("my")))
    banner = found.xpath("//*[contains(@class, 'govuk-notification-banner')]")[0]
    assert "What was £48.00 to CORNER STORES for?" in words(banner)
    href = reverse("my_explain", args=[asked.pk])
    assert banner.xpath(".//a/@href") == [href]
    assert "What was it for?" in main(client, "my_explain", asked.pk)
    until = written(asked.raised_on + 14 * DAY)
    assert f"Please tell us by {until}. After that we call you." in main(client, "my_explain", asked.pk)
    wrong = page(client.post(href, {"answer": "  "}))
    assert wrong.xpath("//title")[0].text.startswith("Error: ")
    assert "Write a few words about it" in words(wrong)
    answer = client.post(href, {"answer": "Paint for my shed. It is in my plan."}, follow=True)
    assert "Thank you. We have your answer and will read it." in words(page(answer))
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("answered", "Paint for my shed. It is in my plan.")
    said = words(page(answer))
    assert "We ask you" not in said
    assert "What was £48.00 to CORNER STORES for? We have the answer and will read it." in said
    assert page(answer).xpath("//a[contains(., 'Change the answer')]/@href") == [href]
    assert "Explained" in said
    assert "Change my answer" in main(client, "my_explain", asked.pk)


def test_what_came_of_an_answer_is_told(me, held):
    asked = ask(bought("CORNER STORES", 4800, TODAY))
    card.explain(question=asked, answer="Sweets.", **doing(TODAY))
    card.close(question=asked, outcome="pay_back", note="This is not in the plan.", **doing(TODAY))
    client = me(held.person)
    assert "Change the answer" not in main(client, "my"), "it is closed"
    said = main(client, "my_explain", asked.pk)
    assert "Sweets." in said
    assert "This money has to be paid back. We talk with you about how. This is not in the plan." in said
    late = client.post(reverse("my_explain", args=[asked.pk]), {"answer": "Paint."})
    assert "This question was closed on 12 May 2026." in words(page(late))
    assert "To be paid back" in main(client)


def test_many_questions_are_asked_a_few_at_a_time(me, held):
    for number in range(5):
        ask(bought(f"SHOP {number}", 100 + number, TODAY))
    said = main(me(held.person))
    assert "What was £1.02 to SHOP 2 for?" in said
    assert "SHOP 3 for?" not in said
    assert "And 2 more questions." in said


def test_a_question_of_somebody_else_is_not_there(me):
    asked = ask(bought("CORNER STORES", 4800, TODAY))
    client = me(person("Sam Sample"))
    assert client.get(reverse("my_explain", args=[asked.pk])).status_code == 404
    assert client.post(reverse("my_explain", args=[asked.pk]), {"answer": "Mine"}).status_code == 404
    asked.refresh_from_db()
    assert asked.answer == ""


# --- paused, stopped, ended


def test_support_that_is_paused_says_so(me, held):
    first = held.person.arrangements.first()
    arrangement.suspend(arrangement=first, first=PERIOD, all_support=True, **doing(TODAY))
    assert "Paused Your support is paused just now." in main(me(held.person))


def test_a_direct_payment_that_stopped_shows_what_is_still_held(me, in_arrears):
    Agreement.objects.filter(pk=in_arrears.pk).update(ended_on=TODAY - DAY)
    said = main(me(in_arrears.person))
    assert "£304.00 is still held" in said
    assert "Your direct payment stopped on 11 May 2026." in said
    assert "comes on" not in said


def test_a_record_that_ended_says_so_and_no_more_is_promised(me, in_arrears):
    arrangement.end_all(person=in_arrears.person, on=TODAY - DAY, because="Died", **doing(TODAY))
    Person.objects.filter(pk=in_arrears.person.pk).update(
        state="ended", ended_on=TODAY - DAY, end_reason="died"
    )
    acts_for(in_arrears.person)
    said = main(me(in_arrears.person, "Remy Helper", Role.REPRESENTATIVE))
    assert "We are sorry that Pat Example died on 11 May 2026." in said
    assert "left to spend" not in said


# --- whom to ask


PLAIN = ("my", "my_plan", "my_review", "my_held", "my_people", "my_letters", "my_spending", "my_questions")


@pytest.mark.parametrize("name", PLAIN)
def test_every_page_of_ones_own_says_how_to_reach_the_council(me, name, in_arrears):
    found = page(me(in_arrears.person).get(reverse(name)))
    reach = found.get_element_by_id("reach-us")
    assert "Ring 01632 960 100 (Monday to Friday, 9am to 5pm)" in words(reach)
    assert reach.xpath(".//a/@href") == ["tel:01632960100", "mailto:adult.social.care@example.org"]


def test_a_tell_us_leads_to_how_to(me, in_arrears):
    client = me(in_arrears.person)
    assert href(page(client.get(reverse("my_people"))), "Tell us") == "#reach-us"
    assert href(page(client.get(reverse("my_held"))), "Ask us") == "#reach-us"
    explained = page(client.get(reverse("budgets_explained")))
    assert "01632 960 100" in words(explained.get_element_by_id("reach-us"))


# --- whose pages


def test_a_representative_is_told_whose_budget_it_is_and_leaves_a_trace(me, in_arrears):
    who = in_arrears.person
    acts_for(who)
    found = page(me(who, "Remy Helper", Role.REPRESENTATIVE).get(reverse("my")))
    assert "You are looking at Pat Example’s budget." in words(found)
    assert words(found.xpath("//h1")[0]) == "Pat Example’s personal budget"
    assert "My plan" not in words(found)
    assert Opening.objects.filter(person=who, user=user("Remy Helper"), page="my").count() == 1


def test_a_representative_is_told_so_on_every_page_of_the_persons_own(me):
    who = person()
    acts_for(who)
    client = me(who, "Remy Helper", Role.REPRESENTATIVE)
    for name in ("my_plan", "my_review", "my_held", "my_people", "my_letters", "my_looked", "my_questions"):
        assert "You are looking at Pat Example’s budget." in words(page(client.get(reverse(name)))), name


TO_THE_PERSON = r"\b(?:[Yy]ours?|My|You (?:hold|pay|have|asked|write|sign|moved))\b"
PAGES = (
    "my", "my_plan", "my_review", "my_held", "my_people", "my_letters", "my_looked", "my_spending",
)  # fmt: skip


@pytest.mark.parametrize("stage", ["known", "assessed", "budget", "planned", "paid", "ended"])
def test_a_representative_is_never_spoken_to_as_if_they_were_the_person(me, stage, held):
    def paid():
        spend_weekly()
        ask(bought("CORNER STORES", 4800, TODAY))
        return held.person

    def ended():
        who = person()
        Person.objects.filter(pk=who.pk).update(state="ended", end_reason="moved", ended_on=TODAY)
        return who

    made = {
        "known": person, "assessed": lambda: started().person, "budget": lambda: proposed().person,
        "planned": lambda: planned().person, "paid": paid, "ended": ended,
    }  # fmt: skip
    who = made[stage]()
    acts_for(who)
    client = me(who, "Remy Helper", Role.REPRESENTATIVE)
    pages = [reverse(name) for name in PAGES]
    pages += [reverse("my_explain", args=[one.pk]) for one in who.questions.all()]
    pages += [reverse("my_payment", args=[one.pk]) for one in who.payments.all()]
    for address in pages:
        answer = client.get(address)
        if answer.status_code == 302:
            continue
        said = words(page(answer).xpath("//main")[0])
        assert not re.findall(rf".{{0,40}}{TO_THE_PERSON}.{{0,40}}", said), address
        assert "{" not in said


def test_a_representative_chooses_whom_to_look_at(me, in_arrears):
    pat, sam = in_arrears.person, person("Sam Sample")
    acts_for(pat)
    acts_for(sam)
    client = me(pat, "Remy Helper", Role.REPRESENTATIVE)
    assert "Sam Sample’s budget" in main(client)
    client.post(reverse("my_switch"), {"person": sam.pk})
    assert "Sam Sample’s personal budget" in main(client)
    stranger = person("Otto Outside")
    assert client.post(reverse("my_switch"), {"person": stranger.pk}).status_code == 404
    assert client.post(reverse("my_switch")).status_code == 404
    assert client.get(reverse("my_switch")).url == reverse("my")
    assert "Sam Sample’s personal budget" in main(client)


def test_a_carer_sees_their_own_budget_before_that_of_whom_they_act_for(me):
    pat = person()
    carer = direct_payment("Casey Carer", 2500).person
    login = user("Casey Carer", Role.CARER)
    Person.objects.filter(pk=carer.pk).update(user=login)
    acts_for(pat, "casey.carer@example.org")
    client = me(pat, "Casey Carer", Role.CARER)
    found = page(client.get(reverse("my")))
    assert words(found.xpath("//h1")[0]) == "Your personal budget"
    assert "Pat Example’s budget" in words(found)
    client.post(reverse("my_switch"), {"person": pat.pk})
    assert "My own budget" in main(client)


def test_the_review_ahead_is_named_with_its_day(me, held):
    Review.objects.create(
        person=held.person, plan=held.plan, kind="plan", opens_on=date(2026, 6, 1), due_on=date(2026, 6, 12),
        source="A rule",
    )  # fmt: skip
    assert "My review, by 12 June 2026" in main(me(held.person))


# --- all money in and out


def balances(found) -> list[str]:
    return [re.search(r"(\S+) held after it", row)[1] for row in rows(found, "Money in and out")]


def test_every_line_has_what_was_held_after_it(me, in_arrears):
    client = me(in_arrears.person)
    found = page(client.get(reverse("my_spending")))
    assert rows(found, "Money in and out")[-1] == (
        "Payment from the council 20 April 2026 £832.00 held after it "
        "How we worked it out: Payment from the council, 20 April 2026 In +£832.00"
    )
    assert balances(found) == ["£304.00", "£464.00", "£624.00", "£784.00", "£832.00"]
    assert "5 lines: £832.00 in, £528.00 out." in words(found)


def test_lines_are_filtered_by_month_and_by_what_and_the_file_holds_the_same(me, in_arrears):
    client = me(in_arrears.person)
    bought("CORNER STORES", 1000, TODAY)
    query = "?month=2026-04&what=part:Swimming"
    found = page(client.get(reverse("my_spending") + query))
    assert rows(found, "Money in and out") == [
        "STORYBOOK POOL 24 April 2026 · Swimming £784.00 held after it Out £48.00"
    ]
    [href] = found.xpath("//a[contains(., 'Download these lines')]/@href")
    assert sheet(client.get(href))[1:] == [
        ["2026-04-24", "STORYBOOK POOL", "Swimming", "I see my friends", "", "48.00", "784.00", ""]
    ]
    expected = {
        "in": ["£832.00"], "open": ["£294.00"], "asked": [],
        "out": ["£294.00", "£304.00", "£464.00", "£624.00", "£784.00"],
    }  # fmt: skip
    for what, held in expected.items():
        assert balances(page(client.get(reverse("my_spending") + f"?what={what}"))) == held
    assert len(balances(page(client.get(reverse("my_spending") + "?what=nonsense")))) == 6


def test_the_file_of_all_lines_runs_nothing_in_a_spreadsheet(me, held):
    bought("=HYPERLINK(1)", 1250, TODAY)
    made = sheet(me(held.person).get(reverse("my_spending_csv")))
    assert made[0][-2:] == ["Held after (£)", "Note"]
    assert made[1] == ["2026-05-12", "'=HYPERLINK(1)", "", "", "", "12.50", "819.50", ""]
    assert made[2] == ["2026-04-20", "Payment from the council", "", "", "832.00", "", "832.00", ""]


def test_a_line_that_was_undone_stays_with_what_put_it_right(me, held):
    line = bought("CORNER STORES", 4800, TODAY - DAY)
    post([undone(line.transfer, moment(TODAY))])
    type(line).objects.filter(pk=line.pk).update(state="undone")
    client = me(held.person)
    found = page(client.get(reverse("my_spending")))
    assert rows(found, "Money in and out")[:2] == [
        "CORNER STORES: taken in by mistake, put right 12 May 2026 £832.00 held after it In +£48.00",
        "CORNER STORES 11 May 2026 £784.00 held after it A mistake, undone Out £48.00",
    ]
    assert "CORNER STORES" not in main(client)
    assert "0 lines" in main(client, "my_spending", query="?what=out")


def test_before_any_money_there_is_nothing_to_list(me):
    client = me(person())
    assert "No money has moved yet." in main(client, "my_spending")
    assert sheet(client.get(reverse("my_spending_csv"))) == [list(HEADINGS)]


# --- around the money


def test_support_that_is_still_to_start_shows_what_it_will_cost(me, held):
    walks = support(held.plan, 2500, first=TODAY + 10 * DAY, what="Walks")
    Arrangement.objects.filter(pk=walks.pk).update(state="planned")
    assert "Starts on 22 May 2026 £25.00 a week" in main(me(held.person), "my_held")


def test_a_price_that_changed_since_stands_beside_the_budget_that_was_agreed(me):
    who = planned(moment=moment(PERIOD)).person
    client = me(who)
    assert "Now it costs" not in main(client, "my_held")
    dearer = who.arrangements.get(what="Lunch group")
    arrangement.reprice(arrangement=dearer, first=TODAY, pence_per_week=2320, reason="Dearer", **doing(TODAY))
    said = main(client, "my_held")
    assert "Personal budget £139.20 a week, agreed on 20 April 2026" in said
    assert "Now it costs £143.20 a week: prices have changed since" in said


def test_who_helps(me):
    who = person()
    acts_for(who)
    circle.link_carer(
        person=who, carer=person("Casey Carer"), relationship="daughter", hours_a_week=20,
        lives_together=False, by=user("Wren Worker"), at=at(),
    )  # fmt: skip
    said = main(me(who), "my_people")
    assert "The team North" in said
    assert "Remy Helper Chosen by you to act for you (sister). Since 20 April 2026." in said
    assert "Casey Carer Cares for you without pay (daughter), 20 hours a week." in said


def test_letters_are_those_that_there_are_in_the_persons_format(me):
    who = proposed(person(format="large_print"), moment=moment(TODAY)).person
    contribution(who, 1200, TODAY)
    found = page(me(who).get(reverse("my_letters")))
    assert "You asked for large print. These letters are in large print." in words(found)
    hrefs = found.xpath("//ul[@class='ww-helpers']//a/@href")
    assert any(href.startswith(reverse("my_contribution_letter")) for href in hrefs)
    assert hrefs[0].startswith(reverse("my_budget_letter"))
    Person.objects.filter(pk=who.pk).update(format="braille")
    assert "You asked for: braille." in main(me(who), "my_letters")
    nobody = person("Nia New")
    assert "Your own letters come here" in main(me(nobody), "my_letters")
    assert me(nobody).get(reverse("my_contribution_letter")).status_code == 404


# --- the cost of a page


@pytest.mark.parametrize(("name", "most"), [("my", 21), ("my_spending", 14), ("my_spending_csv", 10)])
def test_a_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(me, name, most, in_arrears):
    council()
    client = me(in_arrears.person)
    counts = []
    for lines in (1, 60):
        for number in range(lines):
            bought(f"SHOP {number}", 10, TODAY)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= most
