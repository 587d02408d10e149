"""A question on a scale told in full: every step, poles together only where nothing follows, one bar."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wherewithal.analytics.base import ALL
from wherewithal.analytics.cohort import profile
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.report.assemble import drawn, printed
from wherewithal.analytics.report.holding import few
from wherewithal.analytics.report.sentences import Counted
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import tabulate
from wherewithal.core import report as parts
from wherewithal.core.questions import Choice, Question, Questionnaire, Section, mistakes
from wherewithal.policy.disclosure import rule

STEPS = (
    Choice("5", "Agree strongly", pole="positive"), Choice("4", "Agree", pole="positive"),
    Choice("3", "Neither"), Choice("2", "Disagree", pole="negative"),
    Choice("1", "Disagree strongly", pole="negative"),
)  # fmt: skip
SAID = Question("said", "It is fair.", "likert", short="Fair", choices=STEPS)


def form(question: Question = SAID) -> Questionnaire:
    sections = (Section("s", "Views", (question,)),)
    return Questionnaire("views", "1", "Views", "survey", date(2026, 1, 1), None, "made up", sections)


def counted(of, id="councils", blank=0, question=SAID, **more):
    """The table where so many gave each step, from the first, and so many nothing."""
    replies = [
        Reply({"said": step.value}, groups={"region": "north"})
        for step, many in zip(question.choices, of, strict=True)
        for _ in range(many)
    ] + [Reply({}, groups={"region": "north"})] * blank
    survey = Survey("made up", rule(id), of=more.pop("share_of", "answered"))
    [table] = tabulate(form(question), as_tables(form(question), replies), survey, **more)
    return table


def test_every_step_stands_in_its_order_then_each_pole_together_and_what_is_neither_apart():
    assert printed(counted((6, 4, 0, 7, 3))).rows == (
        ("Agree strongly", "6", "30%"), ("Agree", "4", "20%"), ("Neither", "0", "0%"),
        ("Disagree", "7", "35%"), ("Disagree strongly", "3", "15%"),
        ("Positive together: Agree strongly, Agree", "10", "50%"),
        ("Negative together: Disagree, Disagree strongly", "10", "50%"),
    )  # fmt: skip


def test_without_poles_and_of_one_step_nothing_is_added():
    bare = replace(SAID, choices=tuple(replace(step, pole="") for step in STEPS))
    assert counted((6, 4, 0, 7, 3), question=bare).together == ()
    ends = replace(SAID, choices=(STEPS[0], STEPS[2], STEPS[4]))
    assert counted((6, 4, 7), question=ends).together == ()


def test_of_rounded_counts_there_is_no_sum():
    assert counted((6, 14, 0, 7, 3), "ascs-2024-25").together == ()


@given(st.tuples(*[st.integers(0, 14)] * 5), st.integers(0, 12))
@example((40, 3, 20, 20, 20), 0)
@example((3, 30, 3, 30, 30), 0)
def test_poles_are_added_only_of_steps_that_are_told_and_a_scale_with_a_hidden_step_is_not_drawn(of, blank):
    table = counted(of, "threshold-10", blank)
    counts = {row.value: row.cells[ALL].figure.numerator for row in table.rows}
    for row in table.together:
        steps = [counts[step.value] for step in STEPS if step.pole == row.value]
        assert None not in steps and row.cells[ALL].figure.numerator == sum(steps)
    picture = drawn(table)
    if None in counts.values() or not sum(of):
        assert isinstance(picture, parts.Paragraph)
        assert "There is no chart of “Fair”: " in picture.text
    else:
        assert isinstance(picture, parts.Chart) and picture.steps
        assert [bar.label for bar in picture.bars] == [step.text for step in STEPS]


def test_by_group_a_pole_is_not_told_where_a_step_is_not():
    places = [("north", (30, 20, 10, 20, 20)), ("south", (30, 4, 30, 30, 20)), ("west", (20, 6, 30, 30, 20))]
    replies = [
        Reply({"said": step.value}, groups={"region": place})
        for place, of in places
        for step, many in zip(STEPS, of, strict=True)
        for _ in range(many)
    ]
    [table] = tabulate(
        form(), as_tables(form(), replies), Survey("made up", rule("threshold-10")), by="region"
    )
    positive, _ = table.together
    assert positive.cells["north"].figure.numerator == 50
    for row in table.together:
        for place, _ in places:
            steps = [one.cells[place].figure.numerator for one in table.rows if one.pole == row.value]
            told = row.cells[place].figure.numerator
            assert told == (None if None in steps else sum(steps)), (row.value, place)
    assert positive.cells["south"].figure.status == positive.cells["west"].figure.status == "c"


def test_a_weighted_pole_is_its_weighted_steps_together():
    table = counted((6, 4, 0, 7, 3), weighting=Weighting([2.0] * 10 + [1.0] * 10, "by region"))
    weighted = [row.cells[ALL].weighted for row in table.rows]
    assert table.together[0].cells[ALL].weighted == pytest.approx(weighted[0] + weighted[1])


def test_a_pole_that_nearly_all_or_nearly_nobody_is_at_wants_a_second_look():
    table = counted((6, 13, 0, 1, 0))
    all_of_it = Counted({"said": table}, profile([{"region": "n"}] * 20, [True] * 20, ["region"]))
    made = parts.Report(
        "A", "B", "1", date(2026, 1, 1), None, "", (), (parts.Section("S", (printed(table),)),)
    )
    assert [(one.label.partition(":")[0], one.count) for one in few(made, all_of_it)] == [
        ("Disagree", 1), ("Positive together", 19), ("Negative together", 1),
    ]  # fmt: skip


def test_a_scale_is_one_bar_of_which_words_say_the_same_with_its_base():
    picture = drawn(counted((6, 4, 0, 7, 3), blank=5, share_of="cohort"))
    assert isinstance(picture, parts.Chart)
    assert picture.title == "Fair: percent of 25 councils that took part"
    assert picture.says == (
        "One bar in steps, from Agree strongly to Disagree strongly: Agree strongly 24%; Agree 16%; "
        "Neither 0%; Disagree 28%; Disagree strongly 12%. The table after it says the same."
    )


@pytest.mark.parametrize(
    ("poles", "says"),
    [
        (("positive", "", "positive"), "its poles are not in order"),
        (("", "positive", "negative"), "its poles are not in order"),
        (("good", "", "bad"), "a pole is positive or negative"),
        (("negative", "", "positive"), ""),
        (("positive", "positive", ""), ""),
    ],
)
def test_a_scale_runs_from_one_pole_to_the_other(poles, says):
    steps = tuple(Choice(str(n), f"Step {n}", pole=pole) for n, pole in enumerate(poles))
    found = mistakes(form(replace(SAID, choices=steps)))
    assert [one for one in found if says and says in one] == list(found)
    assert bool(found) == bool(says)


def test_only_a_scale_has_poles():
    assert "only the choices of a likert have a pole" in mistakes(form(replace(SAID, kind="one")))[0]
