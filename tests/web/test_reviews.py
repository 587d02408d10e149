"""Reviews on pages: both clocks, held outcome by outcome, finished; and what the person sees of it."""

import re
from datetime import date

import pytest
from assessing import worker
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from making import at, person, signed_in, team, user
from planning import doing
from reviewing import (
    SEVEN_WEEKS_ON,
    ahead,
    finished,
    held,
    managed,
    observed,
    paid_in,
    ready,
    running,
    spent,
    written,
)  # fmt: skip

from wherewithal.actions import offer
from wherewithal.actions import person as people
from wherewithal.actions import review as actions
from wherewithal.core.roles import Role
from wherewithal.records.models import Observation, Person, Response, Review

pytestmark = pytest.mark.django_db
TODAY = at(2026, 5, 26)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day on which a plan agreed on 6 April 2026 is due for its review."""
    set_today(monkeypatch, TODAY)


def set_today(monkeypatch, moment):
    for module in ("reviews", "review_held", "review_forms", "my_review", "offers", "page"):
        monkeypatch.setattr(f"wherewithal.web.{module}.today", moment.date, raising=False)
    for module in ("reviews", "review_held", "my_review", "offers", "access", "questions"):
        monkeypatch.setattr(f"wherewithal.web.{module}.now", lambda: moment, raising=False)


@pytest.fixture
def staff(client):
    return signed_in(client, worker())


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content)


def words(found) -> str:
    return re.sub(r"\s+", " ", found.text_content())


def errors(found) -> list[str]:
    return [words(one).strip() for one in found.xpath("//div[contains(@class, 'govuk-error-summary')]//li")]


def list_of(client, plan) -> str:
    return words(page(client.get(reverse("person_reviews", args=[plan.person.ref]))))


def href(name: str, of: Review, *args) -> str:
    return reverse(name, args=[of.person.ref, of.pk, *args])


def posted(found) -> dict[str, str]:
    """What the form of a held review would post as it stands on the page, with no button pressed."""
    (form,) = found.xpath("//form[contains(@action, '/said/')]")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def typed(of: Review, then: str, **more) -> dict[str, str]:
    """Everything that can be typed at a review, and the button that is pressed."""
    found = {"summary": "She swims every week.", "next_step": "change_plan", "change": "added"}
    for outcome in of.plan.outcomes.all():
        found |= {f"level_{outcome.pk}": "partly", f"note_{outcome.pk}": "The pool was shut."}
    return found | {"saved": "5.00", "why": "A lift there.", "surplus_back": "400.00", "then": then} | more


def shown(found, typed_in) -> dict[str, str]:
    """Of what was typed, what the page now shows in its form."""
    now = posted(found)
    return {name: now.get(name, "") for name in typed_in if name != "then"}


def without_button(typed_in) -> dict[str, str]:
    return {name: value for name, value in typed_in.items() if name != "then"}


def led_to(found) -> list[str]:
    """Where the lines of the error summary lead, each to a place that is on the page."""
    links = found.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert all(found.xpath(f"//*[@id='{link[1:]}']") for link in links)
    return links


def test_both_clocks_stand_side_by_side_with_their_rule(staff, paid_plan):
    found = list_of(staff, paid_plan)
    assert "Review of the plan To be held by 1 June 2026." in found
    assert "Care Act 2014 s27 and statutory guidance, chapter 13" in found
    assert "Review of the direct payment To be held by 6 October 2026." in found
    assert "SI 2014/2871 reg 7" in found


def test_what_is_overdue_says_so_in_words(staff, monkeypatch, managed_plan):
    set_today(monkeypatch, at(2026, 6, 13))
    found = page(staff.get(reverse("person_reviews", args=[managed_plan.person.ref])))
    assert found.xpath("//strong[@class='ww-late']/text()") == ["12 days overdue."]
    assert "It was to be held by 1 June 2026." in words(found)


def test_what_is_in_force_without_a_review_ahead_can_be_put_in_the_calendar(staff, managed_plan):
    actions.call_off(review=ahead(managed_plan), reason="By mistake.", **doing())
    found = page(staff.get(reverse("person_reviews", args=[managed_plan.person.ref])))
    assert "The plan is in force and no review of it is in the calendar." in words(found)
    (form,) = found.xpath("//form[contains(@action, 'schedule')]")
    answer = staff.post(form.get("action"), dict(form.form_values()), follow=True)
    assert "Review of the plan: it is in the calendar." in words(page(answer))
    assert ahead(managed_plan).due_on == date(2026, 6, 1)


def test_the_list_costs_the_same_for_one_review_and_for_many(staff, paid_plan):
    address = reverse("person_reviews", args=[paid_plan.person.ref])
    finished(ready(paid_plan))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            staff.get(address)
        return len(asked)

    few = queries()
    for month in (6, 7, 8):
        finished(ready(paid_plan, moment=at(2026, month, 1)), at(2026, month, 1))
    assert queries() == few


def test_a_review_is_started_from_its_page_and_then_goes_on(staff, managed_plan):
    due = ahead(managed_plan)
    address = reverse("review_hold", args=[due.pk])
    assert "look at each outcome of the plan" in words(page(staff.get(address)))
    answer = staff.post(address)
    assert (answer.status_code, answer.url) == (302, href("review", due))
    assert staff.get(address).url == href("review", due)
    assert Review.objects.get(pk=due.pk).held_on == date(2026, 5, 26)


def test_a_review_that_has_not_opened_asks_what_makes_it_due(staff, monkeypatch, managed_plan):
    set_today(monkeypatch, at(2026, 4, 20))
    due = ahead(managed_plan)
    address = reverse("review_hold", args=[due.pk])
    found = page(staff.get(address))
    assert "Held before 18 May 2026 it would not count." in words(found)
    assert not found.xpath("//button[contains(., 'Start the review')]")
    refused = page(staff.post(address))
    assert "would not count for this one" in errors(refused)[0]
    forward = reverse("review_bring_forward", args=[due.pk])
    assert errors(page(staff.post(forward))) == ["Answer “What makes the review due now?”"]
    answer = staff.post(forward, {"trigger": "asked", "reason": "Her husband died."}, follow=True)
    assert "The review is due today." in words(page(answer))
    assert "Start the review" in words(page(answer))


def test_a_review_is_called_off_with_a_reason(staff, managed_plan):
    due = ahead(managed_plan)
    address = reverse("review_call_off", args=[due.pk])
    assert errors(page(staff.post(address))) == ["Answer “Why is it not needed?”"]
    answer = staff.post(address, {"reason": "She moved to another council."}, follow=True)
    assert "The review is called off." in words(page(answer))
    assert Review.objects.get(pk=due.pk).state == "cancelled"


def test_an_outcome_shows_the_last_word_beside_it(staff, paid_plan):
    finished(observed(ready(paid_plan), "partly", "The pool was shut."))
    found = words(page(staff.get(href("review", held(paid_plan, "direct_payment", TODAY)))))
    assert "Last time, 25 May 2026: Partly met The pool was shut." in found


@pytest.fixture
def rich(paid_plan):
    """A review that is held, of a plan with £960.00 in its account."""
    paid_in(paid_plan.person, 96000, date(2026, 4, 8))
    return held(paid_plan)


def test_all_that_is_typed_is_kept_for_later(staff, rich):
    typed_in = typed(rich, "later")
    answer = staff.post(href("review_write", rich), typed_in, follow=True)
    assert "What was said at the review is saved." in words(page(answer))
    assert "Go on with the review" in words(page(answer))
    again = page(staff.get(href("review", rich)))
    assert shown(again, typed_in) == without_button(typed_in)


def test_a_note_is_kept_though_its_outcome_is_not_judged_yet(staff, rich):
    (outcome,) = rich.plan.outcomes.all()
    note = f"note_{outcome.pk}"
    assert staff.post(href("review_write", rich), {note: "She likes it.", "then": "later"}).status_code == 302
    assert posted(page(staff.get(href("review", rich))))[note] == "She likes it."


def test_enter_in_a_box_saves_and_stays(staff, rich):
    found = page(staff.get(href("review", rich)))
    (first, *_) = found.xpath("//form[contains(@action, '/said/')]//button")
    assert (first.get("name"), first.get("tabindex")) == (None, "-1")
    answer = staff.post(href("review_write", rich), typed(rich, ""))
    assert answer.url == href("review", rich)


def test_finishing_saves_the_ticks_that_were_not_saved_before(staff, rich):
    offer.make(person=rich.person, review=rich, answer="accepted", **doing(moment=TODAY))
    answer = page(staff.post(href("review_write", rich), typed(rich, "finish"), follow=True))
    assert re.search(
        r"The review is finished\. The next one is due by \d+ \w+ 20\d\d\. Care Act 2014 s27 and",
        words(answer),
    )
    assert "I swim every week. Partly met The pool was shut." in words(answer)
    (saw,) = Observation.objects.filter(review=rich)
    assert (saw.level, saw.note) == ("partly", "The pool was shut.")


def test_every_fault_is_told_at_once_where_it_is_and_nothing_typed_is_lost(staff, rich):
    (outcome,) = rich.plan.outcomes.all()
    level = f"level_{outcome.pk}"
    typed_in = typed(rich, "finish", summary="", saved="five", why="", surplus_back="960.01")
    del typed_in[level], typed_in["next_step"]
    found = page(staff.post(href("review_write", rich), typed_in))
    assert errors(found) == [
        "No direct payment was offered at the review of 25 May 2026. "
        "Make the offer and record it, then go on.",
        "Say how far this outcome was met: “I swim every week.”.",
        "Write down what was said, in a few sentences.",
        "Say what happens next.",
        "If it changes, by how much a week? “five” is not an amount of money. Write it like 214.50.",
        "This review adds money. Say why.",
        "The account holds £960.00. Take back no more than that.",
    ]
    assert led_to(found) == [
        "#offer", f"#id_{level}", "#id_summary", "#id_next_step", "#id_saved", "#id_why", "#id_surplus_back"
    ]  # fmt: skip
    assert len(found.xpath("//p[contains(@class, 'govuk-error-message')]")) == 7
    assert shown(found, typed_in) == without_button(typed_in)
    assert "apart from what could not be read" in words(found)
    kept = without_button(typed_in) | {"saved": ""}
    assert shown(page(staff.get(href("review", rich))), typed_in) == kept


def test_what_cannot_be_read_is_told_on_saving_too_and_the_rest_is_kept(staff, rich):
    staff.post(href("review_write", rich), typed(rich, "later"))
    typed_in = typed(rich, "later", saved="five", summary="She swims twice.")
    found = page(staff.post(href("review_write", rich), typed_in))
    assert led_to(found) == ["#id_saved"]
    assert shown(found, typed_in) == without_button(typed_in)
    again = posted(page(staff.get(href("review", rich))))
    assert (again["saved"], again["summary"]) == ("5.00", "She swims twice.")


def test_what_was_typed_still_stands_there_when_another_has_finished_the_review_meanwhile(staff, rich):
    offer.make(person=rich.person, review=rich, answer="accepted", **doing(moment=TODAY))
    finished(observed(rich), TODAY)
    typed_in = typed(rich, "finish")
    found = page(staff.post(href("review_write", rich), typed_in))
    assert errors(found) == ["This review was finished meanwhile, so nothing more can be written down at it."]
    assert shown(found, typed_in) == without_button(typed_in)
    assert "is saved" not in words(found)
    assert Review.objects.get(pk=rich.pk).next_step == "carry_on"


def test_an_answer_that_is_not_on_the_page_is_told(staff, rich):
    (outcome,) = rich.plan.outcomes.all()
    strange = typed(rich, "later", **{f"level_{outcome.pk}": "soon"})
    assert errors(page(staff.post(href("review_write", rich), strange))) == [
        "How far was it met: “I swim every week.”? Choose one of the answers shown"
    ]


def test_spending_stands_beside_the_plan(staff, paid_plan):
    paid_in(paid_plan.person, 96000, date(2026, 4, 8))
    swimming = paid_plan.arrangements.get(what="Swimming with Sam Sample")
    spent(paid_plan.person, 70000, date(2026, 5, 11), swimming)
    found = words(page(staff.get(href("review", held(paid_plan)))))
    assert "6 April 2026 to 26 May 2026" in found
    assert "I swim every week. £874.29 £700.00" in found
    assert "Held on 26 May 2026: £260.00" in found


def test_the_offer_is_recorded_from_the_review_and_leads_back_to_what_was_typed(staff, rich):
    found = page(staff.get(href("review", rich)))
    assert found.xpath("//button[contains(., 'Record the offer')]/@value") == ["offer"]
    typed_in = typed(rich, "offer")
    offering = staff.post(href("review_write", rich), typed_in)
    assert offering.url == f"{reverse('offer_make', args=[rich.person.ref])}?review={rich.pk}"
    back = page(staff.get(offering.url)).xpath("//a[contains(@class, 'govuk-back-link')]/@href")
    assert back == [href("review", rich) + "#offer"]
    said = {"what": "direct_payment", "format": "standard", "answer": "accepted", "words": "Yes please."}
    answer = staff.post(offering.url, said)
    assert answer.url == href("review", rich) + "#offer"
    again = page(staff.get(answer.url))
    assert "Offered on 26 May 2026: Accepted “Yes please.”" in words(again)
    assert shown(again, typed_in) == without_button(typed_in)


def test_the_answer_to_an_offer_leads_back_to_its_review_while_that_is_held(staff, rich):
    waits = offer.make(person=rich.person, review=rich, **doing(moment=TODAY))
    address = reverse("offer_answer", args=[rich.person.ref, waits.pk])
    assert staff.post(address, {"answer": "accepted"}).url == href("review", rich) + "#offer"
    finished(observed(rich), TODAY)
    more = offer.make(person=rich.person, review=rich, **doing(moment=TODAY))
    address = reverse("offer_answer", args=[rich.person.ref, more.pk])
    assert staff.post(address, {"answer": "accepted"}).url == reverse("person_offers", args=[rich.person.ref])


def test_who_may_offer_but_not_review_has_a_link_to_the_offer(client, rich):
    officer = signed_in(client, user("Dee Direct", Role.DIRECT_PAYMENT_OFFICER, in_team=team()))
    found = page(officer.get(href("review", rich)))
    assert not found.xpath("//form[contains(@action, '/said/')]")
    assert found.xpath("//a[contains(., 'Record the offer')]/@href") == [
        f"{reverse('offer_make', args=[rich.person.ref])}?review={rich.pk}"
    ]


def test_a_review_is_finished_with_what_was_said(staff, managed_plan):
    made = ready(managed_plan)
    typed_in = typed(made, "finish", surplus_back="")
    found = words(page(staff.post(href("review_write", made), typed_in, follow=True)))
    assert "Cost of support £5.00 a week added: A lift there." in found
    assert "What happens next The plan changes" in found
    answer = page(staff.get(href("review", made)))
    assert answer.xpath("//a[contains(., 'Start the new version of the plan')]/@href") == [
        reverse("plan_start", args=[made.person.ref])
    ]
    assert "To be held by 25 May 2027." in list_of(staff, made.plan)


def test_surplus_goes_back_from_the_form(staff, rich):
    offer.make(person=rich.person, review=rich, answer="accepted", **doing(moment=TODAY))
    assert "Of the £960.00 that is held." in words(page(staff.get(href("review", rich))))
    answer = page(staff.post(href("review_write", rich), typed(rich, "finish"), follow=True))
    said = words(answer)
    assert "Surplus taken back £400.00" in said and ", before £400.00 was taken back: £960.00" in said


def test_the_persons_questions_are_filled_in_at_the_review(staff, managed_plan):
    made = held(managed_plan)
    found = page(staff.get(href("review", made)))
    assert "Your life now" in words(found)
    address = href("review_answers", made, "life")
    shown = page(staff.get(address)).xpath("//input[@name='shown']/@value")[0]
    answer = staff.post(address, {"life_overall": "4", "life_change": "5", "shown": shown})
    assert answer.url == href("review_answers", made, "changes")
    assert Response.objects.get(review=made).answers == {"life_overall": "4", "life_change": "5"}
    assert "Life overall Good" in words(page(staff.get(href("review", made))))


def test_going_to_the_persons_questions_keeps_what_was_typed(staff, rich):
    found = page(staff.get(href("review", rich)))
    assert "answers:life" in found.xpath("//form[contains(@action, '/said/')]//button/@value")
    typed_in = typed(rich, "answers:life")
    assert staff.post(href("review_write", rich), typed_in).url == href("review_answers", rich, "life")
    assert shown(page(staff.get(href("review", rich))), typed_in) == without_button(typed_in)
    assert staff.post(href("review_write", rich), typed(rich, "answers:none")).status_code == 404


def test_an_auditor_reads_a_review_and_changes_nothing(client, managed_plan):
    made = written(observed(held(managed_plan), "partly", "The pool was shut."), summary="She swims.")
    auditor = signed_in(client, user("Ari Auditor", Role.AUDITOR))
    found = page(auditor.get(href("review", made)))
    assert not found.xpath("//main//form")
    assert "I swim every week. Partly met The pool was shut." in words(found)
    assert auditor.post(href("review_write", made), typed(made, "finish")).status_code == 403
    assert auditor.get(reverse("review_hold", args=[made.pk])).status_code == 403


def test_somebody_elses_review_is_not_found(staff, managed_plan):
    mine, other = held(managed_plan), managed(person("Otto Outside", team=team("South")))
    theirs = held(other)
    assert staff.get(reverse("review", args=[mine.person.ref, theirs.pk])).status_code == 404
    assert staff.get(reverse("review_hold", args=[theirs.pk])).status_code == 403


def test_a_review_of_an_ended_record_offers_only_to_call_it_off(staff, managed_plan):
    who = managed_plan.person
    people.end(person=who, because="moved", on=date(2026, 5, 1), reason="", **doing(moment=TODAY))
    found = list_of(staff, managed_plan)
    assert "The record has ended, so the review is not needed." in found
    assert "Hold the review" not in found


# The person's own page


@pytest.fixture
def pat(client):
    """Somebody who signs in to their own budget."""
    login = user("Pat Example", Role.PERSON)
    who = person()
    Person.objects.filter(pk=who.pk).update(user=login)
    return signed_in(client, login), Person.objects.get(pk=who.pk)


def test_the_person_sees_when_and_what_it_is_about(pat):
    client, who = pat
    running(who)
    found = words(page(client.get(reverse("my_review"))))
    assert "How your plan is going: by 1 June 2026." in found
    assert "How your direct payment is going: by 6 October 2026." in found
    assert "I swim every week." in found


def test_without_a_plan_there_is_no_review_yet(pat):
    client, _ = pat
    found = words(page(client.get(reverse("my_review"))))
    assert "No review is planned just now." in found
    assert client.post(reverse("my_review_prepare")).status_code == 404


def test_the_person_prepares_in_their_own_time(pat):
    client, who = pat
    plan = managed(who)
    answer = client.post(reverse("my_review_prepare"))
    assert answer.url == reverse("my_review_part", args=["life"])
    found = page(client.get(answer.url))
    assert "Part 1 of" in words(found)
    shown = found.xpath("//input[@name='shown']/@value")[0]
    client.post(answer.url, {"life_overall": "2", "life_change": "1", "shown": shown, "later": "yes"})
    assert ahead(plan).responses.get().answers == {"life_overall": "2", "life_change": "1"}
    assert "Fill in as much as you want." in words(page(client.get(reverse("my_review"))))


def test_after_a_review_the_person_reads_what_came_of_it(pat):
    client, who = pat
    plan = managed(who)
    finished(observed(ready(plan), "partly", "The pool was shut."))
    found = words(page(client.get(reverse("my_review"))))
    assert "Last time, 25 May 2026" in found
    assert "I swim every week. Partly met The pool was shut." in found
    assert "She swims every week and wants to go on. Support goes on as planned." in found
    assert "Fill in as much" not in found


def test_a_late_review_is_owned_up_to(pat, monkeypatch):
    client, who = pat
    managed(who)
    set_today(monkeypatch, at(2026, 7, 1))
    assert "We are late, and sorry" in words(page(client.get(reverse("my_review"))))
    assert at(2026, 7, 1) > SEVEN_WEEKS_ON
