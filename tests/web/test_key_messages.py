"""Key messages on their pages: written, put under evidence, agreed, acted on, and asked more about."""

import io
from dataclasses import replace

import pytest
import surveying
from coding_by import QUESTION, TEXTS, answered, book, coders, put, read
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, signed_in
from reading_pages import page, words
from releasing import DEFINITION

from wherewithal.actions import report
from wherewithal.policy.questionnaire import read as read_questionnaire
from wherewithal.records.models import KeyMessage, Reply, StageTwoQuestion, Wave

pytestmark = pytest.mark.django_db
OWNED = {"owner": "The leads", "action": "Send the examples"}


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) and client


def href(name, row, *args) -> str:
    given = [row.slug] if isinstance(row, Wave) else [row.wave.slug, row.pk]
    return reverse(name, args=[*given, *args])


def written(
    client, wave, says="They offer brokerage themselves.", figure="brokerage=own", **more
) -> KeyMessage:
    client.post(href("key_message_new", wave), {"says": says, **OWNED, **more})
    row = wave.key_messages.last()
    if figure:
        client.post(href("key_message_stand", row), {"figure": figure})
    row.refresh_from_db()
    return row


def shown(client, row) -> str:
    return words(page(client.get(href("key_message", row))))


def agreed(client, wave, **more) -> KeyMessage:
    row = written(client, wave, **more)
    client.post(href("key_message_agree", row))
    row.refresh_from_db()
    assert row.state == "agreed"
    return row


def test_the_waves_page_leads_to_its_messages_which_begin_empty(sol, wave):
    assert page(sol.get(reverse("survey", args=[wave.slug]))).xpath(
        "//a[starts-with(., 'Key messages')]/@href"
    ) == [href("key_messages", wave)]
    assert "No message is written yet" in words(page(sol.get(href("key_messages", wave))))


def test_a_message_needs_words_and_says_what_stands_in_its_way(sol, wave):
    missing = page(sol.post(href("key_message_new", wave), {"says": " "}))
    assert "What is the message?" in words(missing.xpath("//div[contains(@class, 'govuk-error-summary')]")[0])
    row = written(sol, wave, says="Most councils offer it.", figure="", owner="", action="")
    said = shown(sol, row)
    assert "It stands on no figure and no theme. Add one." in said
    assert "“Most” stands on no figure" in said and "Nobody owns the action" in said
    assert "Agree the message" not in said
    assert "Not ready to agree" in words(page(sol.get(href("key_messages", wave))))


def test_a_figure_is_found_by_its_question_with_its_count_and_put_under_the_message(sol, wave):
    row = written(sol, wave, figure="")
    find = page(sol.get(href("key_message_evidence", row), {"question": "brokerage"}))
    assert [words(one) for one in find.xpath("//tbody/tr")] == [
        "Own 3 100% Add Own", "Bought 0 0% Add Bought", "None 0 0% Add None"
    ]  # fmt: skip
    form = find.xpath("//tbody/tr[1]//form")[0]
    button = form.xpath(".//button")[0]
    sol.post(form.get("action"), {button.get("name"): button.get("value")})
    assert "Who offers brokerage?: Own 3 of 3 councils that answered this (100%)" in shown(sol, row)
    again = page(sol.get(href("key_message_evidence", row), {"question": "brokerage"}))
    assert words(again.xpath("//tbody/tr[1]")[0]) == "Own 3 100% There"
    refused = sol.post(href("key_message_stand", row), {"figure": "brokerage=else"}, follow=True)
    assert "Choose an answer of a question" in words(page(refused))
    sol.post(href("key_message_stand", row), {"figure": "brokerage=own", "off": "yes"})
    row.refresh_from_db()
    assert row.figures == []


