"""What is said at a review, as it is kept and as it is refused."""

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.problem import Problem
from wherewithal.core.review_held import NotFinished, Reviewed, Said, Seen, from_record, problems

pence = st.none() | st.integers(0, 100_000)
levels = st.sampled_from(["", "met", "partly", "not_met"])
anything = st.builds(
    Said,
    seen=st.dictionaries(st.sampled_from("123"), st.builds(Seen, levels, st.text(max_size=9))),
    summary=st.text(max_size=9),
    next_step=st.sampled_from(["", "carry_on", "end"]),
    change=st.sampled_from(["none", "saved", "added"]),
    change_pence_per_week=pence,
    why=st.text(max_size=9),
    surplus_back_pence=pence,
)


@given(anything)
def test_what_is_kept_is_read_again_as_it_was_said(said):
    assert from_record(said.record()) == said


def test_nothing_kept_is_nothing_said():
    assert from_record({}) == Said()


@given(anything)
def test_every_problem_names_a_place_of_its_own_and_what_is_whole_has_none(said):
    found = problems(said, Reviewed({"1": "I swim.", "2": "I sing."}, 20800, 500))
    places = [problem.where for problem in found]
    assert len(places) == len(set(places))
    assert ("outcome:1" in places) == (not said.seen.get("1", Seen()).level)
    assert ("next_step" in places) == (not said.next_step)


def test_a_refusal_says_the_first_thing_and_how_many_more_there_are():
    one, two, three = (Problem(where, f"Say the {where}.") for where in ("first", "second", "third"))
    assert NotFinished([one]).says == "Say the first."
    assert NotFinished([one, two]).says == "Say the first. 1 more thing is still to be said."
    refused = NotFinished([one, two, three])
    assert (refused.says, refused.field) == ("Say the first. 2 more things are still to be said.", "first")
