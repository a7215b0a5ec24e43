"""Since when deliveries fail, for each object that the app subscribed to and each regime."""

from __future__ import annotations

from fake_meta.domain.retries import Regime


class Failures:
    """Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._since_ms: dict[tuple[str, Regime], int] = {}

    def since(self, about: str, regime: Regime, at_ms: int) -> int:
        """When failing began: at `at_ms` unless it had begun before."""
        return self._since_ms.setdefault((about, regime), at_ms)

    def end(self, about: str) -> bool:
        """Forget that deliveries of this object failed; True when some did."""
        failing = [key for key in self._since_ms if key[0] == about]
        for key in failing:
            del self._since_ms[key]
        return bool(failing)
