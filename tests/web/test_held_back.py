"""While a release is held back, each look at a page with its figures is kept, by what was looked at."""

import pytest
import quoting
import surveying
from coding_by import coders, doing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, signed_in
from reading_pages import page, words
from releasing import EMBARGO, closed, released, written

from wherewithal.actions import key_message
from wherewithal.records.models import KeyMessage, Wave
from wherewithal.web import held_back

from .test_routes import TABLE, routes

pytestmark = pytest.mark.django_db

# By the route's name: what stands in the list of looks, and what is asked of the page.
LEAVES = {
    "survey_tables": ("the tables by region", "?by=region"),
    "survey_tables_csv": ("the tables, as CSV", ""),
    "survey_crossed": ("the table brokerage by budgets", "?of=brokerage&by=budgets"),
    "survey_crossed_csv": ("the table as CSV: brokerage by budgets", "?of=brokerage&by=budgets"),
    "survey_beside": ("the tables beside “Asked before”", ""),
    "survey_beside_csv": ("the tables as CSV beside “Asked before”", ""),
    "survey_profile": ("who took part", ""),
    "survey_report": ("the report as it is written", ""),
    "survey_report_figures": ("the figures of the report", ""),
    "survey_report_preview": ("its preview", ""),
    "survey_report_head": ("the head of the report", ""),
    "survey_report_section": ("section 1 of the report", ""),
    "survey_report_new": ("a new section of the report", ""),
    "survey_release": ("the figures of very few", ""),
    "key_messages": ("the key messages", ""),
    "key_message": ("key message 1", ""),
    "key_message_evidence": ("what key message 1 can stand on", "?question=brokerage"),
    "stage_two": ("the questions for stage two", ""),
    "stage_two_file": ("the questions for stage two, as a file", ""),
    "survey_quotations": ("the quotations", ""),
    "quotation": ("quotation {quotation}", ""),
}
ANSWERS = "answers one by one, no figure of them"
FIELD = "who is asked and who answered, as all through the field"
DESIGN = "how it is asked, nothing of what was answered"
NAMED = "answers by name, each look of which is kept apart"
STEP = "one step with a form of its own; the page before it left the look"
QUIET = {
    **dict.fromkeys(("survey", "survey_invitations", "survey_invitation", "survey_addresses"), FIELD),
    **dict.fromkeys(("survey_post", "survey_sample", "survey_packs", "survey_history"), FIELD),
    **dict.fromkeys(("survey_questions", "survey_bank", "survey_change", "survey_throw_away"), DESIGN),
    **dict.fromkeys(("survey_open", "survey_close", "survey_extend", "survey_destroy_keys"), DESIGN),
    **dict.fromkeys(("survey_key", "survey_key_copies", "survey_key_take_back"), DESIGN),
    **dict.fromkeys(("survey_close_unread", "survey_embargo", "survey_reader", "codebook"), DESIGN),
    **dict.fromkeys(("codebook_code", "codebook_add"), DESIGN),
    **dict.fromkeys(("codebook_throw_away", "survey_beside_which", "coding_bring"), DESIGN),
    **dict.fromkeys(("survey_replies", "survey_reply", "survey_reply_file", "reply_judge"), ANSWERS),
    **dict.fromkeys(("survey_against_published",), NAMED),
    **dict.fromkeys(("survey_coding", "coding_desk", "coding_note", "coding_project"), ANSWERS),
    **dict.fromkeys(("coding_compare", "coding_settle", "quotation_pick"), ANSWERS),
    **dict.fromkeys(("key_message_new", "key_message_change", "key_message_done"), STEP),
    **dict.fromkeys(("key_message_drop", "stage_two_ask"), STEP),
    **dict.fromkeys(("quotation_keep", "quotation_consent", "quotation_withdraw"), STEP),
    **dict.fromkeys(("survey_report_file", "survey_report_bring_in"), "sentences with the names of figures"),
}


@pytest.fixture
def sky(client):
    return signed_in(client, coders()[1]) and client


