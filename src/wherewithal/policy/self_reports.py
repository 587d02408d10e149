"""Which answers of a survey can be held against published figures: ``policy/self_reports/*.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from wherewithal.core.policy import NoPolicy
from wherewithal.core.self_report import Span, Verdict, count_said, printed, share_said, verdict
from wherewithal.policy import names, table
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.series import ALL, Printed, Series, SeriesTable, series_table

Part = Literal["value", "denominator"]


@dataclass(frozen=True)
class Compared:
    """One question, or a share and what it is of, and the published figure it is held against.

    ``count`` or ``share`` names the question, ``of`` the one whose answer a share is of. ``leeway`` is in
    points for a percentage, else in per cent of the published figure. ``differs`` says how the two
    counts differ.
    """

    id: str
    title: str
    questionnaire: str
    count: str
    share: str
    of: str
    opened_from: date
    opened_until: date
    table: str
    series: str
    year: str
    part: Part
    leeway: int
    differs: str

    @property
    def published(self) -> SeriesTable:
        return series_table(self.table)

    @property
    def counts(self) -> Series:
        return self.published.series[self.series]

    @property
    def is_percentage(self) -> bool:
        return self.part == "value" and self.counts.unit == "%"

    @property
    def rounded_to(self) -> str:
        """What the figure was rounded to in print, as a decimal."""
        if self.part == "denominator":
            return str(self.counts.of_rounded_to or 1)
        return str(self.counts.rounded_to or 1) if not self.is_percentage else f"1e-{self.counts.decimals}"

    def by_council(self) -> dict[str, Printed]:
        """The figure of everybody by the council's code in the register."""
        return {
            point.council: getattr(point, self.part)
            for point in self.published.of(self.series)
            if point.year == self.year and point.group == ALL
        }


def comparisons(questionnaire: str, opened_on: date) -> tuple[Compared, ...]:
    """What of a questionnaire can be compared, for a wave opened on a day. Raises NoPolicy at a fault."""
    return tuple(
        one
        for one in _all()
        if one.questionnaire == questionnaire and one.opened_from <= opened_on <= one.opened_until
    )


def said_by(answers: Mapping[str, Any], of: Compared) -> Span | None:
    """What the answers say of the figure; None where they do not."""
    first = answers.get(of.count or of.share)
    if not isinstance(first, int):
        return None
    if of.count or not of.of:
        return count_said(first) if of.count else share_said(first)
    size = answers.get(of.of)
    return share_said(first, size) if isinstance(size, int) else None


def compared_with(said: Span | None, figure: Printed, of: Compared) -> Verdict:
    """What was said, if anything, beside what was published, if anything."""
    if said is None:
        return Verdict.NOTHING_SAID
    if figure.number is None:
        return Verdict.A_MARK if figure.mark else Verdict.NOTHING_PUBLISHED
    number = Fraction(figure.number)
    leeway = Fraction(of.leeway) if of.is_percentage else number * of.leeway / 100
    return verdict(said, printed(number, to=Fraction(of.rounded_to), leeway=leeway))


@cache
def _all() -> tuple[Compared, ...]:
    found = []
    for name in names("self_reports"):
        file = Row(f"{name}.toml", table(name))
        try:
            found += [_read(row, file.text("questionnaire")) for row in file.rows("compared", "comparison")]
        except Misspelt as fault:
            raise NoPolicy(f"{fault}.") from None
    return tuple(found)


def _read(row: Row, questionnaire: str) -> Compared:
    row.only("id title count share of opened_from opened_until table series year part leeway differs")
    part = row.text("part")
    if part not in ("value", "denominator"):
        raise Misspelt(f"{row.where}: the part is “value” or “denominator”, not “{part}”")
    of = Compared(
        id=row.text("id"), title=row.text("title"), questionnaire=questionnaire,
        count=row.text("count", ""), share=row.text("share", ""), of=row.text("of", ""),
        opened_from=row.get("opened_from", date), opened_until=row.get("opened_until", date),
        table=row.text("table"), series=row.text("series"), year=row.text("year"),
        part="value" if part == "value" else "denominator",
        leeway=row.number("leeway") or 0, differs=row.text("differs"),
    )  # fmt: skip
    if bool(of.count) == bool(of.share):
        raise Misspelt(f"{row.where}: name either a “count” or a “share”")
    if of.series not in of.published.series:
        raise Misspelt(f"{row.where}: “{of.table}” has no series “{of.series}”")
    return of
