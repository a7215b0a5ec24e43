"""Since when deliveries fail, for each inbox that the app subscribed to and each regime."""

from __future__ import annotations

from fake_meta.domain.retries import Regime

About = tuple[str, str]
"""Object and account: Meta unsubscribes an app from one Page or account (meta-contract §2.6)."""


class Failures:
    """Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._since_ms: dict[tuple[About, Regime], int] = {}

    def since(self, about: About, regime: Regime, at_ms: int) -> int:
        """When failing began: at `at_ms` unless it had begun before."""
        return self._since_ms.setdefault((about, regime), at_ms)

    def end(self, about: About) -> bool:
        """Forget that deliveries of this inbox failed; True when some did and none is left."""
        failing = [key for key in self._since_ms if key[0] == about]
        for key in failing:
            del self._since_ms[key]
        return bool(failing) and not self._since_ms
