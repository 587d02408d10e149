"""Dated figures as somebody types them, a line each: ``31 March 2010: 360 of 6,000`` or ``31/3/2010: 6%``.

A percentage is known no better than it is written: 6% is anything from 5.5 to 6.5. A mark in a figure's place
is left out and said to be. Every line that cannot be read is named, all at once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.take_up import NoShare, rounded_count, rounded_percent, share
from wherewithal.core.target import Observation

MOST_LINES = 40
FIRST_YEAR, LAST_YEAR = 1990, 2100
EXAMPLE = "31 March 2010: 360 of 6,000"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_UK = re.compile(r"(?P<day>\d{1,2})[ /.](?P<month>\d{1,2}|[A-Za-z]{3,9})[ /.](?P<year>\d{4})")
_COUNTS = re.compile(
    r"(?P<numerator>\d[\d,]{0,11})\s*(?:of|/)\s*(?P<denominator>\d[\d,]{0,11})", re.IGNORECASE
)
_PERCENT = re.compile(r"(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,4}))?\s*%")
_MARKS = ("-", ".", "..", "*", "c", "x", "z", "[c]", "[x]", "[z]", "[low]")


class NotFigures(Refusal):
    """Lines that cannot be read; ``faults`` names each by its number, with what stood there."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults), field="figures")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Typed:
    """What was seen, in the order of days; ``bases`` as typed, ``360 of 6,000``, by day, where counts were;
    in words which lines hold a mark in place of a figure, and the days of these.
    """

    observations: tuple[Observation, ...]
    bases: Mapping[date, str]
    not_seen: tuple[str, ...]
    gaps: tuple[date, ...] = ()


def read(text: str, rounded_to: int = 0) -> Typed:
    """``rounded_to``: counts were rounded to the nearest so many, 0 for not. Raises NotFigures."""
    seen: list[Observation] = []
    bases: dict[date, str] = {}
    not_seen: list[str] = []
    gaps: list[date] = []
    faults: list[str] = []
    for place, on, words in _lines(text, faults):
        if words.lower() in _MARKS:
            not_seen.append(f"{written(on)}: “{words}” in place of a figure")
            gaps.append(on)
            continue
        found = _figure(on, words, rounded_to)
        if isinstance(found, str):
            faults.append(f"{place}: {found}")
        else:
            seen.append(found)
            if match := _COUNTS.fullmatch(words):
                bases[on] = " of ".join(f"{_count(one):,}" for one in match.groups())
    if faults:
        raise NotFigures(faults)
    return Typed(tuple(sorted(seen, key=lambda one: one.on)), bases, tuple(not_seen), tuple(gaps))


def read_goals(text: str) -> tuple[tuple[date, Fraction], ...]:
    """Points on the way, ``31 March 2012: 20%``, in the order of days. Raises NotFigures."""
    found: list[tuple[date, Fraction]] = []
    faults: list[str] = []
    for place, on, words in _lines(text, faults):
        if (match := _PERCENT.fullmatch(words)) and 0 < (goal := _number(match)) <= 100:
            found.append((on, goal))
        else:
            faults.append(
                f"{place}: write what is to be reached as a percentage, such as 31 March 2012: 20%."
            )
    if faults:
        raise NotFigures(faults)
    return tuple(sorted(found))


def _lines(text: str, faults: list[str]) -> Iterable[tuple[str, date, str]]:
    """Each line that is not empty: its name, its day, and what stands after that. Others are faults."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        faults.append(f"Give at most {MOST_LINES} figures; there are {len(lines)}.")
    days: set[date] = set()
    found = []
    for number, line in enumerate(lines[:MOST_LINES], 1):
        place = f"Line {number}, “{line[:40]}”"
        match = _ISO.match(line) or _UK.match(line)
        on = _day(match) if match else None
        if match is None or on is None:
            faults.append(
                f"{place}: begin with a real day from {FIRST_YEAR} to {LAST_YEAR}, such as {EXAMPLE}."
            )
        elif on in days:
            faults.append(f"{place}: {written(on)} is there twice.")
        else:
            days.add(on)
            found.append((place, on, line[match.end() :].strip().removeprefix(":").removeprefix(",").strip()))
    return found


def _day(match: re.Match[str]) -> date | None:
    name = match["month"].lower()[:3]
    if not name.isdigit() and name not in _MONTHS:
        return None
    month = int(match["month"]) if name.isdigit() else _MONTHS.index(name) + 1
    try:
        on = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None
    return on if FIRST_YEAR <= on.year <= LAST_YEAR else None


def _figure(on: date, words: str, rounded_to: int) -> Observation | str:
    """What was seen, or in words what is wrong."""
    if match := _COUNTS.fullmatch(words):
        numerator, denominator = map(_count, match.groups())
        try:
            percent = share(rounded_count(numerator, rounded_to), rounded_count(denominator, rounded_to))
        except NoShare as refusal:
            return refusal.says
        return Observation(on, percent, "" if percent.exact else "its counts were rounded")
    if (match := _PERCENT.fullmatch(words)) and (percent_typed := _number(match)) <= 100:
        decimals = len(match["part"] or "")
        known = "no decimals" if not decimals else f"{decimals} decimal{'' if decimals == 1 else 's'}"
        return Observation(on, rounded_percent(percent_typed, decimals), f"it is written with {known}")
    return f"write two counts or a percentage after the day, such as {EXAMPLE} or 31 March 2010: 6.0%."


def _count(digits: str) -> int:
    return int(digits.replace(",", ""))


def _number(match: re.Match[str]) -> Fraction:
    return Fraction(f"{match['whole']}.{match['part'] or 0}")
