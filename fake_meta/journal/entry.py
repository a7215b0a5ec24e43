"""One line of the journal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

MOST_BODY_BYTES = 65_536
"""So much of a call's body is kept."""

_NO_TEXT = re.compile("\N{REPLACEMENT CHARACTER}[^ -~\\n]*")
NO_HEADERS: Mapping[str, str] = {}
_OVERHEAD_BYTES = 1400
"""About what an entry takes besides its bodies."""


class EntryKind(StrEnum):
    """What an entry is about."""

    WEBHOOK_DELIVERY = "webhook_delivery"
    WEBHOOK_VERIFICATION = "webhook_verification"
    WEBHOOK_NOT_SENT = "webhook_not_sent"
    GRAPH_CALL = "graph_call"
    LOGIN_CALLBACK = "login_callback"
    REVIEW_VISIT = "review_visit"


class EntryOutcome(StrEnum):
    """How it ended."""

    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_SENT = "not_sent"
    ANSWERED = "answered"


class RecordedRequest(NamedTuple):
    """A request as bytes on the wire."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def kept_of(body: bytes) -> bytes:
    """What the journal keeps of a call's body: all of it, unless a file makes it very large."""
    if len(body) <= MOST_BODY_BYTES:
        return body
    told = f"\n[the first {MOST_BODY_BYTES} of {len(body)} bytes]"
    return body[:MOST_BODY_BYTES] + told.encode()


class RecordedResponse(NamedTuple):
    """The answer to it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Entry(NamedTuple):
    """One line of the journal; `at_ms` is virtual time, `duration_ms` real time.

    A tuple, as request and response are: every message and every call makes one, and a tuple is
    made in a fifth of the time of a frozen dataclass.
    """

    kind: EntryKind
    outcome: EntryOutcome
    at_ms: int
    duration_ms: float = 0.0
    customer: str | None = None
    mids: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    attempt: int | None = None
    request: RecordedRequest | None = None
    response: RecordedResponse | None = None
    reason: str | None = None
    seq: int = 0
    faults: tuple[str, ...] = ()

    @property
    def size_bytes(self) -> int:
        """About how much memory the entry takes."""
        request, response = self.request, self.response
        asked = 0 if request is None else len(request.body)
        return _OVERHEAD_BYTES + asked + (0 if response is None else len(response.body))


def numbered(entry: Entry, seq: int) -> Entry:
    """The same under this number; `_replace` takes ten times as long."""
    (kind, outcome, at_ms, took_ms, customer, mids, events,
     attempt, request, response, reason, _, faults) = entry  # fmt: skip
    return tuple.__new__(
        Entry,
        (kind, outcome, at_ms, took_ms, customer, mids, events,
         attempt, request, response, reason, seq, faults),
    )  # fmt: skip


def entry_json(entry: Entry) -> dict[str, Any]:
    """ENTRY of docs/emulator.md."""
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "at_ms": entry.at_ms,
        "duration_ms": round(entry.duration_ms, 3),
        "customer": entry.customer,
        "mids": list(entry.mids),
        "events": list(entry.events),
        "attempt": entry.attempt,
        "request": None if entry.request is None else _request_json(entry.request),
        "response": None if entry.response is None else _response_json(entry.response),
        "outcome": entry.outcome,
        "reason": entry.reason,
        "faults": list(entry.faults),
    }


def _request_json(request: RecordedRequest) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": _text(request.body),
    }


def _response_json(response: RecordedResponse) -> dict[str, Any]:
    return {
        "status": response.status,
        "headers": dict(response.headers),
        "body": _text(response.body),
    }


def _text(body: bytes) -> str:
    """What is no text (a file between the parts of a form) is told as one sign a run."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", body.decode("utf-8", errors="replace"))
