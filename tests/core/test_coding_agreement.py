"""Two coders: how far they agree, where not, and what they settle on.

Kappa and its error are held against an independent way (the delta method on the four shares, derivatives by
differences) and against numbers that statsmodels 0.14 gave for the same tables.
"""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wherewithal.core.coding import (
    Agreement,
    Apart,
    Code,
    Codebook,
    Coding,
    Source,
    Status,
    compare_answers,
    compare_characters,
    disagreements,
    passage,
    resolve,
)

counts = st.integers(0, 60)
tables = st.builds(Agreement, counts, counts, counts, counts)


def turned(table: Agreement) -> Agreement:
    """The other coder first."""
    return replace(table, first=table.second, second=table.first)


def by_shares(both, first, second, neither):
    """Kappa as a function of the four shares."""
    agreed = both + neither
    chance = (both + first) * (both + second) + (second + neither) * (first + neither)
    return (agreed - chance) / (1 - chance)


def error_by_differences(table: Agreement) -> float:
    shares = [count / table.units for count in (table.both, table.first, table.second, table.neither)]
    step = 1e-6
    slopes = []
    for at in range(4):
        up, down = list(shares), list(shares)
        up[at] += step
        down[at] -= step
        slopes.append((by_shares(*up) - by_shares(*down)) / (2 * step))
    mean = sum(share * slope for share, slope in zip(shares, slopes, strict=True))
    square = sum(share * slope**2 for share, slope in zip(shares, slopes, strict=True))
    return math.sqrt(max(0.0, square - mean**2) / table.units)


@given(tables)
def test_the_coders_may_change_places(table):
    assert table.kappa == turned(table).kappa
    assert table.percent == turned(table).percent


@given(tables)
def test_a_code_may_be_told_by_where_it_is_not(table):
    other = Agreement(table.neither, table.second, table.first, table.both)
    assert table.kappa.value == other.kappa.value


@given(tables)
def test_kappa_lies_between_its_ends_and_is_1_only_where_all_agree(table):
    kappa = table.kappa
    assume(kappa.value is not None)
    assert -1 <= kappa.value <= 1
    assert (kappa.value == 1) == (table.first == table.second == 0)
    if kappa.error is not None:
        assert -1 <= kappa.low <= kappa.value <= kappa.high <= 1


@given(tables)
def test_kappa_and_its_error_come_out_the_same_by_another_way(table):
    kappa = table.kappa
    assume(kappa.status == Status.OK)
    shares = [count / table.units for count in (table.both, table.first, table.second, table.neither)]
    assert kappa.value == pytest.approx(by_shares(*shares), abs=1e-9)
    assert kappa.error == pytest.approx(error_by_differences(table), abs=1e-5)


@pytest.mark.parametrize(
    ("table", "kappa", "error"),
    [
        ((20, 5, 10, 15), 0.4, 0.12699606293110),
        ((75, 5, 5, 15), 0.6875, 0.09190070590639),
        ((4, 6, 1, 89), 0.5, 0.16071428571429),
        ((10, 0, 5, 85), 0.77272727272727, 0.09647344472897),
        ((40, 9, 6, 45), 0.69951923076923, 0.07139360269999),
        ((0, 3, 4, 93), -0.03550295857988, 0.01398759452085),
        ((1, 1, 1, 1), 0.0, 0.5),
    ],
)
def test_kappa_is_what_statsmodels_gives(table, kappa, error):
    found = Agreement(*table).kappa
    assert found.value == pytest.approx(kappa, abs=1e-12)
    assert found.error == pytest.approx(error, abs=1e-12)


# answers

DEAR, SLOW = Code("dear", "Dear", "d", "why"), Code("slow", "Slow", "d", "why")
LONE = Code("lone", "Nothing", "d", "why", alone=True)
WHO = Code("who", "Who", "d", "who")
BOOK = Codebook("made-up", "1", "Reasons", "form", "made up", (DEAR, SLOW, LONE, WHO))
SOURCES = [
    Source("1", "r1", "why", "dear and slow"),
    Source("2", "r2", "why", "slow, so slow"),
    Source("3", "r1", "who", "we do"),
]


def coding(source, start, end, code, coder="ann", memo=""):
    return Coding(passage(SOURCES[source - 1], start, end), code, coder, memo)


ANN = [coding(1, 0, 4, "dear", memo="plain"), coding(2, 0, 4, "slow"), coding(3, 0, 2, "who")]
BEN = [
    coding(1, 0, 8, "dear", "ben", "sure"), coding(1, 9, 13, "slow", "ben"),
    coding(2, 9, 13, "slow", "ben"), coding(3, 0, 2, "who", "ben"),
]  # fmt: skip


