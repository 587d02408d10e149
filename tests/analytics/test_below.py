"""Councils below a threshold, those ahead and alike, and what was published later, from published tables."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from wherewithal.analytics.ahead import Ahead, ahead_and_alike
from wherewithal.analytics.below import below, figure_of, of_council, published, shares_by_year
from wherewithal.analytics.later import after, later
from wherewithal.analytics.neighbours import NoNeighbours, neighbours
from wherewithal.analytics.rates import NoRate
from wherewithal.core.conversation import beside
from wherewithal.policy.councils import code_of, name_of
from wherewithal.policy.series import Point, Printed, series_table
from wherewithal.policy.trend import Break

NOW = ("ascof-3d-2024-25", "3d-2a", "2024-25")
BEFORE = ("ascof-1c-2020-21", "1c-2a", "2020-21")


def figure(of, council):
    return figure_of(of, of_council(of, code_of(council)))


def test_only_shares_of_people_can_be_chosen_the_newest_first():
    found = shares_by_year()
    assert found[0].year == "2024-25" and [one.year for one in found] == sorted(
        (one.year for one in found), reverse=True
    )
    for one in found:
        assert published(one.table, one.series, one.year).scale == 100
    assert {one.table for one in found} == {"ascof-3d-2024-25", "ascof-1c-2020-21"}


def test_every_council_is_below_near_not_below_or_without_a_figure_and_in_one_place():
    of = published(*NOW)
    found = below(of, Fraction(12))
    assert [one.of.name for one in found.under] == [
        "Gloucestershire", "Wirral", "Portsmouth", "Ealing", "North Tyneside", "West Berkshire"
    ]  # fmt: skip
    for one in found.under:
        certain = one.figure.high < Fraction(12, 100)
        assert one.reach.value == ("below" if certain else "may not be below")
        assert one.of.share < Fraction(12, 100)
    assert found.near and all(
        one.of.share >= Fraction(12, 100) and one.figure.low < 0.12 for one in found.near
    )
    assert [(one.name, one.mark) for one in found.unrated] == [("Isles of Scilly", "[x]")]
    everybody = below(of, Fraction(100))
    assert len(everybody.under) + len(everybody.near) == len(of.rated)


@pytest.mark.parametrize("threshold", [0, -1, 101])
def test_a_threshold_that_is_no_percentage_is_refused(threshold):
    with pytest.raises(NoRate, match="above 0% and at most 100%"):
        below(published(*NOW), Fraction(threshold))


def test_a_council_with_a_mark_has_no_figure_to_talk_about():
    with pytest.raises(NoRate, match=r"Isles of Scilly has “\[x\]”"):
        of_council(published(*NOW), code_of("Isles of Scilly"))
    with pytest.raises(NoRate, match="has no share “direct-payments-2009”"):
        published("direct-payments-31-march", "direct-payments-2009", "2008-09")


def test_whoever_is_ahead_and_alike_is_a_neighbour_whose_whole_interval_lies_above():
    of = published(*NOW)
    own = figure(of, "Wirral")
    found = ahead_and_alike(of, code_of("Wirral"))
    near = neighbours(code_of("Wirral"))
    assert found.looked_at == len(near.nearest) == 15 and found.found and not found.says
    for one in found.found:
        alike = near.nearest[one.place - 1]
        assert (one.name, one.distance) == (alike.name, alike.distance)
        assert one.figure.low > own.high and one.code == code_of(one.name)
        assert [theirs for _, _, theirs in one.features] == [*alike.values]
        assert Ahead.from_kept(one.kept()) == one
    ahead = {one.name for one in found.found}
    for alike in near.nearest:
        rated = next((one for one in of.rated if name_of(one.codes[0]) == alike.name), None)
        assert (alike.name in ahead) == (rated is not None and figure_of(of, rated).low > own.high)


def test_where_nobody_alike_is_ahead_it_says_so():
    of = published(*NOW)
    best = max(of.rated, key=lambda one: one.share)
    found = ahead_and_alike(of, best.codes[0])
    assert found.found == () and found.says.startswith("None of the 15 councils most like it is ahead")


def test_a_council_that_is_like_nobody_is_refused():
    with pytest.raises(NoNeighbours):
        ahead_and_alike(published(*NOW), code_of("City of London"))


def test_a_later_figure_of_another_definition_is_found_and_not_compared():
    code = code_of("North Tyneside")
    then = figure(published(*BEFORE), "North Tyneside")
    [one] = later(then, code)
    assert (one.year, one.definition) == ("2024-25", "ASCOF 3D(2a) from Client Level Data")
    found = beside(then, [one])
    assert found.now is None and "is by another definition" in found.says


def test_nothing_is_later_than_the_newest_and_a_share_in_no_trend_has_its_own_years():
    assert later(figure(published(*NOW), "Wirral"), code_of("Wirral")) == ()
    of = published("ascof-1c-2020-21", "1c-2b", "2020-21")
    assert later(figure(of, "Kent"), code_of("Kent")) == ()


ROSE = {
    "numerator": Printed(Decimal(1200)), "denominator": Printed(Decimal(6000)), "value": Printed(Decimal(20)),
}  # fmt: skip


def later_table(**of_wirral):
    """The table of 2024-25 with a made-up year more, in which one council has what is given."""
    table = series_table(NOW[0])
    code = code_of("Wirral")
    moved = [
        Point(one.series, "2025-26", one.council, one.group, *(
            [of_wirral["numerator"], of_wirral["denominator"], of_wirral["value"]]
            if one.council == code else [one.numerator, one.denominator, one.value]
        ))
        for one in table.of("3d-2a")
    ]  # fmt: skip
    return replace(table, points=(*table.points, *moved))


def test_a_later_figure_of_the_same_definition_is_compared_by_its_interval():
    then = figure(published(*NOW), "Wirral")
    [one] = after(then, code_of("Wirral"), [(later_table(**ROSE), "3d-2a")], ())
    found = beside(then, [one])
    assert found.now and (found.now.year, found.now.numerator, found.now.percent) == ("2025-26", 1200, "20")
    assert found.says.endswith("It is higher: the two intervals do not overlap.")


def test_a_later_mark_is_no_figure_and_a_break_parts_what_is_worded_alike():
    then = figure(published(*NOW), "Wirral")
    mark = {key: Printed(mark="[x]") for key in ("numerator", "denominator", "value")}
    [one] = after(then, code_of("Wirral"), [(later_table(**mark), "3d-2a")], ())
    assert one.figure is None and beside(then, [one]).says.startswith("For 2025-26 “[x]” is published")
    gap = Break("2024-25", "2025-26", "Councils began to count otherwise.")
    [one] = after(then, code_of("Wirral"), [(later_table(**ROSE), "3d-2a")], [gap])
    assert beside(then, [one]) == beside(then, [replace(one, figure=None)])
    assert "a break stands between. Councils began to count otherwise." in beside(then, [one]).says
