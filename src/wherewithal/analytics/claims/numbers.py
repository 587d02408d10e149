"""The numbers in a text, in figures or words, and what each is: count, percentage, fraction or neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Kind = Literal["count", "percent", "fraction", "most", "other"]

_TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_BY_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = _TO_NINETEEN.split()
_TENS = dict(zip(_BY_TENS.split(), range(20, 100, 10), strict=True))
_WORDS = {word: number for number, word in enumerate(_SMALL)} | _TENS
_WORDS |= {
    f"{ten}{join}{_SMALL[one]}": value + one
    for ten, value in _TENS.items()
    for one in range(1, 10)
    for join in ("-", " ")
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|\b(?:{_WORD})\b"
_PERCENT = re.compile(rf"(?P<n>{_NUMBER})\s*(?:%|per\s?cent\b)(?!age point)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"\b(?:(?P<top>a|one|two|three|four)[ -])?(?P<part>{'|'.join(_PARTS)})s?\b"
    rf"|(?P<of>{_NUMBER}) (?:in|out of)(?: every)? (?P<every>{_NUMBER})(?! of\b)",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:most|(?:vast |overwhelming )?majority)(?= of\b)", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\w.,/:£€$-])(?P<n>{_NUMBER})(?![\w/:]|[.,]\d|-\w)", re.IGNORECASE)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What looks like a count and is none: money, dates, years, times, lengths of time, sections, scales.
_NO_COUNT = re.compile(
    r"[£€$]\s?\d[\d,.]*\s?(?:k|m|bn|million|billion)?\+?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\w*(?:,?\s+\d{{4}})?"
    rf"|\b(?:{_MONTHS})\w*\s+\d{{1,4}}(?:,\s+\d{{4}})?"
    r"|\b(?:19|20)\d{2}\s?[-–/]\s?\d{2,4}\b|\b(?:19|20)\d{2}\b"
    r"|\b\d+(?:\.\d+)?\s?[ap]m\b|\b\d{1,2}[.:]\d{2}\b"
    r"|\b(?:section|paragraph|chapter|table|figure|question|page|stage|phase|line|annex|schedule)s?\s+\d+(?:\.\d+)*"
    rf"|\b(?:{_NUMBER})[ -]?(?:second|minute|hour|hr|day|week|month|quarter|year|point|time|fold|page)"
    r"(?:s|ly)?\b"
    rf"|\b(?:{_NUMBER})(?:,\s+\d+)*\s+(?:weekly|monthly|yearly|months?|years?)\b"
    rf"|\bfrom\s+(?:{_NUMBER})\s+to\s+(?:{_NUMBER})\b(?![%\s]*(?:per cent|of))"
    r"|(?<!\()\b\d+\)|\b\d+(?:st|nd|rd|th)\b"
    r"|\b0\d{2,4}[ -]\d{3}[ -/\d]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """``value`` is the count, the percentage (97 for 97%), or the fraction (1/3; "most" is over 1/2).

    ``at`` and ``to`` are its place; ``decimals`` is how many a percentage was printed with.
    """

    kind: Kind
    value: Fraction
    text: str
    at: int
    to: int
    decimals: int = 0


def numbers(text: str) -> list[Number]:
    """Every number in order, none twice; what is no count (money, a date, a length of time) is "other"."""
    found: list[Number] = []
    for one in _all(text):
        if all(one.to <= other.at or one.at >= other.to for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.at)


def _all(text: str) -> Iterator[Number]:
    for match in _PERCENT.finditer(text):
        value = read(match["n"])
        digits = match["n"].partition(".")[2]
        yield Number("percent", value, match[0], *match.span(), decimals=len(digits))
    for match in _NO_COUNT.finditer(text):
        yield Number("other", Fraction(0), match[0], *match.span())
    for match in _FRACTION.finditer(text):
        if match["part"]:
            top = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get((match["top"] or "a").lower(), 1)
            # "the third sector", "fifth time": an ordinal, unless something of which it is a part follows.
            if not match["top"] and match["part"].lower() != "half":
                continue
            if re.match(r"\s+(sector|party|parties|person|time|stage|year)\b", text[match.end() :]):
                continue
            yield Number("fraction", Fraction(top, _PARTS[match["part"].lower()]), match[0], *match.span())
        elif read(match["every"]) > read(match["of"]) > 0 and read(match["every"]) <= 20:
            yield Number("fraction", read(match["of"]) / read(match["every"]), match[0], *match.span())
    for match in _MOST.finditer(text):
        yield Number("most", Fraction(1, 2), match[0], *match.span())
    for match in _COUNT.finditer(text):
        if "." not in match["n"]:
            yield Number("count", read(match["n"]), match[0], *match.span())


def read(text: str) -> Fraction:
    """A number as people write it: ``1,204``, ``61.4``, ``ninety-seven``."""
    word = " ".join(text.lower().split())
    return Fraction(_WORDS[word]) if word in _WORDS else Fraction(Decimal(text.replace(",", "")))