def test_an_answer_is_compared_by_the_codes_of_its_question():
    found = compare_answers(BOOK, SOURCES, ANN, BEN)
    assert found.by_code == {
        "dear": Agreement(both=1, neither=1),
        "slow": Agreement(both=1, second=1),
        "lone": Agreement(neither=2),
        "who": Agreement(both=1),
    }
    assert found.together == Agreement(both=3, second=1, neither=3)
    assert found.by_code["lone"].kappa.status == Status.NEVER


def test_characters_are_counted_once_however_often_they_are_covered_and_have_no_error():
    twice = [*ANN, coding(1, 0, 3, "dear")]
    found = compare_characters(BOOK, SOURCES, twice, BEN)
    assert found.by_code["dear"] == Agreement(4, 0, 4, 18, independent=False)
    assert found.by_code["who"] == Agreement(2, 0, 0, 3, independent=False)
    assert found.together.units == 3 * 26 + 5
    assert found.together.kappa.value is not None
    assert found.together.kappa.error is None


def test_what_was_not_read_by_both_is_left_out():
    assert compare_answers(BOOK, SOURCES[1:], ANN, BEN).by_code["dear"] == Agreement(neither=1)
    assert compare_answers(BOOK, [], ANN, BEN).together.kappa.status == Status.NOTHING


def test_disagreements_are_listed_with_what_each_coder_has():
    found = disagreements(BOOK, SOURCES, ANN, BEN)
    assert [(one.source, one.code, one.how) for one in found] == [
        ("1", "slow", Apart.SECOND),
        ("2", "slow", Apart.ELSEWHERE),
    ]
    assert found[0].second == (BEN[1],)


def test_the_words_of_a_disagreement_stand_as_in_the_answer_however_they_were_marked():
    last_first = [coding(1, 9, 13, "dear"), coding(1, 0, 4, "dear"), coding(1, 5, 8, "dear")]
    [found] = disagreements(BOOK, SOURCES[:1], last_first, [])
    assert [one.passage.start for one in found.first] == [0, 5, 9]


def test_what_both_have_stands_joined_and_what_one_has_waits_for_a_decision():
    found = resolve(BOOK, SOURCES, ANN, BEN, {}, by="both")
    assert found.codings == (
        coding(1, 0, 8, "dear", "both", "plain\nsure"),
        coding(2, 0, 4, "slow", "both"),
        coding(2, 9, 13, "slow", "both"),
        coding(3, 0, 2, "who", "both"),
    )
    assert [(one.source, one.code) for one in found.open] == [("1", "slow")]


@pytest.mark.parametrize("stands", [True, False])
def test_a_decision_settles_a_disagreement(stands):
    found = resolve(BOOK, SOURCES, ANN, BEN, {("1", "slow"): stands}, by="both")
    assert found.open == ()
    assert (coding(1, 9, 13, "slow", "both") in found.codings) is stands


def test_a_code_that_was_decided_to_stand_beside_one_that_excludes_it_is_open_again():
    lone = [coding(1, 0, 4, "lone")]
    decided = {("1", "lone"): True, ("1", "slow"): True}
    found = resolve(BOOK, SOURCES[:1], lone, BEN[1:2], decided, by="both")
    assert len(found.codings) == len(found.open) == 1
    assert {found.codings[0].code, found.open[0].code} == {"lone", "slow"}


@st.composite
def coded(draw, coder):
    found = set()
    for source, code in ((1, "dear"), (1, "slow"), (2, "slow"), (2, "dear"), (3, "who")):
        if draw(st.booleans()):
            begins = draw(st.integers(0, 4))
            text = SOURCES[source - 1].text
            end = draw(st.integers(begins + 1, len(text)))
            if text[begins:end].strip():
                found.add(coding(source, begins, end, code, coder))
    return sorted(found)


@given(coded("ann"), coded("ben"))
def test_a_settled_set_agrees_with_each_coder_wherever_they_agreed(ann, ben):
    found = resolve(BOOK, SOURCES, ann, ben, {}, by="both")
    again = compare_answers(BOOK, SOURCES, found.codings, ann).together
    assert again.first == 0
    assert again.both == compare_answers(BOOK, SOURCES, ann, ben).together.both
    assert len(found.open) == sum(
        one.how != Apart.ELSEWHERE for one in disagreements(BOOK, SOURCES, ann, ben)
    )


@given(coded("ann"))
def test_a_coder_agrees_with_themself(ann):
    same = compare_characters(BOOK, SOURCES, ann, ann).together
    assert same.first == same.second == 0
    assert disagreements(BOOK, SOURCES, ann, ann) == ()
