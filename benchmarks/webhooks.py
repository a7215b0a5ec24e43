"""Signed webhook bodies, each with a message of its own, as Meta would post them."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator, Sequence

SECRET = "app-secret"  # noqa: S105 - of a console that lives for a minute
VERIFY_TOKEN = "verify-token"  # noqa: S105
ACCOUNT, PAGE = "17841400000000001", "1348957937919"
_numbers = itertools.count(1)


def customers(count: int) -> list[str]:
    """Ids of that many customers."""
    return [f"36{number:014}" for number in range(count)]


def message(customer: str, mid: str, at_ms: int) -> dict[str, object]:
    """One messaging item."""
    return {
        "sender": {"id": customer},
        "recipient": {"id": ACCOUNT},
        "timestamp": at_ms,
        "message": {"mid": mid, "text": "Olá, tudo bem? 😀"},
    }


def signed(items: Sequence[dict[str, object]], at_ms: int) -> tuple[bytes, list[str]]:
    """A body and the headers that prove it."""
    entry = {"time": at_ms, "id": ACCOUNT, "messaging": list(items)}
    body = json.dumps({"object": "instagram", "entry": [entry]}).encode()
    proof = hmac.digest(SECRET.encode(), body, hashlib.sha256).hex()
    return body, [
        "Content-Type: application/json",
        "Expect:",
        f"X-Hub-Signature-256: sha256={proof}",
    ]


def endless(crowd: Sequence[str], at_ms: int) -> Iterator[tuple[bytes, list[str]]]:
    """One message a body, from the customers in turn."""
    for number, customer in zip(_numbers, itertools.cycle(crowd), strict=False):
        yield signed([message(customer, f"mid.{at_ms}.{number}", at_ms)], at_ms)
