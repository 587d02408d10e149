"""A target, its milestones, and whether what was seen met it: on its day, late, or not.

Shares are in percent. Nothing is held against a target of another definition: it is refused in words.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from wherewithal.core.band import Band
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

Verdict = Literal["met", "late", "missed", "not due yet", "cannot be told"]


class AnotherDefinition(Refusal):
    """What was counted is not what the target is of."""


class NothingSeen(Refusal):
    """No figure to hold against a target."""


@dataclass(frozen=True)
class Milestone:
    """A point on the way. ``percent`` is None where it is not of take-up, as ``says`` tells."""

    due: date
    percent: Fraction | None
    says: str
    source: str


@dataclass(frozen=True)
class Target:
    """``percent`` of ``measure`` by the end of ``due``.

    ``printed_day`` is the day as its source has it, ``reading`` why it is held against ``due``; ``says`` the
    target in our own words. Only figures of ``definition`` are of it.
    """

    id: str
    title: str
    says: str
    definition: str
    measure: str
    percent: Fraction
    due: date
    printed_day: str
    reading: str
    set_by: str
    source: str
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Observation:
    """Take-up on a day, in percent; ``remark`` says why it has bounds, '' where it has none."""

    on: date
    percent: Band
    remark: str = ""


@dataclass(frozen=True)
class OwnWord:
    """What a council said of itself about a target on a day."""

    target: str
    on: date
    on_target: bool
    source: str


@dataclass(frozen=True)
class Progress:
    """One council's take-up by one definition, in the order of days, and what it said of itself.

    ``not_seen`` says which figures are left out, and which mark stands in their place; ``gaps`` are the days
    of which no figure is known, so that no line goes over them.
    """

    council: str
    definition: str
    source: str
    observations: tuple[Observation, ...]
    own_words: tuple[OwnWord, ...] = ()
    not_seen: tuple[str, ...] = ()
    gaps: tuple[date, ...] = ()

    @property
    def first(self) -> Observation:
        return self.observations[0]

    @property
    def last(self) -> Observation:
        return self.observations[-1]


@dataclass(frozen=True)
class Held:
    """``reached_on`` is the first day on which it is seen at the target for certain, if there is one."""

    verdict: Verdict
    reached_on: date | None
    why: str


def comparable(progress: Progress, target: Target) -> None:
    """Raises AnotherDefinition, naming both, or NothingSeen."""
    if progress.definition != target.definition:
        raise AnotherDefinition(
            f"“{target.title}” is of “{target.definition}”; the figures of {progress.council} are of "
            f"“{progress.definition}”. These are two counts, and one is not held against the other."
        )
    if not progress.observations:
        raise NothingSeen(f"There is no figure of {progress.council}.")


def hold(progress: Progress, percent: Fraction, due: date) -> Held:
    """Was ``percent`` met by the end of ``due``? Told only as far as the figures and their bounds tell it."""
    before = [one for one in progress.observations if one.on <= due]
    after = [one for one in progress.observations if one.on > due]
    surely = next((one.on for one in progress.observations if one.percent.low >= percent), None)
    if not before:
        return Held("cannot be told", surely, f"it was first seen on {written(after[0].on)}, after the day")
    last = before[-1]
    side = _side(last, percent)
    if last.on == due:
        where = f"on {written(due)}"
    elif not after:
        there = ", and the share was reached then" if side == "at" else ""
        return Held("not due yet", surely, f"it was last seen on {written(last.on)}, before the day{there}")
    else:
        where = f"on {written(last.on)} and on {written(after[0].on)}, before and after the day"
        if side != _side(after[0], percent):
            return Held("cannot be told", surely, f"it was not on the same side of it {where}")
    if side == "either":
        return Held("cannot be told", surely, f"its bounds hold both, {where}")
    if side == "at":
        return Held("met", surely, f"the share was reached {where}")
    return _after(after, percent, where)


def _after(after: list[Observation], percent: Fraction, where: str) -> Held:
    """Of what was below on its day: was it reached later?"""
    later = next((one.on for one in after if _side(one, percent) == "at"), None)
    if later is not None:
        return Held("late", later, f"it was below {where}, and first seen at it on {written(later)}")
    if any(_side(one, percent) == "either" for one in after):
        return Held("cannot be told", None, f"it was below {where}, and its bounds since then hold both")
    since = f", and still on {written(after[-1].on)}" if after else ", and was not seen since"
    return Held("missed", None, f"it was below {where}{since}")


def _side(seen: Observation, percent: Fraction) -> Literal["at", "below", "either"]:
    if seen.percent.low >= percent:
        return "at"
    return "below" if seen.percent.high < percent else "either"
