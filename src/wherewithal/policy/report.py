"""The definition of a survey's report, read from ``policy/reports/<survey>.toml``.

Sentences with places for figures (``analytics.report.sentences``), and which tables and charts stand where.
"""

from dataclasses import dataclass
from functools import cache

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import table
from wherewithal.policy.rows import Misspelt, Row


@dataclass(frozen=True)
class SectionDefinition:
    """``says`` are sentences; ``tables`` question ids, of which ``charts`` are drawn too.

    ``profile`` names the dimensions in which the cohort stands beside the field.
    """

    title: str
    says: tuple[str, ...]
    tables: tuple[str, ...]
    charts: tuple[str, ...]
    profile: tuple[str, ...]


@dataclass(frozen=True)
class ReportDefinition:
    title: str
    publisher: str
    headline: str
    summary: tuple[str, ...]
    contacts: tuple[str, ...]
    sections: tuple[SectionDefinition, ...]


@cache
def report(survey: str) -> ReportDefinition:
    """The report of a survey by the survey's id. Raises NoPolicy for one that is not there or is misspelt."""
    name = f"reports/{survey}"
    row = Row(f"{name}.toml", table(name))
    try:
        row.only("title publisher headline summary contacts sections")
        return ReportDefinition(
            row.text("title"), row.text("publisher"), row.text("headline"), row.texts("summary"),
            row.texts("contacts", ()), tuple(_section(one) for one in row.rows("sections", "section")),
        )  # fmt: skip
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault


def _section(row: Row) -> SectionDefinition:
    row.only("title says tables charts profile")
    tables, charts = row.texts("tables", ()), row.texts("charts", ())
    if strange := [question for question in charts if question not in tables]:
        raise Misspelt(f"{row.where}: “{strange[0]}” is drawn, but its table does not stand there")
    return SectionDefinition(
        row.text("title"), row.texts("says", ()), tables, charts, row.texts("profile", ())
    )
