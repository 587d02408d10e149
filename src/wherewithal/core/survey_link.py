"""The personal link of an invitation: a token that the house can make again, of which only a hash is kept.

A council's link to the compendium is made in the same way, apart: its purpose is another, and it is of no
wave.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

ANSWER, APPROVE, COMPENDIUM, PACK = "answer", "approve", "compendium", "pack"


def token(secret: str, wave: str, code: str, purpose: str = ANSWER) -> str:
    """32 letters for the address; the same for the same wave (slug), invitation (code) and purpose.

    ``secret`` is the deployment's own: who has the database alone can make no link.
    """
    told = "\n".join(("wherewithal survey", purpose, wave, code)).encode()
    return urlsafe_b64encode(hmac.digest(secret.encode(), told, "sha256")[:24]).decode()


def hashed(token: str) -> str:
    """What is kept of a token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
