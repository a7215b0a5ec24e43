"""Wake-ups between the threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterable


class ThreadListener:
    """One waiting thread."""

    def __init__(self, bell: ThreadDoorbell, topics: tuple[str, ...]) -> None:
        self._bell = bell
        self._topics = topics
        self.rung = threading.Event()

    def wait(self, timeout_s: float) -> bool:
        """Wait for a ring; False when none came. Returns at once after `stop`."""
        heard = self.rung.wait(timeout_s)
        # Cleared before the caller reads the records: what is written later rings again.
        if not self._bell.is_stopped:
            self.rung.clear()
        return heard

    def close(self) -> None:
        """Listen no more."""
        self._bell.forget(self, self._topics)


class ThreadDoorbell:
    """Rings listeners by topic."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[ThreadListener]] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    @property
    def is_stopped(self) -> bool:
        """Whether the process is about to end."""
        return self._stopped.is_set()

    def ring(self, topics: Iterable[str]) -> None:
        """Wake everybody who listens to one of the topics."""
        with self._lock:
            for topic in topics:
                for listener in self._listeners.get(topic, ()):
                    listener.rung.set()

    def listen(self, topics: Iterable[str]) -> ThreadListener:
        """A new waiter."""
        listener = ThreadListener(self, tuple(topics))
        with self._lock:
            for topic in listener._topics:  # noqa: SLF001 — two halves of one thing
                self._listeners.setdefault(topic, set()).add(listener)
        if self.is_stopped:
            listener.rung.set()
        return listener

    def forget(self, listener: ThreadListener, topics: Iterable[str]) -> None:
        """Ring this listener no more."""
        with self._lock:
            for topic in topics:
                waiting = self._listeners.get(topic, set())
                waiting.discard(listener)
                if not waiting:
                    self._listeners.pop(topic, None)

    def stop(self) -> None:
        """Wake everybody for the last time."""
        self._stopped.set()
        with self._lock:
            for waiting in self._listeners.values():
                for listener in waiting:
                    listener.rung.set()
