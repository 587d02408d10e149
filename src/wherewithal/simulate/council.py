"""The made-up council from beginning to end: its staff, its people's lives, its own calendar."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import date, datetime, timedelta

from django.db import transaction

from wherewithal.actions.calendar import turn_day
from wherewithal.actions.council import finish_made_up
from wherewithal.core.charging_rules import NoChargingRates
from wherewithal.core.period import Period, written
from wherewithal.core.refusal import Refusal
from wherewithal.policy.charging import rules_on
from wherewithal.records.models import Council, Person
from wherewithal.simulate import cards, paying, second_looks, submission, survey, uplift
from wherewithal.simulate.calendar import Calendar, Life
from wherewithal.simulate.cast import CODE, COUNCIL, engage
from wherewithal.simulate.clock import last_over, moment
from wherewithal.simulate.demo import somebody
from wherewithal.simulate.life import life
from wherewithal.simulate.persona import Persona
from wherewithal.simulate.side_by_side import LiveBefore, hands, living, meanwhile
from wherewithal.simulate.town import Town

__all__ = ["COUNCIL", "hands", "is_made", "latest", "make", "two_years"]

CARE_ACT = date(2015, 4, 6)
TWO_YEARS = timedelta(days=730)
Report = Callable[[int], None]


class NotMadeUp(Refusal):
    """A database that holds people already, and no finished made-up council."""


class TooEarly(Refusal):
    """Two years of which a part lies before the rules that the simulation lives by."""


class NotOver(Refusal):
    """Years whose last day is not over: of what happens then, some would lie in the future."""


def is_made() -> bool:
    """Is a made-up council there already? Raises NotMadeUp for people who are not, or only begun."""
    council = Council.objects.first()
    if council is not None and council.made_up:
        return True
    if council is not None and (council.name, council.code) != (COUNCIL, CODE):
        raise NotMadeUp(
            f"This database is that of {council.name}. Made-up people are not put among its people: use "
            "another database."
        )
    if council is not None or Person.objects.exists():
        raise NotMadeUp(
            "This database holds people, but no council that was made up to its end. If making one was "
            "interrupted, start anew: python3 run.py demo --fresh. Otherwise use another database."
        )
    return False


def latest(now: datetime) -> date:
    """The last day that is over, or the last one for which charging has rates where that is past."""
    day = last_over(now)
    for years in range(50):
        with suppress(NoChargingRates):
            rules = rules_on(day - timedelta(days=365 * years))
            return min(day, rules.period.last or day)
    raise TooEarly("There are no charging rates on record. Add them to the policy.")


def make(*, people: int, seed: int, years: Period, now: datetime, report: Report, processes: int = 1) -> None:
    """``people`` made-up people and their ``years`` (closed) with the council, said last to be made up.

    ``report`` is told how many days have passed. With one process it is all or nothing; with more, an
    interruption leaves a council that is not said to be, which ``is_made`` refuses. Raises NotOver for a last
    day that is not over by ``now``, NoChargingRates for one of which the charging rates are not known,
    TooEarly for a beginning before the Care Act.
    """
    if years.first < CARE_ACT:
        raise TooEarly(f"The years would start on {written(years.first)}; they cannot start before 2015-16.")
    last = years.last
    assert last
    if last > last_over(now):
        raise NotOver(f"The years would end on {written(last)}; they can end on {written(last_over(now))}.")
    rules_on(last)
    with nullcontext() if processes > 1 else transaction.atomic():
        with transaction.atomic():
            cast = engage(moment(years.first - timedelta(days=30)))

        def begin(which: int, of: int) -> Town:
            return _begin(Town(seed, years, cast), people, which, of)

        def surveys() -> None:
            survey.waves(cast, last, seed)

        with (
            _without_collecting(),
            meanwhile(surveys, processes),
            living(begin, processes) as (town, live_before),
        ):
            _years(town, live_before, report)
        with transaction.atomic():
            finish_made_up(council=Council.objects.get(), by=cast.administrator, at=moment(last))


def two_years(until: date) -> Period:
    """The two years that end on a day."""
    return Period(until - TWO_YEARS, until)


def _begin(town: Town, people: int, which: int, of: int) -> Town:
    """Everybody's first moments; of carers and whom they care for in the same part."""
    town.lives = {number: somebody(number, town.seed, town.years) for number in range(1, people + 1)}
    theirs = _part(town.lives.values(), which, of)
    for number, one in town.lives.items():
        if number - one.carer in theirs:
            town.calendar.add(life(one, town))
    return town


def _part(people: Iterable[Persona], which: int, of: int) -> frozenset[int]:
    """The numbers of a part of those who care for nobody: as many of each kind of life, early and late, as in
    the other parts, so that these are done at about the same time.
    """
    by_kind = sorted(
        (one for one in people if not one.carer),
        key=lambda one: (one.becomes, one.holds, one.starts_at, one.number),
    )
    return frozenset(one.number for one in by_kind[which::of])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Looking for garbage in circles takes a tenth of the time here and finds next to nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _years(town: Town, live_before: LiveBefore, report: Report) -> None:
    """The council's own days, and between them everybody's lives."""
    own = Calendar(town.until)
    for what in COUNCILS_OWN:
        own.add(what(town))
    while own.next is not None:
        live_before(own.next)
        with transaction.atomic():
            own.wake()
        report((own.now.date() - town.years.first).days)
    live_before(town.until)


def _every_other_monday(town: Town) -> Life:
    """Support begins on its first day and is over after its last; contributions come in, or are missed."""
    at = moment(town.years.first + timedelta(days=(7 - town.years.first.weekday()) % 7), 8)
    while True:
        at = yield at
        turn_day(by=town.cast.administrator, at=at)
        paying.contributions_come_in(town, at)
        at = moment(at.date() + timedelta(days=14), 8)


COUNCILS_OWN = (
    _every_other_monday, second_looks.each_month, uplift.each_april, paying.four_weekly, cards.each_month,
    paying.waiting_at_the_end, submission.each_quarter,
)  # fmt: skip
