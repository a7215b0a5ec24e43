"""Who is there: a lease that streams and calls keep alive (contact-centre R12).

The same step forgets what is too old: events of the stream, files that agents have sent.
Leases are rows, so a restart keeps them; they are renewed in bundles, because hundreds of streams
would otherwise write all the time. A lapsed lease is renewed at once and the router runs.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from system_under_test.domain.agents import Session
from system_under_test.service.ports import Clock, Store
from system_under_test.service.router import Router

LEASE_MS = 30_000
_FLUSH_MS = 5_000
_EVENT_RETENTION_MS = 24 * 3_600_000
_PRUNE_MS = 600_000
_DAY_MS = 24 * 3_600_000


@dataclass(slots=True)
class Presence:
    """Renews leases; `flush` is a worker's step."""

    store: Store
    clock: Clock
    router: Router
    file_days: int = 0  # how long files of agents are kept; 0: for ever
    _touched: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pruned_ms: int = 0

    def touch(self, session: Session) -> None:
        """The session's agent is there now."""
        if session.lease_until_ms <= self.clock.now_ms():
            self._renew({session.key})
            return
        with self._lock:
            self._touched.add(session.key)

    def flush(self) -> int | None:
        """Write what was touched; milliseconds until the next time."""
        with self._lock:
            touched, self._touched = self._touched, set()
        now_ms = self.clock.now_ms()
        if touched:
            with self.store.writing() as records:
                records.sessions.renew(touched, now_ms + LEASE_MS)
                records.spans.resume(touched, now_ms)
        if not 0 <= now_ms - self._pruned_ms <= _PRUNE_MS:
            self._pruned_ms = now_ms
            with self.store.writing() as records:
                records.ui_events.prune(now_ms - _EVENT_RETENTION_MS)
                if self.file_days:
                    records.files.prune(now_ms - self.file_days * _DAY_MS)
        return _FLUSH_MS

    def _renew(self, keys: set[str]) -> None:
        with self.store.writing() as records:
            now_ms = self.clock.now_ms()
            records.sessions.renew(keys, now_ms + LEASE_MS)
            records.spans.resume(keys, now_ms)
            self.router.run(records, "present")
