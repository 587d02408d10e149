"""Codes on passages, a codebook in versions, two coders who settle: kept, refused, carried on."""

import pytest
import surveying
from coding_by import QUESTION, TEXTS, answered, book, coders, doing, put, read, reply
from django.db import Error, transaction
from django.db.models import F

from wherewithal.actions import codebook, coding
from wherewithal.core.coding import CannotCode
from wherewithal.policy.codebook import books
from wherewithal.policy.questionnaire import surveys
from wherewithal.records.coding import as_book, book_in_use, sources
from wherewithal.records.models import Codebook, Coded, ReadThrough, Settled

pytestmark = pytest.mark.django_db
FIRST, NOTHING, BOTH = TEXTS


def test_a_passage_is_kept_without_the_white_space_at_its_ends_and_gets_several_codes(wave):
    book(wave)
    row = put(wave, FIRST, " early. ", "early", memo=" so it says ")
    assert (FIRST[row.start : row.end], row.memo) == ("early.", "so it says")
    put(wave, FIRST, "people early. Panels", "panels")
    assert Coded.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("early", "early", "already"),
        ("early", "late", "is no code of version 1"),
        (" ", "panels", "at least one"),
    ],
)
def test_a_code_that_cannot_stand_is_refused(words, code, says, wave):
    book(wave)
    put(wave, FIRST, "early", "early")
    with pytest.raises(CannotCode, match=says):
        put(wave, FIRST, words, code)
    assert Coded.objects.count() == 1


def test_nothing_is_coded_without_a_codebook_or_without_words():
    wave = answered(["Brokers meet people early."], title="One answer")
    with pytest.raises(coding.NothingToCode, match="No codebook is in use"):
        put(wave, "Brokers meet people early.", "early", "early")
    book(wave)
    with pytest.raises(coding.NothingToCode, match="no words"):
        coding.code(
            reply=reply(wave, "Brokers meet people early."), question="how_many", start=0, end=1,
            code="early", **doing(),
        )  # fmt: skip


def test_what_is_to_be_looked_at_again_is_not_brought_in_as_read(wave):
    book(wave)
    put(wave, FIRST, "early", "early")
    after = codebook.begin(wave=wave, **doing())
    codebook.save_code(book=after, question=QUESTION, id="early", label="Early", definition="Anew", **doing())
    codebook.put_in_use(book=after, **doing())
    with pytest.raises(CannotCode, match="Nothing was brought in"):
        coding.bring_in(wave=wave, codings=[], read=[QUESTION], **doing())
    assert not ReadThrough.objects.exists()


def test_each_coder_changes_their_own_only(wave):
    book(wave)
    row = put(wave, FIRST, "early", "early")
    other = coders()[1]
    for change in (
        lambda: coding.take_off(coded=row, **doing(other)),
        lambda: coding.note(coded=row, memo="Mine", **doing(other)),
        lambda: coding.still_fits(coded=row, **doing(other)),
    ):
        with pytest.raises(coding.NotYours):
            change()
    coding.note(coded=row, memo="Doubtful", **doing())
    row.refresh_from_db()
    assert row.memo == "Doubtful"
    coding.take_off(coded=row, **doing())
    assert not Coded.objects.exists()


def test_a_wave_whose_questions_have_a_codebook_begins_with_it_any_other_empty(wave):
    assert codebook.begin(wave=wave, **doing()).codes == []
    known = surveying.opened(title="Known", questionnaire=surveys()[0])[0]
    assert len(codebook.begin(wave=known, **doing()).codes) == len(books()[0].codes)
    with pytest.raises(codebook.NotADraft, match="open already"):
        codebook.begin(wave=wave, **doing())
    with pytest.raises(codebook.NotACode, match="without codes"):
        codebook.put_in_use(book=wave.codebooks.get(), **doing())


