"""Names compared: folding, and the threes by which a search finds them."""

import pytest

from wherewithal.core.names import fold, grams, words
from wherewithal.core.nhs import bare, grouped


@pytest.mark.parametrize(
    "written, folded",
    [
        ("Pat Example", "pat example"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Zoë  Müller-Łoś", "zoe muller los"),
        ("Ærøskøbing", "aeroskobing"),
        ("ÑANDÚ", "nandu"),
        ("  ", ""),
    ],
)
def test_a_name_is_compared_without_accents_apostrophes_and_capitals(written, folded):
    assert fold(written) == folded


def test_a_word_that_stands_twice_counts_once():
    assert words("Mary Ann", "ann", "Smith") == ["mary", "ann", "smith"]


def test_threes_hold_the_start_and_the_end_of_each_word():
    assert grams(["Ann"]) == [" an", "ann", "nn "]


@pytest.mark.parametrize(
    "one, other",
    [("Smith", "Smyth"), ("Cathy", "Kathy"), ("Wren", "Ren"), ("Jo", "Joe"), ("O’Brien", "Obrian")],
)
def test_names_a_slip_apart_share_three_letters(one, other):
    assert set(grams([one])) & set(grams([other]))


def test_the_limit_of_the_search_is_known():
    assert not set(grams(["Kay"])) & set(grams(["Cai"]))


def test_an_nhs_number_is_grouped_as_the_nhs_prints_it_and_read_back():
    assert grouped("9990123456") == "999 012 3456"
    assert bare(" 999-012 3456 ") == "9990123456"
