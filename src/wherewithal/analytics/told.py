"""Figures of people as they may be told: small counts kept from telling on anybody, by a named rule.

Everything that is told at once is guarded at once: groups add up to their total, and measures share people,
so that one figure less another is a number of people too, though nobody prints it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from wherewithal.analytics.count import Counting, base_in_words
from wherewithal.analytics.disclosure import CannotProtect, Shown, protect
from wherewithal.analytics.figure_ties import Cell, tied
from wherewithal.analytics.figures import Figure, Status
from wherewithal.analytics.headcounts import Alike
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.measure import measure

DEFAULT = "nhsd-ascof-legacy"
NOBODY = Shown(0, "ok")


@dataclass(frozen=True)
class Told:
    """A figure as it may be told; what is suppressed is None, and ``status`` says so (``c``)."""

    measure: str
    period: str
    council: str
    group: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    status: Status
    unit: str
    base: str
    definition: str
    source: str
    verified: bool
    rule: str

    def row(self) -> dict[str, Any]:
        """Ready for JSON: the value is text (``"24.0"``), so that no digit is lost."""
        value = None if self.value is None else str(self.value)
        return {
            "measure": self.measure, "period": self.period, "council": self.council, "group": self.group,
            "numerator": self.numerator, "denominator": self.denominator, "value": value,
            "status": self.status, "base": self.base,
        }  # fmt: skip


def told(counting: Counting, period: ReportingYear, rule: Rule) -> list[Told]:
    """Every figure as the rule lets it be told, in the same order; councils are guarded one by one.

    Where a council's figures are so small and so many that no end of suppressing is found, all of them go.
    What is told at another time, by other breakdowns or of other measures, is not known here.
    """
    of_council: dict[str, list[Figure]] = defaultdict(list)
    for figure in counting.figures:
        of_council[figure.council].append(figure)
    standing: dict[str, list[Alike]] = defaultdict(list)
    for one in counting.standing:
        standing[one.council].append(one)
    ids = [one.id for one in counting.people]
    shown: dict[int, tuple[Shown, Shown]] = {}
    for council, figures in of_council.items():
        for figure, parts in zip(figures, _protected(figures, standing[council], ids, rule), strict=True):
            shown[id(figure)] = parts
    return [_told(figure, period, rule, *shown[id(figure)]) for figure in counting.figures]


def exactly(counting: Counting) -> list[Told]:
    """Every figure as it was counted, for who may see the people behind it."""
    return [
        Told(**{name: getattr(one, name) for name in _SAME}, value=one.value, status=one.status,
             numerator=one.numerator, denominator=one.denominator, base=one.base, rule="none")
        for one in counting.figures
    ]  # fmt: skip


_SAME = ("measure", "period", "council", "group", "unit", "definition", "source", "verified")


def _protected(
    figures: Sequence[Figure], standing: Sequence[Alike], ids: Sequence[str], rule: Rule
) -> list[tuple[Shown, Shown]]:
    """Numerator and denominator of each figure as they may be shown."""
    ties = tied(figures, standing, ids, rule.suppress_under)
    try:
        found: Mapping[Cell, Shown] = protect(ties.cells, ties.sums, rule, derived=ties.derived)
    except CannotProtect:
        found = dict.fromkeys(ties.cells, Shown(None, "c"))
    places = (ties.where[one.measure, one.group] for one in figures)
    return [(found.get(part, NOBODY), found.get(whole, NOBODY)) for part, whole in places]


def _told(figure: Figure, period: ReportingYear, rule: Rule, part: Shown, whole: Shown) -> Told:
    """The figure with its two counts as they may be shown, and what may be said with them."""
    hidden = part.value is None or whole.value is None
    everything = hidden and (rule.together or whole.value is None)
    of = measure(figure.measure)
    denominator = None if everything else whole.value
    return Told(
        **{name: getattr(figure, name) for name in _SAME},
        numerator=None if hidden or figure.numerator is None else _numerator(figure, part),
        denominator=denominator,
        value=None if hidden else _value(figure, rule, part, whole),
        status=_status(figure, hidden, part, whole),
        base=base_in_words(of, period, figure.group, denominator),
        rule=rule.id,
    )


def _numerator(figure: Figure, part: Shown) -> int | None:
    """Of people as it may be shown; days and pence added up are no count of people."""
    return part.value if figure.unit == "%" else figure.numerator


def _value(figure: Figure, rule: Rule, part: Shown, whole: Shown) -> Decimal | None:
    if figure.value is None or not (rule.percent_of_rounded and figure.unit == "%"):
        return figure.value
    if not whole.value or part.value is None:
        return None
    return rounded(Fraction(100 * part.value, whole.value), rule.percent_decimals)


def _status(figure: Figure, hidden: bool, part: Shown, whole: Shown) -> Status:
    if hidden:
        return "c"
    if "low" in (part.status, whole.status):
        return "low"
    return figure.status