def test_a_code_that_says_nothing_or_is_of_no_question_in_words_is_refused(wave):
    draft = codebook.begin(wave=wave, **doing())
    given = {"book": draft, "label": "Early", "definition": "Speaks of early", **doing()}
    with pytest.raises(codebook.NotACode, match="in words"):
        codebook.save_code(question="how_many", **given)
    with pytest.raises(codebook.NotACode, match="no definition"):
        codebook.save_code(question=QUESTION, **given | {"definition": " "})
    codebook.save_code(question=QUESTION, **given)
    with pytest.raises(codebook.NotACode, match="have the label"):
        codebook.save_code(question=QUESTION, **given)
    draft.refresh_from_db()
    assert [code.id for code in as_book(draft).codes] == ["early"]


def test_what_a_new_version_says_otherwise_is_looked_at_and_read_again_and_the_rest_goes_on(wave):
    book(wave, "Early", "Panels", "Slow")
    put(wave, FIRST, "early", "early")
    put(wave, FIRST, "Panels", "panels", memo="one")
    put(wave, FIRST, "slow", "slow")
    read(wave)
    draft = codebook.begin(wave=wave, **doing())
    names = {"book": draft, "question": QUESTION, **doing()}
    codebook.save_code(id="early", label="Early", definition="Before the plan is written", **names)
    codebook.remove_code(book=draft, id="panels", **doing())
    codebook.remove_code(book=draft, id="slow", **doing())
    codebook.save_code(label="Boards", definition="Speaks of panels", was=["panels"], **names)
    assert codebook.put_in_use(book=draft, **doing()) == 2
    assert book_in_use(wave) == draft
    rows = {row.code: row.again for row in Coded.objects.all()}
    assert rows == {"early": "reworded", "boards": "", "slow": "removed"}
    assert Coded.objects.get(code="boards").memo == "one"
    assert not ReadThrough.objects.exists(), "a code that says something new was looked for by nobody"
    with pytest.raises(CannotCode, match="look again"):
        coding.read(reply=reply(wave, FIRST), question=QUESTION, **doing())
    coding.still_fits(coded=Coded.objects.get(code="early"), **doing())
    with pytest.raises(CannotCode, match="is no code of version 2"):
        coding.still_fits(coded=Coded.objects.get(code="slow"), **doing())
    coding.take_off(coded=Coded.objects.get(code="slow"), **doing())
    coding.read(reply=reply(wave, FIRST), question=QUESTION, **doing())


def test_a_renamed_code_takes_along_what_was_settled_about_it_and_needs_no_reading_again(wave):
    book(wave, "Early", "Panels")
    put(wave, FIRST, "Panels", "panels")
    read(wave)
    coding.settle(reply=reply(wave, FIRST), question=QUESTION, code="panels", stands=True, **doing())
    draft = codebook.begin(wave=wave, **doing())
    codebook.remove_code(book=draft, id="panels", **doing())
    codebook.save_code(
        book=draft,
        question=QUESTION,
        label="Boards",
        definition="Speaks of panels",
        was=["panels"],
        **doing(),
    )
    assert codebook.put_in_use(book=draft, **doing()) == 0
    assert Settled.objects.get().code == "boards"
    assert ReadThrough.objects.count() == 6


def test_two_who_differ_settle_it_once_both_have_read_and_may_think_again(wave):
    book(wave)
    put(wave, BOTH, "panels", "panels")
    given = {"reply": reply(wave, BOTH), "question": QUESTION, "code": "panels"}
    with pytest.raises(coding.NotBothRead):
        coding.settle(stands=True, **given, **doing())
    read(wave)
    coding.settle(stands=True, why="It names them", **given, **doing())
    coding.settle(stands=False, **given, **doing(coders()[1]))
    assert Settled.objects.get().stands is False


def test_late_and_empty_answers_are_no_sources():
    wave = answered(["One word", " \r\n ", "It came late"], title="Late")
    assert sorted(one.text for one in sources(wave, QUESTION)) == ["It came late", "One word"]
    late, _ = surveying.opened(title="Another")
    surveying.answer(surveying.one_of(late), surveying.LATE, words="It came late")
    assert sources(late, QUESTION) == []
    book(late)
    with pytest.raises(coding.NothingToCode):
        put(late, "It came late", "late", "early")


