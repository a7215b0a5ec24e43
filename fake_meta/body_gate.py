"""Takes a request's body in before anything answers, and lets no late one keep others waiting.

A body can only be waited for in the server's own thread of that request. So the server has more
threads than it answers with, and these are the places for waiting: who finds none in a second is
refused as Meta refuses for a while (meta-contract §7.2), and calls without a body go on.

Taking it in first also keeps the connection: a server that has answered before the body came
closes it, and its client may learn of that only in the middle of the next request.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from fake_meta.doorstep import turn_away

WsgiApp = Callable[..., Iterable[bytes]]

PLACES = 192
"""How many bodies may be waited for; the server needs so many threads more."""

SMALL = 64 * 1024
"""Larger bodies are read by whoever answers, and keep their places until then."""

WAIT_S = 75.0
"""How long a body may take to come: longer than any call of the control API waits (60 s)."""

SLOWEST_BYTES_PER_S = 64 * 1024
_FOR_A_PLACE_S = 1.0
_LOOK_S = 0.02


class BodyGate:
    """A WSGI application in front of `behind`."""

    def __init__(
        self,
        behind: WsgiApp,
        places: int = PLACES,
        now_s: Callable[[], float] = time.monotonic,
        for_a_place_s: float = _FOR_A_PLACE_S,
    ) -> None:
        self._behind, self._places = behind, places
        self._now_s, self._for_a_place_s = now_s, for_a_place_s
        self._due_s: dict[object, float] = {}

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer as soon as the body is there, or say that it cannot be waited for."""
        length = environ.get("CONTENT_LENGTH")
        if length is None or length == "0":
            if "HTTP_TRANSFER_ENCODING" not in environ:
                return self._behind(environ, start_response)
            length = ""
        if len(self._due_s) >= self._places and not self._came_free():
            return turn_away(environ, start_response, **_FULL)
        size = int(length[:12]) if length.isdecimal() else SMALL + 1
        place = object()
        self._due_s[place] = self._now_s() + WAIT_S + size / SLOWEST_BYTES_PER_S
        try:
            if size > SMALL:
                return self._behind(environ, start_response)
            body = environ["wsgi.input"].read()
        finally:
            del self._due_s[place]
        if len(body) < size:
            return turn_away(environ, start_response, **_CUT)
        environ["wsgi.input"] = BytesIO(body)
        return self._behind(environ, start_response)

    def is_overdue(self) -> bool:
        """Whether a body has not come in its time."""
        now_s = self._now_s()
        return any(due_s < now_s for due_s in list(self._due_s.values()))

    def _came_free(self) -> bool:
        """Bodies that are on their way leave their places at once; those that never come do not."""
        until_s = self._now_s() + self._for_a_place_s
        pause = threading.Event()
        while len(self._due_s) >= self._places:
            if self._now_s() >= until_s:
                return False
            pause.wait(_LOOK_S)
        return True


_FULL: Mapping[str, Any] = {
    "status": "503 Service Unavailable",
    "code": 2,
    "sentence": f"Service temporarily unavailable: {PLACES} requests are open whose bodies have "
    "not come. Send each body with its head, and close what you give up.",
}
_CUT: Mapping[str, Any] = {
    "status": "408 Request Timeout",
    "code": 100,
    "sentence": "The request ended before its body was whole: send as many bytes as "
    "Content-Length says.",
}
