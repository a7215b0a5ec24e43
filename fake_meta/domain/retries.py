"""When Meta tries a delivery again, and when it gives up (meta-contract §2.6).

The exact schedule is unknown; this is the emulator's choice "retry_schedule".
"""

from __future__ import annotations

ATTEMPT_OFFSETS_S = (0, 1, 3, 8, 20, 60, 180, 600, 1800, 3600)
"""Seconds after the first attempt at which attempt 1, 2, … is made."""

DISABLE_AFTER_MS = 3600 * 1000
"""Continued failure after which the app is unsubscribed."""


def next_attempt_ms(first_attempt_ms: int, attempts_made: int) -> int | None:
    """When the next attempt is due, or None when the schedule is used up."""
    if attempts_made >= len(ATTEMPT_OFFSETS_S):
        return None
    return first_attempt_ms + ATTEMPT_OFFSETS_S[attempts_made] * 1000


def is_hopeless(failing_since_ms: int, now_ms: int) -> bool:
    """An hour without one success disables the subscription."""
    return now_ms - failing_since_ms >= DISABLE_AFTER_MS
