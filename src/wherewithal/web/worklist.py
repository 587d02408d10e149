"""Today's work: whoever something is to be done for, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wherewithal.records.models import Person
from wherewithal.records.work import of_all
from wherewithal.web.next_step import GROUP_OF, GROUPS


@dataclass(frozen=True)
class Item:
    """One person in the most pressing group that they are in; ``since`` is the day when it began to wait, or
    when it is (or was) due.
    """

    person_id: int
    group: str
    since: date


def worklist(people: QuerySet[Person], on: date, order: Sequence[str] = tuple(GROUPS)) -> list[Item]:
    """Everybody of ``people`` for whom something is to be done, the first of ``order`` first; 2 queries."""
    found: dict[int, Item] = {}
    places = {group: order.index(group) for group in GROUPS}
    for one in of_all(people.order_by(), on):
        group, before = GROUP_OF[one.what], found.get(one.person_id)
        if before is None or (places[group], one.since) < (places[before.group], before.since):
            found[one.person_id] = Item(one.person_id, group, one.since)
    return sorted(found.values(), key=lambda item: (places[item.group], item.since, item.person_id))
