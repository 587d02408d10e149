"""What takes many people's particulars out of the house leaves a trace on each one's record.

No action of its own: it runs inside the transaction of the one by which they leave.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from wherewithal.records.models import User


def leave_traces(people: Iterable[int], *, by: User, at: datetime, page: str) -> None:
    """One for each of the ids, as whoever opens a record leaves, in one statement for all; ``page`` up to 60
    letters.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_opening (user_id, person_id, at, page)
               SELECT %s, id, %s, %s FROM unnest(%s::bigint[]) AS id""",
            (by.pk, at, page, sorted(set(people))),
        )
