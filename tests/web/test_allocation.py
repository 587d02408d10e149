"""From the offer to the budget and what the person pays, on the web."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from assessing import NONE_UNMET, adult_answers, agreed, offered, proposed, worker
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from making import at, person, signed_in, team, user
from pypdf import PdfReader

from wherewithal.actions import finance
from wherewithal.core.means import Income, Means
from wherewithal.core.roles import Role
from wherewithal.records.models import Allocation, Decision, FinancialAssessment, Offer, Person
from wherewithal.web.clock import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return signed_in(client, worker())


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content)


def words(found) -> str:
    return re.sub(r"\s+", " ", found.text_content())


def href(name, of: Person, *args):
    return reverse(name, args=[of.ref, *args])


def errors(found) -> list[str]:
    return [words(one).strip() for one in found.xpath("//div[contains(@class, 'govuk-error-summary')]//li")]


def text_of(answer) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(
        " ".join(part.extract_text() for part in PdfReader(BytesIO(answer.content)).pages).split()
    )


def assessed(who, **means):
    """What they pay, from a day with rates on record."""
    means = Means(
        born_on=who.born_on,
        **{"capital_pence": 500_000, "incomes": (Income("state_pension", 30000),)} | means,
    )
    return finance.assess(person=who, means=means, first=date(2026, 4, 13), by=worker(), at=at())


# --- offers


def test_an_offer_that_is_owed_is_shown_with_its_button(staff):
    who = agreed().person
    found = page(staff.get(href("person_offers", who)))
    assert "No direct payment was offered yet at the assessment agreed on 6 April 2026" in words(found)
    offered(who.assessments.get())
    found = page(staff.get(href("person_offers", who)))
    assert "was offered yet" not in words(found)
    on = found.xpath("//a[contains(@class, 'govuk-button') and not(contains(@class, 'secondary'))]")
    assert [one.get("href") for one in on] == [href("allocation_propose", who)]


def test_offer_and_answer_are_recorded_together(staff):
    who = agreed(person(format="large_print")).person
    found = page(staff.get(href("offer_make", who)))
    assert found.xpath("//input[@name='format'][@checked]/@value") == ["large_print"]
    sent = {"what": "direct_payment", "format": "large_print", "answer": "declined"}
    assert errors(page(staff.post(href("offer_make", who), sent))) == [
        "Say why the offer was declined: choose one of the reasons."
    ]
    staff.post(href("offer_make", who), sent | {"why_not": "not_an_employer"})
    made = Offer.objects.get(person=who)
    assert (made.answer, made.why_not, made.made_by) == ("declined", "not_an_employer", worker())
    found = page(staff.get(href("person_offers", who)))
    assert "Why not: Does not want to be an employer." in words(found)


def test_an_answer_that_comes_later(staff):
    made = offered(agreed())
    who, again = made.person, timezone.localdate() + timedelta(days=30)
    address = href("offer_answer", who, made.pk)
    assert "to ask again" in errors(page(staff.post(address, {"answer": "later"})))[0]
    sent = {"answer": "later", "ask_again_on_day": again.day, "ask_again_on_month": again.month}
    staff.post(address, sent | {"ask_again_on_year": again.year})
    made.refresh_from_db()
    assert (made.answer, made.ask_again_on) == ("later", again)


def test_an_offer_of_somebody_else_is_not_answered_here(staff):
    made = offered(agreed(person("Sam Sample")))
    assert staff.get(href("offer_answer", person(), made.pk)).status_code == 404


def test_without_an_assessment_there_is_nothing_to_offer_at(staff):
    found = page(staff.get(href("offer_make", person())))
    assert "There is neither yet." in words(found)
    assert not found.xpath("//main//form")


# --- the indicative budget


def test_the_budget_page_leads_to_the_step_that_is_missing(staff):
    who = person()
    assert "There is no budget yet." in words(page(staff.get(href("person_budget", who))))
    of = agreed(who)
    assert "A direct payment must be offered first." in words(page(staff.get(href("person_budget", who))))
    offered(of)
    found = page(staff.get(href("person_budget", who)))
    assert found.xpath("//a[contains(text(), 'Work out the indicative budget')]/@href") == [
        href("allocation_propose", who) + f"?of={of.pk}"
    ]


def test_a_budget_is_worked_out_from_what_the_page_shows(staff):
    helped = {"helped": "yes", "helped_by": ["children"], "helped_hours": 9, "helped_share": "a_lot"}
    of = agreed(answers=adult_answers(**helped, helped_willing="yes", helped_able="less"))
    offered(of)
    address = href("allocation_propose", of.person)
    found = page(staff.get(address))
    assert "All together44" in words(found)
    assert "Unpaid care that will go on Some" in words(found)
    assert errors(page(staff.post(address, {}))) == [
        "Answer “Does support have far to travel to where they live?”"
    ]
    staff.post(address, {"sparse_place": "yes"})
    made = Allocation.objects.get(person=of.person)
    assert made.inputs["circumstances"]["sparse_place"] is True


def test_proposing_before_the_offer_is_refused_on_the_page(staff):
    of = agreed()
    found = page(staff.post(href("allocation_propose", of.person), {"sparse_place": "no"}))
    assert errors(found)[0].startswith("No direct payment was offered at the assessment of 6 April 2026.")


def test_who_is_not_eligible_has_no_budget_to_work_out(staff):
    of = agreed(findings=NONE_UNMET)
    found = page(staff.get(href("allocation_propose", of.person)))
    assert not found.xpath("//main//form")


def test_the_workings_stand_on_the_page_as_a_payslip(staff):
    who = proposed(own=adult_answers("most")).person
    found = page(staff.get(href("person_budget", who)))
    slip = found.xpath("//table[contains(@class, 'ww-payslip')]")[0]
    assert "34 points at £4.45 a week each" in words(slip)
    assert [words(row).strip() for row in slip.xpath("./tfoot/tr/td")] == [
        "£139.20 a week",
        "£7,238.40 a year",
    ]
    differs = found.xpath("//table[caption[text()='Seen differently']]/tbody/tr")
    assert [words(cell) for row in differs[1:2] for cell in row.xpath("./td")][0::3] == [
        "Keeping clean",
        "-3",
    ]
    assert "One more point would add £4.09 a week." in words(found)
    assert "R (KM) v Cambridgeshire" in words(found)


def test_the_letter_is_a_pdf_with_the_same_workings(staff):
    who = proposed().person
    said = text_of(staff.get(href("budget_letter", who)))
    assert "£139.20 a week" in said
    assert "34 points at £4.45 a week each" in said
    assert "Please ask the adult social care team" in said
    assert "ring 01632 960 100, or write to adult.social.care@example.org." in said


def test_the_letter_is_in_large_print_where_that_is_the_format(staff):
    pages = [
        len(PdfReader(BytesIO(staff.get(href("budget_letter", proposed(who).person)).content)).pages)
        for who in (person(), person("Sam Sample", format="large_print"))
    ]
    assert pages[1] > pages[0]


def test_the_letter_tells_the_person_where_the_views_differ(staff):
    who = proposed(own=adult_answers("some", washing_need="most")).person
    said = text_of(staff.get(href("budget_letter", who)))
    assert "We see this differently: Keeping clean. You said: I need help every day." in said


def test_there_is_no_letter_before_there_is_a_budget(staff):
    assert staff.get(href("budget_letter", person())).status_code == 404


def test_a_manager_is_asked_to_look_again(staff):
    made = proposed()
    address = href("allocation_ask_again", made.person)
    assert errors(page(staff.post(address, {"who": "Pat Example", "words": ""})))
    staff.post(address, {"who": "Their sister", "words": "Nights were left out."})
    asked = Decision.objects.get(allocation=made)
    assert (asked.content["who"], asked.asks) == ("Their sister", "Nights were left out.")
    found = page(staff.get(href("person_budget", made.person)))
    assert "Their sister: “Nights were left out.”" in words(found)
    again = page(staff.post(address, {"who": "Their sister", "words": "Again"}))
    assert errors(again) == ["Somebody was asked to look at this budget again already. They will answer."]


# --- what they pay


def means(**more):
    on = today()
    return {
        "first_day": on.day, "first_month": on.month, "first_year": on.year, "about": "adult",
        "assessed": "in_full", "capital": "5000", "household": "single", "income_rows": "4", "cost_rows": "3",
        "income_kind_0": "state_pension", "income_amount_0": "300.00",
    } | more  # fmt: skip


@pytest.fixture
def rates(monkeypatch):
    """A day on which rates are on record, whatever today is."""
    on = date(2026, 5, 1)
    for name in ("allocation", "finance", "budgets"):
        module = __import__(f"wherewithal.web.{name}", fromlist=["today"])
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: on)
    return {"first_day": 1, "first_month": 5, "first_year": 2026}


def test_means_become_a_contribution_with_workings_and_unverified_marks(staff, rates):
    who = proposed().person
    sent = means(**rates, household="couple", partner_at_pension_age="yes", cost_kind_0="laundry",
                 cost_amount_0="4.50")  # fmt: skip
    staff.post(href("finance_assess", who), sent)
    made = FinancialAssessment.objects.get(person=who)
    assert made.means["incomes"] == [{"kind": "state_pension", "pence_per_week": 30000}]
    assert made.means["disability_expenses"] == [{"kind": "laundry", "pence_per_week": 450}]
    assert (made.first, made.pence_per_week) == (date(2026, 5, 1), 30000 - 18430 - 450)
    found = page(staff.get(href("person_budget", who)))
    assert "Minimum income guarantee, member of a couple, one or both of pension age" in words(found)
    assert found.xpath("//div[contains(@class, 'govuk-inset-text')]//li/text()") == [
        "Minimum income guarantee, member of a couple, one or both of pension age",
    ]


def test_half_a_row_is_told_beside_it(staff, rates):
    who = proposed().person
    sent = means(**rates, income_kind_1="mobility", cost_amount_0="4.50", capital="")
    assert errors(page(staff.post(href("finance_assess", who), sent))) == [
        "Enter their savings, or 0",
        "Enter how much a week: Income 2",
        "Choose what it is: Cost 1",
    ]


def test_more_rows_keep_what_was_typed_and_judge_nothing(staff, rates):
    who = proposed().person
    found = page(staff.post(href("finance_assess", who), means(**rates, capital="lots", more="income")))
    assert not errors(found)
    assert found.xpath("//input[@name='capital']/@value") == ["lots"]
    assert found.xpath("//select[@name='income_kind_6']")
    assert found.xpath("//input[@name='income_rows']/@value") == ["7"]
    assert found.xpath("//input[@name='income_amount_0']/@value") == ["300.00"]
    assert not FinancialAssessment.objects.exists()


def test_a_year_without_rates_is_refused_by_name(staff, rates):
    who = proposed().person
    found = page(staff.post(href("finance_assess", who), means(**rates | {"first_year": 2028})))
    assert "There are no charging rates for 2028-29" in errors(found)[0]


def test_a_day_after_the_last_rates_says_so_instead_of_a_form(staff, monkeypatch):
    monkeypatch.setattr("wherewithal.web.finance.today", lambda: date(2031, 5, 1))
    found = page(staff.get(href("finance_assess", proposed().person)))
    assert "There are no charging rates for 2031-32" in words(found)
    assert not found.xpath("//main//form")


def test_above_the_limit_pays_in_full_and_is_led_on(staff, rates):
    who = proposed().person
    answer = staff.post(href("finance_assess", who), means(**rates, capital="30,000"), follow=True)
    assert "They pay the full cost, £139.20 a week for now." in words(page(answer))
    who.refresh_from_db()
    assert who.funding == Person.Funding.SELF_FUNDER


def test_the_form_starts_from_last_times_facts(staff, rates):
    who = proposed().person
    assessed(who)
    found = page(staff.get(href("finance_assess", who)))
    assert found.xpath("//input[@name='capital']/@value") == ["5,000.00"]
    assert found.xpath("//select[@name='income_kind_0']/option[@selected]/@value") == ["state_pension"]


def test_the_contribution_letter_names_what_is_not_verified(staff):
    who = proposed().person
    assessed(who, household="couple", partner_at_pension_age=True)
    said = text_of(staff.get(href("contribution_letter", who)))
    assert "From 13 April 2026" in said
    assert "Not yet checked against the published original" in said
    assert staff.get(href("contribution_letter", person("Sam Sample"))).status_code == 404


def test_nobody_pays_towards_nothing(staff, rates):
    found = page(staff.get(href("finance_assess", person())))
    assert "There is no budget yet to pay towards." in words(found)


# --- the person, and others


def test_the_person_has_their_letter_and_asks_again_in_their_own_words(client):
    made = proposed()
    pat = user("Pat Example", Role.PERSON)
    Person.objects.filter(pk=made.person_id).update(user=pat)
    signed_in(client, pat)
    assert "£139.20 a week" in text_of(client.get("/my/budget-letter.pdf"))
    assert "£139.20 a week" in words(page(client.get("/my/ask-again/")))
    client.post("/my/ask-again/", {"words": "My nights are bad."})
    asked = Decision.objects.get(allocation=made)
    assert (asked.asked_by, asked.content["who"], asked.asks) == (pat, "Pat Example", "My nights are bad.")


def test_another_team_sees_no_budget_and_an_auditor_changes_none(client):
    made = proposed(person(team=team("South")))
    signed_in(client, user("Audrey Audit", Role.AUDITOR))
    found = page(client.get(href("person_budget", made.person)))
    assert "Ask for it to be looked at again" not in words(found)
    assert client.get(href("allocation_propose", made.person)).status_code == 403


def test_the_page_costs_the_same_however_many_budgets_there_were(staff):
    made = proposed()
    address = href("person_budget", made.person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            staff.get(address)
        return len(seen)

    queries()
    few = queries()
    for letter in "abc":
        proposed(person(f"Sam Sample{letter}"))
    proposed(made.person, moment=at(2027, 3, 1))
    assert queries() == few
