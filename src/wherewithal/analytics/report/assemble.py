"""From a definition and what was counted to a report: every sentence filled, every table with its base."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wherewithal.analytics.base import ALL
from wherewithal.analytics.report.sentences import Counted, fill
from wherewithal.analytics.tabulate import Table
from wherewithal.core import report as parts
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
    made_up: str = ""
    corrects: str = ""


def assemble(
    definition: ReportDefinition,
    counted: Counted,
    issue: Issue,
    *,
    quotes: Mapping[str, Sequence[parts.Quote]] | None = None,
) -> parts.Report:
    """The whole report. ``quotes`` are words of replies, signed off, by question.

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
        sections=tuple(_section(one, counted, quotes or {}) for one in definition.sections),
        contacts=definition.contacts,
        made_up=issue.made_up,
        corrects=issue.corrects,
    )


def _section(
    section: SectionDefinition, counted: Counted, quotes: Mapping[str, Sequence[parts.Quote]]
) -> parts.Section:
    blocks: list[parts.Block] = [parts.Paragraph(fill(says, counted)) for says in section.says]
    if section.profile:
        blocks += _profile(counted, section.profile)
    for question in section.tables:
        table = printed(counted.tables[question], counted.decimals)
        if question in section.charts:
            blocks.append(_chart(table))
        blocks.append(table)
        blocks += quotes.get(question, ())
    return parts.Section(section.title, tuple(blocks))


def printed(table: Table, decimals: int = 0) -> parts.Table:
    """One question's table as it is printed, suppressed as [c], with its base and who gave no answer."""
    rows = []
    for row in table.rows:
        figure = row.cells[ALL].figure
        count = "[c]" if figure.numerator is None else f"{figure.numerator:,}"
        percent = "[c]" if figure.status == "c" else "[x]" if figure.value is None else f"{figure.value}%"
        rows.append((row.label, count, percent))
    silent = [f"{n:,} {_UNHEARD[status]}" for status, n in table.unheard[ALL].items() if n]
    notes = (*table.notes, *([f"Others: {', '.join(silent)}."] if silent else []))
    unit = next(iter(table.bases[ALL].values())).units.capitalize()
    return parts.Table(table.question, table.title, ("Answer", unit, "Percent"), tuple(rows), notes)


def _chart(table: parts.Table) -> parts.Chart:
    bars = tuple((row[0], float(row[2].rstrip("%"))) for row in table.rows if row[2].endswith("%"))
    says = f"Bars: {'; '.join(f'{label} {value:g}%' for label, value in bars)}."
    return parts.Chart(table.title, says, bars, table.name)


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
