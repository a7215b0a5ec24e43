"""A transport that answers from a script, at once or when the test lets it."""

import threading
from collections import deque
from collections.abc import Callable

from fake_meta.courier import OutboundRequest, Reply

Done = Callable[[Reply], None]


class HandTransport:
    """Keeps every request; answers 200 unless `answers` holds something else."""

    def __init__(self) -> None:
        self.requests: list[OutboundRequest] = []
        self.answers: deque[Reply] = deque()
        self.held: deque[tuple[OutboundRequest, Done]] = deque()
        self.is_holding = False
        self.is_closed = False
        self._made = threading.Condition()

    def submit(self, request: OutboundRequest, done: Done) -> None:
        with self._made:
            self.requests.append(request)
            self._made.notify_all()
        if self.is_holding:
            self.held.append((request, done))
        else:
            done(self._next_answer(request))

    def has_made(self, count: int, within_s: float) -> bool:
        """Wait until so many requests were made."""
        with self._made:
            return self._made.wait_for(lambda: len(self.requests) >= count, within_s)

    def close(self) -> None:
        self.is_closed = True

    def release_one(self) -> None:
        """Let the request that has waited longest have its answer."""
        request, done = self.held.popleft()
        done(self._next_answer(request))

    def script(self, *statuses: int | None) -> None:
        """Answer the next requests with these statuses; None is a broken connection."""
        self.answers.extend(
            Reply(status, error="connection refused" if status is None else None)
            for status in statuses
        )

    def _next_answer(self, request: OutboundRequest) -> Reply:
        return self.answers.popleft() if self.answers else self._ok(request)

    def _ok(self, request: OutboundRequest) -> Reply:
        _, _, rest = request.url.partition("hub.challenge=")
        return Reply(200, body=rest.partition("&")[0].encode())
