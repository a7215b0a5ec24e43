"""Answers a request when its body is there, and lets no late body keep the others waiting.

Only the server's own thread of a request can wait for its body. The server therefore has more
threads than may work at once; the rest are places for bodies on their way. Who finds all of them
taken for a second is refused (Meta delivers again), while everything without a body goes on.

A body that is taken in first also keeps its connection alive: a server that answers before the
body came closes it, and the client may learn of that only in the middle of its next request.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

WsgiApp = Callable[..., Iterable[bytes]]

PLACES = 192
"""Bodies on their way at once: as many threads more than those that work."""

SMALL = 64 * 1024
"""What is larger, the route reads itself, or refuses unread: files and deliveries of Meta."""

WAIT_S = 30.0
"""A body's time to come; twice a stream's heartbeat, so that no stream looks as silent."""

_BYTES_PER_S = 64 * 1024
_PATIENCE_S = 1.0
_FULL = "503 Service Unavailable", b'{"error":"too_many_bodies_on_their_way"}'
_INCOMPLETE = "408 Request Timeout", b'{"error":"body_incomplete"}'


@dataclass
class BodyGate:
    """The application, of which at most `threads` requests work at once."""

    app: WsgiApp
    threads: int
    places: int = PLACES
    patience_s: float = _PATIENCE_S
    now_s: Callable[[], float] = time.monotonic
    _at_work: threading.Semaphore = field(init=False)
    _on_their_way: dict[int, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._at_work = threading.Semaphore(self.threads)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """The application's answer, or a refusal."""
        size = _announced(environ)
        if size == 0:
            return self._work(environ, start_response)
        if self._is_full():
            return _refuse(start_response, *_FULL)
        here = threading.get_ident()
        self._on_their_way[here] = self.now_s() + WAIT_S + size / _BYTES_PER_S
        try:
            if size > SMALL:
                return self._work(environ, start_response)
            body = environ["wsgi.input"].read()
        finally:
            self._on_their_way.pop(here, None)
        if len(body) < size:
            return _refuse(start_response, *_INCOMPLETE)
        environ["wsgi.input"] = BytesIO(body)
        return self._work(environ, start_response)

    def is_overdue(self) -> bool:
        """Whether a body did not come in its time."""
        return any(due_s < self.now_s() for due_s in tuple(self._on_their_way.values()))

    def _work(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._at_work:
            return self.app(environ, start_response)

    def _is_full(self) -> bool:
        """Bodies that do come leave their places within moments: they are waited for."""
        if len(self._on_their_way) < self.places:
            return False
        moment, until_s = threading.Event(), self.now_s() + self.patience_s
        while self.now_s() < until_s:
            moment.wait(_PATIENCE_S / 50)
            if len(self._on_their_way) < self.places:
                return False
        return True


def _announced(environ: dict[str, Any]) -> int:
    """The size of the body; more than small when it is sent in chunks."""
    length = environ.get("CONTENT_LENGTH", "")
    if length.isdecimal():
        return int(length[:12])
    return SMALL + 1 if "HTTP_TRANSFER_ENCODING" in environ else 0


def _refuse(start_response: Callable[..., Any], status: str, body: bytes) -> list[bytes]:
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Retry-After": "5",
        "Connection": "close",
    }
    start_response(status, list(headers.items()))
    return [body]
