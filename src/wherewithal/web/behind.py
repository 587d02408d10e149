"""Who is behind a figure: one by one by a number, whether they are counted, why, and by what support.

They are kept with the figure when it is counted, so that they add up to it whatever has been put on record
since. The numbers are the same for every page until it is counted anew, and mean nothing anywhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from wherewithal.analytics.figures import Case, How
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Days, Measure, measures
from wherewithal.web import counted


@dataclass(frozen=True)
class Behind:
    """One person, or journey, of the count. ``by`` has the words for each definition of the same kind;
    ``otherwise`` the titles of those that count them in another way than this one.
    """

    person: int
    how: How
    facts: tuple[str, ...]
    by: dict[str, str]
    otherwise: tuple[str, ...]

    @property
    def why(self) -> str:
        return self.how.why

    @property
    def counted(self) -> str:
        return in_words(self.how.in_numerator, self.how.in_denominator)


def in_words(in_numerator: bool, in_denominator: bool) -> str:
    """How somebody is counted: a figure is how many of its base."""
    if not in_denominator:
        return "Left out"
    return "In the base and the figure" if in_numerator else "In the base only"


def behind(one: Measure, period: ReportingYear) -> tuple[datetime | None, list[Behind]]:
    """When the year was counted, and everybody as they were then, who is in the figure first; journeys by how
    long they took. None and nobody before the first count.
    """
    at, cases = counted.behind(period, one.id)
    rows = [_behind(one, told_apart(one), case) for case in cases]
    if isinstance(one.counts, Days):
        rows.sort(key=lambda row: (len(row.why), row.why))
    return at, sorted(rows, key=lambda row: (not row.how.in_denominator, not row.how.in_numerator))


def siblings(one: Measure) -> list[Measure]:
    """Every definition of the same kind, this one among them."""
    return [other for other in measures().values() if other.family == one.family]


def told_apart(one: Measure) -> list[Measure]:
    """The definitions that may count the same people in another way; a wait is only counted in one."""
    return [one] if isinstance(one.counts, Days) else siblings(one)


def _behind(one: Measure, family: list[Measure], case: Case) -> Behind:
    # A definition that came after the count says nothing yet.
    family = [other for other in family if other.id in case.counted]
    by = {other.id: _words(case.counted[other.id]) for other in family}
    differ = tuple(other.title for other in family if by[other.id] != by[one.id])
    return Behind(case.number, case.counted[one.id], case.facts, by, differ)


def _words(how: How) -> str:
    return in_words(how.in_numerator, how.in_denominator)
