"""Marks and traces as rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.mark_schema import early_mark, trace
from system_under_test.adapters.message_rows import read_message
from system_under_test.adapters.schema import conversation, message
from system_under_test.domain.marks import REACTION, Mark, replaces
from system_under_test.domain.messages import Message

# Built once: it belongs to the hot path.
_EARLY = select(
    early_mark.c.kind,
    early_mark.c.mid,
    early_mark.c.author_id,
    early_mark.c.value,
    early_mark.c.number,
    early_mark.c.at_ms,
).where(early_mark.c.channel_id == bindparam("of_channel"), early_mark.c.mid == bindparam("of_mid"))


class MarkRows:
    """Implements service.records.Marks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, channel_id: int, mark: Mark) -> None:
        """Remember a mark whose message is not known; the newest of its kind and author."""
        mine = (
            (early_mark.c.channel_id == channel_id)
            & (early_mark.c.mid == mark.mid)
            & (early_mark.c.kind == mark.kind)
            & (early_mark.c.author_id == mark.author_id)
        )
        kept: Any = self._connection.execute(select(early_mark).where(mine)).one_or_none()
        if kept is not None:
            if not replaces(mark, kept.number, kept.at_ms):
                return
            self._connection.execute(delete(early_mark).where(mine))
        self._connection.execute(
            insert(early_mark).values(
                channel_id=channel_id,
                mid=mark.mid,
                kind=mark.kind,
                author_id=mark.author_id,
                value=mark.value,
                number=mark.number,
                at_ms=mark.at_ms,
            )
        )

    def take(self, channel_id: int, mid: str) -> list[Mark]:
        """The marks that came before this message, older ones first; they are no longer early."""
        rows: Any = self._connection.execute(_EARLY, {"of_channel": channel_id, "of_mid": mid})
        found = [Mark(*row) for row in rows]
        if found:
            self.drop(channel_id, mid)
        return sorted(found, key=lambda mark: (mark.number, mark.at_ms))

    def drop(self, channel_id: int, mid: str, authors: Collection[str] = ()) -> None:
        """Forget those of these authors; of everybody when none is named."""
        which = (early_mark.c.channel_id == channel_id) & (early_mark.c.mid == mid)
        if authors:
            which &= early_mark.c.author_id.in_(authors)
        self._connection.execute(delete(early_mark).where(which))

    def set(self, message_id: int, mark: Mark) -> Message:
        """Put a reaction or another text on a message."""
        values: dict[str, Any] = (
            {"reaction": mark.value, "reaction_ms": mark.at_ms}
            if mark.kind == REACTION
            else {"text": mark.value or "", "edits": mark.number}
        )
        row: Any = self._connection.execute(
            update(message).where(message.c.id == message_id).values(**values).returning(message)
        ).one()
        return read_message(row)

    def see_to(self, customer_id: int, last: Message, at_ms: int) -> list[Message]:
        """Mark our messages of the thread up to this one as seen; those that were not."""
        before = message.c.order_ms < last.order_ms
        beside = (message.c.order_ms == last.order_ms) & (message.c.id <= last.id)
        return self._see(customer_id, before | beside, at_ms)

    def see_until(self, customer_id: int, watermark_ms: int, at_ms: int) -> list[Message]:
        """Mark our messages of the thread up to a time as seen; those that were not."""
        return self._see(customer_id, message.c.at_ms <= watermark_ms, at_ms)

    def trace(self, channel_id: int, mid: str, delivery_id: int) -> None:
        """Remember that this delivery holds the message's text, too."""
        if delivery_id not in self.traced(channel_id, mid):
            self._connection.execute(
                insert(trace).values(channel_id=channel_id, mid=mid, delivery_id=delivery_id)
            )

    def traced(self, channel_id: int, mid: str) -> list[int]:
        """The further deliveries that hold its text."""
        rows = self._connection.scalars(
            select(trace.c.delivery_id).where(trace.c.channel_id == channel_id, trace.c.mid == mid)
        )
        return list(rows)

    def _see(self, customer_id: int, which: Any, at_ms: int) -> list[Message]:
        thread = select(conversation.c.id).where(conversation.c.customer_id == customer_id)
        rows: Any = self._connection.execute(
            update(message)
            .where(
                message.c.conversation_id.in_(thread),
                message.c.direction == "out",
                message.c.state == "sent",
                message.c.seen_ms.is_(None),
                which,
            )
            .values(seen_ms=at_ms)
            .returning(message)
        )
        return sorted((read_message(row) for row in rows), key=lambda one: one.id)
