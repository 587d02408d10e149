"""NHS numbers, telephone numbers and postcodes as people write them."""

import pytest

from wherewithal.formats.contact import (
    NotAnNhsNumber,
    NotAPostcode,
    NotATelephone,
    nhs_number,
    postcode,
    telephone,
)


@pytest.mark.parametrize("written", ["9434765919", "943 476 5919", "943-476-5919 "])
def test_an_nhs_number_whose_last_digit_fits_is_kept_as_ten_digits(written):
    assert nhs_number(written) == "9434765919"


@pytest.mark.parametrize("written", ["943 476 5918", "94347659", "pat", "999 999 999 99"])
def test_an_nhs_number_that_cannot_be_is_refused_at_its_field(written):
    with pytest.raises(NotAnNhsNumber) as refused:
        nhs_number(written)
    assert refused.value.field == "nhs_number"


def test_an_nhs_number_of_the_range_kept_for_tests_passes():
    assert nhs_number("999 000 0018") == "9990000018"


@pytest.mark.parametrize(
    "written, kept",
    [
        ("(0117) 4960123", "0117 496 0123"),
        ("+44 117 496 0123", "0117 496 0123"),
        ("07700 900123", "07700 900123"),
        ("01632 960123", "01632 960123"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_kept_as_it_is_printed(written, kept):
    assert telephone(written) == kept


@pytest.mark.parametrize("written", ["12345", "ask the neighbour", "0117"])
def test_what_is_no_telephone_number_is_refused(written):
    with pytest.raises(NotATelephone):
        telephone(written)


@pytest.mark.parametrize(
    "written, kept", [("ex11aa", "EX1 1AA"), ("SW1A 1AA", "SW1A 1AA"), ("m1  1ae", "M1 1AE"), (" ", "")]
)
def test_a_postcode_is_kept_in_capitals_with_one_space(written, kept):
    assert postcode(written) == kept


@pytest.mark.parametrize("written", ["Exeter", "EX1", "1AA EX1", "EX1 AAA"])
def test_what_is_not_in_the_shape_of_a_postcode_is_refused(written):
    with pytest.raises(NotAPostcode):
        postcode(written)
