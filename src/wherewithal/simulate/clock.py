"""Moments of a working life in London: nothing at night, at weekends or on bank holidays."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from wherewithal.core.period import working_days_after
from wherewithal.policy.holiday import bank_holidays

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = 9, 17
DAY_ENDS, DAY_OVER = 18, 20  # nobody begins anything after the one; what was begun is done by the other


def moment(day: date, hour: int = OPENS, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def last_over(now: datetime) -> date:
    """The last day on which nothing made up is still to happen: today from the evening on, else yesterday."""
    here = now.astimezone(LONDON)
    return here.date() if here.hour >= DAY_OVER else here.date() - timedelta(days=1)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year, day.year)


def on_working_day(day: date) -> date:
    """The day itself, or the next one on which the council works."""
    return day if is_working(day) else working_days_after(day, 1, bank_holidays(day.year, day.year + 1))


def before(day: date, working_days: int) -> date:
    """The ``working_days``-th working day before ``day``."""
    while working_days > 0:
        day -= timedelta(days=1)
        working_days -= is_working(day)
    return day


def after(at: datetime, rng: Random, least_days: int, most_days: int | None = None) -> datetime:
    """Some hour of a working day, ``least_days`` to ``most_days`` calendar days ahead; always later."""
    days = rng.randint(least_days, least_days if most_days is None else most_days)
    day = on_working_day(at.date() + timedelta(days=days))
    found = moment(day, rng.randrange(OPENS, CLOSES), rng.randrange(60))
    return found if found > at else at + timedelta(minutes=rng.randint(5, 40))
