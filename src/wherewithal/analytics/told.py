"""Figures of people as they may be told: small counts kept from telling on anybody, by a named rule.

Everything that is told at once is guarded at once: groups add up to their total, and measures share people,
so that one figure less another is a number of people too, though nobody prints it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from wherewithal.analytics.count import Counting, base_in_words
from wherewithal.analytics.disclosure import Shown
from wherewithal.analytics.figure_ties import NOBODY, tied
from wherewithal.analytics.figures import Figure, Status, row_of
from wherewithal.analytics.groups import TOTAL
from wherewithal.analytics.headcounts import Alike
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.measure import Measure, measure
from wherewithal.policy.measure_kinds import Rate

DEFAULT = "opensafely"
"""It rounds and takes the share of what is rounded, so that many definitions can be told at once; a rule that
suppresses must keep back much more of them, since each two share people.
"""
FEWEST_IN_ORDER = 20
"""A median or a quartile of fewer is one person's own amount, or nearly: our rule, beside the named ones."""
AS_COUNTED = Rule("none", "As counted", "", "")


@dataclass(frozen=True)
class Told:
    """A figure as it may be told; what is suppressed is None, and ``status`` says so (``c``).

    ``highest`` is the highest value that the definition allows a council: in percent, if everybody in its
    base who could have a personal budget had one. None where that is everybody, and where it is not told.
    """

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
    highest: Decimal | None = None

    def row(self) -> dict[str, Any]:
        """By ``figures.ROW``, ready for JSON."""
        return row_of(self)


def told(counting: Counting, period: ReportingYear, rule: Rule | None) -> list[Told]:
    """Every figure as the rule lets it be told, in the same order; councils are guarded one by one.

    Where a council's figures are so small and so many that no end of suppressing is found, all of them go.
    What is told at another time, by other breakdowns or of other measures, is not known here. Without a rule,
    as it was counted: for who may see the people behind it.
    """
    figures, standing = _by_council(counting.figures), _by_council(counting.standing)
    ids = [one.id for one in counting.people]
    shown = {council: _Shown(its, standing[council], ids, rule) for council, its in figures.items()}
    return [shown[figure.council].told(figure, period) for figure in counting.figures]


_SAME = ("measure", "period", "council", "group", "unit", "definition", "source", "verified")
_Of = TypeVar("_Of", Figure, Alike)


def _by_council(rows: Iterable[_Of]) -> dict[str, list[_Of]]:
    found: dict[str, list[_Of]] = defaultdict(list)
    for one in rows:
        found[one.council].append(one)
    return found


class _Shown:
    """What may be shown of every count of one council."""

    def __init__(
        self, figures: Sequence[Figure], standing: Sequence[Alike], ids: Sequence[str], rule: Rule | None
    ) -> None:
        self._rule = rule or AS_COUNTED
        self._ties = tied(figures, standing, ids, self._rule.suppress_under)
        self._shown = self._ties.shown(self._rule)

    def told(self, figure: Figure, period: ReportingYear) -> Told:
        """The figure with its two counts as they may be shown, and what may be said with them."""
        part, whole = (
            self._shown.get(cell, NOBODY) for cell in self._ties.where[figure.measure, figure.group]
        )
        hidden = part.value is None or whole.value is None or self._is_somebodys_own(figure)
        everything = hidden and (self._rule.together or whole.value is None)
        of = measure(figure.measure)
        of_population = isinstance(of.counts, Rate)  # which is published, and tells on nobody here
        denominator = figure.denominator if of_population else None if everything else whole.value
        return Told(
            **{name: getattr(figure, name) for name in _SAME},
            numerator=None if hidden else _numerator(figure, self._rule, part),
            denominator=denominator,
            value=None if hidden else _value(figure, self._rule, part, whole),
            status=_status(figure, hidden, part, whole),
            base=_base(figure, of, period, denominator),
            rule=self._rule.id,
            highest=self._highest(of, whole) if figure.group == TOTAL and not hidden else None,
        )

    def _is_somebodys_own(self, figure: Figure) -> bool:
        """A median or a quartile of few people, which one or two of them have."""
        of_few = figure.numerator is None and 0 < figure.denominator < FEWEST_IN_ORDER
        return of_few and self._rule is not AS_COUNTED

    def _highest(self, of: Measure, whole: Shown) -> Decimal | None:
        could = self._shown.get(self._ties.could.get(of.id), NOBODY)
        everybody = self._ties.could.get(of.id) == self._ties.where[of.id, TOTAL][1]
        if of.id not in self._ties.could or everybody or could.value is None or not whole.value:
            return None
        return rounded(Fraction(100 * could.value, whole.value), of.decimals)


def _base(figure: Figure, of: Measure, period: ReportingYear, denominator: int | None) -> str:
    if denominator == figure.denominator:
        return figure.base
    return base_in_words(of, period, figure.group, denominator)


def _numerator(figure: Figure, rule: Rule, part: Shown) -> int | None:
    """Of people as it may be shown. Days and pence added up are no count of people: where counts are rounded
    they are not told, since over their mean they give the exact count, and of one person what that one had.
    """
    if figure.numerator is None or figure.unit in ("%", "per 100,000"):
        return None if figure.numerator is None else part.value
    return None if rule.round_people_to else figure.numerator


def _value(figure: Figure, rule: Rule, part: Shown, whole: Shown) -> Decimal | None:
    if figure.value is not None and figure.unit == "per 100,000" and figure.numerator:
        return rounded(Fraction(figure.value) * (part.value or 0) / figure.numerator, 1)
    if figure.value is None or not (rule.percent_of_rounded and figure.unit == "%"):
        return figure.value if whole.value else None  # of so few that they are told as 0, nothing
    if not whole.value or part.value is None:
        return None
    return rounded(Fraction(100 * part.value, whole.value), rule.percent_decimals)


def _status(figure: Figure, hidden: bool, part: Shown, whole: Shown) -> Status:
    if hidden:
        return "c"
    if "low" in (part.status, whole.status) or (figure.denominator and not whole.value):
        return "low"
    return figure.status
