"""The audit on a noun: each insert, update and delete leaves an event row with who, why and which verb.

The triggers write them, so nothing that changes a row can forget to. Events are append-only.
"""

from typing import Any

import pghistory


def tracked(*exclude: str) -> Any:
    """Decorate a model whose every change is kept; ``exclude`` names columns too large to keep twice."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
    )
