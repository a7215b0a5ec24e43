"""Bodies that no call needs are refused before they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fake_meta.doorstep import turn_away

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
        sentence = f"The request body is larger than {most} bytes."
        status = "413 Request Entity Too Large"
        return turn_away(environ, start_response, status=status, code=100, sentence=sentence)

    return serve


def largest(path: str, content_type: str) -> int:
    """How many bytes a body may have there."""
    takes_much = path.startswith(_CONTROL) or content_type.lower().startswith(_UPLOAD)
    return LARGEST_UPLOAD if takes_much else LARGEST
