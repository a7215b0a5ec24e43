"""The emulator's clock: real by default, frozen or moved when a tester asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clock shows; `offset_ms` is how far it stands from the wall clock.

    `scale` is how many virtual seconds pass in one.
    """

    now_ms: int
    frozen: bool
    offset_ms: int
    scale: float = 1.0


def wall_clock_ms() -> int:
    """The computer's clock in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class VirtualClock:
    """Milliseconds since 1970, on a time line that can be frozen, moved and hurried."""

    def __init__(self, wall_ms: Callable[[], int] = wall_clock_ms) -> None:
        self._wall_ms = wall_ms
        self._lock = threading.Lock()
        self._offset_ms = 0
        self._scale, self._scaled_since_ms = 1.0, 0
        self._frozen_at_ms: int | None = None
        self._is_plain = True

    def now_ms(self) -> int:
        """The virtual time."""
        if self._is_plain:  # nearly always; nothing but the wall clock to look at
            return self._wall_ms()
        with self._lock:
            return self._now_ms()

    def read(self) -> ClockReading:
        """Time, state and distance from the wall clock at one instant."""
        with self._lock:
            wall_ms = self._wall_ms()  # looked at once: it goes on while we calculate
            now_ms = self._at(wall_ms)
            frozen = self._frozen_at_ms is not None
            return ClockReading(now_ms, frozen, now_ms - wall_ms, self._scale)

    def freeze(self) -> None:
        """Stop the clock where it stands."""
        with self._lock:
            self._frozen_at_ms = self._now_ms()
            self._settle()

    def go_real(self) -> None:
        """Follow the wall clock again."""
        with self._lock:
            self._offset_ms, self._frozen_at_ms, self._scale = 0, None, 1.0
            self._settle()

    def run_at(self, scale: float) -> None:
        """Run `scale` times as fast as the wall clock, from where the clock stands."""
        with self._lock:
            wall_ms = self._wall_ms()
            self._offset_ms = self._at(wall_ms) - wall_ms
            self._scale, self._scaled_since_ms, self._frozen_at_ms = scale, wall_ms, None
            self._settle()

    def stand_at(self, time_ms: int, *, scale: float = 1.0, frozen: bool = False) -> None:
        """Show `time_ms`, earlier or later, and go on from there."""
        with self._lock:
            wall_ms = self._wall_ms()
            self._offset_ms = time_ms - wall_ms
            self._scale, self._scaled_since_ms = scale, wall_ms
            self._frozen_at_ms = time_ms if frozen else None
            self._settle()

    def move_to(self, time_ms: int) -> None:
        """Stand at `time_ms`; a running clock keeps running from there, never backwards."""
        with self._lock:
            wall_ms = self._wall_ms()
            target_ms = max(time_ms, self._at(wall_ms))
            if self._frozen_at_ms is not None:
                self._frozen_at_ms = target_ms
            else:
                self._offset_ms, self._scaled_since_ms = target_ms - wall_ms, wall_ms
            self._settle()

    def _settle(self) -> None:
        is_real = self._frozen_at_ms is None and self._scale == 1.0
        self._is_plain = is_real and self._offset_ms == 0

    def _now_ms(self) -> int:
        return self._at(self._wall_ms())

    def _at(self, wall_ms: int) -> int:
        if self._frozen_at_ms is not None:
            return self._frozen_at_ms
        if self._scale == 1.0:
            return wall_ms + self._offset_ms
        ahead_ms = round((wall_ms - self._scaled_since_ms) * (self._scale - 1.0))
        return wall_ms + self._offset_ms + ahead_ms
