"""How long the review waits: the configured limits around `eventually` and `never`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from harness.config import PatienceSettings
from harness.errors import ConformanceFailure
from harness.eventually import appears, eventually, never
from harness.matchers import Matcher, satisfies

T = TypeVar("T")


class Watch:
    """Waiting with the limits of homolog.toml."""

    def __init__(self, settings: PatienceSettings) -> None:
        self._settings = settings

    def eventually(self, observe: Callable[[], T], matches: Matcher[T], *, reason: str) -> T:
        """The first observation that matches."""
        return eventually(observe, matches, reason=reason, timeout_s=self._settings.appears_s)

    def appears(self, observe: Callable[[], T | None], *, expected: str, reason: str) -> T:
        """The first observation that is something."""
        limit_s = self._settings.appears_s
        return appears(observe, expected=expected, reason=reason, timeout_s=limit_s)

    def never(self, observe: Callable[[], T], matches: Matcher[T], *, reason: str) -> T:
        """The last observation; none of them matched."""
        return never(observe, matches, reason=reason, window_s=self._settings.never_s)

    def settle(self, observe: Callable[[], T], accepts: Callable[[T], bool]) -> bool:
        """Wait for something that is not under judgement; whether it came."""
        try:
            self.eventually(observe, satisfies("settled", accepts), reason="tidying up")
        except ConformanceFailure:
            return False  # nobody is judged here
        return True
