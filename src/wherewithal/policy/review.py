"""Reads when plans and direct payments are reviewed: ``national/review.toml``, ``local/review.toml``."""

from datetime import timedelta

from wherewithal.core.policy import Used
from wherewithal.core.review import Clock, Pattern, Step, Trigger
from wherewithal.policy import parameters

FILE = "national/review"
LOCAL = "local/review"


def pattern(used: Used, clock: Clock) -> Pattern:
    """The pattern in force on ``used.on``, which is the day the plan or the direct payment began.

    Raises NoPolicy for a plan before 1 April 2011 and for a direct payment before 1 April 2015.
    """
    value = used.value(parameters(FILE), f"{clock}_review")
    steps = tuple(Step(**step) for step in value["steps"])
    return Pattern(clock, steps, value["then_months"], value["rule"])


def triggers(used: Used, clock: Clock) -> tuple[Trigger, ...]:
    """What makes a review of that clock due at once."""
    return tuple(
        Trigger(row["id"], row["clock"], row["says"], row["source"])
        for row in used.value(parameters(FILE), "review_at_once")
        if row["clock"] == clock
    )


def soon(used: Used) -> timedelta:
    """How long before it falls due a review that may be held is work of today. Raises NoPolicy."""
    weeks: int = used.value(parameters(LOCAL), "review_soon_weeks")
    return timedelta(weeks=weeks)