def test_codes_that_exclude_each_other_are_not_both_settled_to_stand(wave):
    draft = codebook.begin(wave=wave, **doing())
    for label in ("Clear", "Unclear"):
        codebook.save_code(
            book=draft, question=QUESTION, label=label, definition=label, alone=True, **doing()
        )
    codebook.put_in_use(book=draft, **doing())
    one, other = coders()
    put(wave, FIRST, "early", "clear", one)
    put(wave, FIRST, "slow", "unclear", other)
    read(wave)
    given = {"reply": reply(wave, FIRST), "question": QUESTION, **doing()}
    coding.settle(code="clear", stands=True, **given)
    with pytest.raises(CannotCode, match="stands alone"):
        coding.settle(code="unclear", stands=True, **given)
    coding.settle(code="clear", stands=False, **given)
    coding.settle(code="unclear", stands=True, **given)
    assert Settled.objects.get(code="unclear").stands


def test_answers_that_had_a_code_that_is_gone_are_read_again_so_that_none_is_counted_short(wave):
    book(wave, "Early", "Panels")
    put(wave, FIRST, "Panels", "panels")
    read(wave)
    draft = codebook.begin(wave=wave, **doing())
    codebook.remove_code(book=draft, id="panels", **doing())
    codebook.put_in_use(book=draft, **doing())
    assert not ReadThrough.objects.exists()


@pytest.mark.parametrize(("second", "left"), [(True, [("early", True)]), (False, [])])
def test_what_was_settled_about_two_codes_that_become_one_stays_where_it_says_the_same(second, left, wave):
    draft = codebook.begin(wave=wave, **doing())
    same = {"question": QUESTION, "definition": "Before the plan", **doing()}
    for label in ("Early", "Soon"):
        codebook.save_code(book=draft, label=label, **same)
    codebook.put_in_use(book=draft, **doing())
    for code in ("early", "soon"):
        put(wave, FIRST, "early", code)
    read(wave)
    given = {"reply": reply(wave, FIRST), "question": QUESTION, **doing()}
    coding.settle(code="early", stands=True, **given)
    coding.settle(code="soon", stands=second, **given)
    draft = codebook.begin(wave=wave, **doing())
    codebook.remove_code(book=draft, id="soon", **doing())
    codebook.save_code(book=draft, id="early", label="Early", was=["soon"], **same)
    codebook.put_in_use(book=draft, **doing())
    assert [(row.code, row.stands) for row in Settled.objects.all()] == left
    assert [row.code for row in Coded.objects.all()] == ["early"]


def test_a_reworded_code_does_not_stay_where_it_may_no_longer_stand(wave):
    book(wave, "Early", "Panels")
    kept = put(wave, FIRST, "early", "early")
    put(wave, FIRST, "Panels", "panels")
    draft = codebook.begin(wave=wave, **doing())
    codebook.save_code(
        book=draft,
        id="early",
        question=QUESTION,
        label="Early",
        definition="Speaks of early",
        alone=True,
        **doing(),
    )
    codebook.put_in_use(book=draft, **doing())
    with pytest.raises(CannotCode, match="stands alone"):
        coding.still_fits(coded=kept, **doing())


def test_the_database_keeps_what_was_coded_by_and_one_codebook_in_use(wave):
    row = book(wave)
    with pytest.raises(Error, match="what_was_coded_by_stays"), transaction.atomic():
        Codebook.objects.filter(pk=row.pk).update(codes=[])
    with pytest.raises(Error, match="what_was_coded_by_stays"), transaction.atomic():
        Codebook.objects.filter(pk=row.pk).update(state="draft")
    with pytest.raises(Error, match="only_a_draft_is_thrown_away"), transaction.atomic():
        Codebook.objects.filter(pk=row.pk).delete()
    with pytest.raises(Error, match="one_codebook_in_use"), transaction.atomic():
        Codebook.objects.create(wave=wave, version=9, title="Two", state="in_use", by=coders()[0])
    put(wave, FIRST, "early", "early")
    with pytest.raises(Error, match="a_passage_has_words"), transaction.atomic():
        Coded.objects.update(end=F("start"))
