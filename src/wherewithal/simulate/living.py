"""After the money flows: reviews on both clocks, hospital, a new plan, an end; an emergency."""

from collections.abc import Generator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from wherewithal.actions import access, arrangement, direct_payment, plan_line
from wherewithal.actions import assessment as assessments
from wherewithal.actions import offer as offers
from wherewithal.actions import person as people
from wherewithal.actions import plan as plans
from wherewithal.actions import review as reviews
from wherewithal.actions import review_held as held
from wherewithal.core.roles import Role
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.holding import held_pence
from wherewithal.records.models import Agreement, Arrangement, Person, Review
from wherewithal.simulate import needs, said
from wherewithal.simulate.assessing import WHY_NOT
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import after, moment, on_working_day
from wherewithal.simulate.planning import sign_off
from wherewithal.simulate.town import One

# How many days after its last day a review is held, by how often that happens: most in their time, some late,
# some by weeks.
LATE_DAYS = ((0.14, (30, 75)), (0.18, (4, 29)), (1.0, (-12, 0)))
SURPLUS_KEPT_WEEKS = 4
ENDS = {
    "died": (Person.EndReason.DIED, "Died"),
    "moved": (Person.EndReason.MOVED, "Moved to another council"),
    "nhs": (Person.EndReason.NHS, "NHS continuing healthcare"),
}
STOPPED = "The money went to other things, and help with it did not work."
EMERGENCY = "Neighbour rang the duty desk: door open, nobody answers, the team's own worker is away."


def reviewed(one: One, kind: str, at: datetime) -> Life:
    """One review after another of a clock: most in their time, some late, none never."""
    rng = one.is_.rng(f"review {kind}")
    while True:
        due = (
            Review.objects.filter(person=one.person, kind=kind, state=Review.State.DUE)
            .order_by("opens_on")
            .first()
        )
        if due is None:
            return
        days = days_late(rng)
        earliest = max(due.opens_on, at.date() + timedelta(days=1))
        day = on_working_day(max(due.due_on + timedelta(days=days), earliest))
        at = yield moment(day, rng.randrange(9, 17), rng.randrange(60))
        if one.has_ended:
            return
        with suppress(reviews.NotDue):  # a new plan, or the end of a direct payment, may have called it off
            at = yield from _review(one, due, at)


def days_late(rng: Random) -> int:
    """How many days after its last day a review is held; below 0: before it."""
    part = rng.random()
    for share, (least, most) in LATE_DAYS:
        if part < share:
            return rng.randint(least, most)
        part -= share
    raise AssertionError("the shares come to less than 1")


def _review(one: One, due: Review, at: datetime) -> Generator[datetime, datetime, datetime]:
    rng = one.is_.rng(f"review {due.kind} {due.opens_on}")
    one.opened(one.worker, "person_reviews", at)
    review = reviews.hold(review=due, by=one.worker, at=at)
    if rng.random() < 0.35:
        _answer(one, review, at)
    _offer_again(one, review, at)
    at = yield after(at, rng, 0, 3)
    heard = said.at_review(rng, review, surplus_back_pence=_surplus(one, at))
    review = held.write_down(review=review, said=heard, by=one.worker, at=at)
    held.finish(review=review, by=one.worker, at=at)
    return at


def _answer(one: One, review: Review, at: datetime) -> None:
    """The person's own answers, given at the review."""
    given = review.responses.first()
    if given is None:
        return
    asked_of = questionnaire_version(given.questionnaire, given.version)
    drawn = needs.answers(asked_of, 0, one.is_.facts, one.is_.rng(f"review answers {review.opens_on}"))
    assessments.save_answers(response=given, answers=drawn, by=one.worker, at=at)


def _offer_again(one: One, review: Review, at: datetime) -> None:
    """A direct payment is offered at each review to who may have one."""
    has_one = one.has_direct_payment
    why_not, words = one.is_.rng("offer").choice(WHY_NOT)
    offers.make(
        person=one.person,
        review=review,
        answer="accepted" if has_one else "declined",
        why_not="" if has_one else why_not,
        words="" if has_one else words,
        by=one.worker,
        at=at,
    )


