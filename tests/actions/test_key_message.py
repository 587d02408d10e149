"""A key message stands on what the replies say now, is agreed only with evidence, and keeps that evidence."""

from datetime import date

import pytest
import surveying
from coding_by import QUESTION, TEXTS, book, coders, doing, put, read, reply
from django.db import Error, transaction

from wherewithal.actions import codebook, coding, key_message, stage_two, survey_design, survey_invite
from wherewithal.core.key_message import NotNow, NotYet
from wherewithal.core.stage_two import NotAQuestion
from wherewithal.extract.key_messages import Heard
from wherewithal.records.models import KeyMessage

pytestmark = pytest.mark.django_db
FIRST = TEXTS[0]
OWNED = {"owner": "The leads", "action": "Send the examples"}


def written(wave, says="They offer brokerage themselves.", figures=("brokerage=own",), **more) -> KeyMessage:
    row = key_message.write(wave=wave, says=says, **OWNED | more, **doing())
    for one in figures:
        question, _, value = one.partition("=")
        key_message.stand_on_figure(message=row, question=question, value=value, **doing())
    row.refresh_from_db()
    return row


def agree(row):
    row.refresh_from_db()
    heard = Heard(row.wave)
    key_message.agree(message=row, evidence=heard.evidence(row), overstated=heard.overstated(row), **doing())
    row.refresh_from_db()


def printed(row):
    return [one.printed for one in Heard(row.wave).evidence(row)]


def test_a_figure_is_counted_from_the_replies_with_its_base(wave):
    surveying.answer(surveying.one_of(wave, 9), surveying.LATE, brokerage="own")
    row = written(wave, figures=("brokerage=own", "brokerage=none"))
    assert printed(row) == [
        "3 of 3 councils that answered this (100%)", "0 of 3 councils that answered this (0%)"
    ], "a late reply is kept apart"  # fmt: skip


def test_a_message_is_agreed_with_what_it_stood_on(wave):
    row = written(wave)
    agree(row)
    assert (row.state, row.agreed_on) == ("agreed", date(2026, 6, 1))
    assert [(one["key"], one["count"], one["base"]) for one in row.stood_on] == [("brokerage=own", 3, 3)]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"figures": ()}, "stands on no figure and no theme"),
        ({"owner": " "}, "Nobody owns the action"),
        ({"action": ""}, "asks for no action"),
        ({"says": "Most councils offer it."}, "is said of all 152"),
        (
            {"says": "Half of respondents offer it."},
            "is 3 of 3 councils that answered this, of which no count",
        ),
    ],
)
def test_without_evidence_an_owner_or_an_action_or_overstated_it_is_not_agreed(more, says, wave):
    row = written(wave, **more)
    with pytest.raises(NotYet, match=says):
        agree(row)
    row.refresh_from_db()
    assert (row.state, row.stood_on) == ("drafted", [])


def test_what_the_questions_or_the_codebook_do_not_have_is_no_evidence(wave):
    row = written(wave, figures=())
    for question, value in (("brokerage", "else"), ("words", "x"), ("nowhere", "yes")):
        with pytest.raises(key_message.NoEvidence):
            key_message.stand_on_figure(message=row, question=question, value=value, **doing())
    with pytest.raises(key_message.NoEvidence):
        key_message.stand_on_theme(message=row, code="early", **doing())


def themed(wave) -> KeyMessage:
    row = written(wave, figures=())
    key_message.stand_on_theme(message=row, code="early", **doing())
    row.refresh_from_db()
    return row


def test_a_theme_stands_on_what_one_coder_read_or_two_settled(wave):
    book(wave)
    row = themed(wave)
    with pytest.raises(NotYet, match="No answer was read to its end for “Early” yet"):
        agree(row)
    put(wave, FIRST, "early", "early")
    coding.read(reply=reply(wave, FIRST), question=QUESTION, **doing())
    assert printed(row) == ["1 of 1 council whose answer to this was coded (100%)"]
    read(wave, coders()[1])
    assert printed(row) == ["0 of 1 council whose answer to this was coded (0%)"], "the two differ"
    themes = Heard(wave).themes(QUESTION)
    assert [one.code for one in themes.stand.open] == ["early"]
    coding.settle(reply=reply(wave, FIRST), question=QUESTION, code="early", stands=True, **doing())
    assert printed(row) == ["1 of 1 council whose answer to this was coded (100%)"]
    read(wave, coders()[0])
    assert printed(row) == ["1 of 3 councils whose answer to this was coded (33%)"]
    assert [words for _, words in Heard(wave).themes(QUESTION).passages("early")] == ["early"]
    agree(row)


def test_a_code_that_left_the_codebook_does_not_count(wave):
    book(wave)
    row = themed(wave)
    draft = codebook.begin(wave=wave, **doing())
    codebook.remove_code(book=draft, id="early", **doing())
    codebook.put_in_use(book=draft, **doing())
    with pytest.raises(NotYet, match="“early” is no longer a code of the codebook in use"):
        agree(row)


