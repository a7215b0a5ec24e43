"""Bodies that no call needs are refused before they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fake_meta.domain import wire

WsgiApp = Callable[..., Iterable[bytes]]

LARGEST = 8 * 2**20
LARGEST_UPLOAD = 32 * 2**20
"""A file of 25 MB and what is wrapped around it; the control API may be sent as much."""

_CONTROL = "/_control/"
_UPLOAD = "multipart/"


def bounded(behind: WsgiApp) -> WsgiApp:
    """A WSGI application that answers 413 to what is too large, and leaves the rest."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH")
        if not length or not length.isdecimal() or int(length[:12]) <= LARGEST:
            return behind(environ, start_response)
        path = environ.get("PATH_INFO", "")
        most = largest(path, environ.get("CONTENT_TYPE", ""))
        if int(length[:12]) <= most:
            return behind(environ, start_response)
        body = wire.encode(_refusal(path, f"The request body is larger than {most} bytes."))
        headers = {"Content-Type": "application/json", "Connection": "close"}
        start_response(
            "413 Request Entity Too Large",
            [*headers.items(), ("Content-Length", str(len(body)))],
        )
        return [body]

    return serve


def largest(path: str, content_type: str) -> int:
    """How many bytes a body may have there."""
    takes_much = path.startswith(_CONTROL) or content_type.lower().startswith(_UPLOAD)
    return LARGEST_UPLOAD if takes_much else LARGEST


def _refusal(path: str, sentence: str) -> dict[str, Any]:
    """In the words of the door that was knocked at."""
    if path.startswith(_CONTROL):
        return {"error": sentence}
    text = f"(#100) {sentence}"
    return {
        "error": {"message": text, "type": "OAuthException", "code": 100, "fbtrace_id": "too-large"}
    }