def _surplus(one: One, at: datetime) -> int:
    """What somebody holds beyond some weeks' money goes back, for those whom that befalls."""
    if one.is_.twist != "surplus":
        return 0
    weekly: int = sum(
        line.prices.last().pence_per_week  # type: ignore[union-attr, misc]  # each has a price
        for line in Arrangement.objects.filter(person=one.person, held="direct_payment", state="active")
    )
    return max(0, held_pence(one.person, at.date()) - SURPLUS_KEPT_WEEKS * weekly)


def befalls(one: One, at: datetime) -> Life:
    """What the years bring to this person, once their support runs."""
    rng = one.is_.rng("befalls")
    match one.is_.twist:
        case "hospital":
            yield from _hospital(one, after(at, rng, 40, 160))
        case "died" | "moved" | "nhs":
            yield from _end(one, after(at, rng, 90, 400))
        case "new_plan":
            yield from _new_plan(one, after(at, rng, 120, 260))
        case "stopped":
            yield from _stop(one, after(at, rng, 110, 220))
        case "emergency":
            at = yield after(at, rng, 20, 300)
            other = "South" if one.team == "North" else "North"
            opener = one.town.cast.any(Role.PRACTITIONER, rng, other)
            opened = access.emergency(person=one.person, reason=EMERGENCY, by=opener, at=at)
            one.opened(opener, "person", at, opened)


def _hospital(one: One, at: datetime) -> Life:
    at = yield at
    rng, line = one.is_.rng("hospital"), _running(one)
    if line is None:
        return
    officer = one.staff(Role.DIRECT_PAYMENT_OFFICER, "hospital")
    first = at.date() - timedelta(days=rng.randint(1, 4))
    arrangement.suspend(arrangement=line, first=first, all_support=True, by=officer, at=at)
    at = yield after(at, rng, 16, 45)
    if not line.suspensions.filter(last=None).exists():
        return  # ended meanwhile
    arrangement.resume(
        arrangement=line, on=at.date() + timedelta(days=1), all_support=True, by=officer, at=at
    )


def _end(one: One, at: datetime) -> Life:
    at = yield at
    because, words = ENDS[one.is_.twist]
    on = at.date() - timedelta(days=one.is_.rng("end").randint(0, 6))
    by = one.staff(Role.DIRECT_PAYMENT_OFFICER, "end")
    arrangement.end_all(person=one.person, on=on, because=words, by=by, at=at)
    people.end(person=one.person, on=on, because=because, by=one.worker, at=at + timedelta(minutes=10))
    one.has_ended, one.has_direct_payment = True, False


def _stop(one: One, at: datetime) -> Life:
    """A condition fails: the direct payment stops, the rest comes back, the council arranges support."""
    at = yield at
    running = Agreement.objects.filter(person=one.person, ended_on=None).first()
    if running is None:
        return
    officer = one.staff(Role.DIRECT_PAYMENT_OFFICER, "stop")
    direct_payment.stop(
        agreement=running, on=at.date(), condition="manages", reason=STOPPED, by=officer, at=at
    )
    arrangement.take_back(person=one.person, by=officer, at=at)
    one.has_direct_payment = False
    yield from _rewrite(one, at, held="council_managed")


def _new_plan(one: One, at: datetime) -> Life:
    at = yield at
    yield from _rewrite(one, at, more=one.is_.rng("new plan").random() < 0.6)


def _rewrite(one: One, at: datetime, *, held: str = "", more: bool = False) -> Life:
    """The next version of the plan: its first line a little more or less, or all of it held otherwise."""
    written = plans.start(person=one.person, kind=one.is_.kind, written_by="worker", by=one.worker, at=at)
    for place, line in enumerate(written.lines.all()):
        if held and line.held == "direct_payment":
            plan_line.change_line(line=line, held=held, by=one.worker, at=at)
        elif not held and place == 0:
            units = line.units + 1 if more else max(line.units - 1, line.units / 2)
            plan_line.change_line(line=line, units=units, by=one.worker, at=at)
    at = yield after(at, one.is_.rng("rewrite"), 1, 7)
    yield from sign_off(one, written, one.worker, at)


def _running(one: One) -> Arrangement | None:
    return Arrangement.objects.filter(person=one.person, held="direct_payment", state="active").first()
