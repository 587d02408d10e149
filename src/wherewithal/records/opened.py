"""What leaves the house with many people's particulars in it, and the trace of that on each one's record."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from wherewithal.records.models import Opening, Payment, Run, User

# What such a trace says where others name the page that was opened.
RETURN = "submission"
BANK_FILE = "bank file"


def leave_traces(people: Iterable[int], *, by: User, at: datetime, page: str) -> None:
    """A trace on each person's record, as whoever opens one leaves, in one statement for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_opening (user_id, person_id, at, page)
               SELECT %s, id, %s, %s FROM unnest(%s::bigint[]) AS id""",
            (by.pk, at, page, sorted(people)),
        )


def download(run: Run, *, by: User, at: datetime) -> None:
    """The run's bank file is taken by somebody: a trace on the record of each person who is paid by it."""
    leave_traces(_in_the_file(run), by=by, at=at, page=_page(run))


def downloads(run: Run) -> list[tuple[str, datetime]]:
    """Who took the run's bank file and when, the first first; one question, since all in it tell the same."""
    told = Opening.objects.filter(person__in=_in_the_file(run)[:1], page=_page(run))
    return [(str(one.user), one.at) for one in told.select_related("user").order_by("at", "pk")]


def _in_the_file(run: Run) -> "QuerySet[Payment, int]":
    """Everybody whose name and account stand in it: a payment of nothing stays out."""
    return run.payments.filter(pence__gt=0).order_by("pk").values_list("person_id", flat=True)


def _page(run: Run) -> str:
    return f"{BANK_FILE} {run.number}"
