"""Take-up held against targets: published figures, milestones, own words, the months of a calendar."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some
from targeting import day, progress, target

from wherewithal.analytics.arrival import arrivals
from wherewithal.analytics.pace import day_after, months_between
from wherewithal.analytics.progress import counts_behind, published
from wherewithal.analytics.targets import check, remarks
from wherewithal.core.policy import NoPolicy
from wherewithal.core.target import AnotherDefinition, Milestone, NothingSeen, OwnWord
from wherewithal.policy.series import series_table
from wherewithal.policy.targets import target as on_record

DAYS = some.dates(min_value=day("1990-01-01"), max_value=day("2100-01-01"))


@given(DAYS, DAYS)
def test_so_many_months_after_a_day_is_the_other_day(one, other):
    assert day_after(one, months_between(one, other)) == other


@given(DAYS)
def test_a_months_end_is_a_whole_number_of_months_from_another(one):
    end = day("2011-03-31")
    last = one.replace(day=1) - timedelta(days=1)
    assert months_between(last, end).denominator == 1


def test_what_a_council_says_of_itself_changes_nothing_that_is_computed():
    said = OwnWord("made-up", day("2011-08-31"), True, "its reply")
    elsewhere = OwnWord("another", day("2011-08-31"), True, "its reply")
    with_words = check(progress("2011-03-31: 28", own_words=(said, elsewhere)), target()).on_target
    without = check(progress("2011-03-31: 28"), target()).on_target
    assert (with_words.computed, with_words.why) == (without.computed, without.why) == (
        "no", "missed: it was below on 31 March 2011, and was not seen since",
    )  # fmt: skip
    assert (with_words.own_words, without.own_words) == ((said,), ())


def test_milestones_on_the_way_are_held_on_their_own_days():
    on_the_way = (
        Milestone(day("2010-03-31"), Fraction(10), "A tenth", "made up"),
        Milestone(day("2010-10-31"), None, "Offers to everybody", "made up"),
    )
    found = check(progress("2010-03-31: 8, 2010-09-30: 12"), target(milestones=on_the_way))
    assert [one.held.verdict if one.held else None for one in found.steps] == ["late", None, "not due yet"]


def test_bounds_that_cannot_be_seen_in_print_are_not_told():
    assert list(remarks(progress("2010-03-31: 9.99 to 10.01, 2011-03-31: 12 to 13"))) == [
        "31 March 2011: from 12.0% to 13.0%, as its counts were rounded."
    ]


def test_no_figures_are_no_progress():
    empty = published(series_table("direct-payments-31-march"), "direct-payments-2009", "Cumbria")
    (count,) = [
        one.value
        for one in series_table("direct-payments-31-march").of("direct-payments-2009")
        if (one.council, one.group) == ("102", "all")
    ]
    assert empty.not_seen == (f"31 March 2009: {count} people, which is no share",)
    assert empty.gaps == (day("2009-03-31"),)
    assert not counts_behind(series_table("direct-payments-31-march"), "direct-payments-2009", "Cumbria")
    marked = series_table("ascof-3d-2024-25"), "3d-2a", "Isles of Scilly"
    assert published(*marked).not_seen and not counts_behind(*marked)
    with pytest.raises(NothingSeen):
        check(empty, target(definition=empty.definition))


@pytest.mark.parametrize("series", ["direct-payments-2009", "direct-payments-and-budgets-31-march"])
def test_counts_at_31_march_are_never_held_against_the_national_indicators_target(series):
    counts = published(series_table("direct-payments-31-march"), series, "Somerset")
    with pytest.raises(AnotherDefinition, match="These are two counts"):
        check(counts, on_record("30-percent-with-short-term"))
    with pytest.raises(AnotherDefinition):
        list(arrivals(counts, on_record("30-percent-with-short-term")))


def test_a_published_share_is_held_against_a_target_of_its_own_definition():
    table = series_table("ascof-3d-2024-25")
    seen = published(table, "3d-1a", "Northumberland")
    goal = target("90", "2025-03-31", table.series["3d-1a"].definition)
    assert seen.last.percent.central == Fraction(311400, 3456)
    assert check(seen, goal).steps[-1].held.verdict == "met"


def test_what_is_not_published_is_refused_by_name():
    table = series_table("ascof-3d-2024-25")
    with pytest.raises(NoPolicy, match="There are: 3d-1a"):
        published(table, "gone", "Northumberland")
    with pytest.raises(NoPolicy, match="no council called “Nowhere”"):
        published(table, "3d-1a", "Nowhere")
    with pytest.raises(NothingSeen, match="no figure of Cumbria"):
        published(table, "3d-1a", "Cumbria")


@pytest.mark.parametrize(
    ("pace", "says"),
    [("15/24", "24 months late"), ("15/25", "2 years and 1 month late"), ("15/36", "3 years late")],
)
def test_above_two_years_years_are_told(pace, says):
    *_, comes = arrivals(progress("2011-03-31: 15"), target(), Fraction(pace))
    assert comes.says.endswith(f", {says}.")