def test_a_suppressed_figure_does_not_count():
    """Of members of staff nothing under ten is shown."""
    wave = surveying.draft(unit="staff", title="Of staff")
    staff = [
        survey_invite.Addressee(f"S{number}", f"s{number}@example.org", f"Staff {number}")
        for number in range(3)
    ]
    survey_invite.give_addresses(wave=wave, addresses=staff, **doing())
    survey_design.open_wave(wave=wave, **surveying.doing(surveying.OPENS))
    for number in range(3):
        surveying.answer(surveying.one_of(wave, number))
    row = written(wave)
    assert [one.count for one in Heard(wave).evidence(row)] == [None]
    with pytest.raises(NotYet, match="suppressed"):
        agree(row)


def test_evidence_that_changed_since_it_was_counted_is_not_agreed_on(wave):
    row = written(wave)
    heard = Heard(row.wave)
    evidence = heard.evidence(row)
    key_message.stand_on_figure(message=row, question="brokerage", value="none", **doing())
    with pytest.raises(NotYet, match="changed meanwhile"):
        key_message.agree(message=row, evidence=evidence, overstated=(), **doing())


def test_an_agreed_message_is_changed_only_once_it_is_opened_again(wave):
    row = written(wave)
    agree(row)
    for step in (
        lambda: key_message.change(message=row, says="Other", owner="", action="", due_on=None, **doing()),
        lambda: key_message.take_off(message=row, kind="figure", key="brokerage=own", **doing()),
    ):
        with pytest.raises(NotNow, match="Open it again"):
            step()
    key_message.reopen(message=row, **doing())
    key_message.take_off(message=row, kind="figure", key="brokerage=own", **doing())
    row.refresh_from_db()
    assert (row.state, row.figures, row.stood_on, row.agreed_on) == ("drafted", [], [], None)


def test_acting_on_it_says_what_was_done_and_is_not_ahead_of_time(wave):
    row = written(wave)
    with pytest.raises(NotNow, match="Agree it first"):
        key_message.act_on(message=row, done="Sent", on=date(2026, 5, 31), **doing())
    agree(row)
    with pytest.raises(key_message.NotDoneYet):
        key_message.act_on(message=row, done="Sent", on=date(2026, 6, 2), **doing())
    key_message.act_on(message=row, done="Sent", on=date(2026, 6, 1), **doing())
    with pytest.raises(NotNow, match="was acted on"):
        key_message.drop(message=row, reason="Old", **doing())


def test_dropping_it_says_why_and_it_asks_nothing_more(wave):
    row = written(wave)
    with pytest.raises(key_message.SaysNothing):
        key_message.drop(message=row, reason=" ", **doing())
    key_message.drop(message=row, reason="Known already", **doing())
    with pytest.raises(NotNow, match="was dropped"):
        stage_two.draft(message=row, text="Why?", kind="longtext", **doing())


def test_messages_are_numbered_without_gaps_wherever_one_is_moved(wave):
    rows = [written(wave, says=says, figures=()) for says in ("One", "Two", "Three")]
    key_message.move(message=rows[2], number=1, **doing())
    assert list(wave.key_messages.values_list("number", "says")) == [(1, "Three"), (2, "One"), (3, "Two")]
    key_message.move(message=rows[2], number=99, **doing())
    assert list(wave.key_messages.values_list("says", flat=True)) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " ", "kind": "longtext"}, "text"),
        ({"text": "Why?", "kind": "likert"}, "kind"),
        ({"text": "Which?", "kind": "one", "choices": ["A", " "]}, "choices"),
        ({"text": "Which?", "kind": "several", "choices": ["A", "a"]}, "choices"),
        ({"text": "Why?", "kind": "longtext", "choices": ["A", "B"]}, "choices"),
    ],
)
def test_a_question_that_could_not_be_asked_is_refused_at_its_field(given, field, wave):
    row = written(wave)
    with pytest.raises(NotAQuestion) as refused:
        stage_two.draft(message=row, **given, **doing())
    assert refused.value.field == field
    assert not row.questions.exists()


def test_the_database_keeps_an_agreed_message_with_its_evidence_and_a_dropped_one_with_why(wave):
    row = written(wave)
    for name, values in (
        ("an_agreed_message_has_evidence_owner_and_action", {"state": "agreed"}),
        ("an_agreed_message_has_evidence_owner_and_action",
         {"state": "agreed", "stood_on": [{}], "agreed_on": date(2026, 6, 1), "owner": ""}),
        ("acted_on_says_what_was_done",
         {"state": "acted_on", "stood_on": [{}], "agreed_on": date(2026, 6, 1)}),
        ("a_dropped_message_says_why", {"state": "dropped"}),
    ):  # fmt: skip
        with pytest.raises(Error, match=name), transaction.atomic():
            KeyMessage.objects.filter(pk=row.pk).update(**values)
