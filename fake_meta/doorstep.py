"""Answers to requests that never get in: no world has seen them, yet they have Meta's form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fake_meta.domain import wire
from fake_meta.graph_api import versions

_CONTROL = "/_control/"
_VERSION = versions.written(versions.CURRENT)


def turn_away(
    environ: dict[str, Any],
    start_response: Callable[..., Any],
    *,
    status: str,
    code: int,
    sentence: str,
) -> list[bytes]:
    """Refuse in the words of the door that was knocked at, and close the connection."""
    # No seed draws it: A and 22 characters that tell where to look (meta-contract §0.3).
    trace_id = f"ANotLetIn{status[:3]}".ljust(23, "0")
    headers = {"Connection": "close"}
    if environ.get("PATH_INFO", "").startswith(_CONTROL):
        told: dict[str, Any] = {"error": sentence}
        headers["Content-Type"] = "application/json"
    else:
        error = {"message": f"(#{code}) {sentence}", "type": "OAuthException"}
        transient = {"is_transient": True} if status.startswith("5") else {}
        told = {"error": {**error, **transient, "code": code, "fbtrace_id": trace_id}}
        headers["Content-Type"] = "application/json; charset=UTF-8"
        headers |= {"facebook-api-version": _VERSION, "x-fb-trace-id": trace_id}
    body = wire.encode(told)
    start_response(status, [*headers.items(), ("Content-Length", str(len(body)))])
    return [body]
