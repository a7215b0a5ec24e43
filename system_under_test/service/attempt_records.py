"""Failed sign-ins, as the gatekeeper reads and writes them."""

from __future__ import annotations

from typing import Protocol

from system_under_test.domain.throttle import Attempts


class AttemptBook(Protocol):
    """Failed sign-ins by a key that hides the login."""

    def get(self, key: str) -> Attempts:
        """What was counted; nothing, if nothing was."""

    def put(self, key: str, attempts: Attempts) -> None:
        """Keep this count."""

    def remove(self, key: str) -> None:
        """Count from nothing."""

    def forget_before(self, last_ms: int) -> None:
        """Drop counts that nobody added to since then."""
