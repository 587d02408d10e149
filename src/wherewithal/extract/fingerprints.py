"""What is kept of a row that was sent: of each field a short keyed fingerprint.

It tells whether the same stands there the next time. It is keyed with the deployment's own secret, so who has
the database alone learns nothing by trying words; it holds for one field of one event, so two people who are
alike in something have nothing alike here; and it is short, since one change missed in four thousand million
is no matter. No value and no name is kept to compare with.
"""

import hmac
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from wherewithal.formats.cld.cells import written

BYTES = 4
PURPOSE = b"wherewithal submission"


def prints(event: str, values: Iterable[tuple[str, Any]]) -> bytes:
    """The fingerprints of an event's fields (name, value), ``BYTES`` each, one after another."""
    key = _key()
    told = (f"{event}\n{name}\n{written(value)}".encode() for name, value in values)
    return b"".join(hmac.digest(key, one, "sha256")[:BYTES] for one in told)


def differing(names: Iterable[str], before: bytes, after: bytes) -> list[str]:
    """The fields that differ; ``names`` are those of both, in their order."""
    parts = ((name, at * BYTES, (at + 1) * BYTES) for at, name in enumerate(names))
    return [name for name, first, end in parts if before[first:end] != after[first:end]]


def key_check() -> str:
    """Tells two keys apart: fingerprints under another key say nothing of each other."""
    return hmac.digest(_key(), b"which key", "sha256").hex()[:16]


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), PURPOSE, "sha256")
