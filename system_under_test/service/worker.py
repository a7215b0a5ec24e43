"""A background thread that repeats a step until nothing is due, then waits to be woken."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from system_under_test.service.ports import Doorbell

# Makes one step; 0: again at once, a number: milliseconds until the next is due, None: nothing due.
Step = Callable[[], int | None]

_SAFETY_S = 5.0  # a ring can be missed when another process writes
_AFTER_ERROR_S = 1.0
_log = logging.getLogger(__name__)


class Worker(threading.Thread):
    """Runs a step as often as it is due; an error is logged and tried again."""

    def __init__(self, topic: str, step: Step, bell: Doorbell) -> None:
        super().__init__(name=topic, daemon=True)
        self._topic = topic
        self._step = step
        self._bell = bell

    def run(self) -> None:
        """Work until the doorbell stops."""
        listener = self._bell.listen([self._topic])
        try:
            while not self._bell.is_stopped:
                pause_s = self._pause_s()
                if pause_s > 0:
                    listener.wait(pause_s)
        finally:
            listener.close()

    def _pause_s(self) -> float:
        try:
            due_ms = self._step()
        except Exception:  # noqa: BLE001 — the thread's outermost frame: it must go on
            _log.exception("%s: a step failed", self._topic)
            return _AFTER_ERROR_S
        return _SAFETY_S if due_ms is None else min(due_ms / 1000, _SAFETY_S)
