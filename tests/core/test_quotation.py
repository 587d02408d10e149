"""Who may be told of, be asked, sign off; beside the cases of tests/spec/spec_screening.py."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.quotation import (
    CannotQuote,
    Consent,
    NotASecondPerson,
    NotYetSignedOff,
    Quoted,
    Telling,
    check_consent,
    check_kept,
    check_sign_off,
    in_the_way,
    tellings,
    told,
)
from wherewithal.core.screening import Finding, Kept, Kind

KENT, FIGURE = Finding(0, 4, Kind.PLACE, "Kent"), Finding(5, 7, Kind.NUMBER, "43")
PLAIN = Quoted("coded", Consent.NOT_ASKED, Telling.NOTHING, (Telling.NOTHING,), (), (), frozenset({1, 2}))
whose = st.tuples(
    st.sampled_from(["North", "South", ""]), st.sampled_from(["County", "Unitary authority", ""])
)


@given(st.lists(whose, max_size=20), st.lists(whose, min_size=1, max_size=3), st.integers(1, 6))
def test_what_is_told_is_true_of_at_least_as_many_as_the_policy_asks(answered, quoted, fewest):
    may = tellings(Counter(answered), quoted, fewest)
    assert Telling.NOTHING in may
    if Telling.TYPE in may:
        assert sum(type == quoted[0][1] for _, type in answered) >= fewest
        assert all(type == quoted[0][1] != "" for _, type in quoted)
    if Telling.REGION in may:
        assert answered.count(quoted[0]) >= fewest and set(quoted) == {quoted[0]}


def test_where_nothing_is_told_the_line_says_what_kind_of_respondent_it_is():
    assert told("nothing", "staff") == "A member of staff"
    assert told("region", "people", "North", "") == "A person who draws on support"


@pytest.mark.parametrize(
    ("telling", "type", "many", "says"),
    [
        ("nothing", "County", 2, "Two councils"),
        ("type", "County", 2, "Two county councils"),
        ("region", "Unitary authority", 3, "Three unitary authorities in the North"),
        ("type", "London borough", 12, "12 London boroughs"),
    ],
)
def test_a_vignette_of_several_says_how_many(telling, type, many, says):
    assert told(telling, "council", "North", type, many) == says


@pytest.mark.parametrize("becomes", ["asked", "given", "refused"])
def test_nobody_can_be_asked_whom_nobody_can_tell(becomes):
    with pytest.raises(CannotQuote, match="Nobody can tell"):
        check_consent("anonymous", keys_gone=False, was="not_asked", becomes=becomes)
    with pytest.raises(CannotQuote, match="destroyed"):
        check_consent("coded", keys_gone=True, was="not_asked", becomes=becomes)
    check_consent("coded", keys_gone=True, was="asked", becomes=becomes)


def test_only_what_was_found_is_kept_with_a_reason_and_no_name_without_consent():
    quoted = replace(PLAIN, findings=(KENT, FIGURE))
    check_kept(quoted, "number", "43", "Everybody has that many")
    for kind, words, why, says in (
        ("number", "44", "so", "does not stand"), ("number", "43", " ", "Say why"),
        ("place", "Kent", "so", "names nobody"),
    ):  # fmt: skip
        with pytest.raises(CannotQuote, match=says):
            check_kept(quoted, kind, words, why)
    check_kept(replace(quoted, consent=Consent.GIVEN), "place", "Kent", "They agreed")


def test_consent_that_was_taken_back_opens_the_names_that_were_kept_for_it():
    quoted = replace(PLAIN, findings=(KENT,), kept=(Kept("place", "Kent", "agreed"),), consent=Consent.GIVEN)
    assert in_the_way(quoted) == ()
    assert "must go" in in_the_way(replace(quoted, consent=Consent.NOT_ASKED))[0]


def test_what_is_told_and_too_few_answered_stands_in_the_way():
    assert "Say less" in in_the_way(replace(PLAIN, telling=Telling.TYPE))[0]


@pytest.mark.parametrize("by", [1, 2])
def test_who_picked_it_and_who_changed_it_last_do_not_sign_it_off(by):
    with pytest.raises(NotASecondPerson):
        check_sign_off(PLAIN, by)
    check_sign_off(PLAIN, 3)
    with pytest.raises(NotYetSignedOff, match="“43” may tell"):
        check_sign_off(replace(PLAIN, findings=(FIGURE,)), 3)
