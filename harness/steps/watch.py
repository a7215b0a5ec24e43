"""How long the review waits: the configured limits around `eventually` and `never`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from harness.config import PatienceSettings
from harness.errors import ConformanceFailure
from harness.eventually import appears, eventually, never
from harness.matchers import Matcher, satisfies, shown

T = TypeVar("T")


class Watch:
    """Waiting with the limits of homolog.toml."""

    def __init__(
        self, settings: PatienceSettings, saw: Callable[[str], None] = lambda _what: None
    ) -> None:
        self._settings = settings
        self._saw = saw

    def eventually(self, observe: Callable[[], T], matches: Matcher[T], *, reason: str) -> T:
        """The first observation that matches."""
        seen = eventually(observe, matches, reason=reason, timeout_s=self._settings.appears_s)
        # A value speaks for itself; of anything else the expectation says what was seen.
        is_value = isinstance(seen, str | int) and not isinstance(seen, bool)
        self._saw(shown(seen) if is_value else matches.expected)
        return seen

    def appears(self, observe: Callable[[], T | None], *, expected: str, reason: str) -> T:
        """The first observation that is something."""
        limit_s = self._settings.appears_s
        seen = appears(observe, expected=expected, reason=reason, timeout_s=limit_s)
        self._saw(expected)
        return seen

    def never(self, observe: Callable[[], T], matches: Matcher[T], *, reason: str) -> T:
        """The last observation; none of them matched."""
        window_s = self._settings.never_s
        seen = never(observe, matches, reason=reason, window_s=window_s)
        self._saw(f"nothing of the kind within {window_s:g} s")
        return seen

    def settle(self, observe: Callable[[], T], accepts: Callable[[T], bool]) -> bool:
        """Wait for something that is not under judgement; whether it came."""
        settled, limit_s = satisfies("settled", accepts), self._settings.appears_s
        try:
            eventually(observe, settled, reason="tidying up", timeout_s=limit_s)
        except ConformanceFailure:
            return False  # nobody is judged here
        return True
