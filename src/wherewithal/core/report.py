"""A report as its parts, before it is a PDF, a page or a sheet: every writer tells the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime


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
    """An example of practice, told shortly."""

    title: str
    text: str


@dataclass(frozen=True)
class Table:
    """``name`` is unique in the report and is its sheet's; cells are as printed, a number right-aligned."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Bars from 0 to 100 percent, drawn from the table called ``table``; ``says`` is the text alternative."""

    title: str
    says: str
    bars: tuple[tuple[str, float], ...]
    table: str


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
