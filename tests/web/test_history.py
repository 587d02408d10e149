"""The history of a record on its page: what was added, changed and removed, in the words people typed."""

import re
from datetime import date

import assessing
import paying
import planning
import pytest
import reviewing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, person, signed_in, user

from wherewithal.actions import person as people
from wherewithal.actions import plan, plan_line, plan_outcome, risk
from wherewithal.core.roles import Role

pytestmark = pytest.mark.django_db
FALL = {"kind": "customer", "what": "A fall at the pool", "likelihood": 2, "impact": 3}


def history(client, who) -> str:
    """The first page of it, its spaces made one."""
    auditor = signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    response = auditor.get(reverse("person_history", args=[who.ref]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def row(page: str, label: str, under: str = "") -> str:
    """The text after a label, without tags; the first there is ``under`` the words of a change."""
    part = page.split(under, 1)[1] if under else page
    cell = part.split(f"<dt>{label}</dt>")[1].split("</div>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def described(of, day: int = 7, **words):
    """The plan with other words than planning.drafted gave it on 6 April."""
    fields = {"summary": "Water.", "wishes": [], "contingency": "", "contingency_pence_per_week": 0}
    return plan.describe(
        plan=of, written_by="person", **{**fields, **words}, **planning.doing(moment=at(2026, 4, day))
    )


def test_what_is_added_changed_and_removed_is_told(client):
    draft = planning.drafted(person(), lines=())
    outcome = draft.outcomes.get()
    line = planning.add_line(draft, **planning.GROUP | {"outcome": None})
    plan_line.change_line(line=line, what="Lunch and cards", **planning.doing())
    plan_line.remove_line(line=line, **planning.doing())
    plan_outcome.remove_outcome(outcome=outcome, **planning.doing())
    threat = risk.add_risk(plan=draft, **FALL, **planning.doing())
    risk.remove_risk(risk=threat, **planning.doing())

    page = history(client, draft.person)
    assert row(page, "What", "Plan line added") == "Lunch group"
    assert row(page, "What", "Plan line changed") == "Lunch group → became Lunch and cards"
    assert row(page, "What", "Plan line removed") == "Lunch and cards"
    assert row(page, "A week", "Plan line removed") == "£19.20"
    assert row(page, "Text", "Plan outcome removed") == "I swim every week."
    assert row(page, "What", "Risk removed") == "A fall at the pool"
    assert '<dl class="ww-diff"></dl>' not in page


def test_a_change_far_down_a_long_text_is_told_from_where_it_begins(client):
    draft = planning.drafted(person())
    long = "I go to the pool on my own. " * 20
    described(draft, summary=f"{long}On Mondays.")
    described(draft, 8, summary=f"{long}On Fridays.")
    told = row(history(client, draft.person), "Summary")
    before, after = told.split(" → became ")
    assert before.startswith("…") and before.endswith("pool on my own. On Mondays.") and len(before) < 60
    assert after.endswith("On Fridays.")


def test_a_change_within_a_list_of_lines_tells_the_lines_that_differ(client):
    allocation = assessing.proposed(person())
    first, second, *others = allocation.workings
    allocation.workings = [first, second | {"answer": "Somebody helps"}, *others]
    allocation.save()
    told = row(history(client, allocation.person), "Workings", "Allocation changed")
    assert second["says"] in told and told.count("Somebody helps") == 1
    assert first["says"] not in told and "lines" not in told


def test_what_people_typed_is_never_worded_anew(client):
    draft, later = planning.drafted(person()), planning.doing(moment=at(2026, 4, 8))
    described(draft, summary="2026-02-30", contingency="ask_my_sister", wishes=["2026-02-30"])
    page = history(client, draft.person)
    assert row(page, "Summary").endswith("became 2026-02-30")
    assert row(page, "Contingency").endswith("became ask_my_sister")
    assert row(page, "Wishes").endswith("became 2026-02-30")
    people.change(person=draft.person, address="2026-02-28", reason="Moved", **later)
    assert row(history(client, draft.person), "Address").endswith("became 2026-02-28")


def test_limits_and_costs_are_told_in_pounds_answers_in_words_and_no_code(client):
    submitted = planning.submitted()
    later = planning.doing(moment=at(2026, 4, 8))
    people.change(person=submitted.person, nhs_number="943 476 5919", reason="From the GP", **later)
    page = history(client, submitted.person)
    content = row(page, "Content", "Sent the plan for sign-off</h2>")
    assert "Who may agree a plan, up to what cost a week, from 1 April 2011" in content
    for raw in ("{", "[", "True", "500000", "_"):
        assert raw not in content
    assert "<dd>Personal assistant</dd>" in page and "personal_assistant" not in page
    assert row(page, "NHS number").endswith("became 9434765919")


def test_answers_are_told_by_question_and_findings_by_their_names(client):
    found = assessing.agreed(person())
    page = history(client, found.person)
    assert row(page, "Lives alone").endswith("became Yes")
    findings = row(page, "Findings")
    assert "caused as the law asks: yes" in findings and "{" not in findings and "'" not in findings
    assert "Answers</dt>" not in page


def test_what_was_asked_is_told_by_its_question_and_not_by_its_key(client):
    plan = planning.agreed(person())
    page = history(client, plan.person)
    assert "Is everything in the plan lawful? yes" in row(page, "Tests")
    content = row(page, "Content", "Decided what was asked</h2>")
    assert "has each carer been offered an assessment? yes" in content
    explained = row(page, "Explained")
    assert "what they need: " in explained and "entitlement" not in explained


def test_what_was_seen_at_a_review_is_told_by_the_outcome(client):
    plan = reviewing.running()
    review = reviewing.observed(reviewing.held(plan), level="partly", note="Slower than hoped.")
    said = row(history(client, review.person), "Said so far")
    outcome = plan.outcomes.first()
    assert outcome.text in said and "note: Slower than hoped." in said and "level: partly met" in said
    assert f"{outcome.pk}:" not in said and "change: none" not in said


def test_a_change_that_tells_nothing_is_left_out(client):
    """That a contribution was posted is a transfer's to say: the column behind it tells nobody anything."""
    agreement = paying.direct_payment("Pat Example", 20000, pays=1200)
    paying.sent(paying.four_weekly())
    posted = agreement.person.contributions.get()
    assert posted.transfer_id
    page = history(client, agreement.person)
    assert "Contribution added" in page and "Contribution changed" not in page
    assert row(page, "Amount", "Payment added") == "£752.00"
    assert '<dl class="ww-diff"></dl>' not in page


def test_who_checked_and_who_approved_the_run_is_told_of_each_person_whom_it_pays(client):
    pat, sam = (paying.direct_payment(name).person for name in ("Pat Example", "Sam Sample"))
    nobody = person("Nobody Paid")
    made = paying.sent(paying.four_weekly())
    for who in (pat, sam):
        with CaptureQueriesContext(connection) as asked:
            page = history(client, who)
        told = re.sub(r"<[^>]+>", " ", page)
        assert re.search(r"Checked a payment run +Finn Finance, 16 April 2026, 10:00am", told)
        assert re.search(r"Approved a payment run +Olga Officer, 16 April 2026, 10:00am", told)
        assert row(page, "State", "Approved a payment run</h2>").endswith("became Approved")
        assert "Olga Officer" in row(page, "Approved by") and f"Payment run {made.number} changed" in page
        assert told.count("Commitment of £800.00 for 20 April 2026 to 17 May 2026 changed") == 1, (
            "which it was"
        )
        assert "£1,600.00" not in page and "Payments count" not in page, "the sum of all is nobody's"
    with CaptureQueriesContext(connection) as later:
        paying.sent(paying.four_weekly(date(2026, 5, 18)))
        later_made = len(later)
        page = history(client, pat)
    assert len(later) - later_made == len(asked), "a query for each noun, none for each run"
    assert page.count("Approved a payment run") == 2
    assert "payment run" not in history(client, nobody)
