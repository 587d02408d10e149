"""The dates that Client Level Data lacks: from the request to the first direct payment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from wherewithal.core.journey import Asked, wait
from wherewithal.records.models import Agreement, Arrangement, Assessment, Person, Plan, Request
from wherewithal.records.models.plan import Held

Journey = tuple[int, dict[str, date | None]]  # whose, by the id of the record


def journeys(on: date, since: date) -> Iterator[Journey]:
    """One row a person: the request that led to the first direct payment, or may still lead to one, by the
    rule of ``core/journey.py``.

    Who was found not eligible, has a plan without a direct payment or whose record has ended waits for none.
    """
    paid = _days(Agreement.objects, "first_paid_on", on)
    asked = _asked(on)
    assessed = _days(Assessment.objects, "agreed_on", on)
    planned = _days(Plan.objects, "agreed_on", on)
    led_on = {of for of, requests in asked.items() if any(one.led_on for one in requests)}
    for of in {*paid, *(led_on & _waiting(on))}:
        waited = wait(asked.get(of, ()), paid.get(of, ()))
        if waited.paid_on is not None and waited.paid_on < since:
            continue
        journey = {
            "requested_on": waited.asked_on,
            "assessed_on": _first(assessed[of], waited.asked_on),
            "agreed_on": _first(planned[of], waited.asked_on),
            "first_paid_on": waited.paid_on,
        }
        yield of, journey


def _asked(on: date) -> dict[int, list[Asked]]:
    """The requests up to ``on``, by person."""
    found: dict[int, list[Asked]] = defaultdict(list)
    rows = Request.objects.filter(received_on__lte=on).values_list("person_id", "received_on", "outcome")
    for of, day, outcome in rows:
        found[of].append(Asked(day, outcome == Request.Outcome.ASSESSMENT))
    return found


def _waiting(on: date) -> set[int]:
    """Whose request may still lead to a direct payment."""
    of = {"person": OuterRef("pk")}
    not_eligible = Assessment.objects.filter(**of, state=Assessment.State.AGREED, eligible=False)
    planned = Plan.objects.filter(**of, agreed_on__lte=on)
    direct = Arrangement.objects.filter(**of, held=Held.DIRECT_PAYMENT)
    people = Person.objects.exclude(state=Person.State.ENDED).filter(~Exists(not_eligible))
    return set(people.filter(~Exists(planned) | Exists(direct)).values_list("pk", flat=True))


def _days(rows: Any, column: str, on: date) -> defaultdict[int, list[date]]:
    """The days in a column up to ``on``, by person."""
    found: defaultdict[int, list[date]] = defaultdict(list)
    for of, day in rows.filter(**{f"{column}__lte": on}).values_list("person_id", column):
        found[of].append(day)
    return found


def _first(days: Iterable[date], since: date | None) -> date | None:
    return min((day for day in days if since is not None and day >= since), default=None)
