"""From one definition to another: how many people each difference adds and takes away, step by step.

Two definitions that differ in several things are joined by those that differ in one: on the way from the
whole return to long-term support alone, each kind of short-term support goes by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics.count import CannotCount
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.measures import answer, collapse
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure, measure, measures
from wherewithal.policy.measure_kinds import InYear, OneSetting

Who = frozenset[int]  # of the bridge's ``alike``, by place: those who stand alike in all its definitions


@dataclass(frozen=True)
class Take:
    """How many a definition counts; None where it is not told. ``part`` and ``whole`` are who they are."""

    measure: Measure
    part: Who
    whole: Who
    numerator: int | None
    denominator: int | None

    @property
    def value(self) -> Decimal | None:
        """In percent; None of nobody, and where a count is not told."""
        if self.numerator is None or not self.denominator:
            return None
        return rounded(Fraction(100 * self.numerator, self.denominator), self.measure.decimals)


@dataclass(frozen=True)
class Change:
    """So many people are counted in another way after a step, and how each definition says why.

    ``to_numerator`` and ``to_denominator`` are what one of them adds to each count: 1, 0, or -1 who leaves.
    """

    before: str
    after: str
    who: Who
    people: int | None
    to_numerator: int
    to_denominator: int

    @property
    def numerator(self) -> int | None:
        return None if self.people is None else self.people * self.to_numerator

    @property
    def denominator(self) -> int | None:
        return None if self.people is None else self.people * self.to_denominator


@dataclass(frozen=True)
class Step:
    """From one definition to the next; the changes with most people first."""

    before: Take
    after: Take
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Bridge:
    """The way from one definition to another for one council; ``alike`` is how many stand alike in all."""

    council: str
    period: ReportingYear
    steps: tuple[Step, ...]
    alike: tuple[int, ...]


def bridge(
    events: Any, from_id: str, to_id: str, period: ReportingYear, *, council: str, connection: Any = None
) -> Bridge:
    """The bridge for one council of the events (as ``count.count`` takes them).

    Raises NoMeasure, BadTable; CannotCount for a measure that counts no people of the events, or a council
    that the events do not hold.
    """
    ids = way(from_id, to_id)
    asked = tuple(measure(id) for id in ids)
    rows = ask(_asked, (asked, period, council), checked(events), connection=connection).to_pylist()
    if not rows:
        raise CannotCount(f"The file holds nobody of council {council}.")
    takes = [_take(one, number, rows) for number, one in enumerate(asked)]
    steps = tuple(
        Step(takes[number], takes[number + 1], _changes(rows, number)) for number in range(len(ids) - 1)
    )
    return Bridge(council, period, steps, tuple(row["people"] for row in rows))


def way(from_id: str, to_id: str) -> list[str]:
    """The definitions on the way, first and last among them."""
    first, last = (_of_people(id) for id in (from_id, to_id))
    if first.id == last.id:
        raise CannotCount(f"“{first.title}” needs no bridge to itself.")
    ahead, back = _narrower(first), _narrower(last)
    if last.id in ahead:
        return ahead[: ahead.index(last.id) + 1]
    if first.id in back:
        return back[: back.index(first.id) + 1][::-1]
    if isinstance(first.counts, InYear):
        return [*ahead, last.id]
    return [first.id, *back[::-1]] if isinstance(last.counts, InYear) else [first.id, last.id]


def _of_people(id: str) -> Measure:
    one = measure(id)
    if not isinstance(one.counts, InYear | OneSetting):
        raise CannotCount(f"“{one.title}” counts no shares of people, so no bridge leads to it or from it.")
    return one


def _narrower(one: Measure) -> list[str]:
    """The definition, then those of its kind that leave out what it does and more, one more each time."""
    if not isinstance(one.counts, InYear):
        return [one.id]
    found = [one]
    for other in measures().values():
        its = other.counts
        if (
            isinstance(its, InYear)
            and other.family == one.family
            and its.self_directed == one.counts.self_directed
            and set(its.leaves_out) > set(found[-1].counts.leaves_out)  # type: ignore[union-attr]
        ):
            found.append(other)
    return [each.id for each in found]


def _asked(events: Any, beside: Any, asked: tuple[Measure, ...], period: ReportingYear, council: str) -> Any:
    """A row for each way in which somebody stands in all the definitions, with how many people stand so."""
    people = collapse(events.filter(events.LA_Code == council), asked, period)
    columns: dict[str, Any] = {}
    for number, one in enumerate(asked):
        found = answer(people, one, period)
        columns |= {f"n{number}": found.numerator, f"d{number}": found.counted, f"why{number}": found.why}
    return people.select(**columns).group_by(list(columns)).aggregate(people=ibis._.count())


def _take(one: Measure, number: int, rows: Sequence[Mapping[str, Any]]) -> Take:
    part, whole = (
        frozenset(place for place, row in enumerate(rows) if row[f"{flag}{number}"]) for flag in "nd"
    )
    return Take(one, part, whole, _people(rows, part), _people(rows, whole))


def _changes(rows: Sequence[Mapping[str, Any]], number: int) -> tuple[Change, ...]:
    """Who is counted in another way by the definition after ``number``."""
    found: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        part, whole = (int(row[f"{flag}{number + 1}"]) - int(row[f"{flag}{number}"]) for flag in "nd")
        if part or whole:
            found[row[f"why{number}"], row[f"why{number + 1}"], part, whole].append(place)
    changes = [
        Change(before, after, frozenset(who), _people(rows, who), part, whole)
        for (before, after, part, whole), who in found.items()
    ]
    return tuple(sorted(changes, key=lambda one: (-(one.people or 0), one.before, one.after)))


def _people(rows: Sequence[Mapping[str, Any]], who: Iterable[int]) -> int:
    return sum(rows[place]["people"] for place in who)