@pytest.fixture
def wave() -> Wave:
    """Held back until 2126, with a key message that asks further, and with a quotation."""
    surveying.opened(title="Asked before", opens_at=at(2025, 4, 7), closes_at=at(2025, 5, 5))
    made = released(written(closed())).wave
    row = key_message.write(wave=made, says="They offer it.", action="", owner="", due_on=None, **doing())
    key_message.stand_on_figure(message=row, question="brokerage", value="own", **doing())
    row.questions.create(text="Why?", kind="longtext", by=coders()[0])
    quoting.picked(made, surveying.WHOLE["words"])
    return made


def address(name: str, wave: Wave) -> str:
    at_hand = {
        "slug": wave.slug, "other": "asked-before", "number": 1,
        "message": KeyMessage.objects.get(wave=wave).pk,
    }  # fmt: skip
    if name == "quotation":
        at_hand["number"] = wave.quotations.get().pk
    wanted = routes()[name].pattern.converters
    return reverse(name, kwargs={one: at_hand[one] for one in wanted}) + LEAVES[name][1]


def test_of_every_page_of_a_survey_it_is_decided_whether_a_look_is_kept():
    pages = {
        name for name, one in routes().items()
        if str(one.pattern).startswith("survey/<slug:slug>/") and TABLE[name].get("get")
    }  # fmt: skip
    assert set(LEAVES) & set(QUIET) == set()
    assert pages == set(LEAVES) | set(QUIET)


def test_each_page_with_figures_leaves_one_look_by_its_name(sky, wave):
    for name, (what, _) in LEAVES.items():
        before = wave.releases.get().early_looks.count()
        assert sky.get(address(name, wave)).status_code == 200, name
        looks = list(wave.releases.get().early_looks.order_by("pk"))[before:]
        expected = what.format(quotation=wave.quotations.get().pk)
        assert [(one.user, one.what) for one in looks] == [(coders()[1], expected)], name


def test_the_looks_stand_on_the_page_of_the_release_the_newest_first(sky, wave):
    sky.get(address("survey_tables", wave))
    sky.get(address("key_messages", wave))
    found = page(sky.get(reverse("survey_release", args=[wave.slug])))
    [table] = found.xpath("//table[caption[contains(., 'Looks before')]]")
    told = [words(row) for row in table.xpath(".//tbody/tr")]
    assert [one.rpartition("Version 1, ")[2] for one in told] == [
        "the figures of very few", "the key messages", "the tables by region",
    ]  # fmt: skip
    assert all("Sky Second" in one for one in told)


def test_of_many_looks_the_newest_are_listed_and_all_on_request(sky, wave, monkeypatch):
    monkeypatch.setattr(held_back, "SHOWN", 2)
    for _ in range(3):
        sky.get(address("survey_tables", wave))
    where = reverse("survey_release", args=[wave.slug])
    rows = "//table[caption[contains(., 'Looks before')]]//tbody/tr"
    found = page(sky.get(where))
    assert len(found.xpath(rows)) == 2 and "These are the newest 2. All 4" in words(found)
    every = page(sky.get(where, {"looks": "all"}))
    assert len(every.xpath(rows)) == 5 and "These are the newest" not in words(every)


def test_a_look_before_a_version_was_built_and_one_after_the_embargo_leave_nothing(sky, monkeypatch):
    wave = written(closed())
    sky.get(reverse("survey_tables", args=[wave.slug]))
    made = released(wave)
    monkeypatch.setattr("wherewithal.web.held_back.now", lambda: EMBARGO)
    sky.get(reverse("survey_tables", args=[wave.slug]))
    assert made.early_looks.count() == 0


def test_a_look_costs_one_query_beside_the_one_that_asks_whether_anything_is_held_back(sky):
    wave = written(closed())
    where = reverse("survey_tables", args=[wave.slug])

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as caught:
            sky.get(where)
        return [
            sql for one in caught if "records_" in (sql := one["sql"])
        ]  # not what begins and ends an action

    asked()
    before = asked()
    assert sum("records_release" in one for one in before) == 1
    made = released(wave)
    assert len(asked()) == len(before) + 1
    assert made.early_looks.count() == 1
