"""Time as an argument; the only caller of sleep."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What waits and measures."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start, never going backwards."""

    def now(self) -> datetime:
        """Return the date and time in UTC."""

    def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start, never going backwards."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the date and time in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""
        time.sleep(max(0.0, seconds))
