"""Two waves beside each other on the web: the change among the same councils, or why there is none."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
import surveying
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import signed_in
from reading_pages import page, words

from wherewithal.actions import survey_seal
from wherewithal.records.models import Wave

pytestmark = pytest.mark.django_db
NEXT = {
    "opens_at": surveying.OPENS + timedelta(days=200),
    "closes_at": surveying.CLOSES + timedelta(days=200),
}
LATER = surveying.IN_TIME + timedelta(days=200)


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) or client


def council(wave: Wave, number: int):
    """From all over the country, so that no region has many of them."""
    return surveying.one_of(wave, number * 11 % 152)


def asked(title, who, moment=surveying.IN_TIME, own=0, mode="attributed", **more) -> Wave:
    """A wave that the councils of these numbers answered, of which the first ``own`` have brokers."""
    wave, key = surveying.opened(mode, title=title, **more)
    for place, number in enumerate(who):
        brokerage = "own" if place < own else "none"
        surveying.answer(council(wave, number), moment, brokerage=brokerage)
    return wave if mode != "anonymous" else survey_seal.close(
        wave=wave, key=key, **surveying.doing(wave.closes_at)
    )  # fmt: skip


def two(first, second, **more) -> tuple[Wave, Wave]:
    return asked("First", first, own=4), asked("Second", second, LATER, own=6, **NEXT | more)


def rows(sol, first, second):
    answer = sol.get(reverse("survey_beside_csv", args=[first.slug, second.slug]))
    assert answer.status_code == 200
    found = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return {(row["Code"], row["Councils"]): row for row in found}


def said(sol, first, second):
    return page(sol.get(reverse("survey_beside", args=[first.slug, second.slug])))


def test_the_change_is_told_among_the_councils_that_answered_both(sol):
    first, second = two(range(16), range(6, 21))
    found = rows(sol, first, second)
    whole, same = found["brokerage:own", "All"], found["brokerage:own", "The same"]
    assert (whole["First base"], whole["First count"], whole["Second base"]) == ("16", "4", "15")
    assert (whole["Change in points"], whole["Why no change"]) == ("", "")
    assert (same["First base"], same["First count"], same["Second count"]) == ("10", "0", "6")
    assert same["Change in points"] == "60"


def test_few_beside_the_same_councils_are_not_told_of_by_subtraction(sol):
    first, second = two(range(12), range(10))
    found = rows(sol, first, second)
    assert ("brokerage:own", "The same") not in found
    why = found["brokerage:own", "All"]["Why no change"]
    assert "Other respondents answered" in why and "too few answered it in both waves, or beside" in why
    shown = said(sol, first, second)
    assert "10 councils answered both waves" in words(shown)
    heads = [words(one) for one in shown.get_element_by_id("brokerage").xpath(".//thead//th")]
    assert heads == ["Answer", "April 2026", "October 2026"]


def test_who_answered_the_question_in_one_wave_only_is_none_of_the_same(sol):
    first, second = two(range(10), range(10))
    for number in range(10, 17):
        surveying.answer(council(first, number), brokerage=None)
        surveying.answer(council(second, number), LATER)
    found = rows(sol, first, second)
    assert found["brokerage:own", "The same"]["Second base"] == "10"
    assert found["budgets:yes", "The same"]["Second base"] == "17"


@pytest.mark.parametrize("mode, because", [("anonymous", "was anonymous"), ("coded", "are destroyed")])
def test_without_keys_each_wave_has_its_own_figures_and_the_reason(sol, mode, because):
    first = asked("First", range(6), own=4)
    second = asked("Second", range(6), LATER, mode=mode, **NEXT)
    if mode == "coded":
        survey_seal.close(wave=second, **surveying.doing(second.closes_at))
        survey_seal.destroy_keys(wave=second, **surveying.doing(second.closes_at))
    found = rows(sol, first, second)
    assert found["brokerage:own", "All"]["First count"] == "4"
    assert because in found["brokerage:own", "All"]["Why no change"]
    assert "No change is told." in words(said(sol, first, second))
    assert not any(councils == "The same" for _, councils in found)


def test_a_question_that_changed_is_named_and_not_compared(sol):
    form = surveying.small()
    money, *others = form.sections
    questions = (replace(money.questions[0], text="Has everybody a budget?"), *money.questions[1:])
    changed = replace(form, sections=(replace(money, questions=questions), *others))
    first, second = two(range(10), range(10), questionnaire=changed)
    assert "its words changed." in words(said(sol, first, second).get_element_by_id("unlike").getnext())
    assert rows(sol, first, second)["budgets", ""]["Why no change"] == "Its words changed."
    which = words(page(sol.get(reverse("survey_beside_which", args=[second.slug]))))
    assert "First: 2 of 3 questions that both ask are comparable" in which


def test_a_third_wave_does_not_tell_by_its_difference_from_the_second(sol):
    """The same councils of the first and second are eight, of the first and third seven: one lies between."""
    first, second = two(range(14), range(8))
    days = {name: moment + timedelta(days=100) for name, moment in NEXT.items()}
    third = asked("Third", range(7), LATER + timedelta(days=100), **days)
    assert ("brokerage:own", "The same") in rows(sol, first, second)
    assert ("brokerage:own", "The same") not in rows(sol, first, third)


def test_a_draft_or_the_wave_itself_stands_beside_nothing(sol):
    wave, draft = asked("First", range(2)), surveying.draft(title="Draft")
    for other in (wave, draft):
        assert sol.get(reverse("survey_beside", args=[wave.slug, other.slug])).status_code == 404


def test_the_page_asks_the_same_number_of_questions_however_many_replies_there_are(sol):
    first, second = two(range(5), range(5))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            said(sol, first, second)
        return len(found)

    before = queries()
    for number in range(5, 9):
        surveying.answer(council(first, number))
        surveying.answer(council(second, number), LATER)
    assert queries() == before


def test_a_draft_asks_what_is_chosen_from_the_bank(sol):
    asked("Before", range(2))
    draft = surveying.draft(title="Next")
    address = reverse("survey_bank", args=[draft.slug])
    boxes = page(sol.get(address)).xpath("//input[@type='checkbox']")
    chosen = {box.get("value"): box for box in boxes if box.get("checked") is not None}
    assert {key.rsplit("-")[0] for key in chosen} == {"budgets", "how_many", "brokerage", "words"}
    none = page(sol.get(f"{address}?none"))
    assert not none.xpath("//input[@type='checkbox'][@checked]") and "None is ticked" in words(none)
    ticked = {name: [] for name in (box.get("name") for box in boxes)}
    for key, box in chosen.items():
        if not key.startswith("budgets"):
            ticked[box.get("name")].append(key)
    refused = sol.post(address, ticked)
    assert "Routing looks at what is not chosen" in words(page(refused))
    draft.refresh_from_db()
    assert draft.version == "1"
    assert sol.post(address, ticked | {"others": "yes"}).status_code == 302
    ticked = {
        name: [key for key in keys if key.startswith(("words", "brokerage"))] for name, keys in ticked.items()
    }
    assert sol.post(address, ticked).status_code == 302
    draft.refresh_from_db()
    assert draft.version.startswith("chosen ") and "how_many" not in draft.definition
