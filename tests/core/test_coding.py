"""What people wrote, called by codes: passages, underlining, a new version of the codebook."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.coding import (
    CannotCode,
    Code,
    Codebook,
    Coding,
    Fate,
    Passage,
    Source,
    as_text,
    became,
    carry,
    code_passage,
    mistakes,
    passage,
    passage_of,
    runs,
)

COST = Code("cost", "Cost", "Names what it costs", "why")
TIME = Code("time", "Time", "Names how long it takes", "why", within="cost")
NONE = Code("none", "No reason", "Says that there is none", "why", alone=True)
OTHER = Code("staff", "Staff", "Names who does it", "who")
BOOK = Codebook("made-up", "1", "Reasons", "form", "made up", (COST, TIME, NONE, OTHER))
ANSWER = Source("r1:why", "r1", "why", "Too dear,\nand 👍 it takes weeks")


def book(*codes: Code) -> Codebook:
    return replace(BOOK, version="2", codes=codes)


def on(words: str) -> Passage:
    begins = ANSWER.text.index(words)
    return passage(ANSWER, begins, begins + len(words))


def put(code="cost", words="Too dear", coder="ann", among=(), memo="", source=ANSWER):
    return code_passage(source, on(words), code, coder=coder, book=BOOK, among=among, memo=memo)


# passages


@given(st.text(" a\n👍é", max_size=12), st.integers(-2, 14), st.integers(-2, 14))
def test_a_passage_is_what_was_marked_without_the_white_space_at_its_ends(text, start, end):
    source = Source("s", "r", "q", text)
    if not 0 <= start <= end <= len(text) or not text[start:end].strip():
        with pytest.raises(CannotCode):
            passage(source, start, end)
    else:
        found = passage(source, start, end)
        assert text[found.start : found.end] == text[start:end].strip()
        assert start <= found.start < found.end <= end


def test_places_are_counted_in_code_points():
    assert on("it takes") == Passage("r1:why", 16, 24)


@given(st.text("a\r\n"))
def test_an_answer_is_coded_with_line_feeds_alone(answer):
    text = as_text(answer)
    assert text.splitlines() == answer.splitlines()
    assert as_text(f"\ufeff{answer}") == text
    assert Source("s", "r", "q", text).text == as_text(text)


@pytest.mark.parametrize(
    ("words", "found"),
    [("it takes", "it takes"), (" it takes \r\n", "it takes"), ("", None), ("  ", None)],
)
def test_words_that_were_copied_are_found_where_they_stand_and_none_mean_all_of_it(words, found):
    whole = ANSWER.text.strip()
    there = passage_of(ANSWER, words)
    assert ANSWER.text[there.start : there.end] == (found or whole)


@pytest.mark.parametrize(("words", "says"), [("nowhere", "does not say this"), ("e", "more than once")])
def test_words_that_do_not_stand_there_or_twice_are_refused(words, says):
    with pytest.raises(CannotCode, match=says) as refused:
        passage_of(ANSWER, words)
    assert refused.value.field == "passage"


def test_a_source_with_a_carriage_return_is_no_source():
    with pytest.raises(ValueError, match="as_text"):
        Source("s", "r", "q", "one\r\ntwo")


# codings


def test_several_codes_of_several_coders_may_be_on_one_passage():
    first = put("cost")
    second = put("time", among=[first])
    third = put("cost", coder="ben", among=[first, second])
    assert {first, second, third} == {
        Coding(on("Too dear"), "cost", "ann"),
        Coding(on("Too dear"), "time", "ann"),
        Coding(on("Too dear"), "cost", "ben"),
    }


@pytest.mark.parametrize(
    ("code", "among", "says"),
    [
        ("price", [], "“price” is no code of version 1 of “Reasons”"),
        ("staff", [], "“Staff” is for answers to another question"),
        ("cost", [Coding(on("Too dear"), "cost", "ann", "seen")], "called this passage “Cost” already"),
        ("none", [Coding(on("weeks"), "time", "ann")], "“No reason” stands alone: .* or “Time”"),
        ("time", [Coding(on("weeks"), "none", "ann")], "“No reason” stands alone: .* or “Time”"),
    ],
)
def test_a_code_that_cannot_stand_is_refused(code, among, says):
    with pytest.raises(CannotCode, match=says) as refused:
        put(code, among=among)
    assert refused.value.field == "code"


def test_what_another_coder_did_or_another_answer_has_is_no_hindrance():
    elsewhere = replace(ANSWER, key="r2:why")
    among = [
        Coding(on("Too dear"), "none", "ben"),
        Coding(passage(elsewhere, 0, 8), "none", "ann"),
    ]
    assert put("cost", among=among).code == "cost"


@pytest.mark.parametrize(
    "at", [Passage("r1:why", 0, 9_000), Passage("r1:why", 9, 13), Passage("r9:why", 0, 3)]
)
def test_a_passage_that_is_not_of_the_answer_is_refused(at):
    with pytest.raises(CannotCode) as refused:
        code_passage(ANSWER, at, "cost", coder="ann", book=BOOK, among=())
    assert refused.value.field == "passage"


# underlining

codings = st.lists(
    st.builds(
        lambda start, length, code: Coding(Passage("s", start, start + length), code, "ann"),
        st.integers(0, 15), st.integers(1, 5), st.sampled_from("abc"),
    ),
    unique=True, max_size=8,
)  # fmt: skip


@given(codings)
def test_runs_are_the_whole_text_and_each_has_just_what_covers_it(made):
    text = "x" * 20
    found = runs(text, made)
    assert "".join(text[run.start : run.end] for run in found) == text
    for run in found:
        for place in range(run.start, run.end):
            covering = {one for one in made if one.passage.start <= place < one.passage.end}
            assert set(run.codings) == covering
    assert all(before.codings != after.codings for before, after in pairwise(found))


def test_an_empty_text_has_no_runs():
    assert runs("", ()) == ()


# the codebook


def test_a_tree_gives_each_code_once_below_the_one_that_it_is_under():
    assert [(depth, code.id) for depth, code in BOOK.tree("why")] == [(0, "cost"), (1, "time"), (0, "none")]
    assert mistakes(BOOK) == ()


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ((COST, replace(COST, label="Price")), "Two codes are called “cost”."),
        ((COST, replace(COST, id="price")), "Two codes of “why” have the label “Cost”."),
        ((replace(COST, definition=" "),), "The code “cost” has no definition."),
        ((TIME,), "“time” belongs under “cost”, which is no code of the book."),
        ((COST, replace(OTHER, within="cost")), "“staff” belongs under “cost”, which is for"),
        ((replace(COST, within="cost"),), "“cost” belongs under itself."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_codebook_is_named(codes, says):
    assert any(one.startswith(says) for one in mistakes(book(*codes)))


def test_codes_in_a_circle_are_named_and_end():
    codes = (replace(COST, within="time"), TIME, replace(NONE, within="cost"))
    assert mistakes(book(*codes)) == ("“cost” belongs under itself.", "“time” belongs under itself.")


# a new version


@pytest.mark.parametrize(
    ("after", "fate", "codes"),
    [
        ((COST,), Fate.KEPT, ("cost",)),
        ((replace(COST, label="Price", examples=("5 pounds",)),), Fate.KEPT, ("cost",)),
        ((replace(COST, id="price", was=("cost",)),), Fate.RENAMED, ("price",)),
        ((replace(COST, definition="Any money"),), Fate.REWORDED, ("cost",)),
        ((replace(COST, not_for="fees"),), Fate.REWORDED, ("cost",)),
        ((replace(COST, id="price", was=("cost",), alone=True),), Fate.REWORDED, ("price",)),
        (
            (replace(COST, id="fee", was=("cost",)), replace(COST, id="rent", was=("cost",))),
            Fate.SPLIT,
            ("fee", "rent"),
        ),
        ((COST, replace(COST, id="fee", was=("cost",))), Fate.SPLIT, ("cost", "fee")),
        ((TIME,), Fate.REMOVED, ()),
        ((replace(OTHER, was=("cost",)),), Fate.REMOVED, ()),
    ],
)  # fmt: skip
def test_what_became_of_a_code(after, fate, codes):
    found = became("cost", BOOK, book(*after))
    assert (found.fate, found.codes) == (fate, codes)


def test_codings_go_on_or_are_looked_at_again():
    cost, time, none = put("cost", memo="dear"), put("time", "weeks"), put("none", coder="ben")
    after = book(replace(COST, id="price", was=("cost",)), replace(TIME, definition="Any wait", within=""))
    found = carry([cost, time, none], BOOK, after)
    assert found.codings == (replace(cost, code="price"),)
    assert [(one.coding, one.became.fate) for one in found.again] == [
        (time, Fate.REWORDED),
        (none, Fate.REMOVED),
    ]


def test_two_codes_put_together_leave_one_coding_with_both_memos():
    same = replace(TIME, id="time", definition=COST.definition, within="")
    before = replace(BOOK, codes=(COST, same))
    made = [Coding(on("weeks"), "cost", "ann", "a"), Coding(on("weeks"), "time", "ann", "b")]
    found = carry(made, before, book(replace(COST, was=("time",))))
    assert found.codings == (Coding(on("weeks"), "cost", "ann", "a\nb"),)
    assert found.again == ()


@given(codings)
def test_the_same_book_again_changes_nothing(made):
    letters = tuple(replace(COST, id=letter, label=letter) for letter in "abc")
    found = carry(made, book(*letters), book(*letters))
    assert found.codings == tuple(made)
    assert found.again == ()
