"""Durable intake: a webhook body is committed before Meta hears 200 (contact-centre D.2).

Requests queue their bodies; one writer commits everything that has queued up in one transaction,
and each request waits for its own commit. Under load one disk flush so serves many requests.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from system_under_test.service.delivery_records import NewDelivery
from system_under_test.service.handlers import INBOX
from system_under_test.service.ports import Clock, StorageError, Store

_PRESSED = 8
_PATIENCE_S = 15.0  # Meta gives up after 20 s (meta-contract §2.5)


@dataclass(slots=True)
class _Ticket:
    delivery: NewDelivery
    # Held until the commit; a bare lock wakes its one waiter at a third of an event's cost.
    gate: threading.Lock = field(default_factory=threading.Lock)
    error: StorageError | None = None


class Intake:
    """Stores deliveries; `run` is the writer's loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[_Ticket] = []
        self._changed = threading.Condition()
        self._stopped = False

    def accept(self, raw: bytes, headers: str) -> None:
        """Return once the body is on disk; StorageError when it is not."""
        ticket = _Ticket(NewDelivery(self._clock.now_ms(), headers, raw))
        ticket.gate.acquire()
        with self._changed:
            self._waiting.append(ticket)
            self._changed.notify()
        if not ticket.gate.acquire(timeout=_PATIENCE_S):
            raise StorageError("the delivery was not committed in time")
        if ticket.error is not None:
            raise ticket.error

    def is_pressed(self) -> bool:
        """Whether so many wait for their commit that everything else should make way."""
        return len(self._waiting) >= _PRESSED

    def run(self) -> None:
        """Commit what queues up, until `stop`."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopped)
                tickets, self._waiting = self._waiting, []
                if not tickets:
                    return
            self._commit(tickets)

    def stop(self) -> None:
        """Let `run` return when nothing is left."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _commit(self, tickets: list[_Ticket]) -> None:
        try:
            with self._store.writing() as records:
                records.deliveries.add([ticket.delivery for ticket in tickets])
                records.wake(INBOX)
        except StorageError as error:
            for ticket in tickets:
                ticket.error = error
        finally:
            for ticket in tickets:
                ticket.gate.release()
