"""Reads when a conversation with a council that is behind is offered, and what may be told of it."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from wherewithal.core.conversation import Within
from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "national/conversations"


@dataclass(frozen=True)
class Reason:
    """Why a council is behind: ``says`` explains the title."""

    id: str
    title: str
    says: str


def threshold_percent(used: Used) -> Fraction:
    """Below this share a conversation is offered. Raises NoPolicy, as all here do."""
    return Fraction(str(used.value(parameters(FILE), "threshold")))


def threshold_source(used: Used) -> str:
    """Where that threshold is from, in words."""
    threshold_percent(used)
    return used.read["threshold"].source


def first_series(used: Used) -> tuple[str, str]:
    """The table and the series that are shown first."""
    table, _, series = str(used.value(parameters(FILE), "series")).partition(":")
    return table, series


def reasons(used: Used) -> tuple[Reason, ...]:
    """In their order."""
    return tuple(Reason(**row) for row in used.value(parameters(FILE), "reasons"))


def within(used: Used) -> Within:
    """How soon a conversation is had, and something agreed."""
    of = parameters(FILE)
    return Within(int(used.value(of, "talk_within")), int(used.value(of, "agree_within")))


def look_again_after(used: Used) -> timedelta:
    """From the agreed action to the day on which it is looked at again."""
    return timedelta(days=int(used.value(parameters(FILE), "look_again_after")))
