"""Webhook bodies as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import one_of
from system_under_test.adapters.schema import delivery, event
from system_under_test.service.delivery_records import (
    Aside,
    Closed,
    Delivery,
    NewDelivery,
    Quarantined,
)

_ASIDE = {"StoodBy": "standby", "TestSent": "test"}

# Statements of the hot path are built once: building one costs more than running it.
_NOTE_EVENT = insert(event)
_CLOSE = (
    update(delivery)
    .where(delivery.c.id == bindparam("of_id"))
    .values(state=bindparam("new_state"), note=bindparam("new_note"))
)
_UNPROCESSED = select(delivery.c.id).where(
    delivery.c.id.in_(bindparam("ids", expanding=True)), one_of(delivery.c.state, "received")
)


class DeliveryRows:
    """Implements service.records.Deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deliveries: Sequence[NewDelivery]) -> None:
        """Keep them, in this order."""
        rows = [
            {"received_ms": one.received_ms, "headers": one.headers, "raw": one.raw}
            for one in deliveries
        ]
        self._connection.execute(insert(delivery), rows)

    def pending(self, limit: int) -> list[Delivery]:
        """The oldest ones not yet processed."""
        rows = self._connection.execute(
            select(delivery.c.id, delivery.c.received_ms, delivery.c.raw)
            .where(one_of(delivery.c.state, "received"))
            .order_by(delivery.c.id)
            .limit(limit)
        )
        return [Delivery(*row) for row in rows]

    def unprocessed(self, ids: Sequence[int]) -> set[int]:
        """Which of these are not yet processed."""
        rows = self._connection.scalars(_UNPROCESSED, {"ids": list(ids)})
        return set(rows)

    def close(self, closed: Sequence[Closed]) -> None:
        """Mark as processed or quarantined, and remember what became of the events."""
        notes = [
            {"delivery_id": one.id, "number": number, "kind": kind, "outcome": outcome}
            for one in closed
            for number, (kind, outcome) in enumerate(one.events)
        ]
        states = [{"of_id": one.id, "new_state": one.state, "new_note": one.note} for one in closed]
        for statement, rows in ((_NOTE_EVENT, notes), (_CLOSE, states)):
            if rows:  # of no rows an engine would make one of defaults
                self._connection.execute(statement, rows)

    def forget(self, delivery_id: int) -> None:
        """Erase the body: it holds text that the customer has withdrawn."""
        self._connection.execute(
            update(delivery).where(delivery.c.id == delivery_id).values(raw=b"")
        )

    def count_pending(self) -> int:
        """How many are not yet processed."""
        found: int = self._connection.execute(
            select(func.count()).where(one_of(delivery.c.state, "received"))
        ).scalar_one()
        return found

    def quarantined(self, limit: int) -> list[Quarantined]:
        """The newest in quarantine."""
        rows = self._connection.execute(
            select(delivery.c.id, delivery.c.received_ms, delivery.c.raw, delivery.c.note)
            .where(delivery.c.state == "quarantined")
            .order_by(delivery.c.id.desc())
            .limit(limit)
        )
        return [Quarantined(*row) for row in rows]

    def aside(self, limit: int) -> list[Aside]:
        """The newest events of threads that another app owns, and of the dashboard's button."""
        rows = self._connection.execute(
            select(event.c.delivery_id, delivery.c.received_ms, event.c.kind, delivery.c.raw)
            .join(delivery, delivery.c.id == event.c.delivery_id)
            .where(one_of(event.c.kind, *_ASIDE))
            .order_by(event.c.delivery_id.desc(), event.c.number.desc())
            .limit(limit)
        )
        return [Aside(row[0], row[1], _ASIDE[row[2]], row[3]) for row in rows]

    def reopen(self, delivery_id: int) -> bool:
        """Take one out of quarantine, as if it had just come; False when it is not there."""
        reopened = self._connection.execute(
            update(delivery)
            .where(
                delivery.c.id == delivery_id,
                delivery.c.state == "quarantined",
                func.length(delivery.c.raw) > 0,
            )
            .values(state="received", note=None)
        )
        if reopened.rowcount:
            self._connection.execute(delete(event).where(event.c.delivery_id == delivery_id))
        return bool(reopened.rowcount)
