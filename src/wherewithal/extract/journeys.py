"""The dates that Client Level Data lacks: from the request to the first direct payment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef

from wherewithal.records.models import Agreement, Arrangement, Assessment, Person, Plan, Request
from wherewithal.records.models.plan import Held

Journey = tuple[int, dict[str, date | None]]  # whose, by the id of the record


def journeys(on: date, since: date) -> Iterator[Journey]:
    """One row a person: the request that led to the first direct payment, or may still lead to one.

    Of several requests the last before the payment counts that went on to an assessment, else the last. Who
    was found not eligible, has a plan without a direct payment or whose record has ended waits for none.
    """
    paid = dict(
        Agreement.objects.filter(first_paid_on__lte=on)
        .values_list("person_id")
        .annotate(Min("first_paid_on"))
        .order_by()
    )
    asked = _days(Request.objects.exclude(outcome="assessment"), "received_on", on)
    led_on = _days(Request.objects.filter(outcome="assessment"), "received_on", on)
    assessed = _days(Assessment.objects, "agreed_on", on)
    planned = _days(Plan.objects, "agreed_on", on)
    waiting = _waiting(on)
    for of in {*paid, *(led_on.keys() & waiting)}:
        paid_on = paid.get(of)
        if paid_on is not None and paid_on < since:
            continue
        requested_on = _last(led_on[of], paid_on) or _last(asked[of], paid_on)
        journey = {
            "requested_on": requested_on,
            "assessed_on": _first(assessed[of], requested_on),
            "agreed_on": _first(planned[of], requested_on),
            "first_paid_on": paid_on,
        }
        yield of, journey


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


def _last(days: Iterable[date], until: date | None) -> date | None:
    return max((day for day in days if until is None or day <= until), default=None)


def _first(days: Iterable[date], since: date | None) -> date | None:
    return min((day for day in days if since is not None and day >= since), default=None)
