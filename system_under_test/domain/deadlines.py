"""Deadlines when the clock is put right: one further ahead than its rule allows was set by another.

A clock that was wrong leaves deadlines behind that would be reached only after its error: a reply
that waits an hour for its next attempt, a lease that nobody renews and that still holds.
"""

from __future__ import annotations

SKEW_MS = 60_000  # by how much the clocks of two machines that share a database may differ


def has_strayed(due_ms: int, now_ms: int, longest_ms: int) -> bool:
    """Whether a clock that is right cannot have set this deadline, which is `longest_ms` long."""
    return due_ms > now_ms + longest_ms + SKEW_MS
