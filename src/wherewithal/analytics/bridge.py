"""From one definition to another: how many people each difference adds and takes away, step by step.

Two definitions that differ in several things are joined by those that differ in one: on the way from the
whole return to long-term support alone, each kind of short-term support goes by itself.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.stands import Stands
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.refusal import Refusal
from wherewithal.policy.measure import OF_EVENTS, Measure, measure, measures
from wherewithal.policy.measure_kinds import InYear


class NoBridge(Refusal):
    """Two definitions between which no bridge leads, or a council that is not there."""


Who = frozenset[int]  # of the bridge's ``alike``, by place: those who stand alike in all its definitions


@dataclass(frozen=True)
class Take:
    """How many a definition counts, and how many of its base could have what it counts; None is not told.

    ``part``, ``whole`` and ``able`` are who they are.
    """

    measure: Measure
    part: Who
    whole: Who
    able: Who
    numerator: int | None
    denominator: int | None
    could: int | None

    @property
    def value(self) -> Decimal | None:
        """In percent; None of nobody, and where a count is not told."""
        return self._share(self.numerator)

    @property
    def highest(self) -> Decimal | None:
        """The highest that the definition allows, in percent; None where that is all, or is not told."""
        return None if self.able == self.whole else self._share(self.could)

    def _share(self, part: int | None) -> Decimal | None:
        if part is None or not self.denominator:
            return None
        return rounded(Fraction(100 * part, self.denominator), self.measure.decimals)


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


def across(found: Stands, from_id: str, to_id: str, period: ReportingYear, *, council: str) -> Bridge:
    """The bridge for people who were counted by every definition on the way, and maybe by others.

    Raises NoMeasure, NoBridge; NotCounted for a definition by which they were not.
    """
    places = [found.place(id) for id in way(from_id, to_id)]
    takes = [_take(found, place) for place in places]
    steps = tuple(
        Step(takes[at], takes[at + 1], _changes(found, before, after))
        for at, (before, after) in enumerate(pairwise(places))
    )
    return Bridge(council, period, steps, tuple(people for _, people in found.rows))


def bridged() -> list[Measure]:
    """The definitions between which bridges lead: those that count shares of the people of the events."""
    return [one for one in measures().values() if isinstance(one.counts, OF_EVENTS) and one.unit == "%"]


def way(from_id: str, to_id: str) -> list[str]:
    """The definitions on the way, first and last among them."""
    first, last = (_of_people(id) for id in (from_id, to_id))
    if first.id == last.id:
        raise NoBridge(f"“{first.title}” needs no bridge to itself.")
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
    if one not in bridged():
        raise NoBridge(f"“{one.title}” counts no shares of people, so no bridge leads to it or from it.")
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


def _take(found: Stands, place: int) -> Take:
    one = measure(found.measures[place])
    part = frozenset(at for at, (hows, _) in enumerate(found.rows) if hows[place].in_numerator)
    whole = frozenset(at for at, (hows, _) in enumerate(found.rows) if hows[place].in_denominator)
    able = found.able(one.id)
    return Take(one, part, whole, able, *(_people(found, who) for who in (part, whole, able)))


def _changes(found: Stands, before: int, after: int) -> tuple[Change, ...]:
    """Who is counted in another way by the one definition than by the other."""
    moved: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for at, (hows, _) in enumerate(found.rows):
        was, now = hows[before], hows[after]
        part = int(now.in_numerator) - int(was.in_numerator)
        whole = int(now.in_denominator) - int(was.in_denominator)
        if part or whole:
            moved[was.why, now.why, part, whole].append(at)
    changes = [
        Change(was, now, frozenset(who), _people(found, who), part, whole)
        for (was, now, part, whole), who in moved.items()
    ]
    return tuple(sorted(changes, key=lambda one: (-(one.people or 0), one.before, one.after)))


def _people(found: Stands, who: Iterable[int]) -> int:
    return sum(found.rows[at][1] for at in who)
