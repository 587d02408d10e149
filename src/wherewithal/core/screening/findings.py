"""What in a text might tell whose words it is: each finding with its place, its kind, what to do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from wherewithal.core.screening.capitals import Span, firms, names, programmes, runs
from wherewithal.core.screening.words import Words


class Kind(StrEnum):
    """What a finding is, as pages call it."""

    PLACE = "place"
    REGION = "region"
    FIRM = "firm"
    PROGRAMME = "programme"
    ADDRESS = "address"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"


DO = {
    Kind.PLACE: "Say ‘a neighbouring council’, or ‘our area’.",
    Kind.REGION: "Leave it out: the line under the quotation says what may be said of where it comes from.",
    Kind.FIRM: "Say what it does: ‘a provider’, ‘a user-led organisation’.",
    Kind.PROGRAMME: "Say what it is for: ‘a local programme for carers’.",
    Kind.ADDRESS: "Take it out.",
    Kind.DATE: "Say roughly when: ‘last spring’.",
    Kind.NUMBER: "Round it, or say it in words: ‘about half’.",
    Kind.NAME: "Leave it out, or say what it is: ‘our system’, ‘a colleague’.",
}
_ADDRESS = re.compile(
    r"[^\s@<>()]+@[^\s@<>()]+\.\w+|(?:https?://|www\.)\S*[\w/]"
    r"|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:gov|org|co|nhs|ac)\.uk\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?:£\s?\d(?:[\d,.]*\d)?|\d[\d,.]*\d)(?:\s?(?:k|m|bn|thousand|million|billion)\b)?"
    r"(?:\s?%|\s(?:per\s?cent|percent)\b)?",
    re.I,
)


@dataclass(frozen=True)
class Finding:
    """``words`` are ``text[start:end]``."""

    start: int
    end: int
    kind: Kind
    words: str

    @property
    def do(self) -> str:
        """What can be done about it, as pages say it."""
        return DO[self.kind]


def screen(text: str, words: Words) -> tuple[Finding, ...]:
    """Every finding in the order of the text. Where two would overlap, the surer one stands."""
    capitals = tuple(runs(text))
    found: list[tuple[int, int, Kind | None]] = []

    def take(kind: Kind | None, spans: Iterable[Span]) -> None:
        for start, end in spans:
            if all(end <= one[0] or one[1] <= start for one in found):
                found.append((start, end, kind))

    take(Kind.ADDRESS, _spans(_ADDRESS, text))
    take(None, _spans(words.known_phrase, text))
    take(Kind.FIRM, firms(capitals, words))
    take(Kind.PLACE, _spans(words.place, text))
    take(Kind.PROGRAMME, programmes(capitals, words))
    take(Kind.REGION, _spans(words.region, text))
    take(Kind.DATE, _spans(words.date, text))
    take(Kind.NUMBER, _spans(_NUMBER, text))
    take(Kind.NAME, names(capitals, words, [(start, end) for start, end, _ in found]))
    placed = sorted(found, key=_place)
    return tuple(Finding(start, end, kind, text[start:end]) for start, end, kind in placed if kind)


@dataclass(frozen=True)
class Piece:
    """A piece of a text that is all one finding, or none."""

    words: str
    finding: Finding | None


def pieces(text: str, findings: Iterable[Finding]) -> tuple[Piece, ...]:
    """The whole text cut where findings begin and end; its pieces together are the text again."""
    at = {one.start: one for one in findings}
    edges = sorted({0, len(text), *at, *(one.end for one in at.values())})
    return tuple(Piece(text[start:end], at.get(start)) for start, end in pairwise(edges))


def _place(one: tuple[int, int, Kind | None]) -> Span:
    return one[0], one[1]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (one.span() for one in pattern.finditer(text))
