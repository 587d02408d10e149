"""The cells of a card file: each reader gives the value, or an ``Unreadable`` that says what was expected."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from wherewithal.core.money import NotMoney, pence
from wherewithal.core.period import written

SHOWN = 60  # characters of a cell that a fault repeats
EARLIEST = date(2000, 1, 1)
MOST_PENCE = 100_000_000

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MERCHANT_CODE = re.compile(r"[0-9]{4}", re.ASCII)
_FULL_CARD = re.compile(r"[0-9]{13,19}", re.ASCII)


class Unreadable(NamedTuple):
    stood: str
    expected: str


Read = Callable[[str], str | int | date | Unreadable]


def reader_of(column: str, on: date, spending_is_below_0: bool) -> Read:
    """How a column's cells are read in a file that is given on ``on``. Readers remember what they read."""
    if column == "posted_on":
        return lru_cache(4096)(lambda cell: _day(cell, on))
    if column == "amount":
        sign = -1 if spending_is_below_0 else 1
        return lru_cache(65536)(lambda cell: _amount(cell, sign))
    if column == "card":
        return lru_cache(65536)(_card)
    if column == "merchant_code":
        return lru_cache(4096)(_merchant_code)
    if column == "merchant":
        return lru_cache(65536)(partial(_text, longest=100, needed=True))
    return partial(_text, longest=100, needed=False)


def unreadable(cell: str, expected: str) -> Unreadable:
    """A cell as a fault shows it: short, and without what would not show."""
    shown = _CONTROL.sub("�", cell)
    return Unreadable(shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…", expected)


def without_full_card(cell: str) -> str:
    """The cell, or words in its place where it is a full card number: kept nowhere, shown to nobody."""
    digits = re.sub(r"[\s-]", "", cell)
    if _FULL_CARD.fullmatch(digits) and _passes_luhn(digits):
        return f"a full card number ending {digits[-4:]}"
    return cell


def _day(cell: str, on: date) -> date | Unreadable:
    text = cell.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if len(found[3]) == 2:
            return unreadable(cell, "a year of four digits: this date can be read in several ways")
    else:
        return unreadable(cell, "a date such as 2026-04-06 or 06/04/2026")
    try:
        posted_on = date(year, month, day)
    except ValueError:
        month_first = "; the day comes first" if month > 12 >= day else ""
        return unreadable(cell, f"a day that the calendar has, such as 2026-04-06 or 06/04/2026{month_first}")
    if not EARLIEST <= posted_on <= on:
        return unreadable(cell, f"a day from {written(EARLIEST)} to {written(on)}")
    return posted_on


def _amount(cell: str, sign: int) -> int | Unreadable:
    expected = "an amount in pounds such as 12.50, or -12.50 with the other sign"
    try:
        amount = pence(cell) if len(cell) <= 20 else 0
    except NotMoney:
        return unreadable(cell, expected)
    if not 0 < abs(amount) < MOST_PENCE:
        return unreadable(cell, f"{expected}; not 0, and less than £1,000,000")
    return sign * amount


def _card(cell: str) -> str | Unreadable:
    hidden = without_full_card(cell)
    if hidden != cell:
        return Unreadable(hidden, "the card's number at the provider or its last four digits")
    return _text(cell, 20, True)


def _merchant_code(cell: str) -> str | Unreadable:
    text = cell.strip()
    if text and not _MERCHANT_CODE.fullmatch(text):
        return unreadable(cell, "a merchant category code of four digits, or nothing")
    return text


def _text(cell: str, longest: int, needed: bool) -> str | Unreadable:
    text = cell.strip()
    if len(text) <= longest and (text or not needed) and (text.isprintable() or not _CONTROL.search(text)):
        return text
    least = "1" if needed else "0"
    return unreadable(cell, f"{least} to {longest} characters on one line")


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