def test_a_theme_shows_its_passages_with_the_way_to_the_desk_and_what_is_not_settled(sol, wave):
    book(wave)
    both, other = coders()
    for coder in (both, other):
        put(wave, TEXTS[0], "early", "early", coder)
    put(wave, TEXTS[2], "Early talks", "early", both)
    read(wave)
    row = written(sol, wave, figure="")
    sol.post(href("key_message_stand", row), {"theme": "early"})
    found = page(sol.get(href("key_message", row)))
    assert "Theme: Early 1 of 3 councils whose answer to this was coded (33%)" in words(found)
    assert "“early” Reply" in words(found) and "Early talks" not in words(found)
    assert "In 1 answer more the coders differ" in words(found)
    desk = found.xpath("//a[starts-with(., 'Reply')]/@href")[0]
    assert desk.startswith(reverse("coding_desk", args=[wave.slug, QUESTION]))
    assert TEXTS[0] in words(page(sol.get(desk.partition("#")[0])))


def test_a_message_and_the_report_tell_shares_of_the_same_whole_and_the_tables_say_that_they_do_not(sol):
    wave = answered((*TEXTS, ""), title="With a blank")
    book(wave)
    for coder in coders():
        put(wave, TEXTS[0], "early", "early", coder)
        put(wave, TEXTS[2], "Early talks", "early", coder)
    read(wave)
    row = written(sol, wave, figure="")
    sol.post(href("key_message_stand", row), {"theme": "early"})
    assert "of 3 councils whose answer to this was coded (67%)" in words(
        page(sol.get(href("key_message", row)))
    )
    tables = reverse("survey_tables", args=[wave.slug])
    assert "The report tells shares of all who took part" not in words(page(sol.get(tables)))
    report.write(
        wave=wave, definition=replace(DEFINITION, shares_of="cohort"), by=coders()[0], at=at(2026, 6, 1)
    )
    assert "2 of 4 councils that took part (50%)" in words(page(sol.get(href("key_message", row))))
    assert "The report tells shares of all who took part" in words(page(sol.get(tables)))


def test_what_is_overstated_is_refused_on_the_page_even_when_the_button_was_not_there(sol, wave):
    row = written(sol, wave, says="Most councils offer it.")
    refused = page(sol.post(href("key_message_agree", row)))
    summary = words(refused.xpath("//div[contains(@class, 'govuk-error-summary')]")[0])
    assert "“Most … councils” is said of all 152: write “councils that answered”" in summary
    row.refresh_from_db()
    assert row.state == "drafted"


def test_counts_that_change_after_it_was_agreed_stand_beside_those_of_then(sol):
    wave, _ = surveying.opened(title="Another")
    surveying.answer(surveying.one_of(wave, 1))
    row = agreed(sol, wave, says="All respondents offer it.")
    assert "Counted otherwise" not in shown(sol, row)
    surveying.answer(surveying.one_of(wave, 2), brokerage="none")
    said = shown(sol, row)
    assert (
        "agreed on 1 of 1 council that answered this (100%); now 1 of 2 councils that answered this (50%)"
        in said
    )
    assert "“All” holds of no figure" in said
    assert "Counts changed" in words(page(sol.get(href("key_messages", wave))))


def test_it_is_acted_on_dropped_and_opened_again(sol, wave):
    row = agreed(sol, wave)
    day = {"on-day": "1", "on-month": "5", "on-year": "2026"}
    names = page(sol.get(href("key_message_done", row))).xpath("//input[contains(@name, 'on')]/@name")
    given = dict(zip([one for one in names if one.startswith("on")], day.values(), strict=True))
    done = page(sol.post(href("key_message_done", row), {"done": "Sent to all.", **given}, follow=True))
    assert "Done on 1 May 2026 Sent to all." in words(done)
    other = agreed(sol, wave)
    assert "Answer" in words(page(sol.post(href("key_message_drop", other), {"reason": ""})))
    assert "Dropped: Known already" in words(
        page(sol.post(href("key_message_drop", other), {"reason": "Known already"}, follow=True))
    )
    again = page(sol.post(href("key_message_reopen", other), follow=True))
    assert "Drafted" in words(again)
    assert "stays as it is" in words(page(sol.post(href("key_message_reopen", row), follow=True)))


