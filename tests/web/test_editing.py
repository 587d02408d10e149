"""Two people, or two tabs, write over the same thing: the second is told, and nobody's words are lost."""

from datetime import date

import pytest
from assessing import started
from django.urls import reverse
from lxml import html
from making import at, signed_in, team, user
from planning import doing, drafted
from reviewing import held, running
from surveying import one_of, opened

from wherewithal.actions import risk as risks
from wherewithal.actions import survey_mail
from wherewithal.core.period import written
from wherewithal.core.roles import Role
from wherewithal.records.models import Draft

pytestmark = pytest.mark.django_db
TOLD = "Somebody changed this since you opened it. Nothing is saved yet."


@pytest.fixture
def worker(client):
    return signed_in(client, user("Wren Worker", Role.PRACTITIONER, in_team=team()))


@pytest.fixture
def administrator(client):
    return signed_in(client, user("Ada Administrator", Role.ADMINISTRATOR))


def read(answer):
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return html.fromstring(answer.content.decode())


def sent(page, **typed) -> dict[str, object]:
    """What a browser sends of the page's form after somebody typed."""
    form = page.xpath("//form[.//input[@name='opened']]")[0]
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values | typed


def told(page) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath("//*[@role='alert']//li")]


def box(page, name: str) -> str:
    found = page.xpath(f"//*[@name='{name}']")
    return found[0].text if found[0].tag == "textarea" else sent(page).get(name, [""])[0]


def test_the_second_of_two_tabs_is_told_and_loses_nothing(worker):
    plan = drafted()
    address = reverse("plan_describe", args=[plan.person.ref])
    one, other = (read(worker.get(address)) for _ in "12")
    assert worker.post(address, sent(one, summary="I swim.", first_wish="A boat")).status_code == 302
    found = read(worker.post(address, sent(other, summary="I sing.", third_wish="A cat")))
    assert told(found) == [
        TOLD,
        "What matters to them: somebody changed this since you opened it. On record is now: “I swim.”. What "
        "you typed is still in the box: save again to put it in place of that",
        "First wish: somebody changed this since you opened it. The box now shows what they wrote",
    ]
    plan.refresh_from_db()
    assert (plan.summary, plan.wishes) == ("I swim.", ["A boat"])
    assert (box(found, "summary"), box(found, "first_wish"), box(found, "third_wish")) == (
        "I sing.", "A boat", "A cat")  # fmt: skip
    assert worker.post(address, sent(found)).status_code == 302
    plan.refresh_from_db()
    assert (plan.summary, plan.wishes) == ("I sing.", ["A boat", "A cat"])


def test_whoever_wrote_the_same_is_not_held_up_nor_who_sends_no_marks(worker):
    plan = drafted()
    address = reverse("plan_describe", args=[plan.person.ref])
    one, other = (read(worker.get(address)) for _ in "12")
    worker.post(address, sent(one, summary="I swim."))
    assert worker.post(address, sent(other, summary="I swim.")).status_code == 302
    by_hand = sent(other, summary="I sing.") | {"opened": ""}
    assert worker.post(address, by_hand).status_code == 302


def test_a_page_that_came_back_with_a_fault_still_knows_what_it_showed_first(worker):
    plan = drafted()
    address = reverse("plan_describe", args=[plan.person.ref])
    one, other = (read(worker.get(address)) for _ in "12")
    worker.post(address, sent(one, summary="I swim."))
    at_fault = read(worker.post(address, sent(other, summary="I sing.", contingency_pence_per_week="lots")))
    assert TOLD not in told(at_fault)
    assert TOLD in told(read(worker.post(address, sent(at_fault, contingency_pence_per_week="5"))))


def test_working_out_a_line_does_not_hide_that_it_changed(worker):
    line = drafted().lines.first()
    address = reverse("plan_line_edit", args=[line.plan.person.ref, line.pk])
    one, other = (read(worker.get(address)) for _ in "12")
    worker.post(address, sent(one, pence_per_unit="16.00"))
    worked_out = read(worker.post(address, sent(other, pence_per_unit="20.00", work_out="yes")))
    found = read(worker.post(address, sent(worked_out)))
    assert "On record is now: £16.00" in told(found)[1] and box(found, "pence_per_unit") == "20.00"


