"""The plan on the web: written line by line, checked, handed in, read by the person."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from making import person, signed_in, team, user
from planning import ASSISTANT, GROUP, add_line, agreed, doing, drafted, signed
from pypdf import PdfReader
from reading_pages import errors, page, words

from wherewithal.actions import arrangement
from wherewithal.actions import plan as actions
from wherewithal.core.roles import Role
from wherewithal.records.models import Agreement, Decision, FinancialAssessment, Person, Plan, PlanLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    return signed_in(client, user("Wren Worker", Role.PRACTITIONER, in_team=team()))


def href(name, of: Person, *args):
    return reverse(name, args=[of.ref, *args])


def on(day: date, name: str) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


LINE = {
    "what": "Art class", "outcome": "", "kind": "learning", "units": "1.5", "unit": "session",
    "pence_per_unit": "12.00", "how_often": "weekly", "term": "long", "held": "council_managed",
    "supplier": "", "relation": "", "exception_reason": "", **on(date(2026, 4, 6), "first"),
    "last_day": "", "last_month": "", "last_year": "",
}  # fmt: skip


def test_without_a_plan_the_page_says_how_it_starts(worker):
    who = person()
    found = page(worker.get(href("person_plan", who)))
    assert "There is no plan yet" in words(found)
    assert found.xpath(f"//a[@href='{href('plan_start', who)}']")


def test_a_plan_is_started_described_and_given_an_outcome(worker):
    who = person("Sol Selfpay", funding="self_funder")
    answer = worker.post(href("plan_start", who), {"kind": "adult", "written_by": "family"})
    assert answer.url == href("person_plan", who)
    plan = who.plans.get()
    worker.post(
        href("plan_describe", who),
        {
            "written_by": "person", "summary": "I want to see my friends.", "first_wish": "A trip to the sea",
            "second_wish": "", "third_wish": "A cat", "contingency": "Ring Kim.",
            "contingency_pence_per_week": "5",
        },
    )  # fmt: skip
    worker.post(href("plan_outcome", who), {"text": "I see my friends."})
    plan.refresh_from_db()
    assert (plan.wishes, plan.contingency_pence_per_week) == (["A trip to the sea", "A cat"], 500)
    found = words(page(worker.get(href("person_plan", who))))
    assert "I see my friends." in found and "A trip to the sea" in found and "Ring Kim." in found


def test_a_plan_with_nothing_in_it_is_not_called_cheaper_and_is_not_offered_for_sign_off(worker):
    made = drafted(lines=())
    found = page(worker.get(href("person_plan", made.person)))
    assert "less than the indicative budget" not in words(found)
    assert not found.xpath("//a[contains(., 'Check and send for sign-off')]")
    to_mend = found.xpath("//a[contains(., 'Check what is still to put right')]")[0]
    assert "govuk-button--secondary" in to_mend.get("class")


def test_a_second_open_plan_is_refused_on_the_form(worker, draft):
    found = page(worker.post(href("plan_start", draft.person), {"kind": "adult", "written_by": "worker"}))
    assert errors(found) == [
        "Version 1 of this plan is open already. Go on with it, or have it decided first."
    ]
    assert "Error: " in found.findtext(".//title")


def test_the_tab_adds_up_and_shows_each_problem_beside_its_line(worker):
    made = drafted(lines=(ASSISTANT, GROUP, {**GROUP, "what": "Sherry", "kind": "alcohol"}))
    found = page(worker.get(href("person_plan", made.person)))
    card = found.xpath("//table[contains(@class, 'ww-plan__lines')]")[0]
    assert words(card.xpath(".//tfoot")[0]) == "Together £158.40"
    rows = [words(row) for row in card.xpath(".//tbody/tr")]
    assert rows[3].startswith("Sherry") and rows[4].startswith("Must be put right: Alcohol is not bought")
    assert "paragraph 3" in rows[4]
    assert "answer its conditions first" in rows[1]
    sums = words(found.xpath("//dl[@class='ww-sums']")[0])
    assert sums == "Plan £158.40 a week Indicative £139.20 Direct payment £120.00"


def test_the_footer_shows_what_the_person_pays(worker, draft):
    FinancialAssessment.objects.create(
        person=draft.person, first=date(2026, 4, 6), assessed_on=date(2026, 4, 6), by=draft.author, means={},
        budget_pence_per_week=13920, pence_per_week=1200, workings=[], policy=[], fingerprint="",
    )  # fmt: skip
    for unverified, said in (
        ([], "Contribution £12.00 Direct"),
        (["carer_premium"], "£12.00 (uses an unverified rate)"),
    ):
        FinancialAssessment.objects.update(unverified=unverified)
        found = page(worker.get(href("person_plan", draft.person)))
        assert said in words(found.xpath("//dl[@class='ww-sums']")[0])


def test_a_line_is_added_changed_and_removed(worker):
    made = drafted(lines=())
    outcome = made.outcomes.get()
    worker.post(href("plan_line", made.person), {**LINE, "outcome": outcome.pk})
    line = made.lines.get()
    assert (line.what, line.outcome, line.pence_per_week) == ("Art class", outcome, 1800)
    shown = page(worker.get(href("plan_line_edit", made.person, line.pk)))
    assert shown.xpath("//input[@name='pence_per_unit']/@value") == ["12.00"]
    worker.post(href("plan_line_edit", made.person, line.pk), {**LINE, "units": "2"})
    line.refresh_from_db()
    assert (line.pence_per_week, line.outcome) == (2400, None)
    asked = page(worker.get(href("plan_line_remove", made.person, line.pk)))
    assert "Remove this line?" in words(asked) and made.lines.exists()
    assert asked.xpath("//a[.='Keep it']/@href") == [href("plan_line_edit", made.person, line.pk)]
    worker.post(href("plan_line_remove", made.person, line.pk))
    assert not made.lines.exists()


def test_a_line_that_is_wrong_is_told_field_by_field_and_keeps_what_was_written(worker):
    made = drafted(lines=())
    wrong = {**LINE, "what": "", "units": "seven", "pence_per_unit": "1.234", **on(date(2026, 4, 1), "last")}
    found = page(worker.post(href("plan_line", made.person), wrong))
    assert errors(found) == [
        "Answer “What is it?”",
        "Write how much as a number, such as 7.5",
        "Price of one: “1.234” is not an amount of money. Write it like 214.50.",
    ]
    assert found.xpath("//input[@name='units']/@value") == ["seven"]
    found = page(worker.post(href("plan_line", made.person), {**LINE, **on(date(2026, 4, 1), "last")}))
    assert errors(found) == ["It ends before it starts. Change one of the two days."]


def test_the_cost_is_worked_out_while_writing_and_without_scripts(worker, draft):
    piece = worker.post(href("plan_line_cost", draft.person), {**LINE, "what": ""})
    assert "£18.00 a week, £936.00 a year" in words(page(piece))
    assert "the plan costs £157.20 a week: £18.00 more than the indicative budget of £139.20" in words(
        page(piece)
    )
    whole = page(worker.post(href("plan_line", draft.person), {**LINE, "what": "", "work_out": "yes"}))
    assert "£18.00 a week, £936.00 a year" in words(whole.xpath("//*[@class='ww-plan__cost']")[0])
    assert not errors(whole) and draft.lines.count() == 2
    line = draft.lines.get(what="Lunch group")
    swapped = worker.post(href("plan_line_cost", draft.person), {**LINE, "editing": line.pk})
    assert "the plan costs £138.00 a week: £1.20 less" in words(page(swapped))
    empty = worker.post(href("plan_line_cost", draft.person), {**LINE, "units": ""})
    assert "Fill in how much" in words(page(empty))


def test_a_line_of_somebody_elses_plan_is_not_found(worker, draft):
    line = drafted(person("Sam Sample")).lines.first()
    for name in ("plan_line_edit", "plan_line_remove"):
        assert worker.post(href(name, draft.person, line.pk), LINE).status_code == 404
    assert PlanLine.objects.filter(pk=line.pk).exists()


def test_an_outcome_that_is_used_is_not_removed(worker, draft):
    found = page(worker.post(href("plan_outcome_remove", draft.person, draft.outcomes.get().pk)))
    assert errors(found) == ["2 lines are for this outcome. Move or remove what is bought for it first."]


def test_a_risk_is_written_with_its_mitigation_and_shown_before_and_after(worker, draft):
    risk = {
        "what": "Pat may fall at the pool", "kind": "customer", "likelihood": "3", "impact": "4",
        "mitigation": "practice_journey", "mitigation_words": "", "owner": "Sam", "likelihood_after": "2",
        "impact_after": "3", "accepted_because": "", "look_again_on_day": "", "look_again_on_month": "",
        "look_again_on_year": "",
    }  # fmt: skip
    worker.post(href("plan_risk", draft.person), risk)
    found = words(page(worker.get(href("person_plan", draft.person))))
    assert "12, high" in found and "6, medium" in found and "The journey is practised" in found
    half = page(worker.post(href("plan_risk", draft.person), {**risk, "impact_after": ""}))
    assert errors(half) == ["Score both again: how likely and how bad."]
    kept = draft.risks.get()
    worker.post(href("plan_risk_edit", draft.person, kept.pk), {**risk, "impact": "5"})
    kept.refresh_from_db()
    assert kept.impact == 5
    asked = page(worker.get(href("plan_risk_remove", draft.person, kept.pk)))
    assert "Remove this risk?" in words(asked) and kept.what in words(asked) and draft.risks.exists()
    worker.post(href("plan_risk_remove", draft.person, kept.pk))
    assert not draft.risks.exists()


def test_the_three_tests_are_answered_with_reasons(worker, draft):
    found = page(worker.post(href("plan_tests", draft.person), {"lawful": "yes", "lawful_why": "It is."}))
    assert len(set(errors(found))) == 4
    assert "Say why you answered so: “Will the plan work for the person?”" in errors(found)
    said = {f"{id}{part}": value for id in ("lawful", "disrepute", "will_work")
            for part, value in (("", "yes"), ("_why", "It is."))}  # fmt: skip
    worker.post(href("plan_tests", draft.person), said)
    draft.refresh_from_db()
    assert draft.tests == {id: [True, "It is."] for id in ("lawful", "disrepute", "will_work")}


def test_a_test_that_is_not_answered_is_marked_as_to_mend_beside_its_question(worker, draft):
    marked = "//section[@aria-labelledby='tests']//*[contains(@class, 'ww-problem--blocks')]"
    found = page(worker.get(href("person_plan", draft.person))).xpath(marked)
    assert [words(one).strip() for one in found] == ["Must be put right: Not answered yet"] * 3


def test_the_check_page_lists_what_blocks_and_has_no_button_until_nothing_does(worker, draft):
    found = page(worker.get(href("plan_submit", draft.person)))
    assert "4 things to put right first" in words(found)
    assert not found.xpath("//button[contains(., 'Send for sign-off')]")
    refused = page(worker.post(href("plan_submit", draft.person)))
    assert errors(refused)[0].startswith("The plan cannot go for sign-off yet: 4 things to put right.")


def test_a_plan_is_handed_in_and_taken_back(worker, whole):
    found = page(worker.get(href("plan_submit", whole.person)))
    assert "It goes to a manager, by the light check. The plan costs £139.20 a week, below £200.00." in words(
        found
    )
    assert "is this council’s policy, not law. unverified Our reading of one council's practice" in words(
        found
    )
    answer = worker.post(href("plan_submit", whole.person))
    decision = Decision.objects.get(kind="sign_off")
    assert answer.url == reverse("decision", args=[decision.pk])
    found = page(worker.get(href("person_plan", whole.person)))
    assert "Waiting since" in words(found) and not found.xpath("//a[contains(., 'Add an outcome')]")
    worker.post(href("plan_take_back", whole.person))
    whole.refresh_from_db()
    assert whole.state == "draft"
    told = page(worker.post(href("plan_take_back", whole.person), follow=True))
    assert "nothing to take back" in words(told)


def test_a_broker_hands_a_plan_in_and_stays_with_it(client, whole):
    """Brokers write plans; the page of a decision is for those who decide."""
    broker = user("Bo Broker", Role.BROKER)
    Person.objects.filter(pk=whole.person_id).update(broker=broker)
    found = page(signed_in(client, broker).post(href("plan_submit", whole.person), follow=True))
    assert "The plan is handed in." in words(found) and "Waiting since" in words(found)


def test_a_self_funders_plan_is_kept(worker):
    who = person("Sol Selfpay", funding="self_funder")
    made = drafted(who, lines=({**GROUP, "held": "own_money"},), budget=False)
    found = page(worker.get(href("plan_line", who)))
    assert found.xpath("//input[@name='held']/@value") == ["own_money"]
    assert "Keep this plan" in words(page(worker.get(href("plan_submit", who))))
    worker.post(href("plan_submit", who))
    made.refresh_from_db()
    assert made.state == "agreed"
    assert "Three tests" not in words(page(worker.get(href("person_plan", who))))


def test_the_panel_is_called_by_a_worker_and_by_the_person(worker, client, whole):
    call = {"called_by": "Kim, her daughter", "reason": "I am afraid of the road."}
    worker.post(href("plan_call_panel", whole.person), call)
    assert "called by Kim, her daughter" in words(page(worker.get(href("person_plan", whole.person))))
    pat = user("Pat Example", Role.PERSON)
    Person.objects.filter(pk=whole.person.pk).update(user=pat)
    signed_in(client, pat)
    client.post(reverse("my_call_panel"), {"reason": "I want to go alone."})
    whole.refresh_from_db()
    assert (whole.panel_called_by, whole.panel_called_because) == ("Pat Example", "I want to go alone.")


def test_versions_stand_side_by_side(worker, in_force):
    second = actions.start(person=in_force.person, written_by="family", by=in_force.author, at=timezone.now())
    add_line(second, what="Art class", pence_per_unit=1000)
    found = page(worker.get(href("plan_versions", in_force.person)))
    rows = [words(row) for row in found.xpath("//table//tbody/tr")]
    assert rows[0] == "Swimming with Sam Sample £120.00 £120.00 £0.00 same"
    assert rows[2] == "Art class £10.00 £10.00 new"
    assert rows[-1].endswith("£139.20 £149.20 £10.00")
    answer = worker.get(href("plan_versions", in_force.person), {"after": in_force.pk, "before": second.pk})
    assert words(page(answer).xpath("//table//tbody/tr[last()]")[0]).endswith("-£10.00")
    assert worker.get(href("plan_versions", in_force.person), {"after": 0}).status_code == 404


def uplifted(plan: Plan, pence: int, first: date) -> Plan:
    """Its personal assistant at another price from a day on."""
    arrangement.reprice(
        arrangement=plan.arrangements.get(what__startswith="Swimming"), first=first, pence_per_week=pence,
        reason="Yearly uplift", **doing(),
    )  # fmt: skip
    return plan


def test_after_an_uplift_the_plan_says_what_it_costs_now_since_when_and_what_was_agreed(worker, in_force):
    plan = uplifted(in_force, 12500, date(2026, 5, 4))
    found = page(worker.get(href("person_plan", plan.person)))
    row = words(found.xpath("//table[contains(@class, 'ww-plan__lines')]//tbody/tr")[0])
    assert "Now £125.00 a week, since 4 May 2026." in row and "£120.00" in row
    assert "£144.20 a week now; when it was agreed, £139.20" in words(found)
    assert words(found.xpath("//dl[@class='ww-sums']")[0]).startswith("Plan £139.20 a week Now £144.20")
    ahead = uplifted(agreed(person("Sam Sample")), 13000, date(2099, 4, 6))
    found = words(page(worker.get(href("person_plan", ahead.person))))
    assert "From 6 April 2099: £130.00 a week." in found and "a week now" not in found


def test_a_new_version_starts_at_what_things_cost_now(worker, in_force):
    before = uplifted(in_force, 12500, date(2026, 5, 4))
    after = actions.start(person=before.person, written_by="worker", by=before.author, at=timezone.now())
    assert [line.pence_per_week for line in after.lines.all()] == [12504, 1920]  # 8 hours of £15.63
    assert after.lines.first().pence_per_unit == 1563


def test_a_price_that_is_to_come_is_not_lost_to_a_new_version(worker, in_force):
    coming = timezone.localdate() + timedelta(days=20)
    before = uplifted(in_force, 12500, coming)
    after = actions.start(person=before.person, written_by="worker", by=before.author, at=timezone.now())
    assert after.lines.first().pence_per_week == 12504


def test_the_plan_is_a_pdf_for_whoever_reads_it_in_their_format(worker, client):
    plan = uplifted(agreed(person(format="large_print")), 12500, date(2026, 5, 4))
    answer = worker.get(href("plan_pdf", plan.person))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for said in (
        "Your support plan", "The plan was agreed on 6 April 2026. Your personal budget is £139.20 a week.",
        "This is version 1. You wrote it yourself.", "I want to be in the water again.", "Swim every week",
        "I swim every week.", "Swimming with Sam Sample", "£120.00 a week", "Now £125.00 a week, since 4 May",
        "Lunch group", "Sam’s sister comes.", "When it was agreed it cost £139.20 a week",
        "We look at it with you by 1 June 2026.", "You can ask us to look at it again",
    ):  # fmt: skip
        assert said in text, said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    pat = user("Pat Example", Role.PERSON)
    Person.objects.filter(pk=plan.person.pk).update(user=pat)
    signed_in(client, pat)
    links = page(client.get(reverse("my_plan"))).xpath("//a/@href")
    assert reverse("my_plan_pdf") + f"?of={plan.pk}" in links
    assert client.get(reverse("my_plan_pdf")).content[:5] == b"%PDF-"


def test_there_is_no_pdf_of_a_plan_without_a_word(worker):
    who = person("Sol Selfpay", funding="self_funder")
    actions.start(person=who, written_by="person", by=user("Wren Worker"), at=timezone.now())
    assert worker.get(href("plan_pdf", who)).status_code == 404


def test_the_tab_asks_the_same_number_of_questions_however_long_the_plan(worker):
    short = drafted(lines=(GROUP,))
    long = drafted(person("Sam Sample"), lines=[{**GROUP, "what": f"Group {n}"} for n in range(12)])

    def count(of: Plan) -> int:
        address = href("person_plan", of.person)
        with CaptureQueriesContext(connection) as asked:
            page(worker.get(address))
        return len(asked)

    count(short)
    assert count(short) == count(long)


def met(**more):
    return dict.fromkeys(("asked", "capacity", "manages", "appropriate"), "yes") | more


def test_the_conditions_are_asked_of_whoever_holds_the_money(worker, draft):
    address = href("dp_conditions", draft.person)
    assert "Who would hold the money?" in words(page(worker.get(address)))
    waits = words(page(worker.get(address + "?holder=person")))
    assert "A direct payment was last offered on 6 April 2026: no answer yet." in waits
    draft.person.offers.update(answer="declined", why_not="worry")
    declined = words(page(worker.get(address + "?holder=person")))
    assert "on 6 April 2026: declined. If they have changed their mind since" in declined
    draft.person.offers.update(answer="accepted", why_not="")
    assert "changed their mind" not in words(page(worker.get(address + "?holder=person")))
    open_ones = page(worker.post(address + "?holder=person", {"asked": "yes"}))
    assert len(errors(open_ones)) == 3
    no = page(worker.post(address + "?holder=person", met(manages="no")))
    assert errors(no)[0].startswith("Say why: Whoever would receive the money could not manage it")
    worker.post(address + "?holder=person", met())
    assert Decision.objects.get().outcome == "agreed"
    told = page(worker.post(address + "?holder=person", met(orders=["licence"]), follow=True))
    assert "A direct payment is refused." in words(told)


def test_the_agreement_is_read_signed_and_stopped(worker, in_force):
    pdf = worker.get(href("dp_agreement", in_force.person))
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(pdf.content)).pages).split())
    assert (
        "£120.00 a week" in text
        and "unverified" not in text
        and "£480.00" in text
        and "Swimming with Sam Sample" in text
    )
    form = {"paid_to": "bank", "card": "", "name": "P Example", "sort_code": "20-00", "number": "55779911",
            **on(date(2026, 4, 6), "signed_on")}  # fmt: skip
    wrong = page(worker.post(href("dp_sign", in_force.person), form))
    assert errors(wrong) == ["A sort code has 6 digits. Write it like 20-00-00."]
    all_wrong = {**form, "number": "1234", "signed_on_day": "31", "signed_on_month": "2"}
    assert errors(page(worker.post(href("dp_sign", in_force.person), all_wrong))) == [
        "A sort code has 6 digits. Write it like 20-00-00.",
        "An account number has 8 digits. If yours has 7, put a 0 in front of it.",
        "When was the agreement signed? Enter a real date, such as 6 4 2026",
    ]
    worker.post(href("dp_sign", in_force.person), {**form, "sort_code": "20-00-00"})
    assert "bank account ending 9911" in words(page(worker.get(href("person_plan", in_force.person))))
    stop = {"condition": "manages", "reason": "Bills unpaid", **on(date(2026, 4, 7), "on")}
    worker.post(href("dp_stop", in_force.person), stop)
    assert Agreement.objects.get().ended_on == date(2026, 4, 7)
    assert worker.get(href("dp_stop", in_force.person)).status_code == 404


def test_signing_without_conditions_asks_for_them(worker, draft):
    assert worker.get(href("dp_sign", draft.person)).url == href("dp_conditions", draft.person)


def test_the_person_reads_their_plan_and_their_agreement(client, in_force):
    signed(in_force)
    pat = user("Pat Example", Role.PERSON)
    Person.objects.filter(pk=in_force.person.pk).update(user=pat)
    signed_in(client, pat)
    found = page(client.get(reverse("my_plan")))
    assert found.findtext(".//h1") == "My plan"
    assert "Your personal budget is £139.20 a week." in words(found)
    assert "Swimming with Sam Sample, from Sam Sample: £120.00 a week" in words(found)
    assert client.get(reverse("my_agreement")).headers["Content-Type"] == "application/pdf"


def test_a_broker_and_an_auditor_see_no_way_to_change_what_they_may_not(client, draft):
    auditor = signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    found = page(auditor.get(href("person_plan", draft.person)))
    assert not found.xpath("//main//a[contains(., 'Change') or contains(., 'Add')]")
    assert auditor.post(href("plan_line", draft.person), LINE).status_code == 403
