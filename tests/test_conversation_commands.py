"""``wherewithal conversations``: what pages tell of conversations with councils, read from a terminal."""

import json
import os
import re
import subprocess
import sys

import compending
import conversing
import pytest
from at_terminal import typed
from conversing import LOW, OLDER, begun, doing, done, explained, promised, spoken
from django.urls import reverse
from making import signed_in
from reading_pages import page, words
from typer.testing import CliRunner

from wherewithal.actions import conversation_agreed as agreed
from wherewithal.analytics.ahead import ahead_and_alike
from wherewithal.analytics.below import published
from wherewithal.cli import app
from wherewithal.core.conversation import Outcome
from wherewithal.core.refusal import Refusal
from wherewithal.extract.conversation import MADE_UP, NOBODY_SPOKE
from wherewithal.policy.guidance import guidance
from wherewithal.records.models import Conversation

pytestmark = pytest.mark.django_db


def listed(*words: str):
    return json.loads(typed("conversations", "list", *words, "--format", "json"))


def led(row: Conversation) -> Conversation:
    """Spoken, explained, with an action that is done, a match, an example and a second look."""
    spoken(row)
    explained(row, "systems", "other", other="Nobody asks")
    done(promised(row))
    nearest = ahead_and_alike(published(row.then.table, row.then.series, row.year), row.code).found[0]
    agreed.match(conversation=row, code=nearest.code, **doing())
    agreed.pass_on(conversation=row, example=compending.published(), **doing())
    agreed.look(conversation=row, came_of="Fewer people wait.", look_on=None, **doing())
    row.refresh_from_db()
    return row


def test_the_open_ones_come_first_by_what_is_due_and_the_closed_ones_last():
    closed, later, first = begun(), begun(*OLDER), begun("Portsmouth", "3d-2a")
    agreed.close(conversation=closed, outcome=Outcome.NOT_BEHIND, says="Made up.", **doing())
    spoken(later)
    found = listed()
    assert [one["number"] for one in found] == [str(one.pk) for one in (later, first, closed)]
    assert [one["stage"] for one in found] == ["Spoken", "Begun", "Closed"]
    assert found[-1]["what"] == "It was not behind: the figure tells something else"
    assert [one["number"] for one in listed("--open")] == [str(later.pk), str(first.pk)]


def test_only_one_councils_are_listed_by_its_name_or_its_code():
    row = begun()
    begun(*OLDER)
    assert listed("--council", LOW[0]) == listed("--council", row.code)
    assert [one["number"] for one in listed("--council", LOW[0])] == [str(row.pk)]
    refused = CliRunner().invoke(app, ["conversations", "list", "--council", "Nowhere"])
    assert isinstance(refused.exception, Refusal)


def test_a_list_of_nothing_says_so():
    assert typed("conversations", "list") == "There is no conversation.\n"
    assert typed("conversations", "list", "--open") == "No conversation is open.\n"
    assert listed() == []


def test_one_is_told_in_the_words_of_its_page(client):
    row = led(begun())
    signed_in(client, conversing.sol())
    shown = words(page(client.get(reverse("conversation", args=[row.pk]))))
    told, _, _ = typed("conversations", "show", str(row.pk)).partition("What a council can do")
    said = " ".join(told.split())
    assert {*re.findall(r"\w+", said.lower())} <= {*re.findall(r"\w+", shown.lower())}
    for part in (
        "We spoke of the forms.", "Time spent on systems; Nobody asks", "Head of care, by 8 May 2026",
        "Two forms are one.", "Ahead and alike", "councils most like it, at a distance of",
        "Fewer people wait.", "has not said yet that it tries this.", row.then.said,
    ):  # fmt: skip
        assert part in said and part in shown, part


def test_what_was_made_up_for_the_demo_is_told_so_wherever_it_is_told():
    row = begun(made_up=True)
    assert listed()[0]["made_up"] == "true" and MADE_UP in typed("conversations", "list")
    said = typed("conversations", "show", str(row.pk))
    assert f"{MADE_UP}. {NOBODY_SPOKE}" in said
    assert json.loads(typed("conversations", "show", str(row.pk), "--format", "json"))["made_up"] is True
    real = begun(*OLDER)
    assert MADE_UP not in typed("conversations", "show", str(real.pk))


def test_machines_have_all_of_it_and_nothing_in_place_of_what_is_not_there():
    bare = json.loads(typed("conversations", "show", str(begun(*OLDER).pk), "--format", "json"))
    assert (bare["ahead"], bare["passed_on"], bare["said"], bare["looks"]) == (None, None, [], [])
    row = led(begun())
    whole = json.loads(typed("conversations", "show", str(row.pk), "--format", "json"))
    assert whole["reasons"] == ["Time spent on systems", "Nobody asks"]
    assert whole["agreed"][0]["came_of"] == "Two forms are one." and whole["agreed"][0]["state"] == "done"
    assert (
        whole["looks"][0]["came_of"] == "Fewer people wait." and whole["ahead"]["code"] in row.match["code"]
    )


def test_the_guidance_comes_where_it_is_asked_for():
    number = str(begun().pk)
    last = guidance().messages[-1].can_do[-1]
    assert last in typed("conversations", "show", number, "--guidance")
    assert last not in typed("conversations", "show", number)
    found = json.loads(typed("conversations", "show", number, "--guidance", "--format", "json"))
    assert [one["number"] for one in found["guidance"]] == [*range(1, 8)]


def test_a_number_that_none_has_is_refused_in_words():
    refused = CliRunner().invoke(app, ["conversations", "show", "7"])
    assert isinstance(refused.exception, Refusal) and "no conversation 7" in refused.exception.says


@pytest.mark.parametrize("columns", [80, 120])
def test_they_fit_the_terminal(columns):
    number = str(led(begun(made_up=True)).pk)
    for command in (("list",), ("show", number), ("show", number, "--guidance")):
        said = typed("conversations", *command, columns=columns)
        assert max(map(len, said.splitlines())) <= columns and "…" not in said


def test_without_settings_a_command_says_in_a_sentence_what_to_set():
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    words = [sys.executable, "-c", "from wherewithal.cli import main; main()", "conversations", "list"]
    env = bare | {"DJANGO_SETTINGS_MODULE": "wherewithal.config.settings"}
    ended = subprocess.run(words, env=env, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Set WHEREWITHAL_SECRET_KEY: ")
    assert "python3 run.py wherewithal" in ended.stderr and "Traceback" not in ended.stderr
