"""The journey, the next step and today's work: a person's page and the list say the same of everybody."""

import re
from datetime import date, timedelta

import planning
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from making import person, signed_in, team, user

from wherewithal.actions import person as people
from wherewithal.actions import request as requests
from wherewithal.core.roles import Role
from wherewithal.records.models import (
    Agreement,
    Allocation,
    Arrangement,
    Assessment,
    Decision,
    FinancialAssessment,
    Offer,
    Person,
    Plan,
    PlanLine,
    PlanOutcome,
    Request,
    Review,
)
from wherewithal.records.standing import standings
from wherewithal.records.work import _questions
from wherewithal.web.clock import now, today
from wherewithal.web.journey import journey
from wherewithal.web.next_step import GROUP_OF, GROUPS, STEPS, next_step
from wherewithal.web.worklist import worklist

pytestmark = pytest.mark.django_db


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


@pytest.fixture
def browser(client, wren):
    return signed_in(client, wren)


@pytest.fixture
def pat(wren):
    return person(worker=wren)


def read(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def ask(pat, wren, days_ago=10, **rest):
    return requests.receive(
        person=pat, route=Request.Route.COMMUNITY, from_whom=Request.FromWhom.SELF, about="Help to cook",
        received_on=today() - timedelta(days=days_ago), by=wren, at=now(), **rest,
    )  # fmt: skip


def assessed(pat, wren, **rest):
    return Assessment.objects.create(
        person=pat, kind="adult", state="agreed", started_on=today(), agreed_on=today(), eligible=True,
        by=wren, **rest,
    )  # fmt: skip


def planned(pat, wren, state="agreed", held="direct_payment"):
    made = Plan.objects.create(
        person=pat, assessment=assessed(pat, wren), state=state, written_by="worker", author=wren,
        started_on=today(), agreed_on=today(), final_pence_per_week=0,
    )  # fmt: skip
    outcome = PlanOutcome.objects.create(plan=made, text="I sing again")
    PlanLine.objects.create(
        plan=made, outcome=outcome, what="Choir", kind="other", units=1, unit="week", pence_per_unit=2500,
        how_often="weekly", pence_per_week=2500, first=today(), held=held,
    )  # fmt: skip
    return made


def signed(pat, wren, **rest):
    plan = planned(pat, wren)
    decided = Decision.objects.create(
        kind="direct_payment", level="officer", person=pat, plan=plan, author=wren, asked_by=wren,
        asked_on=today(), asks="?", state="decided", outcome="agreed", decided_by=wren, decided_on=today(),
        reasons="All met",
    )  # fmt: skip
    return Agreement.objects.create(
        person=pat, plan=plan, decision=decided, holder="person", paid_to="card", payee_name="Pat",
        sort_code="000000", account_number="00000000", signed_on=today(), signed_by=wren, **rest,
    )  # fmt: skip


def review(pat, wren, due_in_days, opens_in_days=0, **more):
    plan = planned(pat, wren, held="council_managed")
    due, opens = (today() + timedelta(days=days) for days in (due_in_days, opens_in_days))
    Review.objects.create(person=pat, plan=plan, kind="plan", opens_on=min(due, opens), due_on=due,
                          source="a test", **more)  # fmt: skip


def being_held(pat, wren):
    review(pat, wren, 90, state="held", held_on=today(), by=wren)


def thought_about(pat, wren):
    plan = planned(pat, wren, held="council_managed")
    Offer.objects.create(
        person=pat, assessment=plan.assessment, made_on=today(), made_by=wren, format="standard",
        answer="later", ask_again_on=today(),
    )  # fmt: skip


def looked_at(pat, wren):
    plan = planned(pat, wren, held="council_managed")
    Decision.objects.create(
        kind="second_look", level="manager", person=pat, plan=plan, author=wren, asked_by=wren,
        asked_on=today(), asks="?",
    )  # fmt: skip


def waiting(pat, wren):
    plan = planned(pat, wren, state="submitted")
    Decision.objects.create(
        kind="sign_off", level="manager", person=pat, plan=plan, author=wren, asked_by=wren, asked_on=today(),
        asks="?",
    )  # fmt: skip


def to_assess(pat, wren):
    requests.decide(request=ask(pat, wren), outcome=Request.Outcome.ASSESSMENT, by=wren, at=now())


def offered(pat, wren):
    made = assessed(pat, wren)
    Offer.objects.create(
        person=pat, assessment=made, made_on=today(), made_by=wren, format="standard", answer="accepted",
        answered_on=today(),
    )  # fmt: skip
    return made


def allocated(pat, wren):
    Allocation.objects.create(
        person=pat, assessment=offered(pat, wren), scheme="s", scheme_version="1", points=9, by=wren,
        pence_per_week=21450, pence_per_year=21450 * 52, inputs={}, workings=[], policy=[], fingerprint="f",
        proposed_on=today(),
    )  # fmt: skip


def charged(pat, wren):
    allocated(pat, wren)
    FinancialAssessment.objects.create(
        person=pat, first=today(), assessed_on=today(), by=wren, means={}, budget_pence_per_week=1,
        pence_per_week=0, workings=[], policy=[], fingerprint="f",
    )  # fmt: skip


def reviewed(pat, wren, found: Review.Next):
    """A review finished today; what it was about began 30 days ago."""
    plan = planned(pat, wren, held="council_managed")
    ago = today() - timedelta(days=30)
    Plan.objects.update(started_on=ago)
    Assessment.objects.update(started_on=ago, agreed_on=ago)
    Arrangement.objects.create(
        person=pat, plan=plan, order_number="PO-1", what="Choir", kind="other", held="council_managed",
        term="long", state="active", first=today(),
    )  # fmt: skip
    Review.objects.create(
        person=pat, plan=plan, kind="plan", opens_on=today(), due_on=today(), source="a test", state="done",
        done_on=today(), held_on=today(), by=wren, summary="All is well", next_step=found,
    )  # fmt: skip


def again(pat, wren):
    reviewed(pat, wren, Review.Next.ASSESS_AGAIN)


def anew(pat, wren):
    reviewed(pat, wren, Review.Next.CHANGE_PLAN)


def stopped(pat, wren):
    reviewed(pat, wren, Review.Next.END)


SITUATIONS = [
    (lambda pat, wren: None, "Write down what they ask for", ""),
    (ask, "Decide the request", "requests"),
    (to_assess, "Start the assessment", "assess"),
    (again, "Start the assessment", "assess"),
    (anew, "Write the plan anew after the review", "plan"),
    (stopped, "End the support, as the review found", "stop"),
    (assessed, "Offer a direct payment", "plan"),
    (offered, "Work out the indicative budget", "plan"),
    (allocated, "Assess what the person pays", "plan"),
    (charged, "Start the plan", "plan"),
    (lambda pat, wren: planned(pat, wren, "draft"), "Go on with the plan", "plan"),
    (lambda pat, wren: planned(pat, wren, "sent_back"), "Change the plan that was sent back", "sent_back"),
    (waiting, "Decide: sign-off of a plan", "waiting"),
    (planned, "Check the conditions of the direct payment", "set_up"),
    (signed, "Make the first payment", "pay"),
    (lambda pat, wren: review(pat, wren, -1), "Hold the review", "overdue"),
    (lambda pat, wren: review(pat, wren, 20), "Hold the review", "due"),
    (being_held, "Go on with the review", "due"),
    (lambda pat, wren: review(pat, wren, 20, opens_in_days=1), "Hold the next review", ""),
    (thought_about, "Ask again about a direct payment", "ask_again"),
    (looked_at, "Look at the plan that its worker agreed", "look"),
    (lambda pat, wren: review(pat, wren, 90), "Hold the next review", ""),
    (lambda pat, wren: signed(pat, wren, first_paid_on=today()), "Nothing to do now", ""),
]


@pytest.mark.parametrize("happens, text, group", SITUATIONS, ids=[text for _, text, _ in SITUATIONS])
def test_the_next_step_and_its_place_in_todays_work(pat, wren, happens, text, group):
    if text == "Nothing to do now":
        to_assess(pat, wren)
    happens(pat, wren)
    step = next_step(pat, today())
    assert (step.text, step.group) == (text, group)
    listed = worklist(Person.objects.all(), today())
    assert [one.group for one in listed] == ([group] if group else [])
    assert all(one.since for one in listed)


def test_a_question_for_others_waits_for_them_and_is_offered_to_whoever_answers(pat, wren):
    waiting(pat, wren)
    step = next_step(pat, today())
    other, manager = user("Otto Other", Role.PRACTITIONER), user("Max Manager", Role.MANAGER)
    for worker in (wren, other):
        told = step.for_user(worker)
        assert (told.text, told.href) == ("Waits for a manager: sign-off of a plan", "")
    assert step.for_user(manager) == step and step.href


def test_no_group_is_without_a_situation_that_leads_there():
    assert {group for _, _, group in SITUATIONS} - {""} == set(GROUPS)
    assert {what for what, _, _ in _questions(today())} == set(GROUP_OF) == set(STEPS), "each has its words"


def test_an_ended_record_has_no_next_step(pat, wren):
    people.end(person=pat, on=today(), because=Person.EndReason.DIED, by=wren, at=now())
    pat.refresh_from_db()
    assert next_step(pat, today()) is None


def test_the_journey_tells_days_and_money(pat, wren):
    ask(pat, wren, days_ago=30)
    allocated(pat, wren)
    steps = {step.name: step for step in journey(pat, today())}
    assert steps["Asked"].on == today() - timedelta(days=30)
    assert steps["Indicative"].detail == "£214.50 a week"
    assert [step.state for step in steps.values()] == ["done", "done", "done", "now", "next", "next", "next"]


def test_the_first_payment_is_due_within_two_working_days_of_signing(pat, wren):
    signed(pat, wren)
    Agreement.objects.update(signed_on=date(2026, 4, 2))  # Thursday before Easter
    assert next_step(pat, today()).by == date(2026, 4, 8)


def test_the_summary_shows_how_long_ago_they_asked(browser, pat, wren):
    ask(pat, wren, days_ago=12)
    assert "Asked 12 days ago" in read(browser.get(reverse("person", args=[pat.ref])))


def test_the_caseload_keeps_its_filters_in_the_address(browser, pat, wren):
    ask(pat, wren)
    other = person("Otis Other", born_on=date(1960, 1, 1))
    to_assess(other, wren)
    mine, everyone = (read(browser.get(reverse("caseload"), {"who": who})) for who in ("mine", "team"))
    assert pat.name in mine
    assert other.name not in mine
    assert other.name in everyone
    assert "?who=team&amp;group=requests" in everyone
    narrowed = read(browser.get(reverse("caseload"), {"who": "team", "group": "requests"}))
    assert other.name not in narrowed


def test_what_somebody_may_not_do_comes_after_all_that_they_may(client, pat, wren):
    review(pat, wren, -30)
    planned(person("Ossie Sample"), wren)
    both = person("Bertie Both")
    planned(both, wren)
    Review.objects.create(person=both, plan=both.plans.get(), kind="plan", opens_on=today(), source="a test",
                          due_on=today() - timedelta(days=60))  # fmt: skip
    officer = signed_in(client, user("Dee Direct", Role.DIRECT_PAYMENT_OFFICER))
    page = html.fromstring(officer.get(reverse("caseload")).content.decode())
    found = page.xpath("//main//h2 | //main//caption | //main//tbody/tr/th")
    assert [one.text_content() for one in found] == [
        "Direct payments to set up", "Ossie Sample", "Bertie Both",
        "With others", "Reviews overdue", "Pat Example",
    ]  # fmt: skip
    steps = [row.xpath("td")[0].text_content() for row in page.xpath("//main//tbody/tr")]
    assert "conditions" in steps[0] and "conditions" in steps[1] and steps[2] == "Hold the review"
    kinds = [one.text_content() for one in page.xpath("//nav[@aria-label='Kinds of work']//a")]
    assert kinds == ["Everything", "Direct payments to set up", "Reviews overdue"]
    heads = [one.text_content() for one in page.xpath("(//main//thead)[1]//th")]
    assert heads == ["Person", "Next step", "When", "Who"]
    assert not page.xpath("//thead[contains(@class, 'hidden')]"), "a column is headed for everybody"
    worker = html.fromstring(signed_in(client, wren).get(reverse("caseload"), {"who": "team"}).content)
    assert worker.xpath("//main//caption")[0].text_content() == "Reviews overdue", "who may hold it sees it"
    assert not worker.xpath("//main//h2")


def tabs(response) -> list[str]:
    return re.findall(r'ww-tabs__link"[^>]*>([^<]*)<', read(response))


def test_a_caseload_has_a_tab_for_ones_own_people_only_where_somebody_can_be(client, browser, pat):
    assert tabs(browser.get(reverse("caseload"))) == ["My people", "My teams"]
    officer = signed_in(client, user("Dee Direct", Role.DIRECT_PAYMENT_OFFICER))
    assert tabs(officer.get(reverse("caseload"), {"who": "mine"})) == ["The whole council"]
    broker = signed_in(client, user("Bo Broker", Role.BROKER))
    assert tabs(broker.get(reverse("caseload"))) == ["My people"]


def test_an_empty_caseload_says_what_to_do(browser):
    assert "Nothing waits for you here." in read(browser.get(reverse("caseload")))


def queries_of(browser) -> int:
    with CaptureQueriesContext(connection) as seen:
        read(browser.get(reverse("caseload")))
    return len(seen)


def test_a_caseload_costs_the_same_queries_for_many_as_for_few(browser, wren):
    for number in range(3):
        ask(person(f"Fern{number} Pond", born_on=date(1940 + number, 1, 1), worker=wren), wren)
    few = queries_of(browser)
    for number in range(12):
        ask(person(f"Moss{number} Brook", born_on=date(1950 + number, 2, 2), worker=wren), wren)
    assert queries_of(browser) == few


def test_a_direct_payment_signed_today_is_reviewed_in_half_a_year_and_not_today(client):
    """Its review may be held from now on, and must be by then: only the last day is when it is due."""
    made = planning.signed(planning.agreed())
    found = standings([made.person], made.signed_on)[made.person.pk]
    shown = next(
        step for step in journey(made.person, made.signed_on, found) if step.name.startswith("Review")
    )
    assert (shown.name, shown.on) == ("Review by", date(2026, 6, 1))  # the plan's, 8 weeks on
    assert next_step(made.person, made.signed_on, found).text == "Make the first payment"
    made.first_paid_on = made.signed_on
    made.save()
    step = next_step(made.person, made.signed_on)
    assert (step.text, step.by, step.group) == ("Hold the next review", date(2026, 6, 1), "")
    assert next_step(made.person, date(2026, 5, 18)).group == "due"
