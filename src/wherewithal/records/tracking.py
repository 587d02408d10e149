"""The audit on a noun: each insert, update and delete leaves an event row with who, why and which verb.

The triggers write them, so nothing that changes a row can forget to. Events are append-only.

Who, why and which verb stand in two settings of the transaction, where the triggers read them. They are set
once for an action, not before each of its statements: those stay the same words every time, so that the
database need not plan them anew (ADR 0003).
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection
from django.db.transaction import TransactionManagementError

# The settings are the audit library's; its triggers read them.
_SET = (
    "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
)
_BEGIN = """
    WITH before AS MATERIALIZED (
        SELECT coalesce(current_setting('pghistory.context_id', true), '') AS id,
               coalesce(current_setting('pghistory.context_metadata', true), '') AS why
    )
    SELECT id, why, set_config('pghistory.context_id', coalesce(nullif(id, ''), %s), true),
           set_config('pghistory.context_metadata', %s, true)
    FROM before
"""
_ADD = """
    SELECT set_config('pghistory.context_metadata',
                      (current_setting('pghistory.context_metadata')::jsonb || %s::jsonb)::text, true)
"""


@contextmanager
def telling(**why: Any) -> Iterator[None]:
    """Within a transaction: the event rows of the block carry ``why`` and one id, which groups them.

    A block within a block has its own ``why`` and the id of the outer one, which goes on after it. Raises
    TransactionManagementError outside a transaction, where none of it would be kept.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Who and why are kept with a transaction. Begin one first.")
    within = bool(connection.savepoint_ids)  # else the transaction ends with the block, and both with it
    id, outer, *_ = _asked(_BEGIN, str(uuid.uuid4()), json.dumps(why))
    yield  # an error undoes the settings with the rest
    if within and not connection.needs_rollback:
        _asked(_SET, id, outer)


def telling_too(**more: Any) -> None:
    """Add to why, for the event rows from here to the end of the block of ``telling`` around it."""
    _asked(_ADD, json.dumps(more))


def _asked(words: str, *given: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(words, given)
        return tuple(cursor.fetchone())


def tracked(*exclude: str) -> Any:
    """Decorate a model whose every change is kept; ``exclude`` names columns too large to keep twice."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
    )
