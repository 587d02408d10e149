"""Made-up progress of made-up councils, for what is held against targets."""

from datetime import date
from fractions import Fraction

from wherewithal.core.band import Band
from wherewithal.core.target import Observation, OwnWord, Progress, Target

DEFINITION = "budgets of people with ongoing support"


def day(text: str) -> date:
    return date.fromisoformat(text)


def target(goal="30", due="2011-03-31", definition=DEFINITION, milestones=()) -> Target:
    return Target(
        id="made-up", title="A made-up target", says="Made up.", definition=definition,
        measure="people with a budget", percent=Fraction(goal), due=day(due), printed_day="by then",
        reading="", set_by="nobody", source="made up", milestones=milestones,
    )  # fmt: skip


def band(text: str) -> Band:
    """``28`` or ``27 to 29``, the middle as central."""
    low, _, high = text.partition(" to ")
    first, last = Fraction(low), Fraction(high or low)
    return Band(first, (first + last) / 2, last)


def progress(seen: str, definition=DEFINITION, own_words: tuple[OwnWord, ...] = ()) -> Progress:
    """``2010-09-30: 20, 2011-03-31: 28 to 31``."""
    observations = []
    for one in seen.split(", "):
        on, _, percent = one.partition(": ")
        made = band(percent)
        observations.append(Observation(day(on), made, "" if made.exact else "its counts were rounded"))
    return Progress("Exampleshire", definition, "Made up", tuple(observations), own_words)
