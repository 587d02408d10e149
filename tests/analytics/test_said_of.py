"""What a sentence says of its figures: any of them may carry it, and the silent never make it untrue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analytics.base import Base
from wherewithal.analytics.in_words import RULES, may_say
from wherewithal.analytics.said_of import Stood, overstated


def stood(count, base, unit="council", units="councils"):
    return Stood("A: Yes", count, Base("answered", base, unit, units))


def test_one_figure_of_several_is_enough_and_each_quantity_is_looked_at():
    says = "Most respondents offer it, and a third of respondents look at its use."
    assert overstated(says, [stood(40, 58), stood(19, 58)], 152) == ()
    [only] = overstated(says, [stood(40, 58)], 152)
    assert only.startswith("“a third” holds of no figure")


def test_a_share_of_staff_is_never_said_of_councils():
    [found] = overstated(
        "All councils that answered know it.", [stood(9, 9, "member of staff", "members of staff")], 9
    )
    assert "is no share of councils" in found
    assert overstated("All staff members that answered know it.", [stood(9, 9, "member of staff")], 9) == ()


def test_without_a_figure_each_word_asks_for_one():
    found = overstated("All of them, and 40% of the others.", [], 152)
    assert [one.partition(" stands")[0] for one in found] == ["“All”", "“40%”"]


@pytest.mark.parametrize("words", RULES)
def test_every_word_that_has_a_rule_is_looked_at(words):
    assert overstated(f"{words.capitalize()} of respondents offer it.", [], 9), words


@given(st.sampled_from(["most", "all", "few", "some", "half", "none"]), st.integers(1, 60), st.data())
def test_what_is_said_of_all_councils_holds_whatever_the_silent_would_say(words, field, data):
    base = data.draw(st.integers(1, field))
    count = data.draw(st.integers(0, base))
    silent = data.draw(st.integers(0, field - base))
    if not overstated(f"{words} of the councils offer it.", [stood(count, base)], field):
        assert may_say(words, count + silent, field)
