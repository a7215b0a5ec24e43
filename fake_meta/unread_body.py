"""Takes in what an answer left unread of its request, so that the connection can be used again.

A server that has answered before the body came closes the connection. Its client may learn of
that only in the middle of the next request, and has no answer to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

WsgiApp = Callable[..., Iterable[bytes]]

MOST_BYTES = 64 * 1024
"""Larger bodies are not waited for: their connections end."""


def read_whole(app: WsgiApp) -> WsgiApp:
    """The same application, which takes in the body of a request that it answers without it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = app(environ, start_response)
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and 0 < int(length[:12]) <= MOST_BYTES:
            environ["wsgi.input"].read()
        return body

    return answer
