"""A document's blocks as sections of sentences and lists: where a number stands tells what it is of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wherewithal.analytics.claims.numbers import Number, numbers
from wherewithal.core.document import Block

_SENTENCE = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bno)(?<!\bcf)[.!?][’”'\")]*\s+(?=[A-Z‘“'\"\d(])|;\s+")
_SECTION = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one clause that a semicolon ends; ``in_list`` when it is an item of a list."""

    text: str
    place: str
    in_list: bool
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Breakdown:
    """Items of a list one after another, or rows of a table, and the sentence that leads to them."""

    lead: str
    items: tuple[Sentence, ...]
    place: str


@dataclass
class Section:
    """What stands under one heading; ``number`` is ``4.5``, or empty where headings have none."""

    number: str
    title: str
    place: str
    sentences: list[Sentence] = field(default_factory=list)
    breakdowns: list[Breakdown] = field(default_factory=list)

    @property
    def chapter(self) -> str:
        """``10`` for ``10.2``; the title where there is no number."""
        return self.number.split(".")[0] or self.title


def sections(blocks: Iterable[Block]) -> list[Section]:
    """The document in sections. What stands before the first heading is a section without a title."""
    found = [Section("", "", "the beginning")]
    lead = ""
    items: list[Sentence] = []
    for block in (*blocks, Block("heading", "", "")):
        here = found[-1]
        if block.kind not in ("item", "row") and items:
            here.breakdowns.append(Breakdown(lead, tuple(items), items[0].place))
            lead, items = "", []
        if block.kind == "heading":
            number = _SECTION.match(block.text)
            found.append(Section(number[0] if number else "", block.text, block.place))
            lead = ""
            continue
        sentences = [
            Sentence(text, block.place_at(at), block.kind != "paragraph", tuple(numbers(text)))
            for at, text in _sentences(block.text)
        ]
        here.sentences += sentences
        if block.kind == "paragraph":
            lead = sentences[-1].text if sentences else ""
        elif sentences:
            items.append(sentences[0])
    return found[:-1]


def _sentences(text: str) -> list[tuple[int, str]]:
    """Each sentence and the character at which it begins."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    pieces = zip((0, *ends), (*ends, len(text)), strict=True)
    return [(begins, piece) for begins, end in pieces if (piece := text[begins:end].strip())]
