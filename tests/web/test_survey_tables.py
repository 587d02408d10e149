"""A wave's tables on the web: shares with their base, the silent apart, what may not be crossed left out."""

import csv
import io
from datetime import date

import pytest
import surveying
from coding_by import QUESTION, TEXTS, answered, book, coders, doing, put, read, reply
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import signed_in
from reading_pages import page, words

from wherewithal.actions import coding, judging, survey_answer, survey_design
from wherewithal.core.survey import Judgement
from wherewithal.policy.questionnaire import parse

pytestmark = pytest.mark.django_db
FIRST, NOTHING, BOTH = TEXTS


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) or client


def rows(sol, wave, by="") -> list[dict[str, str]]:
    answer = sol.get(reverse("survey_tables_csv", args=[wave.slug]), {"by": by} if by else {})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_share_stands_beside_what_it_is_of_and_who_was_silent(sol):
    wave = answered()
    said = words(page(sol.get(reverse("survey_tables", args=[wave.slug]))))
    assert "Of 3 replies that came in time" in said
    assert "Does everybody get a personal budget?" in said
    assert "Shares are of 3 councils that answered this." in said
    assert "Answered in words and not counted yet" not in said, "nothing is coded, so nothing waits for it"
    assert (
        "in no table; each answer stands in its reply: How many people have one? (a number without bands)."
        in said
    )
    assert "What works? (words that have no codes)." in said
    found = {(row["Code"], row["Answer"]): row for row in rows(sol, wave)}
    own = found["brokerage:own", "Own"]
    assert (own["Count"], own["Base"], own["Per cent"], own["Status"]) == ("3", "3", "100", "ok")
    assert own["Of which base"] == "3 councils that answered this"


def test_what_was_not_answered_is_silent_and_not_no(sol):
    wave, _ = surveying.opened()
    surveying.answer(surveying.one_of(wave, 0), brokerage=None)
    surveying.answer(surveying.one_of(wave, 1))
    shown = page(sol.get(reverse("survey_tables", args=[wave.slug])))
    assert "Without an answer: 1 blank." in words(shown.get_element_by_id("brokerage"))
    assert "these are the answers so far, and no result" in words(shown)


def test_what_was_stated_and_what_only_follows_stand_apart(sol):
    wave, _ = surveying.opened()
    kept = [surveying.answer(surveying.one_of(wave, number)) for number in range(3)]
    assert len(kept) == wave.replies.count() == 3
    for one, says in zip(wave.replies.order_by("id"), ("implied", "stated", "implied"), strict=True):
        judging.judge(reply=one, question="brokerage", says=Judgement(says), **doing())
    shown = page(sol.get(reverse("survey_tables", args=[wave.slug])))
    noted = "Where it was noted how it was said: Own: 1 stated, 2 implied."
    assert noted in words(shown.get_element_by_id("brokerage"))
    assert "noted how it was said" not in words(shown.get_element_by_id("budgets"))


def test_codes_are_counted_once_every_answer_is_read_and_settled(sol):
    wave = answered()
    book(wave)
    address = reverse("survey_tables", args=[wave.slug])
    assert "Nobody has coded it yet." in words(page(sol.get(address)))
    one, other = coders()
    put(wave, FIRST, "early", "early", one)
    read(wave, one, texts=TEXTS[:1])
    assert "Sol Surveyor has 2 of 3 answers to read." in words(page(sol.get(address)))
    read(wave, one)
    found = {row["Code"]: row["Count"] for row in rows(sol, wave)}
    assert (found[f"{QUESTION}:early"], found[f"{QUESTION}:panels"]) == ("1", "0")
    put(wave, BOTH, "panels", "panels", other)
    read(wave, other, texts=TEXTS[:2])
    assert "1 of 3 answers were not read to the end by two coders." in words(page(sol.get(address)))
    read(wave, other)
    assert "2 disagreements wait to be settled." in words(page(sol.get(address)))
    for text, code in ((FIRST, "early"), (BOTH, "panels")):
        coding.settle(reply=reply(wave, text), question=QUESTION, code=code, stands=True, **doing())
    shown = {row["Code"]: row for row in rows(sol, wave)}
    assert [shown[f"{QUESTION}:{code}"]["Count"] for code in ("early", "panels")] == ["1", "1"]
    assert shown[f"{QUESTION}:early"]["Of which base"] == "3 councils whose answer to this was coded"


def test_a_breakdown_hides_small_groups_and_is_not_there_where_nothing_is_told(sol):
    wave = answered()
    by = [row for row in rows(sol, wave, "type") if row["Group"] != "All"]
    assert by and {row["Per cent"] for row in by} == {"[c]"}, "no group has five replies"
    shown = page(sol.get(reverse("survey_tables", args=[wave.slug]), {"by": "type"}))
    [table] = shown.get_element_by_id("brokerage").xpath(".//table")
    kinds = sorted({row["Group"] for row in by})
    assert [words(one) for one in table.xpath(".//thead//th")] == ["Answer", "All", *kinds]
    own = [words(one) for one in table.xpath(".//tbody/tr[1]/td")]
    assert own == ["Own", "3 (100%)", *["[c]"] * len(kinds)]
    assert sol.get(reverse("survey_tables", args=[wave.slug]), {"by": "council"}).status_code == 404
    sealed, _ = surveying.opened("anonymous", title="Sealed")
    assert sol.get(reverse("survey_tables", args=[sealed.slug]), {"by": "type"}).status_code == 404
    empty = page(sol.get(reverse("survey_tables", args=[sealed.slug])))
    assert "There are no replies to count yet." in words(empty)


def test_what_asks_for_the_region_is_not_broken_down_by_type(sol):
    choices = [{"value": name, "text": name} for name in ("London", "Elsewhere")]
    asked = [{"id": id, "text": f"{id}?", "kind": "one", "choices": choices} for id in ("region", "pace")]
    form = {
        "id": "where", "version": "1", "title": "Where", "about": "A test", "first": date(2026, 1, 1),
        "source": "Made up", "sections": [{"id": "all", "title": "All", "questions": asked}],
    }  # fmt: skip
    wave = survey_design.design(
        title="Where", questionnaire=parse("where", form), mode="attributed", opens_at=surveying.OPENS,
        closes_at=surveying.CLOSES, **surveying.doing(),
    )  # fmt: skip
    wave = survey_design.open_wave(wave=wave, **surveying.doing(surveying.OPENS))
    given = {"invitation": surveying.one_of(wave), "name": "Ro Respondent"}
    when = surveying.doing(surveying.IN_TIME)
    survey_answer.save_part(section="all", answers={"region": "London", "pace": "London"}, **given, **when)
    survey_answer.hand_in(**given, **when)
    assert {row["Code"].split(":")[0] for row in rows(sol, wave)} == {"region", "pace"}
    assert {row["Code"].split(":")[0] for row in rows(sol, wave, "type")} == {"pace"}


def test_the_page_asks_the_same_number_of_questions_however_many_replies_there_are(sol):
    def asked(count: int) -> int:
        wave = answered([f"Early {number}" for number in range(count)], title=f"Of {count}")
        with CaptureQueriesContext(connection) as found:
            page(sol.get(reverse("survey_tables", args=[wave.slug])))
        return len(found)

    assert asked(1) == asked(6)
