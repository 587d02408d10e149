"""What is kept of a row that was sent: of each field a short keyed fingerprint.

It tells whether the same stands there the next time. It is keyed with the deployment's own secret, so who has
the database alone learns nothing by trying words; it holds for one field of one event, so two people who are
alike in something have nothing alike here; and it is short, since one change missed in four thousand million
is no matter. No value and no name is kept to compare with.
"""

import hmac
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings

BYTES = 4
PURPOSE = b"wherewithal submission 1"  # another number once they are made otherwise: none is compared then


def prints(event: str, values: Iterable[tuple[str, Any]]) -> bytes:
    """The fingerprints of an event's fields (name, value), ``BYTES`` each, one after another."""
    of_event = hmac.digest(_key(), event.encode(), "sha256")  # a key of its own, so that no two are alike
    told = (f"{name}\n{'' if value is None else value}".encode() for name, value in values)
    return b"".join(sha256(of_event + one).digest()[:BYTES] for one in told)


def differing(names: Iterable[str], before: bytes, after: bytes) -> list[str]:
    """The fields that differ; ``names`` are those of both, in their order."""
    parts = ((name, at * BYTES, (at + 1) * BYTES) for at, name in enumerate(names))
    return [name for name, first, end in parts if before[first:end] != after[first:end]]


def key_check() -> str:
    """Tells two keys apart: fingerprints under another key say nothing of each other."""
    return hmac.digest(_key(), b"which key", "sha256").hex()[:16]


def _key() -> bytes:
    return _made_of(settings.SECRET_KEY)


@lru_cache(maxsize=1)
def _made_of(secret: str) -> bytes:
    return hmac.digest(secret.encode(), PURPOSE, "sha256")
