"""First contact: taken down with its day, then decided. Its day starts the clock to the first payment."""

from dataclasses import dataclass
from datetime import date, datetime

from wherewithal.actions.record import action, day, locked, next_id, order_number
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Arrangement, Person, Price, Request, User
from wherewithal.records.models.plan import Held, Term

Service = Arrangement.Service
MOST_YEARS_AGO = 10  # calendar years; a request of longer ago is not taken down now
SHORT_TERM = (Service.REABLEMENT, Service.INTERMEDIATE, Service.SENSORY, Service.EQUIPMENT)


class NotYet(Refusal):
    """A request that comes tomorrow."""


class LongAgo(Refusal):
    """A request from so long ago that its year is a slip of the pen."""


class SameDay(Refusal):
    """A date put right that was right."""


class AfterSupport(Refusal):
    """A request from a day after the short-term support began that it led to."""


class BeforeBirth(Refusal):
    """A request from before the person was born."""


class AfterDecision(Refusal):
    """A request from a day after it was decided."""


class RecordEnded(Refusal):
    """The person's record has ended."""


class DecidedAlready(Refusal):
    """A request is decided once."""


class SayWhat(Refusal):
    """An outcome that needs words, or the short-term support that it stands for."""


@dataclass(frozen=True)
class ShortTerm:
    """Short-term support by the council itself: ``last`` None while its end is open.

    ``pence_per_week`` is what it costs the council (0: not costed); the person is not asked to pay here.
    """

    service: Service
    what: str
    first: date
    last: date | None = None
    pence_per_week: int = 0


@action("receive request")
def receive(
    *,
    person: Person,
    route: Request.Route,
    from_whom: Request.FromWhom,
    about: str,
    by: User,
    at: datetime,
    received_on: date | None = None,
    reason: str = "",
) -> Request:
    """A request for support, as it came. Raises NotYet, LongAgo, BeforeBirth, RecordEnded, SayWhat."""
    on, who = received_on or day(at), locked(person)
    _check_day(who, on, day(at))
    if who.state == Person.State.ENDED:
        raise RecordEnded(f"The record of {person.name} has ended. Open it again first.")
    if not about.strip():
        raise SayWhat("Write down what they ask for, in their words.", field="about")
    return Request.objects.create(
        person=person, received_on=on, route=route, from_whom=from_whom, about=about.strip(), taken_by=by
    )


@action("correct request date")
def correct_date(*, request: Request, received_on: date, by: User, at: datetime, reason: str) -> Request:
    """The day on which a request came, put right; ``reason`` says why: it moves the clock that is reported.
    A record that has ended is still put right.

    Raises NotYet, LongAgo, BeforeBirth, SameDay, AfterDecision, AfterSupport, SayWhat.
    """
    asked = locked(request)
    _check_day(asked.person, received_on, day(at))
    if received_on == asked.received_on:
        raise SameDay("The request is on record with that day already.", field="received_on")
    if asked.decided_on and received_on > asked.decided_on:
        raise AfterDecision(
            f"The request was decided on {written(asked.decided_on)}. It cannot have come after that.",
            field="received_on",
        )
    _check_support(asked, received_on)
    if not reason.strip():
        raise SayWhat("Say why the date changes.", field="reason")
    asked.received_on = received_on
    asked.save(update_fields=["received_on"])
    return asked


@action("decide request")
def decide(
    *,
    request: Request,
    outcome: Request.Outcome,
    by: User,
    at: datetime,
    words: str = "",
    short_term: ShortTerm | None = None,
    reason: str = "",
) -> Request:
    """What becomes of a request. Short-term support starts an in-house arrangement at once.

    ``words`` tell the person why (needed unless it goes on to support or assessment). Raises DecidedAlready,
    SayWhat.
    """
    asked = locked(request)
    if asked.outcome:
        assert asked.decided_on
        raise DecidedAlready(
            f"This request was decided on {written(asked.decided_on)}: {asked.get_outcome_display()}."
        )
    goes_on = outcome in (Request.Outcome.ASSESSMENT, Request.Outcome.SHORT_TERM)
    if not goes_on and not words.strip():
        raise SayWhat("Say what the person was told, and where they can turn.", field="words")
    if outcome == Request.Outcome.SHORT_TERM:
        _start(asked, short_term)
    asked.outcome, asked.outcome_words = outcome, words.strip()
    asked.decided_on, asked.decided_by = max(day(at), asked.received_on), by
    asked.save(update_fields=["outcome", "outcome_words", "decided_on", "decided_by"])
    return asked


def _check_day(who: Person, on: date, today: date) -> None:
    if on > today:
        raise NotYet("The request cannot come from a day ahead. Check the date.", field="received_on")
    if on.year < today.year - MOST_YEARS_AGO:
        raise LongAgo(
            f"The request cannot have come on {written(on)}, more than {MOST_YEARS_AGO} years ago. Check the "
            "year.",
            field="received_on",
        )
    if who.born_on and on < who.born_on:
        raise BeforeBirth(
            f"{who.name} was born on {written(who.born_on)}. The request cannot come before. Check the date.",
            field="received_on",
        )


def _check_support(request: Request, on: date) -> None:
    """Short-term support that started with the request did not start before it."""
    began = request.outcome == Request.Outcome.SHORT_TERM and (
        Arrangement.objects.filter(
            person=request.person, service__in=SHORT_TERM, first__gte=request.received_on, first__lt=on
        ).first()
    )
    if began:
        raise AfterSupport(
            f"“{began.what}” began on {written(began.first)}. It cannot have been asked for after that.",
            field="received_on",
        )


def _start(request: Request, support: ShortTerm | None) -> Arrangement:
    if support is None or support.service not in SHORT_TERM or not support.what.strip():
        raise SayWhat("Say which short-term support it is, and what it will do.", field="service")
    if support.first < request.received_on:
        raise SayWhat("Support cannot start before it was asked for. Check the date.", field="first")
    if support.last is not None and support.last < support.first:
        raise SayWhat("Support cannot end before it starts. Check the dates.", field="last")
    number = next_id(Arrangement)
    started = Arrangement.objects.create(
        id=number,
        order_number=order_number(number),
        person=request.person,
        what=support.what.strip(),
        kind=support.service,
        held=Held.IN_HOUSE,
        term=Term.SHORT,
        service=support.service,
        state=Arrangement.State.ACTIVE,
        first=support.first,
        last=support.last,
    )
    Price.objects.create(arrangement=started, first=support.first, pence_per_week=support.pence_per_week)
    return started