def test_a_review_that_two_hold_at_once(worker):
    review = held(running())
    page = reverse("review", args=[review.person.ref, review.pk])
    address = reverse("review_write", args=[review.person.ref, review.pk])
    one, other = (read(worker.get(page)) for _ in "12")
    assert worker.post(address, sent(one, summary="It goes well.")).status_code == 302
    found = read(worker.post(address, sent(other, summary="It goes badly.", saved="lots")))
    assert TOLD in told(found) and box(found, "summary") == "It goes badly."
    review.refresh_from_db()
    assert review.said_so_far["summary"] == "It goes well."
    assert "What you wrote is saved" not in found.xpath("//main")[0].text_content()


def test_what_one_saved_oneself_a_moment_ago_is_nobody_elses_change(worker):
    review = held(running())
    page = reverse("review", args=[review.person.ref, review.pk])
    address = reverse("review_write", args=[review.person.ref, review.pk])
    first = sent(read(worker.get(page)), summary="It goes well.", then="finish")
    refused = read(worker.post(address, first))
    assert told(refused) and TOLD not in told(refused)
    refused = read(worker.post(address, sent(refused, summary="It goes quite well.", then="finish")))
    assert TOLD not in told(refused) and box(refused, "summary") == "It goes quite well."
    review.refresh_from_db()
    assert review.said_so_far["summary"] == "It goes quite well."


def test_what_one_saved_with_a_fault_beside_it_is_nobody_elses_change(worker):
    of = started()
    address = reverse("assessment_section", args=[of.person.ref, "worker", "eating"])
    first = sent(read(worker.get(address)), eating_words="She forgets to drink", eating_need="no such answer")
    amiss = read(worker.post(address, first))
    assert told(amiss) and TOLD not in told(amiss)
    answer = worker.post(address, sent(amiss, eating_words="She forgets to eat", eating_need="most"))
    assert answer.status_code == 302
    assert of.responses.get(view="worker").answers["eating_words"] == "She forgets to eat"


def test_an_answer_to_a_question_of_the_assessment(worker):
    of = started()
    address = reverse("assessment_section", args=[of.person.ref, "worker", "eating"])
    one, other = (read(worker.get(address)) for _ in "12")
    worker.post(address, sent(one, eating_need="most", eating_words="She forgets to drink"))
    found = read(worker.post(address, sent(other, eating_words="She eats alone")))
    assert TOLD in told(found)
    assert box(found, "eating_words") == "She eats alone" and box(found, "eating_need") == "most"
    assert "are saved" not in found.xpath("//main")[0].text_content()


def test_colleagues_who_fill_in_the_same_part_of_a_survey(client):
    wave, _ = opened(opens_at=at(2020, 1, 1), closes_at=at(2126, 1, 1), destroy_keys_on=date(2126, 6, 1))
    address = survey_mail.link(one_of(wave), wave, "http://testserver/") + "part/money/"
    one, other = (read(client.get(address)) for _ in "12")
    client.post(address, sent(one, budgets="yes", name="Ann Answerer"))
    found = read(client.post(address, sent(other, budgets="no", name="Ben Beside")))
    assert "On record is now: Yes" in told(found)[1]
    assert Draft.objects.get().answers["budgets"] == "yes"


