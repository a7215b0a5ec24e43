"""From stored deliveries to conversations, in the order of arrival.

One processor takes deliveries in order, so every thread keeps its order (contact-centre D.4) and
the queue's order is that of the durable intake (R4). A batch shares one commit; a delivery that
fails is taken alone, quarantined and shown, and stops nobody.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from system_under_test.domain import events as ev
from system_under_test.domain.webhook import parse
from system_under_test.service.arrivals import Arrival, Handler
from system_under_test.service.delivery_records import Closed, Delivery
from system_under_test.service.ports import Clock, StorageError, Store
from system_under_test.service.records import Records

_BATCH = 32
_LONGEST_COMMIT_MS = 200
_PAUSE_MS = 5
_LONGEST_PAUSE_MS = 250
_PORTION_BYTES = 100_000
_QUARANTINED = "quarantined"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Inbox:
    """Processes what the intake has stored."""

    store: Store
    clock: Clock
    table: Mapping[type[Any], Handler]
    must_wait: Callable[[], bool] = lambda: False
    _waits_since_ms: int | None = None

    def process(self) -> int | None:
        """Process the oldest deliveries; 0 when there may be more, None when nothing was left."""
        if self._makes_way():
            return _PAUSE_MS
        with self.store.reading() as records:
            batch = records.deliveries.pending(_BATCH)
        if not batch:
            return None
        for portion in _portions(batch):
            try:
                self._process(portion)
            except StorageError:
                raise
            except Exception:  # noqa: BLE001 — a poison delivery must not stop the others
                _log.warning("%d deliveries failed; taking them one by one", len(portion))
                self._process_singly(portion)
        return 0

    def _makes_way(self) -> bool:
        """Whether to let a burst of deliveries in first, though not for longer than a moment.

        Meta waits for each answer, and repeats what it does not get; an agent does not notice.
        """
        if not self.must_wait():
            self._waits_since_ms = None
            return False
        now_ms = self.clock.now_ms()
        if self._waits_since_ms is None:
            self._waits_since_ms = now_ms
        if 0 <= now_ms - self._waits_since_ms < _LONGEST_PAUSE_MS:
            return True
        self._waits_since_ms = None
        return False

    def _process(self, batch: Sequence[Delivery]) -> None:
        with self.store.writing() as records:
            # Another process may have read the same batch and processed it meanwhile.
            left = records.deliveries.unprocessed([delivery.id for delivery in batch])
            begun_ms = self.clock.now_ms()
            closed = []
            for delivery in batch:
                if delivery.id in left:
                    closed.append(self._deliver(records, delivery))
                if self.clock.now_ms() - begun_ms > _LONGEST_COMMIT_MS:
                    break  # other writers wait, the intake among them; the rest comes next
            records.deliveries.close(closed)

    def _process_singly(self, batch: Sequence[Delivery]) -> None:
        for delivery in batch:
            try:
                self._process([delivery])
            except StorageError:
                raise
            except Exception as error:  # noqa: BLE001 — as above; kept with its trace
                _log.exception("delivery %d is quarantined", delivery.id)
                with self.store.writing() as records:
                    note = f"{type(error).__name__}: {error}"
                    if not records.deliveries.unprocessed([delivery.id]):
                        continue
                    records.deliveries.close([Closed(delivery.id, _QUARANTINED, note[:500])])

    def _deliver(self, records: Records, delivery: Delivery) -> Closed:
        try:
            events = parse(json.loads(delivery.raw))
        except (ValueError, RecursionError) as error:
            return Closed(delivery.id, _QUARANTINED, f"not JSON: {error}"[:500])
        outcomes = [
            (type(event).__name__, self._handle(records, delivery, event)) for event in events
        ]
        notes = [outcome for _, outcome in outcomes if outcome.startswith(_QUARANTINED)]
        state = _QUARANTINED if notes else "processed"
        return Closed(delivery.id, state, "; ".join(notes)[:500] or None, outcomes)

    def _handle(self, records: Records, delivery: Delivery, event: ev.Event) -> str:
        match event:
            case ev.Unknown(reason, keys):
                return f"{_QUARANTINED}: {reason} {list(keys)}"
            case ev.TestSent(field):
                return f"test: {field}"
            case ev.StoodBy():
                return "standby: another app owns the thread"
            case ev.Ignored(kind):
                return f"ignored: {kind}"
        channel = records.channels.by_account(event.account_id)
        if channel is None or channel.medium.name != event.medium:
            what = f"channel of {event.medium} has the account"
            return f"{_QUARANTINED}: no {what} {event.account_id!r}"
        arrival = Arrival(records, channel, self.clock.now_ms(), delivery.received_ms, delivery.id)
        return self.table[type(event)](arrival, event)


def _portions(batch: Sequence[Delivery]) -> Iterator[Sequence[Delivery]]:
    """Cut a batch where a commit would grow so large that other writers wait for it."""
    portion: list[Delivery] = []
    size = 0
    for delivery in batch:
        if portion and size + len(delivery.raw) > _PORTION_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(delivery)
        size += len(delivery.raw)
    yield portion
