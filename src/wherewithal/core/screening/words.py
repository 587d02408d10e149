"""The lists that a quotation is screened by, made into what is looked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMPASS = frozenset({"north", "south", "east", "west", "central"})
_COUNCIL = r"(?i:(?:\s+(?:city|county|borough|metropolitan|district|unitary|council|cc|mbc)\b)*)"
_YEAR = r"(?:19|20)\d\d(?:\s?[-/–]\s?\d\d(?:\d\d)?)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"


@dataclass(frozen=True)
class Words:
    """The lists that a text is screened by; what is made of them is made once.

    ``places`` and ``regions``: names in full. ``ordinary``: of their words those that are English words too,
    and tell only with a capital (Reading, Bath). ``terms``: what may stand with a capital or a figure
    anywhere, phrases among them (NHS, Care Act, 24/7). ``firms``: how the name of a firm ends, as it is
    spelt (Ltd). ``programmes``: words beside a programme's name, in small letters. ``starters``: common words
    that begin a sentence, in small letters, so that "The Trust" is no firm. ``months``: a date, with a
    number.
    """

    places: tuple[str, ...]
    regions: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    months: tuple[str, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """The words that tell nothing though they have a capital."""
        return frozenset(
            one.casefold() for one in (*self.terms, *self.starters, *self.months, *self.programmes)
        )

    @cached_property
    def known_phrase(self) -> re.Pattern[str]:
        """Terms of more than one word, or with a figure, of which other rules would find a part."""
        return re.compile(rf"(?i:{_any(term for term in self.terms if not WORD.fullmatch(term))})")

    @cached_property
    def place(self) -> re.Pattern[str]:
        """A place by its name, a part of it (Brighton) or without its point of the compass (Sussex)."""
        ordinary = {one.casefold() for one in self.ordinary}
        names = {part for name in self.places for part in _parts(name) if part not in self.regions}
        plain = _any(name for name in names if name.casefold() not in ordinary)
        strict = _any(form for name in names if name.casefold() in ordinary for form in (name, name.upper()))
        return re.compile(rf"(?:(?i:{plain})|{strict}){_COUNCIL}")

    @cached_property
    def region(self) -> re.Pattern[str]:
        return re.compile(rf"(?i:{_any(self.regions)})")

    @cached_property
    def date(self) -> re.Pattern[str]:
        month = _any(self.months)
        return re.compile(
            rf"(?<!\w)(?:{_DAY}\s+(?:of\s+)?{month}(?:\s+{_YEAR})?|{month}\s+(?:{_YEAR}|{_DAY}(?:,?\s+{_YEAR})?)"
            rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|{_YEAR})(?!\w)"
        )


def _any(names: Iterable[str]) -> str:
    """Any of these as a whole word or phrase, the longest first; however it is spaced, hyphened, joined."""
    longest = sorted(dict.fromkeys(names), key=lambda name: (-len(name), name))
    return rf"(?<!\w)(?:{'|'.join(map(_spelt, longest)) or '(?!)'})(?!\w)"


def _spelt(name: str) -> str:
    ways = {"and": "(?:and|&)", "St": r"St\.?"}
    return r"[\s\-‐‑–]+".join(ways.get(word, re.escape(word)) for word in re.split(r"[\s-]+", name))


def _parts(name: str) -> Iterator[str]:
    """A name in full, its parts, and each without the points of the compass at its ends."""
    for part in (name, *re.split(r"\s+(?:and(?: the)?|upon|on|of|with)\s+", name)):
        words = part.split()
        while len(words) > 1 and words[0].casefold() in _COMPASS:
            words = words[1:]
        while len(words) > 1 and words[-1].casefold() in _COMPASS:
            words = words[:-1]
        for one in (part, " ".join(words)):
            if one.casefold() not in _COMPASS and len(one) > 2:
                yield one
