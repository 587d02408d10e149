"""Who is behind a figure: one by one by a number, whether they are counted, why, and by what support.

They are kept with the figure when it is counted, so that they add up to it whatever has been put on record
since. The numbers are the same for every page until it is counted anew, and mean nothing anywhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from wherewithal.analytics.figures import Case, How, Reason
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure, measures
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.web import counted


@dataclass(frozen=True)
class Behind:
    """One person, or journey, of the count. ``by`` has the words for each definition of the same kind;
    ``otherwise`` the titles of those that count them in another way than this one.
    """

    person: int
    of: Measure
    how: How
    facts: tuple[str, ...]
    by: dict[str, str]
    otherwise: tuple[str, ...]

    @property
    def why(self) -> str:
        return self.how.why

    @property
    def counted(self) -> str:
        return in_words(self.of, self.how)


def in_words(one: Measure, how: How | Reason) -> str:
    """How somebody is counted: a figure is how many of its base, or how many more than its base there are;
    of a rate the base is the population, and nobody on record.
    """
    if one.unit == "% change":
        days = {(True, True): "On both days", (True, False): "On the last day only"}
        gone = "A year before only" if how.in_denominator else "Left out"
        return days.get((how.in_numerator, how.in_denominator), gone)
    if not how.in_denominator:
        return "Left out"
    if one.unit == "per 100,000":
        return "In the figure"
    return "In the base and the figure" if how.in_numerator else "In the base only"


def counted_as(one: Measure) -> tuple[str, str]:
    """What each behind a figure is, one and many: a person, a journey, a plan, a review, an outcome."""
    return ("journey", "journeys") if isinstance(one.counts, Days) else (one.people_one, one.people_many)


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
    """The definitions that may count the same people in another way; a wait is only counted in one, and what
    is counted from particulars beside what looks at the same.
    """
    if isinstance(one.counts, Days):
        return [one]
    return [other for other in siblings(one) if _looks_at(other) == _looks_at(one)]


def _looks_at(one: Measure) -> object:
    """Of what each case of a measure is: everybody in the events, or rows or people of the particulars."""
    return one.counts.asks if isinstance(one.counts, Days | Particulars) else "events"


def _behind(one: Measure, family: list[Measure], case: Case) -> Behind:
    # A definition that came after the count says nothing yet.
    family = [other for other in family if other.id in case.counted]
    by = {other.id: in_words(other, case.counted[other.id]) for other in family}
    differ = tuple(other.title for other in family if by[other.id] != by[one.id])
    return Behind(case.number, one, case.counted[one.id], case.facts, by, differ)
