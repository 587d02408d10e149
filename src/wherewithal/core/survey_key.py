"""The private key of an anonymous survey after the close: which of its holders is outstanding."""

from collections.abc import Collection, Sequence
from datetime import date

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal


class NotDestroyed(Refusal):
    """Nothing to be said of a key: whose, when, or that there is none to destroy yet."""


def outstanding(holders: Sequence[str], said: Collection[str]) -> tuple[str, ...]:
    """The holders who have not said that their copy is destroyed, in their order."""
    return tuple(one for one in holders if one not in said)


def must_be_a_day(destroyed_on: date, closed_on: date, on: date) -> None:
    """The key was needed until the close, and nobody can say what comes. Raises NotDestroyed."""
    if destroyed_on < closed_on:
        raise NotDestroyed(
            f"The survey closed on {written(closed_on)}, and the key was needed for that. "
            "Enter that day or a later one.",
            field="destroyed_on",
        )
    if destroyed_on > on:
        raise NotDestroyed("Enter a day that is past, or today: it is destroyed then.", field="destroyed_on")
