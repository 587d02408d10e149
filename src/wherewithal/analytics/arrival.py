"""When a target is reached: by the pace of the last half-year, of the whole time or given, or stalled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.analytics.pace import Pace, day_after, half_year, months_between, whole_time
from wherewithal.analytics.rounding import rounded
from wherewithal.core.band import Band, exactly
from wherewithal.core.period import written
from wherewithal.core.target import Progress, Target, comparable

FARTHEST_MONTHS = 1200
"""Beyond a hundred years no day is told."""
TOLD_IN_MONTHS = 24
"""Up to so many months are told as months, more as years."""


@dataclass(frozen=True)
class Arrival:
    """When a target is reached at ``points_a_month``; a day is None where it is never reached so.

    ``earliest`` and ``latest`` are what the bounds of the figures allow.
    """

    scenario: str
    points_a_month: Band
    day: date | None
    earliest: date | None
    latest: date | None
    says: str


@dataclass(frozen=True)
class Needed:
    """The pace that arrives on the target's day; None where that day is over, or it is there already."""

    points_a_month: Band | None
    says: str


def needed(progress: Progress, target: Target) -> Needed:
    """From where it was last seen. Raises AnotherDefinition, NothingSeen."""
    comparable(progress, target)
    last, goal = progress.last, f"{percent(target.percent)} by {written(target.due)}"
    here = f"{percent(last.percent.central, 1)} on {written(last.on)}"
    if last.percent.low >= target.percent:
        return Needed(None, f"It is there: {here}.")
    months = months_between(last.on, target.due)
    if months <= 0:
        return Needed(None, f"It was {here}; no pace arrives in time: its day was {written(target.due)}.")
    gap = Band(*(max(Fraction(0), target.percent - one) for one in
                 (last.percent.high, last.percent.central, last.percent.low)))  # fmt: skip
    pace = gap.over(exactly(months))
    says = f"From {here}, {goal} needs {_pace(pace.central)}"
    if not pace.exact:
        says += f" ({rounded(pace.low, 2)} to {rounded(pace.high, 2)} within the bounds of the figures)"
    was = half_year(progress)
    if was:
        says += f"; in the six months before it was {_pace(was.a_month.central)}"
    return Needed(pace, f"{says}.")


def arrivals(progress: Progress, target: Target, given: Fraction | None = None) -> Iterator[Arrival]:
    """Each scenario that the figures allow, one where it is there; ``given`` is in points a month.

    Raises AnotherDefinition, NothingSeen.
    """
    comparable(progress, target)
    if progress.last.percent.low >= target.percent:
        yield arrival("It is there", exactly(0), progress, target)
        return
    half, whole = half_year(progress), whole_time(progress)
    if half:
        yield _by(half, "At the pace of the last six months", progress, target)
    if whole:
        yield _by(whole, f"At the pace since {written(whole.since.on)}", progress, target)
    yield arrival("If nothing changes", exactly(0), progress, target)
    if given is not None:
        yield arrival(f"At {_pace(given)}", exactly(given), progress, target)


def _by(pace: Pace, words: str, progress: Progress, target: Target) -> Arrival:
    return arrival(words, pace.a_month, progress, target)


def arrival(words: str, pace: Band, progress: Progress, target: Target) -> Arrival:
    """``words`` begin the sentence. Who may be lower now may also have grown slower: low goes with low."""
    seen = progress.last.percent
    latest, day, earliest = (
        _day(progress.last.on, target.percent - now, a_month)
        for now, a_month in (
            (seen.low, pace.low), (seen.central, pace.central), (seen.high, pace.high)
        )
    )  # fmt: skip
    goal = percent(target.percent)
    if seen.low >= target.percent:
        says = f"{goal} is reached already: {percent(seen.central, 1)} on {written(progress.last.on)}."
        return Arrival(words, pace, day, earliest, latest, says)
    if day is None:
        at = percent(seen.central, 1)
        stays = f"it stays at {at} and " if pace == exactly(0) else ""
        never = "never reached" if pace.central <= 0 else "not reached within a hundred years"
        says = f"{words} {stays}{goal} is {never}"
    else:
        says = f"{words} {goal} is reached in {day:%B %Y}, {_beside(day, target.due)}"
    return Arrival(words, pace, day, earliest, latest, f"{says}{_bounds(day, earliest, latest)}.")


def percent(number: Fraction, decimals: int | None = None) -> str:
    """``30%``, ``12.5%``; with so many decimals where that is said."""
    if decimals is None:
        decimals = 0 if number.denominator == 1 else 1
    return f"{rounded(number, decimals)}%"


def _pace(points: Fraction) -> str:
    return f"{rounded(points, 2)} points a month"


def _day(on: date, gap: Fraction, a_month: Fraction) -> date | None:
    if gap <= 0:
        return on
    if a_month <= 0 or gap / a_month > FARTHEST_MONTHS:
        return None
    return day_after(on, gap / a_month)


def _beside(day: date, due: date) -> str:
    """Against its day, in whole months of the calendar; in years and months above two years."""
    months = (day.year - due.year) * 12 + day.month - due.month
    if day <= due:
        return f"{_long(-months)} before its day" if months else "in time"
    return f"{_long(months)} late" if months else f"{_several((day - due).days, 'day')} late"


def _long(months: int) -> str:
    if months <= TOLD_IN_MONTHS:
        return _several(months, "month")
    years, rest = divmod(months, 12)
    return _several(years, "year") + (f" and {_several(rest, 'month')}" if rest else "")


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _bounds(day: date | None, earliest: date | None, latest: date | None) -> str:
    if earliest == day == latest:
        return ""
    if earliest is None:
        return ""
    first = f"{earliest:%B %Y} at the earliest"
    if latest is None:
        return f" (within the bounds of the figures {first}, perhaps never)"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return ""
    return f" (within the bounds of the figures {first}, {latest:%B %Y} at the latest)"
