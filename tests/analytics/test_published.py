"""The published tables are whole and say whose they are."""

from collections import Counter

import pytest

from wherewithal.core.policy import NoPolicy
from wherewithal.policy.published import councils, publication


def test_the_councils_of_2010_11_are_the_152_of_nine_regions_and_four_types():
    found = councils("2010-11")
    assert len(found) == 152
    assert Counter(row.type for row in found) == {
        "Unitary authority": 56, "Metropolitan district": 36, "London borough": 33, "County": 27,
    }  # fmt: skip
    assert len({row.region for row in found}) == 9
    assert all(row.ons.startswith("E") and row.name for row in found)


def test_a_table_says_who_published_it_and_under_which_licence():
    assert publication("councils-2010-11").licence == "Open Government Licence v3.0"


def test_a_year_that_is_not_on_record_is_refused():
    with pytest.raises(NoPolicy):
        councils("1999-00")
