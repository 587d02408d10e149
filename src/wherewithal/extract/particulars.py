"""What a council sets itself is counted from: support by kind, plans and who wrote them, what reviews said.

Codes, days and pence leave; what somebody wrote stays.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from wherewithal.extract.support import ran
from wherewithal.records.models import Assessment, Observation, Offer, Plan, Review

Row = dict[str, Any]
Particular = tuple[int, Row]  # whose, by the id of the record, and what


def particulars(on: date, since: date) -> Iterator[Particular]:
    """What had happened by the end of ``on`` and was not over before ``since``; a query for each noun."""
    for maker in (_support, _plans, _reviews, _outcomes, _chances, _due):
        yield from maker(on, since)


def _support(on: date, since: date) -> Iterator[Particular]:
    rows = ran(on, since).values_list("person_id", "kind", "held", "first", "last")
    for of, kind, held, first, last in rows:
        yield of, _row("support", first, last if last and last <= on else None, kind, held)


def _plans(on: date, since: date) -> Iterator[Particular]:
    """A plan is in force until the day before the next of its kind was agreed, or until it ended."""
    agreed = Plan.objects.filter(agreed_on__lte=on).order_by("person_id", "kind", "-agreed_on", "-version")
    whose, next_on = (0, ""), date.max
    rows = agreed.values_list("person_id", "kind", "agreed_on", "ended_on", "written_by")
    for of, kind, first, ended, written_by in rows:
        if whose != (of, kind):
            whose, next_on = (of, kind), date.max
        assert first, "only agreed plans were asked for"
        last = min(ended or date.max, next_on - timedelta(days=1))
        next_on = first
        if last >= max(first, since):
            yield of, _row("plan", first, last if last <= on else None, written_by, kind)


def _reviews(on: date, since: date) -> Iterator[Particular]:
    rows = _done(Review.objects.all(), on, since).values_list(
        "person_id", "done_on", "kind", "saved_pence_per_week"
    )
    for of, done_on, kind, pence in rows:
        assert done_on, "only finished reviews were asked for"
        said = "unknown" if pence is None else "saved" if pence > 0 else "added" if pence < 0 else "none"
        yield of, _row("review", done_on, done_on, said, kind) | {"pence_per_week": pence}


def _outcomes(on: date, since: date) -> Iterator[Particular]:
    seen = Observation.objects.filter(review__in=_done(Review.objects.all(), on, since))
    rows = seen.values_list("person_id", "review__done_on", "level", "outcome__serves", "outcome__plan__kind")
    for of, done_on, level, serves, kind in rows:
        assert done_on, "only finished reviews were asked for"
        about = " ".join(f"{kind}:{code}" for code in sorted(serves))
        yield of, _row("outcome", done_on, done_on, level, about)


def _chances(on: date, since: date) -> Iterator[Particular]:
    """Assessments that found eligible needs and finished reviews, with what came of the offer there."""
    made = _offers(on)
    assessed = Assessment.objects.filter(
        state=Assessment.State.AGREED, eligible=True, agreed_on__lte=on, agreed_on__gte=since
    )
    for about, days in (
        ("assessment", assessed.values_list("person_id", "pk", "agreed_on")),
        ("review", _done(Review.objects.all(), on, since).values_list("person_id", "pk", "done_on")),
    ):
        for of, moment, day in days:
            assert day, "only what is finished was asked for"
            yield of, _row("chance", day, day, made.get((about, moment), "no_offer"), about)


def _offers(on: date) -> dict[tuple[str, int | None], str]:
    """What came of the newest offer made at each assessment or review, as known on the day."""
    offers = Offer.objects.filter(what=Offer.What.DIRECT_PAYMENT, made_on__lte=on).order_by("made_on", "pk")
    found: dict[tuple[str, int | None], str] = {}
    for offer in offers:
        answered = offer.answered_on is not None and offer.answered_on <= on
        said = offer.answer if offer.answer and answered else "not_answered"
        found["assessment", offer.assessment_id] = found["review", offer.review_id] = said
    return found


def _due(on: date, since: date) -> Iterator[Particular]:
    """Reviews that had fallen due and were not called off; when they were held, as known on the day."""
    due = Review.objects.filter(due_on__lte=on, due_on__gte=since).exclude(state=Review.State.CANCELLED)
    for of, kind, due_on, held_on in due.values_list("person_id", "kind", "due_on", "held_on"):
        held = held_on is not None and held_on <= on
        said = "not_held" if not held else "on_time" if held_on <= due_on else "late"  # type: ignore[operator]
        yield of, _row("review_due", due_on, due_on, said, kind)


def _done(reviews: QuerySet[Review], on: date, since: date) -> QuerySet[Review]:
    return reviews.filter(state=Review.State.DONE, done_on__lte=on, done_on__gte=since)


def _row(what: str, first: date, last: date | None, said: str, about: str) -> Row:
    return {"what": what, "first": first, "last": last, "said": said, "about": about, "pence_per_week": None}
