"""When a thread in Instagram's Requests folder can no longer be read (meta-contract §5.4, §9.5)."""

from __future__ import annotations

REQUEST_LIFE_MS = 30 * 24 * 3600 * 1000


def has_vanished(last_activity_ms: int, now_ms: int) -> bool:
    """A request that nobody touched for 30 days."""
    return now_ms - last_activity_ms >= REQUEST_LIFE_MS
