"""The emulator's journal entries as a reader wants to see them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LONGEST_BODY = 20_000
DIRECTIONS = {
    "webhook_delivery": ("Webhook", "Meta → console"),
    "webhook_verification": ("Verification", "Meta → console"),
    "webhook_not_sent": ("Not sent", "Meta stays silent"),
    "graph_call": ("Graph API", "console → Meta"),
}
HEALTHY = range(200, 400)


@dataclass(frozen=True)
class Body:
    """One side of an exchange; `note` says how the text differs from the bytes on the wire."""

    headers: tuple[tuple[str, str], ...]
    text: str
    note: str


@dataclass(frozen=True)
class Exchange:
    """One exchange, or one silence, ready to be shown; `offset_s` counts from the case's start."""

    label: str
    direction: str
    method: str
    path: str
    url: str
    status: int | None
    healthy: bool
    duration_ms: float
    offset_s: float
    events: str
    attempt: int
    outcome: str
    reason: str
    signature: str
    request: Body
    response: Body


def read_exchanges(entries: list[Mapping[str, Any]], case_started_ms: float) -> list[Exchange]:
    """Return journal entries as exchanges, in order."""
    return [_exchange(entry, case_started_ms) for entry in entries]


def _exchange(entry: Mapping[str, Any], case_started_ms: float) -> Exchange:
    request = entry.get("request") or {}
    response = entry.get("response") or {}
    label, direction = DIRECTIONS.get(entry["kind"], (entry["kind"], ""))
    parts = urlsplit(str(request.get("url") or ""))
    status = response.get("status")
    return Exchange(
        label=label,
        direction=direction,
        method=str(request.get("method") or ""),
        path=parts.path + (f"?{parts.query}" if parts.query else ""),
        url=parts.geturl(),
        status=status,
        healthy=status in HEALTHY if status is not None else entry["kind"] == "webhook_not_sent",
        duration_ms=float(entry.get("duration_ms") or 0),
        offset_s=(float(entry["at_ms"]) - case_started_ms) / 1000,
        events=", ".join(entry.get("events") or ()),
        attempt=int(entry.get("attempt") or 1),
        outcome=str(entry.get("outcome") or ""),
        reason=str(entry.get("reason") or ""),
        signature=_header(request, "x-hub-signature-256"),
        request=_body(request),
        response=_body(response),
    )


def _header(side: Mapping[str, Any], name: str) -> str:
    headers = side.get("headers") or {}
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")


def _body(side: Mapping[str, Any]) -> Body:
    headers = tuple((str(key), str(value)) for key, value in (side.get("headers") or {}).items())
    raw = str(side.get("body") or "")
    try:
        text = json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
        note = "indented, escapes decoded; the signature covers the bytes as sent" if raw else ""
    except ValueError:
        text, note = raw, ""
    if len(text) > LONGEST_BODY:
        text, note = text[:LONGEST_BODY], f"the first {LONGEST_BODY} of {len(text)} characters"
    return Body(headers, text, note)
