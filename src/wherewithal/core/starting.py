"""When the lines of an agreed plan run: from their own first day, or from the day they take over.

A plan that follows another takes over on one day: what ran until then ends the day before, so that nothing is
paid twice and nothing falls between.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from wherewithal.core.costing import CostedLine
from wherewithal.core.money import WEEKS_A_YEAR
from wherewithal.core.period import Period


def takes_over_on(lines: Iterable[CostedLine], agreed_on: date) -> date:
    """The day it was agreed, or the first day of its earliest line where that is later."""
    return max(agreed_on, min((line.first for line in lines), default=agreed_on))


def runs(line: CostedLine, not_before: date | None = None) -> Period | None:
    """The days on which the line runs, none before ``not_before``; None when it is over by then.

    A one-off without a last day runs for the 52 weeks over which the budget spreads its cost.
    """
    first = line.first if not_before is None else max(line.first, not_before)
    last = line.last
    if last is None and line.how_often == "one-off":
        last = first + timedelta(weeks=WEEKS_A_YEAR, days=-1)
    if last is not None and last < first:
        return None
    return Period(first, last)
