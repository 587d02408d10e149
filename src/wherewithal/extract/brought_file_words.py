"""What stood in a wrong cell of a brought file, as it may be kept: no words that could be somebody’s.

A word of a list of Client Level Data stays, and the name of a field, each also with one slip; so does the
beginning of a word of the field’s own list (“White”); short numbers, amounts, a council’s code, and days of
events. Of anything else the shape stays: ``Aaaa Aaaa``.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import Any
from unicodedata import category

from wherewithal.formats import cld

SLIP_FROM = 8  # letters; a shorter word with a slip in it can be a name
LONGEST = 40  # letters and digits; of what is longer, the shape of the beginning
OF_BIRTH_OR_DEATH = ("Date_of_Birth", "Date_of_Death")
_SHORT_NUMBER = re.compile(r"\d{1,4}([.,]\d{1,2})?%?", re.ASCII)
_AMOUNT = re.compile(r"(£\s?\d{1,9}|[£-]?\s?\d{1,3}(,\d{3}){0,2}|-?\d{1,6})(\.\d{1,4})?", re.ASCII)
_WRITTEN_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
_FULL = "january|february|march|april|june|july|august|september|october|november|december"
_DAY = re.compile(
    rf"(\d{{1,4}}[-/. ](\d{{1,2}}|{_MONTHS}|{_FULL})[-/., ]\d{{1,4}}|(19|20)\d{{6}}|[3-5]\d{{4}}(\.\d+)?)"
    r"([ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_COUNCIL = re.compile(r"[EWNS]\d{8}|\d{1,4}", re.ASCII)


class WithoutNames(cld.Findings):
    """Gathers faults by what may be kept of what stood; the words themselves are never held."""

    def tell(
        self, level: Any, of_field: str, value: str, expected: str, rows: Any, *, like: str | None = None,
        now: str = "", **more: Any,
    ) -> None:  # fmt: skip
        said = without_names(value, of_field)
        alike = like if said == value or isinstance(value, cld.Instead) else said
        super().tell(
            level, of_field, said, expected, rows, like=alike, now=without_names(now, of_field), **more
        )


def without_names(value: str, field: str) -> str:
    """What stood in a field ('' for a heading or a whole row), or only its shape."""
    if field in OF_BIRTH_OR_DEATH:
        return _WRITTEN_DAY.sub("a day", value) if isinstance(value, cld.Instead) else shape(value)
    return value if isinstance(value, cld.Instead) or _is_nobodys(value, field) else shape(value)


def shape(text: str) -> str:
    """Letters as ``Aaaa``, digits as ``0``, at most four of a word and ten of a number; marks as they are."""
    bare = "".join(one for one in text[:LONGEST] if not category(one).startswith("M"))
    found = re.sub(r"[^\W\d_]+", _letters, bare)
    found = re.sub(r"\d{11,}", "0000000000…", re.sub(r"\d", "0", found))
    return found + "…" * (len(text) > LONGEST)


def _letters(run: re.Match[str]) -> str:
    few = run[0][:4]
    return "".join("A" if one.isupper() else "a" for one in few)


def _is_nobodys(value: str, name: str) -> bool:
    if not value or _SHORT_NUMBER.fullmatch(value) or _is_listed(value, name):
        return True
    kind = _kinds().get(name, "")
    if name == "LA_Code":
        return _COUNCIL.fullmatch(value) is not None
    if kind == "date":
        return _DAY.fullmatch(value) is not None
    return kind in ("money", "number", "whole") and _AMOUNT.fullmatch(value) is not None


def _is_listed(value: str, name: str) -> bool:
    """Is it a word of a list or the name of a field, a long one of them but for one slip, or how one of the
    field's own list begins?
    """
    text, listed = _plain(value), _listed()
    if text in listed or text in _beginnings(name):
        return True
    near = (word for word in listed if len(word) >= SLIP_FROM and abs(len(word) - len(text)) <= 1)
    return any(_is_a_slip(text, word) for word in near)


def _is_a_slip(one: str, other: str) -> bool:
    """Do they differ in one letter, or in the order of two beside each other?"""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _plain(text: str) -> str:
    """Letters and digits of any script: unlike ``cld.fields.bare``, it drops nothing that could be a name."""
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def _listed() -> frozenset[str]:
    words = [word for field in cld.fields() for word in (field.name, *field.words, *field.was)]
    return frozenset(filter(None, map(_plain, words)))


@cache
def _beginnings(name: str) -> frozenset[str]:
    """What stands before the colon in words of the field's list."""
    words = (word for field in cld.fields() if field.name == name for word in field.words if ":" in word)
    return frozenset(_plain(word.split(":")[0]) for word in words)


@cache
def _kinds() -> dict[str, str]:
    return {field.name: field.kind for field in cld.fields()}
