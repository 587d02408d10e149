"""The return of the last two quarters, made by the performance analyst some days after each is over."""

from collections.abc import Iterator
from datetime import date, timedelta

from wherewithal.core.roles import Role
from wherewithal.core.submission import quarter_ends, year_to
from wherewithal.extract.submission import make
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import moment, on_working_day
from wherewithal.simulate.town import Town

BEGAN = date(2023, 4, 1)  # Client Level Data is sent for what happened from then on
HOW_MANY, DAYS_AFTER = 2, 9


def each_quarter(town: Town) -> Life:
    """A second one shows what changed since the first, and why."""
    analyst = town.cast.any(Role.ANALYST, town.rng("submission"))
    for end in _ends(town):
        at = yield moment(on_working_day(end + timedelta(days=DAYS_AFTER)), 15)
        make(period=year_to(end, at.date()), reason="The return for the quarter", by=analyst, at=at)


def _ends(town: Town) -> Iterator[date]:
    """The last days of the quarters, the older first."""
    ends = quarter_ends(town.last_day - timedelta(days=DAYS_AFTER), HOW_MANY)
    return (end for end in reversed(ends) if end > BEGAN and end > town.years.first)
