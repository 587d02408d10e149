"""A figure as pages show it: in words, never a number where there is none."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wherewithal.analytics.figures import Figure
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.money import a_week
from wherewithal.core.period import written
from wherewithal.policy.measure import Measure

# Why a figure stands in place of a number: the shorthand of the Government Statistical Service, in words.
STATUSES = {
    "x": "[x] not available: there is nobody to count",
    "c": "[c] kept back, because it could tell who somebody is",
    "z": "[z] does not apply",
    "low": "[low] rounds to nothing, but is not zero",
}
MARKS = {"e": "[e] estimate", "p": "[p] provisional", "r": "[r] revised", "b": "[b] break in the series"}
LOW = "[low]"  # of a 0 that somebody stands behind
UNITS = {"%": "%", "days": "\N{NO-BREAK SPACE}days", "% change": "%", "per 100,000": " per 100,000"}
NO_POPULATION = "[x] not available: the council’s population is not on record"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Shown:
    """One figure of a measure in a year. ``could`` is how many of the base could have what it counts, and how
    many there are in it, where the two may differ.
    """

    measure: Measure
    figure: Figure
    period: ReportingYear
    could: tuple[int, int] | None = None

    @property
    def highest(self) -> str:
        """The highest that the definition allows, where not everybody in its base could have a budget."""
        if self.most is None or self.could is None:
            return ""
        could, people = self.could
        return f"At most {self.most}%: only {could:,} of the {people:,} could have a personal budget."

    @property
    def value(self) -> str:
        """``57.3%``, ``38.0 days``, or what its status says."""
        if self.figure.value is None:
            return NO_POPULATION if self._lacks_a_population else STATUSES[self.figure.status]
        number = self._number(self.figure.value)
        mark = LOW if self.figure.status == "low" else MARKS.get(self.figure.status)
        return f"{number} {mark}" if mark else number

    def _number(self, value: Decimal) -> str:
        if self.figure.unit == "£ a week":
            return a_week(int(value * 100)).replace("-", MINUS)
        if self.figure.unit == "£ a year":
            return f"£{value:,} a year"
        sign = "+" if self.figure.unit == "% change" and value > 0 else ""
        return f"{sign}{value}{UNITS[self.figure.unit]}".replace("-", MINUS)

    @property
    def _lacks_a_population(self) -> bool:
        return self.figure.unit == "per 100,000" and not self.figure.denominator

    @property
    def of(self) -> str:
        """``12 of 21 people with ...``; for a wait or for money the base alone, since they are not people."""
        one = self.figure
        if one.numerator is None:
            return one.base
        if one.unit == "per 100,000":
            return f"{one.numerator:,} people, and {one.base}"
        if one.unit == "% change":
            return f"{one.numerator:,} on {written(self.period.last)}, against {one.base}"
        return f"{one.numerator:,} of {one.base}" if one.unit == "%" else one.base

    @property
    def short(self) -> str:
        """``12 of 21``, where the page has said of whom; ``11 people`` for a wait; growth ``18 after 16``."""
        if self.figure.unit == "per 100,000":
            return f"{self.figure.numerator or 0:,} in {self.figure.denominator:,}"
        if self.figure.unit in ("%", "% change"):
            between = "of" if self.figure.unit == "%" else "after"
            return f"{self.figure.numerator or 0:,} {between} {self.figure.denominator:,}"
        one = self.measure.people_one if self.figure.denominator == 1 else self.measure.people_many
        return f"{self.figure.denominator:,} {one}"

    @property
    def tenths(self) -> int:
        """How long the bar is, of 1,000."""
        return int((self.figure.value or 0) * 10) if self.figure.unit == "%" else 0

    @property
    def most(self) -> Decimal | None:
        """The same as a number, in percent; None where everybody could."""
        if self.could is None or self.could[0] == self.could[1]:
            return None
        return rounded(Fraction(100 * self.could[0], self.could[1]), self.measure.decimals)

    @property
    def most_tenths(self) -> int:
        """Where the highest is marked on the bar, of 1,000."""
        return 1000 * self.could[0] // self.could[1] if self.could and self.could[1] else 0

    @property
    def in_force(self) -> str:
        """When the definition was official, where that was not in this period; '' otherwise."""
        one = self.measure
        if one.held(self.period.first, self.period.last):
            return ""
        since = f"from {written(one.holds_from)}" if one.holds_from else ""
        until = f"to {written(one.holds_until)}" if one.holds_until else ""
        return f"Official {' '.join(filter(None, (since, until)))}; here it is applied to another year."
