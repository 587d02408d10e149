"""A sector body's conversation with a council whose figure is behind: what the figure allows to be said, what
comes next, and when it may be closed.

A figure is published and has an interval: below a threshold is only what lies below it as a whole. One whose
share is lower, while its interval reaches over, may not be below; it is spoken about too, and it is said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from wherewithal.core.refusal import Refusal

OTHER = "other"
"""The reason that is told in words."""


class NotThisWay(Refusal):
    """A step that a conversation does not take; ``field`` names what it is about."""


class Reach(StrEnum):
    """Where a figure lies beside a threshold, as its interval allows it to be said."""

    BELOW = "below"
    MAY_NOT_BE = "may not be below"
    MAY_BE = "not below, but it could be"
    NOT_BELOW = "not below"


UNDER = (Reach.BELOW, Reach.MAY_NOT_BE)
"""Of a share that is lower than the threshold: a conversation may be begun about it."""


class Outcome(StrEnum):
    NOT_BEHIND = "not_behind"
    CAUGHT_UP = "caught_up"
    ON_THE_WAY = "on_the_way"
    NO_CHANGE = "no_change"


OUTCOMES = {
    Outcome.CAUGHT_UP: "It has caught up",
    Outcome.ON_THE_WAY: "It is on its way, and needs no more from us",
    Outcome.NO_CHANGE: "Nothing changed, and it goes on elsewhere",
    Outcome.NOT_BEHIND: "It was not behind: the figure tells something else",
}


def reach(share: Fraction, interval: tuple[float, float], threshold: Fraction) -> Reach:
    """``share``, its 95% interval and the threshold are shares from 0 to 1. What is level is not below."""
    low, high = interval
    if share < threshold:
        return Reach.BELOW if high < threshold else Reach.MAY_NOT_BE
    return Reach.MAY_BE if low < threshold else Reach.NOT_BELOW


@dataclass(frozen=True)
class Figure:
    """A council's published figure, as it stood: ``percent`` as printed, ``low`` and ``high`` its 95%
    interval as shares from 0 to 1. ``counts`` of ``of`` in words; figures of one ``definition`` may be
    compared.
    """

    table: str
    series: str
    title: str
    definition: str
    counts: str
    of: str
    year: str
    numerator: int
    denominator: int
    percent: str
    low: float
    high: float

    @property
    def interval(self) -> str:
        return f"{100 * self.low:.1f}% to {100 * self.high:.1f}%"

    @property
    def said(self) -> str:
        """``8.0% (130 of 1,615; 95% interval 6.8% to 9.5%)``."""
        return f"{self.percent}% ({self.numerator:,} of {self.denominator:,}; 95% interval {self.interval})"

    def kept(self) -> dict[str, Any]:
        """All of it, ready for JSON; ``from_kept`` reads it again."""
        return asdict(self)

    @classmethod
    def from_kept(cls, row: Mapping[str, Any]) -> "Figure":
        return cls(**row)


@dataclass(frozen=True)
class Later:
    """What was published of the council for a year after: a figure, or the ``mark`` in its place.

    ``broken`` says why nothing joins it to the years before, also where the definition is worded alike.
    """

    year: str
    definition: str
    figure: Figure | None
    mark: str = ""
    broken: str = ""


@dataclass(frozen=True)
class Beside:
    """The figure of now beside the one of then, None where there is none to compare; ``says`` why or how."""

    now: Figure | None
    says: str


def beside(then: Figure, later: Sequence[Later]) -> Beside:
    """The newest later figure of the same definition beside ``then``; what cannot be compared is named.

    It is higher or lower only where the two intervals do not overlap (Goldstein and Healy, JRSS A 158, 1995).
    """
    same = [one for one in later if one.definition == then.definition and not one.broken]
    found = max(same, key=lambda one: one.year, default=None)
    if found is None:
        return Beside(None, _not_compared(then, later))
    if found.figure is None:
        says = f"For {found.year} “{found.mark}” is published in place of its figure"
        return Beside(None, f"{says}: there is nothing to compare.")
    now = found.figure
    how = "higher" if now.low > then.high else "lower" if now.high < then.low else ""
    tells = f"It is {how}: the two intervals do not overlap."
    if not how:
        tells = "The two intervals overlap: it may be the same."
    return Beside(now, f"{then.year}: {then.percent}%. {now.year}: {now.percent}%. {tells}")


def _not_compared(then: Figure, later: Sequence[Later]) -> str:
    if not later:
        return f"No figure after {then.year} is on record."
    last = max(later, key=lambda one: one.year)
    why = f" {last.broken}" if last.broken else ""
    if last.definition == then.definition:
        return f"The figure of {last.year} is not compared: a break stands between.{why}"
    return f"The figure of {last.year} is by another definition, {last.definition}, and is not compared.{why}"


def is_ahead(figure: tuple[float, float], of: tuple[float, float]) -> bool:
    """Does a council's whole interval lie above the other's?"""
    return figure[0] > of[1]


@dataclass(frozen=True)
class Standing:
    """How far a conversation is. ``actions`` are the days by which those that are open are due, ``agreed``
    how many there ever were; ``look_on`` is the day to look again, ``looked_on`` when that was last done.
    """

    begun_on: date
    talked_on: date | None = None
    has_reason: bool = False
    actions: tuple[date, ...] = ()
    agreed: int = 0
    look_on: date | None = None
    looked_on: date | None = None
    closed_on: date | None = None

    @property
    def stage(self) -> str:
        """In a word or two, the same words for all of its kind."""
        if self.closed_on:
            return "Closed"
        if self.looked_on:
            return "Looked at again"
        if self.agreed:
            return "Action agreed"
        return "Spoken" if self.talked_on else "Begun"


@dataclass(frozen=True)
class Due:
    """The one thing that comes next, and by which day."""

    what: str
    on: date


@dataclass(frozen=True)
class Within:
    """Days: from the beginning until somebody speaks with the council, and from then until an action is
    agreed.
    """

    talk: int
    agree: int


def due(of: Standing, within: Within) -> Due | None:
    """What comes next; nothing of a conversation that is closed."""
    if of.closed_on:
        return None
    if of.talked_on is None:
        return Due("Speak with the council", of.begun_on + timedelta(days=within.talk))
    if not of.has_reason:
        return Due("Say why it is behind", of.talked_on + timedelta(days=within.agree))
    if not of.agreed:
        return Due("Agree what will be done, or close it", of.talked_on + timedelta(days=within.agree))
    days = [Due("Say what came of an action", on) for on in of.actions]
    if of.look_on:
        days.append(Due("Look at it again", of.look_on))
    if not days:
        return Due("Close it, or agree what comes next", of.looked_on or of.talked_on)
    return min(days, key=lambda one: one.on)


def check_open(closed_on: date | None) -> None:
    """Raises NotThisWay for a conversation that is closed."""
    if closed_on:
        raise NotThisWay("This conversation is closed. Begin another one.")


def in_a_line(text: str, field: str) -> str:
    """What was typed, in one line. Raises NotThisWay for nothing."""
    words = " ".join(text.split())
    if not words:
        raise NotThisWay("Say it in a sentence.", field=field)
    return words


def check_reasons(given: Sequence[str], other: str, known: Collection[str]) -> None:
    """Raises NotThisWay for none, one that the policy does not know, or another one without words."""
    if not given or not set(given) <= set(known):
        raise NotThisWay("Choose why it is behind, one reason at least.", field="reasons")
    if OTHER in given and not other.strip():
        raise NotThisWay("Say what the other reason is.", field="other_reason")
    if other.strip() and OTHER not in given:
        raise NotThisWay("Tick the other reason too, or take its words out.", field="reasons")


def check_to_come(on: date, today: date, field: str) -> None:
    """Raises NotThisWay for a day that is past."""
    if on < today:
        raise NotThisWay("Enter today or a day to come.", field=field)


def check_talked(on: date, begun_on: date, today: date) -> None:
    """Raises NotThisWay for a day to come, and for one before the conversation began."""
    _check_past(on, today)
    if on < begun_on:
        raise NotThisWay("That is before this conversation began.", field="on")


def check_ended(on: date, agreed_on: date, today: date) -> None:
    """Raises NotThisWay for a day to come, and for one before the action was agreed."""
    _check_past(on, today)
    if on < agreed_on:
        raise NotThisWay("That is before this action was agreed.", field="on")


def _check_past(on: date, today: date) -> None:
    if on > today:
        raise NotThisWay("Enter today or a day that is past.", field="on")


def check_close(of: Standing, outcome: str) -> None:
    """Raises NotThisWay while something is open; one that was not behind needs no talk and no reason."""
    if of.closed_on:
        raise NotThisWay("This conversation is closed already.")
    if of.actions:
        one = len(of.actions) == 1
        many = "An action is" if one else f"{len(of.actions)} actions are"
        raise NotThisWay(f"{many} still open. Say what came of {'it' if one else 'them'} first.")
    if outcome == Outcome.NOT_BEHIND:
        return
    if of.talked_on is None:
        raise NotThisWay("Nobody has spoken with the council yet.")
    if not of.has_reason:
        raise NotThisWay("Say why it was behind first.")
