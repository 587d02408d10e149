"""How people write an NHS number, a telephone number, a postcode: read strictly, kept in one spelling."""

import re

import phonenumbers
from nhs_number.validate import is_valid

from wherewithal.core.nhs import bare
from wherewithal.core.refusal import Refusal

# The shape only (gov.uk, bulk data transfer: postcode format); whether it exists is not asked.
_POSTCODE = re.compile(r"^(GIR|[A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$")


class NotAnNhsNumber(Refusal):
    """Not ten digits, or the last digit does not fit the others."""


class NotATelephone(Refusal):
    """No telephone number can be read from it."""


class NotAPostcode(Refusal):
    """Not in the shape of a United Kingdom postcode."""


def nhs_number(written: str) -> str:
    """Ten digits whose check digit fits; '' for ''. Spaces and hyphens are allowed. Raises NotAnNhsNumber.

    Source: NHS Data Dictionary, NHS NUMBER (modulus 11). Numbers from 999 on, which are kept for tests and
    never given to anybody, pass: made-up councils need them.
    """
    digits = bare(written)
    if not digits:
        return ""
    if not re.fullmatch(r"\d{10}", digits):
        raise NotAnNhsNumber(
            "An NHS number has 10 digits, such as 999 012 3454. Leave it empty if it is not known.",
            field="nhs_number",
        )
    if not is_valid(digits):
        raise NotAnNhsNumber(
            f"{written.strip()} cannot be an NHS number: its last digit does not fit the others. "
            "Check it against a letter from the NHS.",
            field="nhs_number",
        )
    return digits


def telephone(written: str) -> str:
    """As printed in the United Kingdom, ``0117 496 0123``, or with its country code; '' for ''.

    Numbers kept for drama (01632 960..., 07700 900...) pass. Raises NotATelephone.
    """
    if not written.strip():
        return ""
    refusal = NotATelephone(
        f"“{written.strip()}” is not a telephone number. Write it with its area code, such as 01632 960 123.",
        field="telephone",
    )
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        raise refusal from None
    here = number.country_code == 44
    if not phonenumbers.is_possible_number(number) or (here and len(str(number.national_number)) < 9):
        raise refusal
    style = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))


def postcode(written: str) -> str:
    """In capitals with one space, ``EX1 1AA``; '' for ''. Raises NotAPostcode."""
    letters = re.sub(r"\s", "", written).upper()
    if not letters:
        return ""
    found = _POSTCODE.match(letters)
    if not found:
        raise NotAPostcode(f"“{written.strip()}” is not a postcode. Write it like EX1 1AA.", field="postcode")
    return f"{found[1]} {found[2]}"
