"""A write over HTTP that is asked for again gets its first answer again, and happens once.

No action of its own: it wraps one, in the same transaction.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wherewithal.core.refusal import Refusal
from wherewithal.records.models import KeptAnswer

Answer = tuple[int, dict[str, Any]]  # an HTTP status and a JSON body


class KeyOfAnother(Refusal):
    """An idempotency key that was used for another body."""


def once(route: str, key: str, body: bytes, at: datetime, work: Callable[[], Answer]) -> Answer:
    """What ``work`` answers, or what it answered when this key came to this route with this body before.

    However many ask at once, ``work`` is done once. When it raises nothing is kept, so that the same key may
    be tried again. Raises KeyOfAnother.
    """
    digest = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        _alone(f"{route} {key}")
        kept = KeptAnswer.objects.filter(route=route, key=key).first()
        if kept is None:
            status, answer = work()
            kept = KeptAnswer.objects.create(
                route=route, key=key, body_sha256=digest, status=status, body=answer, at=at
            )
    if kept.body_sha256 != digest:
        raise KeyOfAnother(
            "This Idempotency-Key was used for another body. Use a new key for a new line.",
            field="Idempotency-Key",
        )
    return kept.status, kept.body


def _alone(name: str) -> None:
    """Nobody else is here under this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
