"""Scores, bands and what a risk still needs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import risk
from wherewithal.core.policy import Used
from wherewithal.policy import mitigation

ON = date(2026, 4, 6)
BANDS = mitigation.bands(Used(ON))
SCORES = st.builds(risk.Score, st.integers(1, 5), st.integers(1, 5))


@pytest.mark.parametrize(
    "likelihood, impact, field", [(0, 3, "likelihood"), (6, 3, "likelihood"), (3, 0, "impact")]
)
def test_a_score_outside_one_to_five_is_refused(likelihood, impact, field):
    with pytest.raises(risk.NotAScore, match="from 1 to 5") as refused:
        risk.Score(likelihood, impact)
    assert refused.value.field == field


@given(SCORES, SCORES)
def test_every_score_has_a_band_and_a_worse_score_never_a_lower_one(one, other):
    lower, higher = sorted((one, other), key=lambda score: score.value)
    assert risk.band(lower, BANDS).from_score <= risk.band(higher, BANDS).from_score


def test_bands_that_leave_a_score_out_are_refused():
    with pytest.raises(risk.NoSuchBand, match="score of 4"):
        risk.band(risk.Score(2, 2), BANDS[1:])


def test_a_risk_not_yet_scored_again_is_judged_by_its_first_score():
    falls = risk.Risk("1", "Falls", "customer", risk.Score(4, 4))
    assert risk.reaches(falls, "very_high", BANDS)
    mended = risk.Risk("1", "Falls", "customer", risk.Score(4, 4), after=risk.Score(3, 5))
    assert not risk.reaches(mended, "very_high", BANDS)
    assert risk.reaches(mended, "high", BANDS)


def test_a_band_that_the_policy_does_not_have_is_refused():
    with pytest.raises(risk.NoSuchBand, match="extreme"):
        risk.reaches(risk.Risk("1", "Falls", "customer", risk.Score(1, 1)), "extreme", BANDS)


def test_a_problem_names_the_risk_and_what_to_do():
    falls = risk.Risk("9", "Falls", "customer", risk.Score(4, 4))
    unmitigated, unscored = risk.needs(falls, mitigation.library(Used(ON)), ON)
    assert (unmitigated.where, unmitigated.blocks) == ("risk:9", True)
    assert unmitigated.says == "“Falls” has no mitigation. Choose one or write your own."
    assert "scored again" in unscored.says


def test_the_library_has_a_mitigation_for_each_kind_of_risk_and_no_id_twice():
    library = mitigation.library(Used(ON))
    kinds = mitigation.kind_titles(Used(ON))
    assert {kind for entry in library for kind in entry.kinds} == set(kinds)
    assert len({entry.id for entry in library}) == len(library)


def test_no_title_for_a_page_uses_the_word_customer():
    assert not any("customer" in title for title in mitigation.kind_titles(Used(ON)).values())
