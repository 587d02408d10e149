"""A whole table of people's answers, with its bases and who was silent, gives no small count away."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from reporting import FORM, HOW, PLAN

from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import tables, tabulate, tallied
from wherewithal.analytics.ties import ASKED_AND_SILENT
from wherewithal.core.questions import Given, Section
from wherewithal.policy.disclosure import rule

RULE = rule("threshold-10")
counts = st.tuples(*[st.integers(0, 14)] * 4)


def table(yes: int, no: int, blank: int, refused: int):
    replies = [Reply({"plan": "yes"})] * yes + [Reply({"plan": "no"})] * no + [Reply({})] * blank
    replies += [Reply({}, statuses={"plan": "refused"})] * refused
    survey = Survey("made up", RULE, unit="person", units="people")
    return tabulate(FORM, as_tables(FORM, replies), survey)[0]


def told(made) -> dict[str, int | None]:
    """Every count that stands in the table, None for what is suppressed."""
    bases = {kind: None if base.hidden else base.count for kind, base in made.bases["all"].items()}
    silent = {
        status: made.unheard["all"].get(status)
        for status in ("not asked", "blank", "insufficient", "refused")
    }
    return bases | silent | {row.value: row.cells["all"].figure.numerator for row in made.rows}


@given(counts)
@example((3, 0, 0, 0))  # one answer: who answered would be the same number
@example((3, 40, 2, 0))
@example((12, 12, 1, 0))
def test_no_small_count_stands_anywhere_and_none_follows_by_subtraction(found):
    yes, no, blank, refused = found
    known = told(table(yes, no, blank, refused))
    true = {"yes": yes, "no": no, "blank": blank, "refused": refused, "answered": yes + no, "not asked": 0,
            "insufficient": 0, "asked": sum(found), "cohort": sum(found)}  # fmt: skip
    for name, count in known.items():
        assert count is None or count == true[name]
        assert count is None or not 0 < count < RULE.suppress_under, name
    for whole, parts in (
        ("answered", ("yes", "no")),
        ("asked", ("answered", *ASKED_AND_SILENT)),
    ):
        hidden = [name for name in (whole, *parts) if known[name] is None]
        assert len(hidden) != 1, (whole, hidden)


def test_of_a_base_that_is_hidden_no_percentage_and_no_number_is_printed():
    made = table(3, 0, 0, 0)
    cell = made.rows[0].cells["all"]
    assert (cell.figure.value, cell.figure.numerator, cell.figure.status) == (None, None, "c")
    assert cell.base.says == "a number of people that is not told"
    assert "3" not in " ".join(made.notes)


@given(st.dictionaries(st.sampled_from("NESWLM"), st.integers(1, 9), min_size=2))
def test_no_group_below_the_least_base_follows_from_all_less_the_others(sizes):
    """What all less the groups that are shown leaves is nobody, or no small group."""
    least = rule("councils").smallest_base
    replies = [
        Reply({"plan": "yes"}, groups={"region": name}) for name, size in sizes.items() for _ in range(size)
    ]
    survey = Survey("made up", rule("councils"))
    made = tabulate(FORM, as_tables(FORM, replies), survey, by="region")[0]
    hidden = [name for name in sizes if made.rows[0].cells[name].figure.status == "c"]
    assert {name for name, size in sizes.items() if size < least} <= set(hidden)
    if hidden and set(hidden) != set(sizes):
        assert len(hidden) > 1
        assert sum(sizes[name] for name in hidden) >= least


def test_a_group_that_is_another_dimensions_too_is_hidden_in_both_or_in_neither():
    """All in London are boroughs and no others are: beside three of the North, hidden by region, London would
    go too, and by type it would stand there.
    """
    places = [("north", "county", 3), ("london", "borough", 6), ("west", "county", 9), ("west", "city", 8)]
    replies = [
        Reply({"plan": "yes"}, groups={"region": region, "type": type})
        for region, type, times in places
        for _ in range(times)
    ]
    made = tallied(FORM, as_tables(FORM, replies), Survey("made up", rule("councils")))
    hidden = {
        name
        for by in ("region", "type")
        for name, cell in tables(made, by)[0].rows[0].cells.items()
        if cell.figure.status == "c"
    }
    assert hidden == {"north", "london", "borough", "city"}


def test_who_was_asked_is_who_gave_an_answer_and_is_hidden_with_it():
    routed = replace(HOW, relevant=Given("plan", ("yes",)))
    form = replace(FORM, sections=(Section("s", "Plans", (PLAN, routed)),))
    replies = [Reply({"plan": "yes", "how": ["paper"]})] * 4 + [Reply({"plan": "no"})] * 30
    replies += [Reply({})] * 20
    plan, how = tabulate(form, as_tables(form, replies), Survey("made up", RULE))
    assert [row.cells["all"].figure.numerator for row in plan.rows] == [None, None]
    assert plan.unheard["all"]["blank"] == 20
    assert how.bases["all"]["asked"].hidden and "not asked" not in how.unheard["all"]


def test_a_weighted_share_is_one_more_sum_and_goes_with_a_suppressed_group():
    replies = [
        Reply({"plan": answer}, groups={"region": region})
        for answer, region, times in (("yes", "north", 30), ("yes", "south", 40), ("no", "north", 4),
                                      ("no", "south", 30), ("no", "west", 30))
        for _ in range(times)
    ]  # fmt: skip
    weights = [2.0 if reply.groups["region"] == "north" else 1.0 for reply in replies]
    [plan, _] = tabulate(
        FORM, as_tables(FORM, replies), Survey("made up", RULE), weighting=Weighting(weights, "by region")
    )
    assert [row.cells["all"].figure.numerator for row in plan.rows] == [70, 64]
    assert [row.cells["all"].weighted for row in plan.rows] == [None, None]
