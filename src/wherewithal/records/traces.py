"""Who looked at somebody's record, and with what else it left the house, as their traces say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from wherewithal.records.models import Opening, Payment, Person, Run, User

# What a trace says where others name the page that was opened.
RETURN = "submission"
_BANK_FILE = "bank file"


def openings(person: Person) -> "QuerySet[Opening]":
    """Every trace on the record but those of bank files, of which there is one every few weeks."""
    return Opening.objects.filter(person=person).exclude(page__startswith=_BANK_FILE)


def bank_file_days(person: Person) -> list[Any]:
    """Each ``day`` on which a ``user`` took a bank file that pays the person; newest first."""
    told = Opening.objects.filter(person=person, page__startswith=_BANK_FILE)
    return list(told.values("user", day=TruncDate("at")).distinct().order_by("-day", "user"))


def of_file(run: Run) -> str:
    """What a trace says of who took the run's bank file."""
    return f"{_BANK_FILE} {run.number}"


def paid_by(run: Run) -> "QuerySet[Payment, int]":
    """The ids of all whose account stands in the run's bank file."""
    return run.in_file.order_by("pk").values_list("person_id", flat=True)


def taken(runs: Iterable[Run]) -> set[int]:
    """The ids of those runs whose bank file somebody took, as one person in each tells it. One query."""
    said = {of_file(run): run.pk for run in runs}
    paid = (
        Payment.objects.filter(Payment.IN_FILE, run__in=said.values()).order_by("run", "pk").distinct("run")
    )
    told = Opening.objects.filter(person__in=paid.values("person"), page__in=said).order_by()
    return {said[page] for page in told.values_list("page", flat=True).distinct()}


def takers(run: Run) -> list[tuple[User, datetime]]:
    """Who took the run's bank file and when, the first first: one person's traces tell it for all in it."""
    told = Opening.objects.filter(person__in=paid_by(run)[:1], page=of_file(run))
    return [(one.user, one.at) for one in told.select_related("user").order_by("at", "pk")]
