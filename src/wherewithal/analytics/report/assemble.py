"""From a definition and what was counted to a report: every sentence filled, every table with its base."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from wherewithal.analytics.base import ALL
from wherewithal.analytics.report.sentences import Counted, fill
from wherewithal.analytics.tabulate import Table
from wherewithal.core import report as parts
from wherewithal.core.refusal import Refusal
from wherewithal.policy.report import ReportDefinition, SectionDefinition

_UNHEARD = {
    "not asked": "not asked",
    "blank": "gave no answer",
    "insufficient": "gave too little to tell",
    "refused": "would not say",
}


@dataclass(frozen=True)
class Issue:
    """What is of this issue of the report and not of its definition."""

    version: str
    published_on: date
    embargo: datetime | None = None
    corrects: str = ""


@dataclass(frozen=True)
class Said:
    """What people wrote for the report, all of it agreed: ``quotes`` and vignettes by question, key
    ``messages``, and the ``actions`` that follow from them.
    """

    quotes: Mapping[str, Sequence[parts.Quote | parts.Vignette]] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Fault:
    """A sentence, or a table, that cannot stand in the report, and why. ``section`` counts from 1; 0: the
    headline and the summary.
    """

    section: int
    what: str
    says: str


def assemble(
    definition: ReportDefinition, counted: Counted, issue: Issue, said: Said = NOTHING_SAID
) -> parts.Report:
    """The whole report.

    Raises BadSentence or WordDoesNotHold at the first sentence that is not true of what was counted.
    """
    return parts.Report(
        title=definition.title,
        publisher=definition.publisher,
        version=issue.version,
        published_on=issue.published_on,
        embargo=issue.embargo,
        headline=fill(definition.headline, counted),
        summary=tuple(fill(sentence, counted) for sentence in definition.summary),
        sections=tuple(
            parts.Section(one.title, tuple(blocks(one, counted, said))) for one in definition.sections
        ),
        contacts=definition.contacts,
        made_up=definition.notice,
        corrects=issue.corrects,
    )


def faults(definition: ReportDefinition, counted: Counted) -> list[Fault]:
    """Every sentence that cannot be filled and every table that is not counted, in the report's order."""
    found = [_fault(0, sentence, counted) for sentence in (definition.headline, *definition.summary)]
    for number, section in enumerate(definition.sections, 1):
        found += [_fault(number, sentence, counted) for sentence in section.says]
        found += [
            Fault(number, question, f"No table counts “{question}”.")
            for question in section.tables
            if question not in counted.tables
        ]
    return [fault for fault in found if fault]


def _fault(section: int, sentence: str, counted: Counted) -> Fault | None:
    try:
        fill(sentence, counted)
    except Refusal as refusal:
        return Fault(section, sentence, refusal.says)
    return None


def blocks(section: SectionDefinition, counted: Counted, said: Said = NOTHING_SAID) -> Iterator[parts.Block]:
    """A section's sentences, who took part, its tables with their charts and quotations, words that stand
    without a table, what follows.

    Raises as ``assemble``.
    """
    yield from (parts.Paragraph(fill(says, counted)) for says in section.says)
    if section.profile:
        yield from _profile(counted, section.profile)
    for question in section.tables:
        table = counted.table(question)
        if question in section.charts:
            yield drawn(table)
        yield printed(table, counted.decimals)
        yield from said.quotes.get(question, ())
    for question in section.words:
        yield from said.quotes.get(question, ())
    for wanted, texts in ((section.messages, said.messages), (section.actions, said.actions)):
        if wanted and texts:
            yield parts.Bullets(texts)


def printed(table: Table, decimals: int = 0) -> parts.Table:
    """One question's table as it is printed, suppressed as [c], with its base and who gave no answer."""
    rows = []
    for row in (*table.rows, *table.together):
        figure = row.cells[ALL].figure
        count = "[c]" if figure.numerator is None else f"{figure.numerator:,}"
        percent = "[c]" if figure.status == "c" else "[x]" if figure.value is None else f"{figure.value}%"
        rows.append((row.label, count, percent))
    silent = [f"{n:,} {_UNHEARD[status]}" for status, n in table.unheard[ALL].items() if n]
    notes = (*table.notes, *([f"Others: {', '.join(silent)}."] if silent else []))
    unit = next(iter(table.bases[ALL].values())).units.capitalize()
    return parts.Table(table.question, table.title, ("Answer", unit, "Percent"), tuple(rows), notes)


def drawn(table: Table) -> parts.Chart | parts.Paragraph:
    """One question as a picture; where it cannot be drawn, why. Of several answers, which no question puts in
    an order, the most given stand first. The steps of a scale are parts of a whole, so that one that is
    hidden could be read off the others.
    """
    figures = [row.cells[ALL].figure for row in table.rows]
    if all(figure.value is None for figure in figures):
        return parts.Paragraph(f"There is no chart of “{table.title}”: none of its shares can be shown.")
    if table.steps and any(figure.value is None for figure in figures):
        return parts.Paragraph(
            f"There is no chart of “{table.title}”: a step of its scale is not shown, and could be read off."
        )
    bars = tuple(
        parts.Bar(row.label, None if figure.value is None else float(figure.value), row.pole)
        for row, figure in zip(table.rows, figures, strict=True)
    )
    if table.several:
        bars = tuple(sorted(bars, key=lambda bar: -1 if bar.percent is None else bar.percent, reverse=True))
    told = "; ".join(
        f"{bar.label} {'is not shown' if bar.percent is None else f'{bar.percent:g}%'}" for bar in bars
    )
    how = f"One bar in steps, from {bars[0].label} to {bars[-1].label}" if table.steps else "Bars"
    says = f"{how}: {told}. The table after it says the same."
    of = f"ercent of {table.rows[0].cells[ALL].base.says}"
    title = f"{table.title} P{of}" if table.title.endswith("?") else f"{table.title}: p{of}"
    return parts.Chart(title, says, bars, table.question, table.steps)


def _profile(counted: Counted, dimensions: Sequence[str]) -> Iterator[parts.Block]:
    for breakdown in counted.profile.breakdowns:
        if breakdown.dimension not in dimensions:
            continue
        rows = [(group.name, f"{group.invited}", f"{group.answered}") for group in breakdown.groups]
        total = ("Total", f"{counted.profile.invited}", f"{counted.profile.answered}")
        yield parts.Table(
            f"by_{breakdown.dimension}", f"Who was invited and who answered, by {breakdown.dimension}",
            (breakdown.dimension.capitalize(), "Invited", "Answered"), (*rows, total), (breakdown.verdict,),
        )  # fmt: skip
