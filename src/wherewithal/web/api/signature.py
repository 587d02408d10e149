"""Who sends to the API is known by a signature over what they send.

    X-Wherewithal-Timestamp   seconds since 1970, at most five minutes off
    Idempotency-Key           names the request, so that it is done once however often it is sent
    X-Wherewithal-Signature   sha256=<hex of HMAC-SHA256 with the shared secret over
                              "<timestamp>.<idempotency key>." and then the body as it is sent>

A request that is replayed later is too old; one that is replayed at once gets its first answer again.
"""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyHeader

from wherewithal.web.clock import now

TOLERANCE_SECONDS = 300


class NotSetUp(Exception):
    """This deployment shares no secret with anybody, so nobody can sign."""


class Signed(APIKeyHeader):
    """Lets through what carries the right signature, and not too long ago."""

    param_name = "X-Wherewithal-Signature"

    def authenticate(self, request: HttpRequest, key: str | None) -> bool | None:
        if not settings.WHEREWITHAL_CARD_SECRET:
            raise NotSetUp
        at = request.headers.get("X-Wherewithal-Timestamp", "")
        if not key or not at.isascii() or not at.isdecimal() or len(at) > 12:
            return None
        fresh = abs(now().timestamp() - int(at)) <= TOLERANCE_SECONDS
        wanted = signature(at, request.headers.get("Idempotency-Key", ""), request.body)
        return True if fresh and hmac.compare_digest(key.encode(), wanted.encode()) else None


def signature(timestamp: str, idempotency_key: str, body: bytes) -> str:
    """The header's value for a request, by the secret of this deployment."""
    signed = f"{timestamp}.{idempotency_key}.".encode() + body
    digest = hmac.new(settings.WHEREWITHAL_CARD_SECRET.encode(), signed, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
