"""What waits about a person: the plans on their way and the questions not decided yet.

All of it ends with the person's record, and the page that ends it says so beforehand.
"""

from django.db.models import QuerySet

from wherewithal.records.models import Decision, Person, Plan


def open_plans(person: Person) -> QuerySet[Plan]:
    """Every plan being written or waiting for sign-off: as an adult and as a carer there may be one each."""
    return person.plans.filter(state__in=Plan.OPEN).order_by("pk")


def questions(person: Person) -> QuerySet[Decision]:
    """What was asked about the person, longest waiting first. A second look at what a worker agreed alone is
    not among it, since it asks about the worker's decision.
    """
    asked = person.decisions.filter(state=Decision.State.ASKED)
    return asked.exclude(kind=Decision.Kind.SECOND_LOOK).order_by("asked_on", "pk")
