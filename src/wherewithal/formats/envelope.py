"""Sealed answers: HPKE (RFC 9180; X25519, HKDF-SHA256, AES-256-GCM), every envelope of one size.

Whoever holds the public key can seal; only the private key opens. Answers are compressed and then padded to
one size, so that the size tells nothing.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from wherewithal.core.refusal import Refusal

PADDED = 32 * 1024  # bytes within an envelope: some 60,000 characters of answers
_LENGTH = 4  # bytes that say how long what is padded is
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class TooLong(Refusal):
    """More answers than an envelope holds."""


class NotTheKey(Refusal):
    """A file that is no private key, or the key of another wave."""


def new_keys() -> tuple[str, bytes]:
    """A public key in hex, and its private key as a PEM file (PKCS 8)."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw().hex()
    return public, private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def seal(public: str, answers: Mapping[str, Any]) -> bytes:
    """An envelope. Raises TooLong."""
    told = zlib.compress(json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    if len(told) > PADDED - _LENGTH:
        raise TooLong(
            "Your answers are longer than an envelope holds. Shorten the longest ones, then hand in again."
        )
    padded = len(told).to_bytes(_LENGTH, "big") + told
    return _SUITE.encrypt(
        padded.ljust(PADDED, b"\0"), X25519PublicKey.from_public_bytes(bytes.fromhex(public))
    )


def unseal(private: X25519PrivateKey, envelope: bytes) -> dict[str, Any]:
    """The answers within. Raises NotTheKey where the envelope was sealed to another key or is damaged."""
    try:
        padded = _SUITE.decrypt(envelope, private)
    except InvalidTag as wrong:
        raise NotTheKey("An envelope does not open with this key.", field="key") from wrong
    length = int.from_bytes(padded[:_LENGTH], "big")
    answers: dict[str, Any] = json.loads(zlib.decompress(padded[_LENGTH : _LENGTH + length]))
    return answers


def private_key(file: bytes, public: str) -> X25519PrivateKey:
    """The private key in a file, which must be that of ``public``. Raises NotTheKey."""
    try:
        found = serialization.load_pem_private_key(file, None)
    except (ValueError, TypeError) as wrong:
        raise NotTheKey(
            "This file is no private key. It begins with “-----BEGIN PRIVATE KEY-----”.", field="key"
        ) from wrong
    if not isinstance(found, X25519PrivateKey) or found.public_key().public_bytes_raw().hex() != public:
        raise NotTheKey("This is the key of another survey. Choose the file of this one.", field="key")
    return found
