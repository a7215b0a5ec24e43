"""Reads Meta's `signed_request`: who removed the app, or wants their data deleted (§11)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

_ALGORITHM = "HMAC-SHA256"


class SignedRequestError(Exception):
    """Not Meta's, or no longer; the text says what is wrong and names no secret."""


def read_signed_request(secret: str, signed: str, now_ms: int) -> str:
    """The person's id; SignedRequestError unless Meta has signed it and it has not expired."""
    signature, dot, payload = signed.partition(".")
    if not (signature and dot and payload):
        raise SignedRequestError("signed_request must be two parts with a dot between them")
    # The signature is over the second part as it was sent, not over what it decodes to.
    expected = hmac.digest(secret.encode(), payload.encode("utf-8", "replace"), hashlib.sha256)
    if not hmac.compare_digest(expected, _decoded(signature)):
        raise SignedRequestError("the signature is not the app secret's")
    claims = _claims(payload)
    if str(claims.get("algorithm", "")).upper() != _ALGORITHM:
        raise SignedRequestError(f"the algorithm must be {_ALGORITHM}")
    expires = claims.get("expires")
    if isinstance(expires, int) and expires and expires * 1000 < now_ms:
        raise SignedRequestError("it has expired")
    user_id = claims.get("user_id")
    if isinstance(user_id, bool) or not isinstance(user_id, str | int) or not str(user_id):
        raise SignedRequestError("it names no user_id")
    return str(user_id)


def _claims(payload: str) -> dict[str, Any]:
    try:
        claims = json.loads(_decoded(payload))
    except ValueError as error:
        raise SignedRequestError("its second part is not JSON") from error
    if not isinstance(claims, dict):
        raise SignedRequestError("its second part is no JSON object")
    return claims


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignedRequestError("a part is not base64url") from error
