"""What holds before a report is built: sums, bases, wording, second looks, quotations, publisher, embargo."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from wherewithal.analytics import claims
from wherewithal.analytics.base import ALL
from wherewithal.analytics.claims.bases import Base
from wherewithal.analytics.cohort import NotForTheNation
from wherewithal.analytics.report.reach import check_nation
from wherewithal.analytics.report.sentences import Counted
from wherewithal.analytics.tabulate import Table
from wherewithal.analytics.ties import SILENT
from wherewithal.core.document import Block
from wherewithal.core.report import Bullets, Paragraph, Quote, Report, Vignette


@dataclass(frozen=True)
class Check:
    """One line of the checklist: ``holds``, or each thing in the way in words."""

    name: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Few:
    """A figure that so few stand behind (or do not) that a second person looks before it is printed."""

    figure: str
    title: str
    label: str
    count: int
    base: int

    @property
    def key(self) -> tuple[str, int, int]:
        """A look holds for this figure at this count of this base."""
        return self.figure, self.count, self.base

    @property
    def says(self) -> str:
        return f"“{self.title}”, “{self.label}”: {self.count} of {self.base}"


def checklist(
    report: Report,
    counted: Counted,
    *,
    looked_at: Collection[tuple[str, int, int]] = (),
    signed_off: Collection[str] = (),
    is_public: bool = False,
) -> list[Check]:
    """``looked_at``: the figures (``Few.key``) that a second person has seen; ``signed_off``: quotations'
    texts; ``is_public``: an earlier version can be read, so that nothing is held back any more. A report may
    be built when every check holds.
    """
    tables = _tables(report, counted)
    unseen = [f"{one.says}." for one in few(report, counted) if one.key not in looked_at]
    return [
        Check("Sums", tuple(_sums(tables, counted))),
        Check("Bases", tuple(_bases(tables))),
        Check("Wording", tuple(_wording(report, counted))),
        Check("Small numbers", tuple(unseen)),
        Check("Quotations", tuple(_quotations(report, signed_off))),
        Check("Publisher", () if report.publisher else ("Nobody is named who publishes it.",)),
        Check("Embargo", () if report.embargo or is_public else ("No embargo is set.",)),
    ]


def few(report: Report, counted: Counted) -> list[Few]:
    """The figures of a report that a second person looks at, in its order."""
    return [
        Few(cell.figure.measure, table.title, row.label, cell.figure.numerator, cell.base.count)
        for table in _tables(report, counted).values()
        for row in (*table.rows, *table.together)
        if (cell := row.cells[ALL]).second_look and cell.figure.numerator is not None
    ]


def _tables(report: Report, counted: Counted) -> dict[str, Table]:
    return {
        table.name: counted.tables[table.name] for table in report.tables() if table.name in counted.tables
    }


def _sums(tables: Mapping[str, Table], counted: Counted) -> Iterator[str]:
    for table in tables.values():
        counts = [row.cells[ALL].figure.numerator for row in table.rows]
        if table.several or None in counts or len(table.unheard[ALL]) < len(SILENT):  # suppressed
            continue
        told = sum(count or 0 for count in counts) + sum(table.unheard[ALL].values())
        if told != counted.profile.answered:
            yield f"“{table.title}”: {told} are told of, and {counted.profile.answered} took part."


def _bases(tables: Mapping[str, Table]) -> Iterator[str]:
    for table in tables.values():
        for row in (*table.rows, *table.together):
            figure = row.cells[ALL].figure
            if figure.numerator is not None and figure.numerator > figure.denominator:
                yield f"“{table.title}”, “{row.label}”: {figure.numerator} of {figure.base}."


def _wording(report: Report, counted: Counted) -> Iterator[str]:
    """The claim checker reads the finished text as a stranger would; nothing speaks for the nation that must
    not, a key message neither.
    """
    blocks = [Block("paragraph", report.headline, "the headline")]
    blocks += [Block("paragraph", text, f"summary, {n}") for n, text in enumerate(report.summary, 1)]
    for number, section in report.numbered():
        blocks.append(Block("heading", f"{number} {section.title}", f"section {number}"))
        for block in section.blocks:
            texts = (
                block.items if isinstance(block, Bullets)
                else (block.title, *block.paragraphs) if isinstance(block, Vignette)
                else (block.text,) if isinstance(block, Paragraph) else ()
            )  # fmt: skip
            blocks += [Block("paragraph", text, f"section {number}") for text in texts]
    units = next(
        (base.units for table in counted.tables.values() for base in table.bases[ALL].values()), "councils"
    )
    given = [
        Base(counted.profile.answered, f"{units} that took part", "given"),
        Base(counted.profile.invited, f"{units} that were invited", "given"),
    ]
    given += [
        Base(base.count, base.says, "given")
        for table in counted.tables.values()
        for base in table.bases[ALL].values()
        if base.count
    ]
    for fault in claims.check(blocks, given).faults:
        yield f"{fault.place}: {fault.why}"
    for read in blocks:
        try:
            check_nation(read.text, counted.profile)
        except NotForTheNation as refusal:
            yield f"{read.place}: “{read.text}” {refusal.says}"


def _quotations(report: Report, signed_off: Collection[str]) -> Iterator[str]:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Quote | Vignette) and block.text not in signed_off:
                yield f"“{block.text[:60]}” has no second person's sign-off."
