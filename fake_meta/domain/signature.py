"""Signatures over the exact bytes of a delivery (meta-contract §2.4)."""

from __future__ import annotations

import hmac
from enum import StrEnum


class Signing(StrEnum):
    """How a delivery is signed; all but the first are a tester's wish.

    `other_app`: with the secret of the other flavour; `whole_body`: over more than is sent;
    `sha1_only` and `sha256_only`: right, but one header of the two.
    """

    VALID = "valid"
    WRONG = "wrong"
    MISSING = "missing"
    OTHER_APP = "other_app"
    WHOLE_BODY = "whole_body"
    SHA1_ONLY = "sha1_only"
    SHA256_ONLY = "sha256_only"


_DROPPED = {
    Signing.SHA1_ONLY: "X-Hub-Signature-256",
    Signing.SHA256_ONLY: "X-Hub-Signature",
}


def sign(secret: str, body: bytes) -> dict[str, str]:
    """Both signature headers, lowercase hex."""
    key = secret.encode()
    return {
        "X-Hub-Signature": "sha1=" + hmac.digest(key, body, "sha1").hex(),
        "X-Hub-Signature-256": "sha256=" + hmac.digest(key, body, "sha256").hex(),
    }


def headers_for(secret: str, body: bytes, signing: Signing) -> dict[str, str]:
    """The signature headers that `signing` asks for; a wrong one is made with another secret."""
    if signing is Signing.MISSING:
        return {}
    headers = sign(f"not-{secret}" if signing is Signing.WRONG else secret, body)
    headers.pop(_DROPPED.get(signing, ""), None)
    return headers
