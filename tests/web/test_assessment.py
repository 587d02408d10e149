"""Assessment on the web: for staff, and for the person on their own."""

import re
from datetime import date

import pytest
from assessing import (
    ALL_EXPLAINED,
    adult_answers,
    agreed,
    answered,
    answers_of,
    carer_answers,
    started,
    worker,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from making import at, person, signed_in, team, user

from wherewithal.actions import assessment as actions
from wherewithal.actions import circle
from wherewithal.core.roles import Role
from wherewithal.records.models import Assessment, Person, Representation, Response

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


def posted(answers: dict, shown: str) -> dict:
    return answers | {"shown": shown}


def test_nothing_assessed_yet_says_what_to_do(staff):
    found = page(staff.get(href("person_assessment", person())))
    assert "Nothing is assessed yet." in words(found)
    assert found.xpath("//a[text()='Start an assessment']/@href")


def test_starting_asks_for_the_advocate_where_one_is_due(staff):
    who = person()
    sent = {"kind": "adult", "substantial_difficulty": "yes", "appropriate_person": "", "advocate": ""}
    found = page(staff.post(href("assessment_start", who), sent))
    assert "Arrange an independent advocate first" in errors(found)[0]
    assert found.xpath("//title")[0].text.startswith("Error: ")
    assert not Assessment.objects.exists()
    staff.post(href("assessment_start", who), sent | {"advocate": "Ada Advocate"})
    assert Assessment.objects.get(person=who).advocate == "Ada Advocate"


def test_a_carer_chooses_whom_they_care_for(staff):
    carer, cared_for = person("Chris Carer"), person("Pat Example")
    circle.link_carer(person=cared_for, carer=carer, relationship="Daughter", by=worker(), at=at())
    sent = {"kind": "carer", "cared_for": cared_for.ref, "substantial_difficulty": "no"}
    staff.post(href("assessment_start", carer), sent)
    assert Assessment.objects.get(person=carer).cared_for == cared_for


def test_one_part_is_saved_and_leads_to_the_next(staff):
    of = started()
    answer = staff.post(
        href("assessment_section", of.person, "worker", "eating"),
        posted(
            {"eating_need": "most", "eating_words": "She forgets\r\nto drink"}, "eating_need eating_words"
        ),
    )
    assert answer.url == href("assessment_section", of.person, "worker", "washing")
    assert answers_of(of).answers == {"eating_need": "most", "eating_words": "She forgets\nto drink"}


def test_an_answer_that_leads_to_more_questions_shows_them_before_going_on(staff):
    of = started()
    address = href("assessment_section", of.person, "worker", "children")
    assert not page(staff.get(address)).xpath("//input[@name='children_need']")
    assert staff.post(address, posted({"has_children": "yes"}, "has_children")).url == address
    found = page(staff.get(address))
    assert found.xpath("//input[@name='children_need']")
    assert (
        "They lead to 2 more questions on this page: “How do they manage with looking after the child?”"
        in words(found)
    )
    staff.post(address, posted({"has_children": "yes"}, "has_children") | {"later": "yes"})
    assert "They lead to" not in words(page(staff.get(href("person_assessment", of.person))))


def test_a_fault_keeps_what_was_typed_and_saves_the_rest(staff):
    of = started()
    actions.save_answers(response=answers_of(of), answers={"helped": "yes"}, by=worker(), at=at())
    sent = {"helped": "yes", "helped_by": ["children"], "helped_hours": "a few"}
    seen = "helped helped_by helped_hours"
    found = page(staff.post(href("assessment_section", of.person, "worker", "carers"), posted(sent, seen)))
    asked = "About how many hours a week do these people help, all together?"
    assert errors(found) == [f"{asked} “a few” is not a whole number. Write it like 3."]
    assert found.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href") == ["#id_helped_hours"]
    assert found.xpath("//input[@name='helped_hours']/@value") == ["a few"]
    assert "Your other answers on this page are saved." in words(found)
    assert answers_of(of).answers == {"helped": "yes", "helped_by": ["children"]}


def test_only_what_was_on_the_page_is_cleared(staff):
    of = started()
    answers = {"helped": "yes", "helped_by": ["children"], "helped_hours": 12}
    actions.save_answers(response=answers_of(of), answers=answers, by=worker(), at=at())
    address = href("assessment_section", of.person, "worker", "carers")
    staff.post(address, posted({"helped": "yes", "helped_by": []}, "helped helped_by") | {"later": "yes"})
    assert answers_of(of).answers == {"helped": "yes", "helped_hours": 12}


def test_the_list_of_parts_says_that_answers_are_saved_on_the_way(staff):
    found = page(staff.get(href("person_assessment", started().person)))
    assert "Each part is saved when you go on from it." in words(found)


def test_the_worker_is_asked_about_the_person_and_the_person_about_themselves(staff):
    of = started()

    def asked_on(view, section):
        return words(page(staff.get(href("assessment_section", of.person, view, section))))

    assert "Who is filling this in?" in asked_on("own", "start")
    assert "Who is filling this in?" not in asked_on("worker", "start")
    assert "How do you manage with food and drink?" in asked_on("own", "eating")
    assert "How do they manage with food and drink?" in asked_on("worker", "eating")
    answered(of, adult_answers("some"), "own")
    answered(of, adult_answers("most"))
    compared = words(page(staff.get(href("person_assessment", of.person))))
    assert "Who is filling this in I am, on my own –" in compared
    assert "They need help with most meals and drinks" in compared


def test_who_qualifies_stands_as_what_the_person_is_told(staff):
    of = agreed(person("Pat Example"))
    assert re.search(
        "Pat Example is told: You need support because",
        words(page(staff.get(href("person_assessment", of.person)))),
    )


def test_the_worker_reads_the_persons_own_words_and_last_times_answers_beside(staff):
    who = person()
    agreed(who, adult_answers("most"), own=adult_answers("some"))
    started(who, moment=at(2027, 3, 1))
    beside = page(staff.get(href("assessment_section", who, "worker", "eating"))).xpath("//aside")[0]
    assert re.search("In their own words.*some of the time.*Last time.*most meals", words(beside))


def test_handing_in_too_early_lists_what_is_missing_with_the_way_there(staff):
    of = started()
    found = page(staff.post(href("assessment_hand_in", of.person, "worker")))
    assert "Choose an answer for “How do they manage with food and drink?”." in errors(found)
    assert staff.get(href("assessment_hand_in", of.person, "worker")).url == href(
        "person_assessment", of.person
    )
    links = found.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert href("assessment_section", of.person, "worker", "eating") + "#id_eating_need" in links


def test_handed_in_answers_can_be_taken_back_until_agreement(staff):
    of = started()
    answered(of)
    assert staff.get(href("assessment_section", of.person, "worker", "eating")).status_code == 302
    staff.post(href("assessment_take_back", of.person, "worker"))
    assert answers_of(of).state == Response.State.DRAFT


def test_both_views_stand_side_by_side_with_the_points_between(staff):
    of = started()
    answered(of, adult_answers("some"))
    answered(of, adult_answers("some", washing_need="most"), "own")
    found = page(staff.get(href("person_assessment", of.person)))
    row = next(one for one in found.xpath("//table//tr") if "Keeping clean differs" in words(one))
    assert "The worker: 3 points fewer" in words(row)
    assert len([one for one in found.xpath("//table//tr") if "differs" in words(one)]) == 1


def test_what_changed_since_last_time(staff):
    who = person()
    agreed(who, adult_answers("some"))
    again = started(who, moment=at(2027, 3, 1))
    more = {"eating_need": "most"}
    actions.save_answers(response=answers_of(again), answers=more, by=worker(), at=at(2027, 3, 1))
    found = page(staff.get(href("person_assessment", who)))
    table = found.xpath("//table[caption[text()='What the worker answers differently']]")[0]
    assert len(table.xpath("./tbody/tr")) == 1
    assert words(table).strip().endswith("They need help with most meals and drinks+3")
    own = f"//table[caption[text()='What {who.name} answers differently']]"
    assert not found.xpath(own)
    said = answers_of(again, "own")
    actions.save_answers(response=said, answers={"eating_need": "most"}, by=worker(), at=at(2027, 3, 2))
    (theirs,) = page(staff.get(href("person_assessment", who))).xpath(own)
    assert words(theirs).strip().endswith("I need help with most meals and drinks")


def test_explaining_keeps_the_day(staff):
    of = started()
    address = href("assessment_explain", of.person)
    assert errors(page(staff.post(address, {})))
    assert staff.post(address, {"what": ALL_EXPLAINED[:2]}).status_code == 302
    of.refresh_from_db()
    assert set(of.explained) == {"need", "entitlement"}
    found = page(staff.get(address))
    assert "What they need: explained on" in words(found)
    assert len(found.xpath("//input[@name='what']")) == 3


def ready(who=None, answers=None, kind="adult"):
    of = started(who, kind)
    answered(of, answers)
    return actions.explain(assessment=of, what=ALL_EXPLAINED, by=worker(), at=at())


def able(**more):
    able = {f"outcome_{code}": "able" for code in "abcdefghij"} | {"cause": "yes", "impact": "yes"}
    return able | {"reason": "They preferred to talk it through."} | more


def test_agreeing_without_their_own_answers_says_so_asks_why_and_never_shows_the_workers_as_theirs(staff):
    of = ready()
    address, tab = (href(name, of.person) for name in ("assessment_agree", "person_assessment"))
    asked = page(staff.get(address))
    assert "Pat Example gave no answers of their own, so this rests on the worker’s view" in words(asked)
    assert asked.xpath("//a[contains(., 'Fill them in with Pat Example first')]/@href") == [f"{tab}#parts"]
    sent = able(outcome_a="unable", limbs_a=["help"], wellbeing=["dignity"])
    refused = page(staff.post(address, sent | {"reason": ""}))
    assert errors(refused) == ["Answer “Why are there none of their own answers?”"]
    staff.post(address, sent)
    told = words(page(staff.get(tab)))
    assert "Their own answers None: They preferred to talk it through." in told
    assert "In their own words (none given)" in told and "every answer here is the worker’s" in told


def test_agreeing_with_their_own_answers_asks_for_no_reason(staff):
    of = ready()
    answered(of, view="own")
    assert not page(staff.get(href("assessment_agree", of.person))).xpath("//*[@name='reason']")
    staff.post(href("assessment_agree", of.person), able(reason=""))
    of.refresh_from_db()
    assert of.state == "agreed"


def test_the_decision_is_suggested_from_the_answers_and_made_by_the_worker(staff):
    of = ready(answers=adult_answers("aid", eating_need="most"))
    address = href("assessment_agree", of.person)
    found = page(staff.get(address))
    hint = words(
        found.xpath("//fieldset[.//input[@name='outcome_a']]/div[contains(@class, 'govuk-hint')]")[0]
    )
    suggests = "Eating and drinking, “They need help with most meals and drinks”."
    assert f"The answers suggest this: {suggests}" in hint
    assert not found.xpath("//input[@name='outcome_a'][@checked]")
    sent = able(outcome_a="unable", limbs_a=["help"], outcome_b="unable", limbs_b=["pain", "danger"])
    staff.post(address, sent | {"wellbeing": ["dignity"]})
    of.refresh_from_db()
    assert (of.eligible, of.eligibility["unmet"]) == (True, ["a", "b"])
    assert [row["limb"] for row in of.findings["unmet"]] == ["help", "pain", "danger"]
    found = page(staff.get(href("person_assessment", of.person)))
    assert "Eating and drinking well: you cannot do this without help." in words(found)


def test_unable_without_a_reason_is_sent_back(staff):
    of = ready()
    found = page(staff.post(href("assessment_agree", of.person), able(outcome_a="unable")))
    assert errors(found) == ["Choose why they are unable: eating and drinking well"]
    of.refresh_from_db()
    assert of.state == "started"


def test_every_outcome_wants_its_answer(staff):
    of = ready()
    found = page(staff.post(href("assessment_agree", of.person), {}))
    assert "Choose able or unable for “Keeping clean”" in errors(found)
    assert any(one.startswith("Say whether the needs come from") for one in errors(found))


def test_a_carers_health_counts_by_itself(staff):
    of = ready(person("Chris Carer"), carer_answers(), "carer")
    codes = ("child", "others", "home", "eating", "relationships", "work", "places", "leisure")
    sent = {f"outcome_{code}": "able" for code in codes} | {
        "reason": "They preferred to talk it through.",
        "cause": "yes",
        "impact": "yes",
        "alone": ["health"],
    }
    staff.post(href("assessment_agree", of.person), sent)
    of.refresh_from_db()
    assert of.eligible


def test_before_april_2015_the_worker_chooses_bands(staff, monkeypatch):
    moment = at(2012, 6, 1)
    monkeypatch.setattr("wherewithal.web.eligibility.today", lambda: moment.date())
    monkeypatch.setattr("wherewithal.web.eligibility.now", lambda: moment)
    of = ready()
    address = href("assessment_agree", of.person)
    found = page(staff.post(address, {"bands": ["critical", "none"], "reason": "She could not say."}))
    assert errors(found) == ["Choose “None of these” or bands, not both"]
    staff.post(address, {"bands": ["low"], "reason": "They preferred to talk it through."})
    of.refresh_from_db()
    assert (of.eligible, of.eligibility["rule_id"]) == (False, "facs-2003")
    told = words(page(staff.get(href("person_assessment", of.person))))
    assert "Without support, the risk to your independence is low" in told
    assert "This council supports people whose risk is critical or substantial." in told
    assert "Fair Access to Care Services, LAC(2002)13" in told


def test_agreeing_too_early_says_what_is_missing(staff):
    of = started()
    found = page(staff.post(href("assessment_agree", of.person), able()))
    assert errors(found) == ["The worker’s answers are not handed in yet. Hand them in, then decide."]


def test_an_earlier_assessment_stays_to_be_read_and_nobody_elses_is_found(staff):
    who = person()
    first = agreed(who)
    started(who, moment=at(2027, 3, 1))
    address = href("person_assessment", who)
    assert "Agreed on 6 April 2026" in words(page(staff.get(address + f"?of={first.pk}")))
    assert staff.get(address + "?of=999999").status_code == 404


# --- the person on their own


@pytest.fixture
def pat(client):
    who = person()
    who.user = user("Pat Example", Role.PERSON)
    Person.objects.filter(pk=who.pk).update(user=who.user)
    signed_in(client, who.user)
    return who


def test_nothing_to_fill_in_says_so(client, pat):
    assert "nothing to fill in just now" in words(page(client.get("/my/questions/")))


def test_the_person_answers_alone_part_by_part_and_hands_in(client, pat):
    of = started(pat)
    found = page(client.get("/my/questions/"))
    first = found.xpath("//a[contains(@class, 'govuk-task-list__link')]/@href")[0]
    assert first.startswith("/my/questions/start/")
    sent = posted({"filled_by": "me", "good_life": "My garden"}, "filled_by good_life")
    assert client.post(first, sent).url.startswith("/my/questions/living/")
    mine = answers_of(of, "own")
    assert mine.answers == {"filled_by": "me", "good_life": "My garden"}
    assert mine.by == pat.user
    assert answers_of(of).answers == {}
    assert "Choose yes or no for “Do you live on your own?”." in errors(
        page(client.post("/my/questions/hand-in/"))
    )
    actions.save_answers(response=mine, answers=adult_answers(), by=pat.user, at=at())
    assert client.post("/my/questions/hand-in/").status_code == 302
    assert answers_of(of, "own").state == Response.State.HANDED_IN
    assert "You sent us these answers on" in words(page(client.get("/my/questions/")))
    assert client.get("/my/questions/start/").status_code == 302


def test_come_back_later_returns_to_the_list(client, pat):
    started(pat)
    sent = posted({"lives_alone": "yes"}, "lives_alone home_kind") | {"later": "yes"}
    assert client.post("/my/questions/living/", sent).url.startswith("/my/questions/?of=")


def test_a_representative_answers_for_the_person_and_it_says_so(client):
    who, acting = person(), user("Robin Rep", Role.REPRESENTATIVE)
    Representation.objects.create(
        person=who, kind="nominated", name="Robin Rep", user=acting, since=date(2026, 1, 1)
    )
    started(who)
    found = page(signed_in(client, acting).get("/my/questions/"))
    assert "You are looking at Pat Example’s budget." in words(found)
    found = page(client.get("/my/questions/eating/"))
    assert "Part 3 of 17, about Pat Example" in words(found)


def test_nobody_answers_for_somebody_elses_assessment(client, pat):
    of = started(person("Sam Sample"))
    assert client.get(f"/my/questions/start/?of={of.pk}").status_code == 404


def test_staff_of_another_team_do_not_open_it(client):
    of = started(person(team=team("South")))
    signed_in(client, worker())
    assert client.get(href("person_assessment", of.person)).status_code == 403


def test_an_auditor_reads_and_changes_nothing(client):
    of = started()
    signed_in(client, user("Audrey Audit", Role.AUDITOR))
    found = page(client.get(href("person_assessment", of.person)))
    assert not found.xpath("//main//form")
    assert client.get(href("assessment_section", of.person, "worker", "eating")).status_code == 403


def test_the_page_costs_the_same_however_many_people_there_are(staff):
    of = started()
    answered(of)
    address = href("person_assessment", of.person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            staff.get(address)
        return len(seen)

    queries()
    few = queries()
    for letter in "abcde":
        started(person(f"Sam Sample{letter}"))
    assert queries() == few
