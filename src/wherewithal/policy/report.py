"""The definition of a survey's report: its sentences, and which tables and charts stand where.

It is TOML, from ``policy/reports/<survey>.toml`` or from the record, where whoever writes the report keeps
it. Sentences have places for figures, which ``analytics.report.sentences`` fills.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from wherewithal.core.policy import NoPolicy
from wherewithal.core.refusal import Refusal
from wherewithal.policy import table
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.toml import pairs, quoted

SharesOf = Literal["answered", "cohort"]


class BadReport(Refusal):
    """The text of a definition that is none; it says where."""


@dataclass(frozen=True)
class SectionDefinition:
    """``says`` are sentences; ``tables`` question ids, of which ``charts`` are drawn too. Quotations and
    vignettes of a question stand under its table, of those in ``words`` without one.

    ``profile`` names the dimensions in which the cohort stands beside the field. ``messages``: the key
    messages that were agreed stand here; ``actions``: what was agreed to be done, by whom and by when.
    """

    title: str
    says: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    messages: bool = False
    actions: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportDefinition:
    """``notice`` stands on every file, such as that the replies are made up. ``shares_of``: of whom shares
    are told, of who answered a question or of the whole cohort. A report may be begun before it is said who
    publishes it (``publisher`` is ''), and is not built before.
    """

    title: str
    publisher: str
    headline: str
    summary: tuple[str, ...]
    contacts: tuple[str, ...]
    sections: tuple[SectionDefinition, ...]
    notice: str = ""
    shares_of: SharesOf = "answered"


@cache
def report(survey: str) -> ReportDefinition:
    """The report of a survey by the survey's id. Raises NoPolicy for one that is not there or is misspelt."""
    name = f"reports/{survey}"
    try:
        return _read(Row(f"{name}.toml", table(name)))
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault


def parse(text: str) -> ReportDefinition:
    """A definition from its text. Raises BadReport, which names the place and what was expected."""
    try:
        return _read(Row("The report", tomllib.loads(text)))
    except tomllib.TOMLDecodeError as fault:
        raise BadReport(f"This is no TOML: {fault}.") from fault
    except Misspelt as fault:
        raise BadReport(f"{fault}.") from fault


def text(of: ReportDefinition) -> str:
    """TOML, from which ``parse`` reads the same."""
    return "\n".join(_lines(of)) + "\n"


def _read(row: Row) -> ReportDefinition:
    row.only("title publisher headline summary contacts notice shares_of sections")
    shares_of = row.text("shares_of", "answered")
    if shares_of not in get_args(SharesOf):
        raise Misspelt(f"{row.where}: “shares_of” must be {' or '.join(get_args(SharesOf))}")
    return ReportDefinition(
        row.text("title"), row.text("publisher", ""), row.text("headline"), row.texts("summary"),
        row.texts("contacts", ()), tuple(_section(one) for one in row.rows("sections", "section", ())),
        row.text("notice", ""), cast(SharesOf, shares_of),
    )  # fmt: skip


def _section(row: Row) -> SectionDefinition:
    row.only("title says tables charts words profile messages actions")
    tables, charts, words = (row.texts(name, ()) for name in ("tables", "charts", "words"))
    if strange := [question for question in charts if question not in tables]:
        raise Misspelt(f"{row.where}: “{strange[0]}” is drawn, but its table does not stand there")
    if twice := [question for question in words if question in tables]:
        raise Misspelt(f"{row.where}: the words of “{twice[0]}” stand under its table already")
    return SectionDefinition(
        row.text("title"), row.texts("says", ()), tables, charts, row.texts("profile", ()),
        row.flag("messages", False), row.flag("actions", False), words,
    )  # fmt: skip


def _lines(of: ReportDefinition) -> Iterator[str]:
    head = {name: getattr(of, name) for name in ("title", "publisher", "headline", "notice", "shares_of")}
    yield from pairs(head)
    yield from _long("summary", of.summary)
    yield from _long("contacts", of.contacts)
    for section in of.sections:
        yield from ("", "[[sections]]", *pairs({"title": section.title}))
        if section.says:
            yield from _long("says", section.says)
        for name in ("tables", "charts", "words", "profile"):
            yield from pairs({name: list(getattr(section, name)) or None})
        yield from pairs({name: getattr(section, name) or None for name in ("messages", "actions")})


def _long(name: str, texts: tuple[str, ...]) -> Iterator[str]:
    """A list with a line for each of its texts."""
    if texts:
        yield from (f"{name} = [", *(f"  {quoted(one)}," for one in texts), "]")
    else:
        yield f"{name} = []"
