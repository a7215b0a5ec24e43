"""Verbs about the alerts of the App Dashboard (meta-contract §2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fake_meta.domain.alerts import Alert, AlertKind
from fake_meta.world.core import WorldCore


class AlertVerbs(WorldCore):
    """One alert of each kind stands at a time; more of the same are counted."""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts, oldest first."""
        with self._lock:
            return tuple(self._state.alerts)

    def alert(self, kind: AlertKind) -> None:
        """Tell the developer, or count once more what was told and still stands."""
        with self._lock:
            alerts, now_ms = self._state.alerts, self._clock.now_ms()
            for place, one in enumerate(alerts):
                if one.kind is kind and one.resolved_ms is None:
                    alerts[place] = replace(one, last_ms=now_ms, count=one.count + 1)
                    return
            alerts.append(Alert(kind, now_ms, now_ms))

    def resolve_alerts(self, kinds: Iterable[AlertKind]) -> None:
        """What these kinds were about is over."""
        with self._lock:
            self._resolve(frozenset(kinds))
