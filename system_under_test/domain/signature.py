"""Meta's two proofs: the signature of a delivery and the handshake of a callback."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from enum import Enum


class Proof(Enum):
    """What a delivery's signature is worth."""

    VALID = "valid"
    VALID_SHA1_ONLY = "valid_sha1_only"  # the old header alone: accepted, worth a warning
    INVALID = "invalid"


def check_signature(secret: str, headers: Mapping[str, str], body: bytes) -> Proof:
    """Proof of the exact bytes (meta-contract §2.4); SHA-256 decides whenever it is there."""
    key = secret.encode()
    sha256 = headers.get("X-Hub-Signature-256", "")
    sha1 = headers.get("X-Hub-Signature", "")
    if sha256:
        expected = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        return Proof.VALID if _same(expected, sha256) else Proof.INVALID
    expected = "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest()
    return Proof.VALID_SHA1_ONLY if sha1 and _same(expected, sha1) else Proof.INVALID


def answer_challenge(query: Mapping[str, str], verify_token: str) -> str | None:
    """The challenge to send back, None when the caller does not know the token (§2.2)."""
    if query.get("hub.mode") != "subscribe":
        return None
    if not _same(verify_token, query.get("hub.verify_token", "")):
        return None
    return query.get("hub.challenge") or None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
