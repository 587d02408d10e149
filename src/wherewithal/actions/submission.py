"""A submission is put on record: what it covered, who made it and why, and each person's trace of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.db import connection

from wherewithal.actions.record import action, day
from wherewithal.actions.traces import leave_traces
from wherewithal.core.period import Period, months_after
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import may
from wherewithal.core.submission import year_to
from wherewithal.policy.submission import compared_for_months, sent_to
from wherewithal.records.models import Submission, SubmittedRow, User
from wherewithal.records.traces import RETURN

LONGEST = 200


class NotAllowed(Refusal):
    """Somebody whose roles do not carry it asks for everybody's NHS numbers."""


class SayWhy(Refusal):
    """A submission without a reason, or with a whole story."""


@dataclass(frozen=True)
class SentRow:
    """An event that was sent, by its type and the id of what it is about; its days; its fingerprints."""

    what: str
    about: int
    first: date
    last: date | None
    prints: bytes


@dataclass(frozen=True)
class Sent:
    """What is kept of a file: ``sha256`` in hex, ``people`` by id, ``fields`` those of the fingerprints."""

    period: Period
    sha256: str
    people: Collection[int]
    fields: Sequence[str]
    key_check: str
    rows: Iterable[SentRow]


def must_be_allowed(by: User) -> None:
    """Raises NotAllowed for anybody but the one role; an account that is closed has none."""
    if not (by.is_active and may(by.roles, "submission.make")):
        raise NotAllowed(
            f"{by} may not make a submission: it holds everybody’s NHS number.",
            who_could="A performance analyst",
        )


@action("make submission")
def log(*, sent: Sent, reason: str, by: User, at: datetime) -> Submission:
    """Put on record that it was made, and on each person's record that they are in it. What earlier ones
    could be compared by is let go once the policy's time is over, but never the newest's.

    Raises NotAllowed, SayWhy, NoSuchQuarter.
    """
    must_be_allowed(by)
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST:
        raise SayWhy(f"Say why it is made, in {LONGEST} letters or fewer.", field="reason")
    assert sent.period.last
    year_to(sent.period.last, day(at))
    used, rows = Used(day(at)), [*sent.rows]
    made = Submission.objects.create(
        first=sent.period.first, last=sent.period.last, made_by=by, made_at=at, reason=why,
        sent_to=sent_to(used), rows_count=len(rows), people_count=len(sent.people), sha256=sent.sha256,
        fields=[*sent.fields], key_check=sent.key_check,
    )  # fmt: skip
    _keep_rows(made, rows)
    leave_traces(sent.people, by=by, at=at, page=RETURN)
    since = months_after(day(at), -compared_for_months(used))
    SubmittedRow.objects.filter(submission__made_at__date__lt=since).delete()
    return made


def _keep_rows(of: Submission, rows: Sequence[SentRow]) -> None:
    """What each row is compared by, in one statement for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_submittedrow (submission_id, what, about, first, last, prints)
               SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::date[], %s::date[], %s::bytea[])""",
            (of.pk, *map(list, zip(*map(astuple, rows), strict=True))) if rows else (of.pk, *5 * ([],)),
        )
