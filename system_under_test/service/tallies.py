"""What a monitoring system scrapes: gauges of this moment, totals since the beginning.

Totals are rows counted once: each scrape reads only what was added since the one before, so its
cost does not grow with the history.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from system_under_test.domain.statuses import Status
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.status_records import receiving

BUCKETS_S = (1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
_PAGE = 5_000


@dataclass(slots=True)
class Histogram:
    """Observations of one time: how many were not longer than each of `BUCKETS_S`, sum in s."""

    buckets: Counter[float] = field(default_factory=Counter)
    count: int = 0
    sum_s: float = 0.0

    def observe(self, seconds: float) -> None:
        """One more."""
        self.count += 1
        self.sum_s += seconds
        for bound in BUCKETS_S:
            if seconds <= bound:
                self.buckets[bound] += 1


@dataclass(frozen=True, slots=True)
class Tally:
    """One look: queue (length, age in s of the oldest) by service, and so on."""

    queues: Mapping[str, tuple[int, float]]
    statuses: Mapping[str, int]
    slots_used: int
    slots_offered: int
    messages: Mapping[str, int]
    times: Mapping[tuple[str, str], Histogram]
    outbox: Mapping[str, int]
    pending: int


@dataclass(slots=True)
class Tallies:
    """Counts for one process; every process comes to the same totals."""

    store: Store
    clock: Clock
    statuses: tuple[Status, ...]
    _times: dict[tuple[str, str], Histogram] = field(default_factory=dict)
    _sample: int = 0
    _messages: Counter[str] = field(default_factory=Counter)
    _message: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> Tally:
        """Everything as it is now."""
        with self._lock, self.store.reading() as records:
            self._count_times(records)
            found, self._message = records.messages.directions_after(self._message)
            self._messages.update(found)
            return Tally(
                queues=self._queues(records),
                statuses=Counter(agent.status for agent in records.agents.all()),
                messages=dict(self._messages),
                times=dict(self._times),
                outbox=records.outbox.states(),
                pending=records.deliveries.count_pending(),
                **self._slots(records),
            )

    def _count_times(self, records: Records) -> None:
        names = {one.id: one.name for one in records.services.all()}
        while page := records.samples.after(self._sample, _PAGE):
            self._sample = page[-1].number
            for one in page:
                key = (one.kind, names.get(one.service_id, str(one.service_id)))
                self._times.setdefault(key, Histogram()).observe(one.value_ms / 1000)

    def _queues(self, records: Records) -> dict[str, tuple[int, float]]:
        lengths, now_ms = records.conversations.queue_lengths(), self.clock.now_ms()
        found = {}
        for service in records.services.all():
            oldest = records.conversations.oldest_waiting_ms(service.id)
            age_s = 0.0 if oldest is None else max(0, now_ms - oldest) / 1000
            found[service.name] = (lengths.get(service.id, 0), age_s)
        return found

    def _slots(self, records: Records) -> dict[str, Any]:
        routable = receiving(records, self.statuses)
        present = records.sessions.present(self.clock.now_ms())
        there = [
            one.id for one in records.agents.all() if one.status in routable and one.id in present
        ]
        positions, held = records.agents.active_positions(), records.conversations.held()
        return {
            "slots_used": sum(len(held.get(one, [])) for one in there),
            "slots_offered": sum(positions.get(one, 0) for one in there),
        }
