"""Published figures over the years: no line across a definition, changed councils by their whole ground."""

import pytest

from wherewithal.analytics.trend import CannotJoin, NothingPublished, check_one_line, line, trend
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.councils import ENGLAND, code_of, name_of
from wherewithal.policy.measure import measures
from wherewithal.policy.series import series_table, series_tables
from wherewithal.policy.trend import parse, trends
from wherewithal.policy.trend import trend as definition

PAYMENTS = definition("direct-payments")


def told(found):
    return [[(one.year, str(one.value)) for one in stretch.figures] for stretch in found.stretches]


@pytest.mark.parametrize("id", trends())
def test_each_stretch_is_by_one_definition_and_each_two_are_parted_by_a_reason(id):
    found = trend(definition(id), ENGLAND)
    assert len(found.breaks) >= len(found.stretches) - 1
    assert all(gap.reason.endswith(".") for gap in found.breaks)
    for stretch in found.stretches:
        points = series_table(next(p.table for p in found.definition.parts if p.of == stretch.series)).points
        years = {one.year for one in stretch.figures}
        assert years <= {one.year for one in points if one.series == stretch.series.id}


def test_a_council_that_fell_from_3515_to_560_stands_beside_a_gap_and_not_in_a_line():
    found = trend(PAYMENTS, "306")
    assert [("2009-10", "3515")] in told(found) and [("2010-11", "560")] in told(found)
    assert ("2009-10", "2010-11") in {(gap.before, gap.after) for gap in found.breaks}


def test_a_council_that_was_taken_apart_is_followed_as_the_ground_of_those_that_came_of_it():
    by_new, by_old = (trend(PAYMENTS, code_of(name)) for name in ("Bedford", "Bedfordshire"))
    assert by_new == by_old
    assert by_new.where == "Bedford with Central Bedfordshire"
    table = series_table("direct-payments-31-march")
    parts = {
        name_of(one.council): one.value.number
        for one in table.points
        if (one.year, one.group) == ("2009-10", "all") and name_of(one.council) in by_new.where
    }
    second = by_new.stretches[1].figures[0]
    assert second.summed and second.value.number == parts["Bedford"] + parts["Central Bedfordshire"]
    assert not by_new.stretches[0].figures[0].summed


def test_a_share_of_two_councils_together_is_of_their_sums_and_not_the_mean_of_two_shares():
    found = trend(definition("self-directed-support"), code_of("Cumbria"))
    last = found.stretches[-1].figures[-1]
    assert (str(last.numerator), str(last.denominator), str(last.value)) == ("857", "4493", "19.1")


def test_of_a_mark_there_is_no_sum_and_no_nought():
    marked = {(one.council, one.series) for one in series_table("ascof-3d-2024-25").points if one.value.mark}
    assert len(marked) == 2
    for council, series in marked:
        of = "self-directed-support" if series == "3d-1a" else "direct-payment-share"
        last = trend(definition(of), council).stretches[-1].figures[-1]
        assert last.value.number is None and last.value.mark == "[x]"


def test_a_council_of_another_time_and_a_group_of_which_nothing_is_there_are_refused():
    with pytest.raises(NothingPublished, match="Cumberland was no council in the years of"):
        trend(PAYMENTS, code_of("Cumberland"))
    with pytest.raises(NothingPublished, match=r"has no figure of Kent \(18-25\)"):
        trend(PAYMENTS, code_of("Kent"), "18-25")


def test_a_count_at_31_march_is_not_joined_to_the_national_indicator():
    ni130 = next(id for id in measures() if id.startswith("ni130"))
    first, second = "people who had a direct payment at 31 March", "people with self-directed support in the"
    with pytest.raises(CannotJoin, match=f"make no line: the first counts {first}, the second {second}"):
        check_one_line([line("direct-payments-31-march:direct-payments-2012"), line(ni130)])
    one = line("ascof-3d-2024-25:3d-1a")
    check_one_line([one, one])


@pytest.mark.parametrize(
    "first", [f"{id}:{one}" for id in series_tables() for one in series_table(id).series]
)
def test_no_two_published_series_make_one_line(first):
    for id in series_tables():
        for series in series_table(id).series:
            if f"{id}:{series}" != first:
                with pytest.raises(CannotJoin):
                    check_one_line([line(first), line(f"{id}:{series}")])


def test_what_is_neither_a_series_nor_a_measure_is_refused():
    with pytest.raises(NothingPublished, match="“1c-1a” is neither a series nor a measure") as refused:
        line("1c-1a")
    _, *there = refused.value.says.splitlines()
    assert "  ascof-1c-2020-21:1c-1a" in there and "  ni130-revised" in there
    assert len(there) == len(measures()) + sum(len(series_table(one).series) for one in series_tables())


PARTS = [
    {"table": "ascof-1c-2020-21", "series": "1c-1a"},
    {"table": "ascof-3d-2024-25", "series": "3d-1a"},
]
WHY = {"before": "2020-21", "after": "2024-25", "reason": "Another return."}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"parts": PARTS}, "2020-21 and 2024-25 have two definitions; say why in a break"),
        ({"parts": PARTS[::-1], "breaks": [WHY]}, "must follow each other in time, each year once"),
        ({"parts": [PARTS[0]] * 2}, "must follow each other in time, each year once"),
        ({"parts": PARTS, "breaks": [WHY | {"before": "2019-20"}]}, "2019-20 and 2024-25 do not follow"),
        ({"parts": [PARTS[0] | {"series": "9z"}]}, "ascof-1c-2020-21 has no series “9z”"),
        ({"parts": PARTS, "gaps": [WHY]}, "nothing here is called “gaps”"),
    ],
)
def test_a_trend_that_does_not_hold_together_is_refused(body, says):
    with pytest.raises(NoPolicy, match=says):
        parse("t", {"title": "T", "says": "Made up."} | body)
