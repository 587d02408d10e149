"""A report as its parts, before it is a PDF, a page or a sheet: every writer tells the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """Words of a reply, signed off; ``says_who`` never names anybody: "a council", "a county"."""

    text: str
    says_who: str


@dataclass(frozen=True)
class Vignette:
    """An example of practice in the words of one reply or of several, signed off; ``text`` is one or more
    paragraphs with a blank line between. ``says_who`` as of a quote, and whether they agreed.
    """

    title: str
    text: str
    says_who: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        found = (" ".join(one.split()) for one in _BLANK.split(self.text))
        return tuple(one for one in found if one)


@dataclass(frozen=True)
class Table:
    """``name`` is unique in the report and is its sheet's; cells are as printed, a number right-aligned."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One answer and its percent of the base, from 0 to 100; None where it is not shown, and nothing is
    drawn. ``pole``: of a step on a scale, "positive" or "negative" where it is told which it is.
    """

    label: str
    percent: float | None
    pole: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture of the table called ``table``: a bar for each answer, or with ``steps`` one bar whose parts
    are the steps of a scale in their order, none of them hidden. ``title`` says what is counted and of how
    many; ``says`` is the text alternative.
    """

    title: str
    says: str
    bars: tuple[Bar, ...]
    table: str
    steps: bool = False


Block = Paragraph | Bullets | Quote | Vignette | Table | Chart


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """``headline`` is the one wording that every file uses. ``embargo`` is when it may be told; ``corrects``
    says what a new version changed. ``made_up`` stands on every file when the replies are.
    """

    title: str
    publisher: str
    version: str
    published_on: date
    embargo: datetime | None
    headline: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    contacts: tuple[str, ...] = ()
    made_up: str = ""
    corrects: str = ""
    language: str = field(default="en-GB")

    def tables(self) -> Iterator[Table]:
        """Every table in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield block

    def numbered(self) -> Iterator[tuple[str, Section]]:
        """Each section with its number, given once."""
        return ((str(number), section) for number, section in enumerate(self.sections, 1))
