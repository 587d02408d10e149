"""Codes that words were given, counted: councils per code, and two codes in one answer."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.analytics.coded import NotRead, with_codes
from wherewithal.analytics.overlaps import overlaps
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey
from wherewithal.analytics.tabulate import tables, tallied
from wherewithal.core.coding import Code, Codebook, Coding, Passage, Source
from wherewithal.core.questions import Question, Questionnaire, Section
from wherewithal.policy.disclosure import rule

WHY = Question("why", "Why?", "longtext")
FORM = Questionnaire(
    "form", "1", "Form", "survey", date(2026, 1, 1), None, "made up", (Section("s", "S", (WHY,)),)
)
CODES = tuple(Code(id, f"Code {id}", "d", "why") for id in ("a", "b", "c"))
BOOK = Codebook("book", "1", "Book", "form", "made up", CODES)
PEOPLE = Survey("made up", rule("threshold-10"), unit="person", units="people")
COUNCILS = Survey("made up", rule("councils"))


def coded(answers, *, blank=0, read=None):
    """Replies whose answers bear these codes, as tables."""
    replies = {f"r{number}": Reply({"why": "words"}) for number in range(len(answers))}
    sources = [Source(f"{key}:why", key, "why", "words") for key in replies]
    codings = [
        Coding(Passage(source.key, 0, 5), code, "both")
        for source, codes in zip(sources, answers, strict=True)
        for code in codes
    ]
    keys = [source.key for source in sources] if read is None else read
    made = with_codes(BOOK, replies, sources, codings, read=keys)
    return as_tables(FORM, [*made, *[Reply({})] * blank])


def counted(answers, survey, blank=0):
    replies = coded(answers, blank=blank)
    made = tallied(FORM, replies, survey, labels=BOOK.labels, exclusive=BOOK.exclusive)
    [table] = tables(made)
    return table, {(one.first, one.second): one.cell for one in overlaps(WHY, table, made)}


def test_councils_are_counted_by_code_and_by_two_with_the_base_of_who_was_coded():
    table, pairs = counted(["ab", "ab", "a", "", "bc"], COUNCILS, blank=2)
    assert [row.cells["all"].figure.numerator for row in table.rows] == [3, 3, 1]
    cell = pairs["a", "b"]
    assert (cell.figure.numerator, cell.figure.denominator, str(cell.figure.value)) == (2, 5, "40")
    assert cell.base.says == "5 councils whose answer to this was coded"
    assert cell.figure.definition == "Why? Code a + Code b"
    assert cell.second_look
    assert [pairs[pair].figure.numerator for pair in (("a", "c"), ("b", "c"))] == [0, 1]


def test_a_code_twice_in_an_answer_counts_once():
    source = Source("r:why", "r", "why", "words here")
    twice = [Coding(Passage(source.key, start, start + 4), "a", "both") for start in (0, 6)]
    made = with_codes(BOOK, {"r": Reply({"why": source.text})}, [source], twice, read=[source.key])
    assert made[0].codes == {"why": ("a",)}


def test_a_table_waits_until_every_answer_was_read():
    with pytest.raises(NotRead, match=r"^2 answers have not been coded to the end, the first of them r1:why"):
        coded(["a", "b", "c"], read=["r0:why"])


def test_what_is_of_no_question_in_the_book_needs_no_reading():
    other = Source("r:who", "r", "who", "words")
    reply = Reply({"why": "words"})
    assert with_codes(BOOK, {"r": reply}, [other], [], read=[]) == [replace(reply, codes={})]


answers = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c", "ab", "ac", "bc", "abc"]), st.integers(0, 14)), max_size=8
).map(lambda drawn: [codes for codes, times in drawn for _ in range(times)])


@settings(max_examples=30)
@given(answers)
def test_pairs_are_what_counting_by_hand_gives(found):
    _, pairs = counted(found, COUNCILS)
    for (first, second), cell in pairs.items():
        assert cell.figure.numerator == sum(first in codes and second in codes for codes in found)
        assert cell.figure.denominator == len(found)


@settings(max_examples=30)
@given(answers)
def test_a_pair_that_is_shown_gives_no_small_count_away(found):
    table, pairs = counted(found, PEOPLE)
    shown = {row.value: row.cells["all"].figure.numerator for row in table.rows}
    least = PEOPLE.rule.suppress_under
    for (first, second), cell in pairs.items():
        both = cell.figure.numerator
        if both is None:
            assert cell.figure.value is None
            continue
        parts = Counter((first in codes, second in codes) for codes in found)
        assert both == parts[True, True]
        assert None not in (shown[first], shown[second])
        assert not [count for count in parts.values() if 0 < count < least]
