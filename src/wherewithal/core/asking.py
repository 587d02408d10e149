"""Whether to ask about an account again: once is a question, every day is harassment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wherewithal.core.exceptions import Flag, FlagRules


@dataclass(frozen=True)
class Asked:
    """A question about the whole account that was asked before; ``closed_on`` is None while it is open."""

    code: str
    raised_on: date
    closed_on: date | None


def ask_again(flag: Flag, earlier: Iterable[Asked], rules: FlagRules, *, on: date) -> bool:
    """Should a flag on the whole account become a question, given what was asked before?

    Never beside one that is open. A silence that began after the last question is a new one; the same
    silence, or money held all the while, is asked about again as many weeks after the answer was closed as it
    takes to be flagged.
    """
    same = [asked for asked in earlier if asked.code == flag.code]
    if not same:
        return True
    if any(asked.closed_on is None for asked in same):
        return False
    since = flag.about.removeprefix("since ")
    if flag.code == "nothing_spent" and all(asked.raised_on < date.fromisoformat(since) for asked in same):
        return True
    weeks = rules.weeks_without_spending if flag.code == "nothing_spent" else rules.weeks_held
    closed_on = max(asked.closed_on for asked in same if asked.closed_on)
    return on - closed_on >= timedelta(weeks=weeks or 0)