def test_messages_change_places_in_the_list(sol, wave):
    for says in ("First thing", "Second thing"):
        written(sol, wave, says=says, figure="")
    row = wave.key_messages.last()
    moved = page(sol.post(href("key_message_move", row), {"number": "1"}, follow=True))
    assert [words(one) for one in moved.xpath("//main//h2")] == ["1. Second thing", "2. First thing"]
    assert "Enter the number" in words(
        page(sol.post(href("key_message_move", row), {"number": "x"}, follow=True))
    )


def test_who_saves_second_is_told_what_the_first_one_wrote(sol, wave):
    row = written(sol, wave)
    form = page(sol.get(href("key_message_change", row)))
    opened = form.xpath("//input[@name='opened']/@value")[0]
    sol.post(href("key_message_change", row), {"says": "Other words.", **OWNED})
    late = sol.post(href("key_message_change", row), {"says": "My words.", **OWNED, "opened": opened})
    assert "somebody changed this since you opened it" in words(page(late))
    row.refresh_from_db()
    assert row.says == "Other words."


def ask(client, row, text, kind, choices=""):
    return client.post(
        href("stage_two_ask", row), {"text": text, "kind": kind, "choices": choices}, follow=True
    )


def test_questions_for_stage_two_begin_a_questionnaire_that_a_new_survey_asks(sol, wave):
    first, second = written(sol, wave), written(sol, wave, says="They “begin” early\\late.")
    ask(sol, first, "Does it help?", "yes_no")
    ask(sol, second, "Which of these?", "several", "Brokers\n\nPanels")
    ask(sol, second, "Why?", "longtext")
    ask(sol, second, "How many?", "whole_number")
    together = words(page(sol.get(href("stage_two", wave))))
    assert "From message 2" in together and "Several answers may be chosen: Brokers; Panels" in together
    made = sol.get(href("stage_two_file", wave))
    assert made["Content-Disposition"] == f'attachment; filename="{wave.slug}-stage-two.toml"'
    begun = read_questionnaire("stage-two", made.content.decode())
    assert [(section.hint, [one.text for one in section.questions]) for section in begun.sections] == [
        ("They offer brokerage themselves.", ["Does it help?"]),
        ("They “begin” early\\late.", ["Which of these?", "Why?", "How many?"]),
    ]
    file = io.BytesIO(made.content)
    file.name = "stage-two.toml"
    new = {"title": "Stage two", "questions": "own", "file": file, "unit": "council", "mode": "attributed",
           "needs_approval": "no"}  # fmt: skip
    for name, day in (("opens_on", ("1", "9", "2026")), ("closes_on", ("1", "10", "2026"))):
        boxes = page(sol.get(reverse("survey_new"))).xpath(f"//input[starts-with(@name, '{name}')]/@name")
        new |= dict(zip(boxes, day, strict=True))
    page(sol.post(reverse("survey_new"), new, follow=True))
    assert Wave.objects.get(title="Stage two").questionnaire == begun.id


def test_a_question_without_answers_to_choose_is_refused_and_one_is_taken_off(sol, wave):
    row = written(sol, wave)
    assert "Enter at least 2 answers" in words(page(ask(sol, row, "Which?", "one")))
    ask(sol, row, "Why?", "longtext")
    question = StageTwoQuestion.objects.get()
    sol.post(href("stage_two_off", row.wave, question.pk))
    assert not StageTwoQuestion.objects.exists()
    assert "None is drafted yet" in words(page(sol.get(href("stage_two_file", row.wave), follow=True)))


def test_a_dropped_message_asks_nothing(sol, wave):
    row = written(sol, wave)
    ask(sol, row, "Why?", "longtext")
    sol.post(href("key_message_drop", row), {"reason": "Known already"})
    assert "None is drafted yet" in words(page(sol.get(href("stage_two", wave))))


def test_the_list_asks_the_same_number_of_questions_however_many_messages_there_are(sol, wave):
    def asked(wave: Wave, count: int) -> int:
        for _ in range(count):
            written(sol, wave)
        with CaptureQueriesContext(connection) as found:
            page(sol.get(href("key_messages", wave)))
        return len(found)

    assert asked(wave, 1) == asked(answered(title="Another"), 6)
    assert Reply.objects.count() == 6
