"""What was found in a file that was brought, as its page and its downloads say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from wherewithal.actions.brought_file import BRIDGED
from wherewithal.analytics.figures import Figure, Status
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.core.return_check import verdict
from wherewithal.policy.councils import called
from wherewithal.policy.disclosure import Rule, rule
from wherewithal.policy.measure import measures
from wherewithal.records.models import BroughtFile
from wherewithal.web.brought_file_faults import Level, levels
from wherewithal.web.measure_shown import STATUSES, Shown
from wherewithal.web.measures import GROUP_WORDS, HEADINGS
from wherewithal.web.submission_words import field_words
from wherewithal.web.templating import plural

TOTAL = "total"
MANY = 6  # councils, which are counted and not named


def state(file: BroughtFile) -> str:
    """The state of a file in a sentence."""
    health = file.health
    if file.state != BroughtFile.State.COUNTED or health is None:
        return file.says or file.get_state_display()
    return verdict(health["worst"], health["blanked"])


@dataclass(frozen=True)
class Line:
    """A definition's figures for one council: everyone, by age, and the highest that it allows ('')."""

    total: Shown
    ages: tuple[tuple[str, Shown], ...]
    highest: str

    @property
    def most_tenths(self) -> int:
        """Where the highest is marked on the bar, of 1,000."""
        return int(Decimal(self.highest.rstrip("%") or 0) * 10)


@dataclass(frozen=True)
class Told:
    """A file's findings; ``council`` is whose figures are asked for, ``exact`` asks for them as counted."""

    file: BroughtFile
    council: str = ""
    exact: bool = False

    @property
    def health(self) -> Mapping[str, Any] | None:
        """What is wrong with it; None of a file that was not read."""
        return self.file.health

    @property
    def counted(self) -> Mapping[str, Any] | None:
        """What was counted; None where nothing was."""
        return self.file.counted

    @cached_property
    def about(self) -> list[tuple[str, str]]:
        """The file in lines: key and value."""
        lines = [("Size", size_words(self.file.size))]
        if not (health := self.health):
            return lines
        if health["rows"]:  # none of a file that was read no further than its headings
            lines.append(("Holds", f"{plural(health['rows'], 'row')} about {_people(health['people'])}"))
        councils = [f"{called(code)}, {plural(rows, 'row')}" for code, rows in health["councils"].items()]
        if councils:
            of = "; ".join(councils) if len(councils) < MANY else plural(len(councils), "council")
            lines.append(("Of", of))
        for words, key in (("Period as stated", "stated"), ("Events seen", "seen")):
            first, last = health[key]
            if first and last:
                lines.append((words, f"{_written(first)} to {_written(last)}"))
        if health["absent"]:
            lines.append(("Columns not there", ", ".join(map(field_words, health["absent"]))))
        return lines

    @cached_property
    def levels(self) -> list[Level]:
        """The faults by how grave they are, field by field."""
        return levels(self.health["faults"]) if self.health else []

    @property
    def period(self) -> ReportingYear:
        """The year that was counted."""
        assert self.counted is not None
        until = self.counted["until"]
        return ReportingYear(self.counted["year"], date.fromisoformat(until) if until else None)

    @property
    def rule(self) -> Rule:
        """By which small numbers are kept back."""
        return rule(self.file.rule)

    @property
    def guarded(self) -> str:
        """What is done with small numbers, in sentences."""
        rule, said = self.rule, [f"Small numbers are guarded by the rule “{self.rule.title}”."]
        if rule.round_people_to:
            low = (
                f"Counts of up to {rule.zero_at_most} are told as 0, others"
                if rule.zero_at_most
                else "Counts"
            )
            said.append(f"{low} to the nearest {rule.round_people_to}, so they need not add up.")
        if rule.zero_at_most:
            said.append("[low] rounds to nothing, but is not zero.")
        return " ".join(said)

    @property
    def councils(self) -> list[tuple[str, str]]:
        """Whose figures there are: code and name."""
        codes = [one["code"] for one in self.counted["councils"]] if self.counted else []
        return sorted(((code, called(code)) for code in codes), key=lambda one: one[1])

    @property
    def whose(self) -> str:
        """The council whose figures are told: the one asked for, else the first. '' where there is none."""
        codes = [code for code, _ in self.councils]
        return self.council if self.council in codes else codes[0] if codes else ""

    @property
    def has_bridge(self) -> bool:
        """Whether bridges lead between the council's definitions: of a file of many, not of every one."""
        return self.whose in sorted(code for code, _ in self.councils)[:BRIDGED]

    @property
    def left_out(self) -> list[str]:
        """What became of rows that were not counted, and what a file does not cover, in sentences."""
        counted = self.counted or {"superseded": 0, "left_out": 0, "councils": []}
        said = []
        if counted["superseded"]:
            rows = plural(counted["superseded"], "row")
            said.append(f"{rows} of other submissions of the same council were left out.")
        if counted["left_out"]:
            said.append(f"{plural(counted['left_out'], 'row')} could be anybody’s, and were left out.")
        for one in counted["councils"]:
            if one["code"] == self.whose and _is_short(one, self.period):
                covers = f"{_written(one['first'])} to {_written(one['last'])}"
                said.append(f"What was sent covers {covers}, not all of {self.period.label}.")
        return said

    @cached_property
    def families(self) -> list[tuple[str, list[Line]]]:
        """Every definition side by side for the council, by kind."""
        found: dict[str, list[Line]] = {}
        rows = [one for one in self.figures() if one["council"] == self.whose]
        for id, alike in groupby(rows, key=lambda one: one["measure"]):
            line = self._line(list(alike))
            found.setdefault(measures()[id].family, []).append(line)
        headings = {**HEADINGS, **{family: family for family in found if family not in HEADINGS}}
        return [(heading, found[family]) for family, heading in headings.items() if family in found]

    def figures(self) -> Iterable[Mapping[str, Any]]:
        """As they are kept; of a definition that there is no more, nothing."""
        rows = self.counted["exact" if self.exact else "told"] if self.counted else []
        return [one for one in rows if one["measure"] in measures()]

    def _line(self, rows: list[Mapping[str, Any]]) -> Line:
        by_group = {one["group"]: self._shown(one) for one in rows}
        total = next(one for one in rows if one["group"] == TOTAL)
        ages = tuple((GROUP_WORDS[group], one) for group, one in by_group.items() if group != TOTAL)
        return Line(by_group[TOTAL], ages, f"{total['highest']}%" if total["highest"] else "")

    def _shown(self, row: Mapping[str, Any]) -> Shown:
        figure = Figure.from_kept({name: row[name] for name in Figure.__dataclass_fields__})
        return Shown(measures()[row["measure"]], figure, self.period)


def value_words(value: Decimal | str | None, status: Status | str) -> str:
    """A value by itself for a spreadsheet, or the mark in its place."""
    return f"[{status}]" if value is None else str(value)


def size_words(size: int) -> str:
    """``12.4 MB``, ``0.3 MB``, ``3 kB``."""
    if size < 100_000:
        return f"{max(size // 1000, 1):,} kB"
    return f"{size / 1_000_000:,.1f} MB"


def _is_short(one: Mapping[str, Any], period: ReportingYear) -> bool:
    if not (one["first"] and one["last"]):
        return False
    return date.fromisoformat(one["first"]) > period.first or date.fromisoformat(one["last"]) < period.last


def _written(day: str) -> str:
    return written(date.fromisoformat(day))


def _people(number: int) -> str:
    return plural(number, "person", "people")


MARKS_IN_WORDS = tuple(STATUSES.values())
