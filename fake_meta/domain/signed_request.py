"""`signed_request`: what Meta posts when a person removes the app or wants their data deleted.

Source: meta-contract §11. A flaw is a tester's wish: an app must refuse such a request.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

_LIFE_S = 3600
_OK = 200
_FORM = "application/x-www-form-urlencoded"


class CallbackKind(StrEnum):
    """Why Meta calls."""

    DEAUTHORIZE = "deauthorize"
    DATA_DELETION = "data_deletion"


class Flaw(StrEnum):
    """What is wrong with a request, on purpose."""

    NONE = "none"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    MISSING_PART = "missing_part"
    EXPIRED = "expired"
    JSON_BODY = "json_body"


@dataclass(frozen=True, slots=True)
class SignedBody:
    """The bytes of a request, and what they are."""

    content_type: str
    body: bytes


def signed_body(secret: str, user_id: str, now_ms: int, flaw: Flaw = Flaw.NONE) -> SignedBody:
    """The POST about `user_id`, the app-scoped id."""
    signed = signed_request(secret, claims(user_id, now_ms, flaw), flaw)
    if flaw is Flaw.JSON_BODY:
        return SignedBody("application/json", json.dumps({"signed_request": signed}).encode())
    return SignedBody(_FORM, urlencode({"signed_request": signed}).encode())


def claims(user_id: str, now_ms: int, flaw: Flaw = Flaw.NONE) -> dict[str, Any]:
    """What the request says."""
    issued_s = now_ms // 1000 - (2 * _LIFE_S if flaw is Flaw.EXPIRED else 0)
    unknown = flaw is Flaw.UNKNOWN_ALGORITHM
    return {
        "user_id": user_id,
        "algorithm": "HMAC-MD5" if unknown else "HMAC-SHA256",
        "issued_at": issued_s,
        "expires": issued_s + _LIFE_S,
    }


def signed_request(secret: str, said: dict[str, Any], flaw: Flaw = Flaw.NONE) -> str:
    """base64url(signature).base64url(json) without padding; the signature is over the text."""
    payload = _encoded(json.dumps(said, separators=(",", ":")).encode())
    if flaw is Flaw.MISSING_PART:
        return payload
    key = f"not-{secret}" if flaw is Flaw.BAD_SIGNATURE else secret
    signature = hmac.digest(key.encode(), payload.encode(), hashlib.sha256)
    return f"{_encoded(signature)}.{payload}"


def complaint(kind: CallbackKind, flaw: Flaw, status: int, body: bytes) -> str | None:
    """What is wrong with the app's answer in one sentence, or None."""
    if flaw is not Flaw.NONE:
        if 200 <= status < 300:
            return (
                f"the app answered {status} to a {kind} request with the flaw {flaw}; it must "
                "refuse it with 4xx (meta-contract §11.1)"
            )
        return None
    if status != _OK:
        return f"the app answered {status} to a {kind} request; Meta expects 200 (§11)"
    return _unconfirmed(body) if kind is CallbackKind.DATA_DELETION else None


def confirmation(body: bytes) -> dict[str, Any]:
    """The JSON object of an answer; {} when it is none."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _unconfirmed(body: bytes) -> str | None:
    said = confirmation(body)
    missing = [name for name in ("url", "confirmation_code") if not _is_text(said.get(name))]
    if missing:
        return (
            f"the answer to a data_deletion request lacks {' and '.join(missing)}; Meta expects "
            '{"url":"…","confirmation_code":"…"} (meta-contract §11.1)'
        )
    if not said["url"].startswith(("http://", "https://")):
        return f"the url of the answer is {said['url']!r}, no address of a web page (§11.1)"
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
