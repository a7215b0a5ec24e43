"""How many passwords may be tried, counted in the database for all processes together.

A login is counted at an address. What is stored is a hash of both: people mistake the fields, and
a password that was typed as a login must not lie in a table.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from system_under_test.domain.throttle import FORGET_MS, after_failure, wait_ms
from system_under_test.service.ports import Clock, Store


class TooManyAttemptsError(Exception):
    """Five failures: nothing is heard for a while, not even the right password."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """Counts failures by login and address."""

    store: Store
    clock: Clock

    def admit(self, login: str, address: str) -> None:
        """Let one attempt pass, counted as a failure until it succeeds; TooManyAttemptsError else.

        Counted beforehand, because many attempts at once would all pass before the first fails.
        """
        key, now_ms = _key(login, address), self.clock.now_ms()
        with self.store.reading() as records:
            _refuse_while(wait_ms(records.attempts.get(key), now_ms))  # writers are not disturbed
        with self.store.writing() as records:
            attempts = records.attempts.get(key)
            _refuse_while(wait_ms(attempts, now_ms))
            records.attempts.forget_before(now_ms - FORGET_MS)
            records.attempts.put(key, after_failure(attempts, now_ms))

    def succeeded(self, login: str, address: str) -> None:
        """Start afresh."""
        with self.store.writing() as records:
            records.attempts.remove(_key(login, address))


def _refuse_while(wait: int) -> None:
    if wait:
        raise TooManyAttemptsError(max(1, -(-wait // 1000)))


def _key(login: str, address: str) -> str:
    """Whoever is signed in under a login is counted under it, however it is written."""
    return hashlib.sha256(
        f"{login.strip().lower()}\0{address}".encode(errors="replace")
    ).hexdigest()
