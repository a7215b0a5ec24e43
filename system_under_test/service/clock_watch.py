"""Puts deadlines right after the clock was: every deadline is a row, so also a wrong one stays.

A clock that is set back would else keep replies waiting, and people present who have gone, until
it has caught up (contact-centre R12, R20).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from system_under_test.service.attendance import TIMERS
from system_under_test.service.handlers import PROFILES
from system_under_test.service.ports import Clock, Store
from system_under_test.service.replies import OUTBOX

CLOCK_WATCH = "worker:clock"
_LOOK_MS = 2_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """A worker's step."""

    store: Store
    clock: Clock

    def look(self) -> int:
        """Bring back what has strayed; milliseconds until the next look."""
        now_ms = self.clock.now_ms()
        with self.store.reading() as records:
            strayed = records.deadlines.any_strayed(now_ms)
        if strayed:
            self._bring_back()
        return _LOOK_MS

    def _bring_back(self) -> None:
        with self.store.writing() as records:
            many = records.deadlines.bring_back(self.clock.now_ms())
            for topic in (OUTBOX, PROFILES, TIMERS):
                records.wake(topic)
        _log.warning("the clock was set back: %d deadlines were brought back", many)
