"""Raking reaches the margins, and says when it cannot."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analytics.weights import CannotWeight, effective, rake

FIELD = {"region": {"north": 60, "south": 40}, "type": {"county": 30, "other": 70}}

replies = st.lists(
    st.fixed_dictionaries(
        {"region": st.sampled_from(["north", "south"]), "type": st.sampled_from(["county", "other"])}
    ),
    min_size=0,
    max_size=40,
).map(
    # One of each pair, so that every margin can be reached.
    lambda found: found + [{"region": r, "type": t} for r in ("north", "south") for t in ("county", "other")]
)


@given(replies)
def test_each_margin_has_the_fields_shares(answered):
    found = rake(answered, FIELD)
    for dimension, groups in FIELD.items():
        have: Counter = Counter()
        for reply, weight in zip(answered, found.weights, strict=True):
            have[reply[dimension]] += weight
        for group, count in groups.items():
            assert math.isclose(have[group] / len(answered), count / 100, rel_tol=1e-8)


@given(replies)
def test_weights_are_positive_and_average_one_and_never_gain_information(answered):
    found = rake(answered, FIELD)
    assert min(found.weights) > 0
    assert math.isclose(math.fsum(found.weights), len(answered))
    assert found.effective <= len(answered) + 1e-9


def test_a_cohort_like_the_field_is_not_weighted():
    like = [{"region": "north", "type": "county"}] * 18 + [{"region": "north", "type": "other"}] * 42
    like += [{"region": "south", "type": "county"}] * 12 + [{"region": "south", "type": "other"}] * 28
    assert rake(like, FIELD).weights == pytest.approx([1.0] * 100)


def test_equal_weights_are_worth_what_they_are():
    assert effective([2.0] * 50) == pytest.approx(50)
    assert effective([1, 1, 1, 3]) == pytest.approx(36 / 12)


@pytest.mark.parametrize(
    ("answered", "says"),
    [
        ([], "Nobody answered"),
        ([{"region": "north", "type": "county"}], "Nobody of south"),
        (
            [{"region": "north", "type": "county"}, {"region": "south", "type": "other"},
             {"region": "west", "type": "other"}],
            "west (region) answered and is not in the field",
        ),
        (
            [{"region": "north", "type": "county"}, {"region": "south", "type": "other"}],
            "cannot all be reached",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_weighted_is_refused_in_words(answered, says):
    with pytest.raises(CannotWeight) as refusal:
        rake(answered, FIELD)
    assert says in refusal.value.says
