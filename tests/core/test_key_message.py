"""Key messages: what changed since one was agreed, and the order that they stand in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.key_message import Evidence, changes, moved

FIGURE = Evidence("figure", "a=yes", "A: Yes", 12, 50, "50 councils that answered this", "24%")
THEME = Evidence("theme", "a=yes", "Early", 3, 16, "16 councils whose answer to this was coded", "19%")


def test_what_is_printed_the_same_is_no_change_and_a_figure_is_no_theme_of_its_key():
    assert changes([FIGURE, THEME], [THEME, FIGURE]) == ()
    assert [one.now for one in changes([FIGURE], [THEME])] == [None]


def test_another_count_base_or_state_is_a_change():
    others = (
        replace(FIGURE, count=13),
        replace(FIGURE, base=51, of="51 councils that answered this"),
        replace(FIGURE, count=None, percent=""),
        replace(FIGURE, is_there=False),
    )
    assert [changes([FIGURE], [other])[0].now for other in others] == list(others)


def test_evidence_reads_back_as_it_was_kept():
    for one in (FIGURE, replace(THEME, count=None), replace(FIGURE, is_there=False)):
        assert Evidence.from_kept(one.kept()) == one


@given(st.lists(st.integers(1, 99), min_size=1, unique=True), st.data(), st.integers(-3, 120))
def test_moving_one_keeps_the_others_in_their_order(order, data, to):
    one = data.draw(st.sampled_from(order))
    after = moved(order, one, to)
    assert [other for other in after if other != one] == [other for other in order if other != one]
    assert after.index(one) == min(max(to, 1), len(order)) - 1
