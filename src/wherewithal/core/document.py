"""A document as its blocks in order: headings, items, rows, paragraphs, each with its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "item", "row", "paragraph"]

_BULLET = re.compile(r"\s*[•·▪◦●*‣–-]\s+(?=\S)|\s*o\s+(?=\S)")
# "4.5 Evidence of what it costs": a number, a capital, short, and no sentence in it.
_HEADING = re.compile(r"\s*\d{1,2}(\.\d{1,2})*\.?(\s*\([a-z]\))?\s+[A-Z][^.;]{2,76}:?\s*$")
_PAGE_NUMBER = re.compile(r"\s*(page\s+)?\d{1,3}\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """``place`` is how a reader finds it: ``line 170``, ``page 3, line 12``, ``table 2, row 3``.

    A row's cells are joined by tabs. ``lines`` says at which character of the text each further line of the
    file begins, where the file has lines.
    """

    kind: Kind
    text: str
    place: str
    lines: tuple[tuple[int, str], ...] = ()

    def place_at(self, character: int) -> str:
        """The place of one character of the text."""
        return next((place for begins, place in reversed(self.lines) if begins <= character), self.place)


@dataclass(frozen=True)
class Line:
    """One line of plain text and its place."""

    text: str
    place: str


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Plain lines put together: a blank line, a bullet or a numbered heading begins a new block.

    A line that holds nothing but a page's number is passed over, and what it cuts in two stays two.
    """
    kind: Kind = "paragraph"
    held: list[Line] = []
    for line in lines:
        text = line.text.replace("\f", " ")
        bullet = _BULLET.match(text)
        heading = _HEADING.match(text) is not None
        ends = not text.strip() or _PAGE_NUMBER.match(text) is not None
        if (ends or bullet or heading) and held:
            yield _joined(kind, held)
            kind, held = "paragraph", []
        if ends:
            continue
        if heading:
            yield Block("heading", text.strip(), line.place)
        elif bullet:
            kind, held = "item", [Line(text[bullet.end() :], line.place)]
        else:
            held.append(Line(text, line.place))
    if held:
        yield _joined(kind, held)


def _joined(kind: Kind, lines: list[Line]) -> Block:
    text, begins = "", []
    for line in lines:
        words = " ".join(line.text.split())
        text = f"{text} {words}" if text else words
        begins.append((len(text) - len(words), line.place))
    return Block(kind, text, lines[0].place, tuple(begins))
