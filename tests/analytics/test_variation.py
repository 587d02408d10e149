"""Councils compared by what was published: shares, marks that are no shares, counts by a named population."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analytics.interval import wilson
from wherewithal.analytics.rates import NOT_THERE, NoRate, Rated, per, rates
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.variation import spread, standings, variation
from wherewithal.policy.councils import councils
from wherewithal.policy.series import parse, series_table

ADULTS = "population:population:2015:18-64+65-74+75-84+85-over"
ONE_C, THREE_D, MARCH = "ascof-1c-2020-21", "ascof-3d-2024-25", "direct-payments-31-march"
HEAD = {
    "title": "A table", "publisher": "Nobody", "publication": "None", "year": "2020-21", "licence": "None",
    "says": "Made up.", "marks": {"[c]": "suppressed", "-": "few"}, "groups": {"all": "everybody"},
    "series": [
        {"id": "share", "title": "Share", "definition": "By a rule", "unit": "%", "counts": "a", "of": "b"},
        {"id": "people", "title": "People", "definition": "By another", "unit": "people", "counts": "people"},
    ],
}  # fmt: skip


def made_up(series, year, *cells):
    lines = [
        {"series": series, "year": year, "council": council, "group": "all", "numerator": above,
         "denominator": below, "value": value}
        for council, above, below, value in cells
    ]  # fmt: skip
    return parse("made-up", HEAD, lines)


@pytest.mark.parametrize(
    ("id", "series", "pooled"),
    [(THREE_D, "3d-1a", "82.4"), (THREE_D, "3d-2a", "24.5"), (ONE_C, "1c-1a", "92.2"),
     (ONE_C, "1c-2a", "26.6"), (ONE_C, "1c-1b", "87.1"), (ONE_C, "1c-2b", "75.3")],
)  # fmt: skip
def test_the_pooled_rate_is_that_of_england_as_printed(id, series, pooled):
    """But for what England may count of a council that is a mark here, Hackney in 2020-21."""
    found = variation(rates(series_table(id), series))
    assert abs(100 * found.everywhere.pooled - Fraction(found.rates.england.number)) < Fraction(1, 10)
    assert str(found.rates.england) == pooled


def test_regions_and_types_hold_every_council_with_a_share_once():
    found = variation(rates(series_table(THREE_D), "3d-2a"))
    for parts in (found.by_region, found.by_type):
        assert sum(part.councils for part in parts.values()) == found.everywhere.councils == 152
        assert sum(part.numerator for part in parts.values()) == found.everywhere.numerator
        assert sum(part.over for part in parts.values()) == found.everywhere.over
        assert sum((Counter(part.marks) for part in parts.values()), Counter()) == found.rates.marks
    assert found.by_region["London"] == found.by_type["London borough"]
    assert len(found.by_region) == 9


def test_of_3d_in_2024_25_the_range_and_the_shares_under_10_and_over_20_percent():
    found = variation(rates(series_table(THREE_D), "3d-2a")).everywhere
    assert (found.lowest, found.highest) == (("Gloucestershire",), ("Isle of Wight",))
    assert [str(rounded(100 * share, 1)) for share in (found.minimum, found.median, found.maximum)] == [
        "6.2", "24.1", "50.7",
    ]  # fmt: skip
    assert (found.under, found.over) == (3, 109)


def test_a_mark_is_no_share_and_who_is_not_in_the_table_is_told_apart():
    table = made_up(
        "share", "2020-21", ("102", "10", "100", "10"), ("104", "[c]", "[c]", "[c]"),
        ("106", "3", "[c]", "5"), ("107", "0", "0", "-"), ("108", "0", "40", "0"),
    )  # fmt: skip
    found = rates(table, "share")
    assert {one.name: one.share for one in found.rated} == {"Cumbria": Fraction(1, 10), "North Tyneside": 0}
    assert found.marks == Counter({"[c]": 2, "-": 1, NOT_THERE: len(councils("2020-21")) - 5})
    told = variation(found)
    assert told.everywhere.councils == 2
    assert told.everywhere.marks == found.marks
    assert told.by_type["Metropolitan district"].marks == {"[c]": 1, "-": 1, NOT_THERE: 33}


@pytest.mark.parametrize(
    ("id", "series", "by", "says"),
    [
        (MARCH, "direct-payments-2009", "", "divides by nobody"),
        (THREE_D, "3d-2a", ADULTS, "is a share already"),
        ("direct-payment-costs", "direct-payment-cost-2011-12", "", "£ a week: neither a share"),
        ("deprivation-2015", "imd-2015", ADULTS, "score: neither a share"),
        (THREE_D, "3d-3", "", "no series “3d-3” here. There are: 3d-1a, 3d-2a"),
        (MARCH, "direct-payments-2009", "population", "names no population"),
        (MARCH, "direct-payments-2009", "population:population:2014:18-64", "There are: 2015, 2019, 2020"),
        (MARCH, "direct-payments-2009", "population:population:2015:all", "There are: 18-64, 65-74"),
        (MARCH, "direct-payments-2009", "population:population:2015:18-64+18-64", "names a group twice"),
        (MARCH, "direct-payments-2009", f"{THREE_D}:3d-2a:2024-25:all", "does not count people"),
    ],
)
def test_what_is_no_share_is_refused_in_words(id, series, by, says):
    with pytest.raises(NoRate) as refusal:
        rates(series_table(id), series, by=per(by) if by else None)
    assert says in refusal.value.says


def test_counts_by_a_named_population_carry_both_definitions():
    found = rates(series_table(MARCH), "direct-payments-2012", by=per(ADULTS))
    assert found.unit == "per 1,000"
    assert found.definitions == ("RAP P2s 2011-12: direct payments", "Mid-year estimate, as first published")
    kent = next(one for one in found.rated if one.name == "Kent")
    people = sum(
        int(one.value.number)
        for one in series_table("population").points
        if (one.year, one.council) == ("2015", "820")
    )
    assert kent.denominator == people


def test_where_councils_changed_counts_are_divided_over_the_whole_ground():
    by = per("population:population:2020:18-64+65-74+75-84+85-over")
    found = {one.name: one for one in rates(series_table(MARCH), "direct-payments-2012", by=by).rated}
    coast = found["Bournemouth, Christchurch and Poole with Dorset"]
    assert len(coast.codes) == 3
    assert (coast.region, coast.type) == ("South West", "County and Unitary authority")
    counts = series_table(MARCH).of("direct-payments-2012")
    assert coast.numerator == sum(
        int(one.value.number) for one in counts if one.council in coast.codes and one.group == "all"
    )
    assert not {"Bournemouth", "Poole", "Dorset"} & set(found)


def test_a_mark_of_one_of_them_leaves_the_whole_ground_without_a_share():
    cells = [("810", "", "", "-"), ("811", "", "", "50"), ("809", "", "", "70"), ("820", "", "", "90")]
    found = rates(made_up("people", "2010-11", *cells), "people", by=per(ADULTS.replace("2015", "2020")))
    assert [one.name for one in found.rated] == ["Kent"]
    assert [one.name for one in found.unrated if one.mark == "-"] == [
        "Bournemouth, Christchurch and Poole with Dorset"
    ]


def test_more_than_the_whole_is_no_share():
    with pytest.raises(NoRate, match="Cumbria has 11 of 10, which is no share"):
        rates(made_up("share", "2020-21", ("102", "11", "10", "110")), "share")


def test_no_rank_goes_without_its_interval_and_every_place_is_held_by_somebody():
    found = rates(series_table(THREE_D), "3d-2a").rated
    order = standings(found)
    for place, one in enumerate(order, 1):
        assert 1 <= one.first <= place <= one.last <= len(order)
        assert one.interval[0] <= one.of.share <= one.interval[1]
    assert [one.of.share for one in order] == sorted((one.share for one in found), reverse=True)


def test_one_council_alone_has_all_quartiles_at_its_share():
    one = rates(made_up("share", "2020-21", ("102", "10", "100", "10")), "share").rated
    found = spread(one, Fraction(1, 10), Fraction(1, 10))
    assert found.lower_quartile == found.median == found.upper_quartile == found.mean == Fraction(1, 10)
    assert (found.under, found.over) == (0, 0)


COUNTS = st.integers(1, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_who_is_ahead_behind_under_or_over_is_who_is_so_one_by_one(counts):
    """Small counts, so that many councils are level with each other and with the thresholds."""
    of = [Rated(f"Made up {n}", (str(n),), "London", "Unitary", *pair) for n, pair in enumerate(counts)]
    whole = spread(of, Fraction(1, 4), Fraction(1, 2))
    assert whole.under == sum(Fraction(*pair) < Fraction(1, 4) for pair in counts)
    assert whole.over == sum(Fraction(*pair) > Fraction(1, 2) for pair in counts)
    intervals = [wilson(*pair) for pair in counts]
    for one in standings(of):
        low, high = one.interval
        assert one.first == 1 + sum(other > high for other, _ in intervals)
        assert one.last == len(of) - sum(other < low for _, other in intervals)
