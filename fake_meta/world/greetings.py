"""Verbs about the messenger profile: ice breakers and persistent menu (meta-contract §4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.world.core import WorldCore


class GreetingVerbs(WorldCore):
    """What a customer is offered before the first word."""

    @property
    def messenger_profile(self) -> Mapping[str, Any]:
        """The parts that are set."""
        with self._lock:
            return dict(self._inbox.messenger_profile)

    def set_messenger_profile(self, parts: Mapping[str, Any]) -> None:
        """Set these parts; others stay."""
        with self._lock:
            self._inbox.messenger_profile.update(parts)

    def clear_messenger_profile(self, names: Sequence[str]) -> None:
        """Take these parts away."""
        with self._lock:
            for name in names:
                self._inbox.messenger_profile.pop(name, None)
