"""The longest a case may take: a page whose script never ends must not hold up the run."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from harness.errors import TargetError

AGAIN_S = 5.0  # somebody may have opened the next window in the meantime


class OverdueError(TargetError):
    """The case took too long."""


class CaseLimit:
    """Calls `cut` once a case took `limit_s` seconds, and again until the case gives way."""

    def __init__(self, limit_s: float, cut: Callable[[], None]) -> None:
        self._limit_s = limit_s
        self._cut = cut
        self.is_exceeded = False

    def check(self) -> None:
        """Raise OverdueError when the case that runs took too long."""
        if self.is_exceeded:
            raise OverdueError(
                f"the case took more than {self._limit_s:g} s ([patience] case_s), so the browser "
                "was ended; most likely a page of the console runs a script that does not end"
            )

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what happens within."""
        self.is_exceeded = False
        over = threading.Event()
        watchman = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watchman.start()
        try:
            yield
        finally:
            over.set()
            watchman.join()

    def _watch(self, over: threading.Event) -> None:
        wait_s = self._limit_s
        while not over.wait(wait_s):
            self.is_exceeded = True
            self._cut()
            wait_s = AGAIN_S
