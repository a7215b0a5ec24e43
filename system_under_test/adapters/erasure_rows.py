"""Erasing a person from every table, and the audit of it.

Conversations stay as empty shells, because positions, legs and the routing log count them; nothing
in them leads to the person any more.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, Table, delete, func, insert, select, text, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id, Text, metadata
from system_under_test.adapters.file_rows import erase_files, file
from system_under_test.adapters.mark_schema import early_mark, trace
from system_under_test.adapters.note_rows import erase_notes, note
from system_under_test.adapters.schema import (
    conversation,
    customer,
    delivery,
    event,
    message,
    outbox,
    tombstone,
    ui_event,
)
from system_under_test.service.erasure_records import Erasure

erasure = Table(
    "erasure",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("request_digest", Text, nullable=False, unique=True),
    Column("at_ms", Id, nullable=False),
    Column("threads", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("deliveries", Integer, nullable=False),
)
_HOLDS = {"sqlite": "instr(raw, :needle) > 0", "postgresql": "position(:needle in raw) > 0"}


class ErasureRows:
    """Implements service.erasure_records.Erasures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, code: str) -> Erasure | None:
        """The request of that code."""
        return self._one(erasure.c.code == code)

    def of_request(self, digest: str) -> Erasure | None:
        """The request that came with these bytes before."""
        return self._one(erasure.c.request_digest == digest)

    def add(self, made: Erasure) -> None:
        """Keep the audit."""
        self._connection.execute(
            insert(erasure).values(
                code=made.code,
                kind=made.kind,
                request_digest=made.request_digest,
                at_ms=made.at_ms,
                threads=made.threads,
                messages=made.messages,
                deliveries=made.deliveries,
            )
        )

    def threads_of(self, igsid: str) -> list[int]:
        """The customers that are this person, one a channel."""
        rows = self._connection.scalars(
            select(customer.c.id).where(customer.c.igsid == igsid).order_by(customer.c.id)
        )
        return list(rows)

    def erase_events(self, customer_id: int) -> None:
        """Erase what consoles were told; what they are told afterwards stays."""
        talks = select(conversation.c.id).where(conversation.c.customer_id == customer_id)
        self._connection.execute(delete(ui_event).where(ui_event.c.conversation_id.in_(talks)))

    def erase_thread(self, customer_id: int, pseudonym: str) -> int:
        """Erase everything that was written and known; how many messages there were."""
        talks = select(conversation.c.id).where(conversation.c.customer_id == customer_id)
        mine = message.c.conversation_id.in_(talks)
        channel_id = select(customer.c.channel_id).where(customer.c.id == customer_id)
        mids = select(message.c.mid).where(mine, message.c.mid.is_not(None))
        for table in (early_mark, trace, tombstone):
            self._connection.execute(
                delete(table).where(
                    table.c.channel_id == channel_id.scalar_subquery(), table.c.mid.in_(mids)
                )
            )
        erase_files(self._connection, file.c.customer_id == customer_id)
        erase_notes(self._connection, note.c.conversation_id.in_(talks))
        self._connection.execute(delete(outbox).where(outbox.c.customer_id == customer_id))
        gone = self._connection.execute(delete(message).where(mine))
        self._connection.execute(
            update(conversation)
            .where(conversation.c.customer_id == customer_id)
            .values(preview="", unread=0, category=None, waiting_since_ms=None)
        )
        self._connection.execute(
            update(customer)
            .where(customer.c.id == customer_id)
            .values(
                igsid=pseudonym,
                name=None,
                username=None,
                avatar_url=None,
                followers=None,
                profile_due_ms=None,
                window_ms=None,
            )
        )
        return gone.rowcount

    def erase_deliveries(self, igsid: str) -> int:
        """Erase every stored body that names this person; how many there were."""
        holds = text(_HOLDS[self._connection.dialect.name]).bindparams(needle=igsid.encode())
        self._connection.execute(
            update(event)
            .where(event.c.outcome.contains(igsid, autoescape=True))
            .values(outcome="erased")
        )
        self._connection.execute(
            update(delivery)
            .where(delivery.c.note.contains(igsid, autoescape=True))
            .values(note="erased")
        )
        for table in (early_mark, tombstone):
            self._connection.execute(delete(table).where(table.c.author_id == igsid))
        # What waits to be worked off belongs to others as well: it is not lost for them.
        gone = self._connection.execute(
            update(delivery)
            .where(holds, delivery.c.state != "received", func.length(delivery.c.raw) > 0)
            .values(raw=b"")
        )
        return gone.rowcount

    def _one(self, condition: Any) -> Erasure | None:
        row: Any = self._connection.execute(select(erasure).where(condition)).one_or_none()
        return Erasure(*row) if row else None
