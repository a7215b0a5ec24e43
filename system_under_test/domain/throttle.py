"""How often a password may be tried: five failures, then thirty seconds of silence."""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain.deadlines import SKEW_MS, has_strayed

MOST_FAILURES = 5
LOCK_MS = 30_000
FORGET_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failures counted for one (login, address)."""

    failures: int = 0
    last_ms: int = 0
    locked_until_ms: int = 0


def wait_ms(attempts: Attempts, now_ms: int) -> int:
    """Milliseconds until the next try is heard; 0 when it may be made now."""
    if has_strayed(attempts.locked_until_ms, now_ms, LOCK_MS):
        return 0
    return max(0, attempts.locked_until_ms - now_ms)


def after_failure(attempts: Attempts, now_ms: int) -> Attempts:
    """The count after one more failure; the fifth locks."""
    is_remembered = -SKEW_MS <= now_ms - attempts.last_ms <= FORGET_MS
    was_locked = attempts.locked_until_ms > 0 and not wait_ms(attempts, now_ms)
    fresh = not is_remembered or was_locked
    failures = 1 if fresh else attempts.failures + 1
    locked = now_ms + LOCK_MS if failures >= MOST_FAILURES else 0
    return Attempts(failures, now_ms, locked)


def is_forgettable(attempts: Attempts, now_ms: int) -> bool:
    """Whether this count no longer matters."""
    return now_ms - attempts.last_ms > FORGET_MS and attempts.locked_until_ms <= now_ms