def _risk(plan):
    return risks.add_risk(plan=plan, kind="customer", what="A fall", likelihood=3, impact=3, **doing())


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("plan_tests", lambda plan: None, "lawful_why"),
        ("plan_outcome_edit", lambda plan: plan.outcomes.first(), "text"),
        ("plan_line_edit", lambda plan: plan.lines.first(), "what"),
        ("plan_risk_edit", _risk, "what"),
        ("person_change", lambda plan: None, "known_as"),
        ("person_assign", lambda plan: None, "worker"),
    ],
)
def test_so_it_is_on_each_page_that_changes_what_is_there(worker, name, row, field):
    plan = drafted()
    found = row(plan)
    others = [str(user(f"{one} Other", Role.PRACTITIONER, in_team=team()).pk) for one in ("Ola", "Oz")]
    mine, theirs = others if field == "worker" else ("Mine", "Theirs")
    address = reverse(name, args=[plan.person.ref, *([found.pk] if found else [])])
    whole = {"reason": "They told us"} | (
        {f"{test}{end}": says for test in ("lawful", "disrepute", "will_work")
         for end, says in (("", "yes"), ("_why", "So it is."))} if name == "plan_tests" else {}
    )  # fmt: skip
    one, other = (read(worker.get(address)) for _ in "12")
    assert worker.post(address, sent(one, **whole | {field: theirs})).status_code == 302
    again = read(worker.post(address, sent(other, **whole | {field: mine})))
    assert TOLD in told(again) and box(again, field) == mine
    assert worker.post(address, sent(again)).status_code == 302


def test_so_it_is_on_the_administrators_pages(administrator):
    held_team, member = team(), user("Mo Manager", Role.MANAGER, own_limit=100_00)
    membership = member.memberships.get()
    pages = {
        reverse("team_rename", args=[held_team.pk]): {"name": ("East", "West")},
        reverse("limit_change", args=[member.pk, membership.pk]): {
            "own_limit_pence_per_week": ("150.00", "200.00"), "reason": ("More", "Most"),
        },
    }  # fmt: skip
    for address, typed in pages.items():
        one, other = (read(administrator.get(address)) for _ in "12")
        theirs, mine = ({name: pair[which] for name, pair in typed.items()} for which in (0, 1))
        assert administrator.post(address, sent(one, **theirs)).status_code == 302
        again = read(administrator.post(address, sent(other, **mine)))
        assert TOLD in told(again), address
        assert administrator.post(address, sent(again)).status_code == 302


def test_what_was_typed_about_a_line_that_somebody_took_out_is_shown_to_be_copied(worker):
    plan = drafted()
    line = plan.lines.order_by("pk").first()
    address = reverse("plan_line_edit", args=[plan.person.ref, line.pk])
    page = read(worker.get(address))
    pounds_typed = page.xpath("//input[@name='pence_per_unit']")[0].value
    worker.post(reverse("plan_line_remove", args=[plan.person.ref, line.pk]))
    until = {"last_day": "6", "last_month": "4", "last_year": "2031"}
    answer = worker.post(address, sent(page, what="A <swim> on Mondays", work_out="yes", **until))
    assert answer.status_code == 404
    main = html.fromstring(answer.content.decode()).xpath("//main")[0]
    assert "so nothing was saved. This is what you typed." in " ".join(main.text_content().split())
    rows = main.xpath(".//dl/div")
    told = {row.xpath("dt")[0].text_content(): row.xpath("dd")[0].text_content() for row in rows}
    asked = {
        " ".join(one.text_content().split()) for one in page.xpath("//form//*[self::label or self::legend]")
    }
    assert told.keys() <= {one.replace(" (optional)", "") for one in asked}, "as the form calls its boxes"
    assert told["What is it?"] == "A <swim> on Mondays" and told["Price of one"] == pounds_typed
    assert told["Until"] == "6 April 2031" and told["From"] == written(line.first), "a date is one"
    assert told["Which outcome is it for?"] == line.outcome.text and told["How often?"] == "every week"
    back = main.xpath(f".//a[@href='{reverse('person_plan', args=[plan.person.ref])}']")
    assert [one.text for one in back] == [f"Go back to {plan.person.name}’s plan"]
    half = worker.post(address, sent(page, **until | {"last_month": "13"})).content.decode()
    assert "6 13 2031" in half, "what is no date stands as it was typed"
    assert not plan.lines.filter(what__contains="swim").exists()
    assert "This is what you typed" not in worker.post(address, {"what": "Not from a page"}).content.decode()
