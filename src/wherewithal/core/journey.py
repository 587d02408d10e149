"""From asking to the first direct payment: when the clock starts and when it ends.

A page shows it of one person, a measure of everybody (``policy/measures``): both by this rule.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """A request, by the day on which it came; ``led_on``: it went on to an assessment."""

    on: date
    led_on: bool


@dataclass(frozen=True)
class Wait:
    """``asked_on`` starts the clock, ``paid_on`` ends it; None where there is no such day."""

    asked_on: date | None
    paid_on: date | None

    @property
    def days(self) -> int | None:
        """How long it lasted; None while it lasts, and where nothing started it."""
        return (self.paid_on - self.asked_on).days if self.asked_on and self.paid_on else None


def wait(requests: Collection[Asked], paid_on: Collection[date]) -> Wait:
    """``paid_on``: the first day of money under each agreement that the person ever had, in any order.

    It ends with the first payment of all: a later agreement does not start it anew. It starts with the last
    request up to then that went on to an assessment, or where none did, with the last.
    """
    ended = min(paid_on, default=None)
    before = [one for one in requests if ended is None or one.on <= ended]
    led_on = [one for one in before if one.led_on]
    return Wait(max((one.on for one in led_on or before), default=None), ended)
