"""The councils of each year, and what can be followed from one year to another."""

from collections import Counter
from datetime import date

import pytest

from wherewithal.core.policy import NoPolicy, Used
from wherewithal.core.screening import screen
from wherewithal.policy.councils import areas, code_of, councils, councils_on, name_of, successions, year_of
from wherewithal.policy.quotation import screened_by


@pytest.mark.parametrize(
    ("year", "count"),
    [("2008-09", 150), ("2009-10", 152), ("2018-19", 152), ("2019-20", 151), ("2021-22", 152),
     ("2022-23", 152), ("2023-24", 153), ("2024-25", 153)],
)  # fmt: skip
def test_so_many_councils_there_were(year, count):
    assert len(councils(year)) == count


def test_the_councils_of_2010_11_are_the_152_of_nine_regions_and_four_types():
    found = councils("2010-11")
    assert Counter(row.type for row in found) == {
        "Unitary authority": 56, "Metropolitan district": 36, "London borough": 33, "County": 27,
    }  # fmt: skip
    assert len({row.region for row in found}) == 9
    assert all(row.ons.startswith("E") and row.name for row in found)


def test_without_a_year_they_are_those_of_today():
    assert councils() == councils("2024-25")


def test_a_day_has_the_councils_of_its_year_which_begins_on_1_april():
    assert councils_on(date(2011, 8, 8)) == councils("2011-12")
    assert councils_on(date(2023, 3, 31)) == councils("2022-23")
    assert councils_on(date(2023, 4, 1)) == councils_on(date(2026, 11, 29)) == councils()


def test_a_year_before_the_first_on_record_is_refused_and_the_first_named():
    with pytest.raises(NoPolicy, match="The first year is 2008-09"):
        councils("1999-00")


def test_a_council_that_became_unitary_under_its_old_code_has_another_type_and_code_of_statistics():
    before, after = (
        next(one for one in councils(year) if one.name == "Dorset") for year in ("2018-19", "2019-20")
    )
    assert before.code == after.code == "809"
    assert (before.type, after.type) == ("County", "Unitary authority")
    assert before.ons != after.ons


def test_who_took_over_was_no_council_before_and_who_gave_all_up_is_none_after():
    for one in successions():
        last = f"{int(one.first[:4]) - 1}-{one.first[2:4]}"
        assert one.new in {council.code for council in councils(one.first)}
        assert one.old in {council.code for council in councils(last)}
        assert one.what.startswith(("whole", "part"))
        if one.what == "whole":
            assert one.old not in {council.code for council in councils(one.first)}


def test_where_councils_were_put_together_or_taken_apart_the_whole_ground_is_followed():
    found = {area.name: area.codes for area in areas(["2018-19", "2023-24"])}
    coast = found["Bournemouth, Christchurch and Poole with Dorset"]
    assert {name_of(code) for code in coast["2018-19"]} == {"Bournemouth", "Poole", "Dorset"}
    assert {name_of(code) for code in coast["2023-24"]} == {"Bournemouth, Christchurch and Poole", "Dorset"}
    assert found["Cumberland with Westmorland and Furness"]["2018-19"] == (code_of("Cumbria"),)
    assert found["Kent"] == {"2018-19": (code_of("Kent"),), "2023-24": (code_of("Kent"),)}


@pytest.mark.parametrize("pair", [("2008-09", "2009-10"), ("2009-10", "2024-25"), ("2008-09", "2024-25")])
def test_areas_hold_every_council_of_each_year_once(pair):
    found = areas(pair)
    for year in pair:
        held = [code for area in found for code in area.codes[year]]
        assert sorted(held) == sorted(council.code for council in councils(year))


def test_within_one_year_every_council_is_an_area():
    assert [area.name for area in areas(["2024-25"])] == sorted(one.name for one in councils("2024-25"))


def test_a_council_is_found_by_code_or_name_and_one_that_is_not_names_those_called_alike():
    assert code_of("kent") == code_of(code_of("Kent")) == "820"
    assert code_of("england") == name_of("England") == "England"
    with pytest.raises(NoPolicy, match="Cumberland or Cumbria"):
        code_of("Cumb")
    with pytest.raises(NoPolicy, match="“999” is no code"):
        name_of("999")


def test_a_quotation_is_screened_by_every_council_that_there_ever_was():
    words = screened_by(Used(date(2026, 11, 29)))
    for name in ("Cumbria", "Cumberland", "Poole"):
        assert [one.kind for one in screen(f"As they do in {name} too.", words)] == ["place"], name


@pytest.mark.parametrize("year", ["2008-09", "2009-10", "2019-20", "2020-21", "2021-22", "2023-24"])
def test_the_year_of_councils_is_found_by_which_they_are(year):
    codes = {one.code for one in councils(year)}
    assert year_of(codes) == year
    assert year_of(codes - {code_of("Kent")}) == year


def test_councils_of_no_one_year_have_none():
    with pytest.raises(NoPolicy, match="no year in which all of these"):
        year_of({code_of("Cumbria"), code_of("Cumberland")})
