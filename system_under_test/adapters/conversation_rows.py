"""Conversations and the queue as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import conversation
from system_under_test.domain.agents import Channel
from system_under_test.domain.conversations import (
    ACTIVE,
    ENDED,
    QUEUED,
    Conversation,
    protocol_number,
)
from system_under_test.domain.messages import Content, preview_of
from system_under_test.domain.routing import Assignment, Queued

_PREVIOUS = 20
_COLUMNS = conversation.c
_SELECT = select(
    _COLUMNS.id,
    _COLUMNS.protocol,
    _COLUMNS.channel_id,
    _COLUMNS.customer_id,
    _COLUMNS.service_id,
    _COLUMNS.state,
    _COLUMNS.agent_id,
    _COLUMNS.slot_no,
    _COLUMNS.handled_by,
    _COLUMNS.queued_seq,
    _COLUMNS.unread,
    _COLUMNS.preview,
    _COLUMNS.last_at_ms,
    _COLUMNS.opened_at_ms,
    _COLUMNS.ended_at_ms,
)

# Statements of the hot path are built once: building one costs more than running it.
_OPEN_OF = _SELECT.where(
    _COLUMNS.customer_id == bindparam("of_customer"), _COLUMNS.state != text("'ended'")
)
_TOUCH = (
    update(conversation)
    .where(_COLUMNS.id == bindparam("of_id"))
    .values(
        preview=bindparam("new_preview"),
        last_at_ms=bindparam("new_at_ms"),
        unread=_COLUMNS.unread + bindparam("more"),
    )
    .returning(*_SELECT.selected_columns)
)


class ConversationRows:
    """Implements service.records.Conversations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: int) -> Conversation | None:
        """The conversation of that id."""
        return self._first(_COLUMNS.id == conversation_id)

    def open_of(self, customer_id: int) -> Conversation | None:
        """The thread's conversation that has not ended."""
        row: Any = self._connection.execute(_OPEN_OF, {"of_customer": customer_id}).one_or_none()
        return Conversation(*row) if row else None

    def latest_of(self, customer_id: int) -> Conversation | None:
        """The thread's newest conversation."""
        return self._first(_COLUMNS.customer_id == customer_id)

    def previous(self, conversation: Conversation) -> list[Conversation]:
        """Earlier ones of the thread, newest first, at most twenty."""
        rows: Any = self._connection.execute(
            _SELECT.where(
                _COLUMNS.customer_id == conversation.customer_id, _COLUMNS.id < conversation.id
            )
            .order_by(_COLUMNS.id.desc())
            .limit(_PREVIOUS)
        )
        return [Conversation(*row) for row in rows]

    def add(self, channel: Channel, customer_id: int, now_ms: int) -> Conversation:
        """A new one at the end of the queue."""
        result = self._connection.execute(
            insert(conversation)
            .values(
                protocol="",
                channel_id=channel.id,
                customer_id=customer_id,
                service_id=channel.service_id,
                state=QUEUED,
                queued_seq=0,
                last_at_ms=now_ms,
                opened_at_ms=now_ms,
            )
            .returning(_COLUMNS.id)
        )
        number: int = result.scalar_one()
        # Ids grow in the order of intake, so they are the queue's order too.
        return self._change(number, protocol=protocol_number(now_ms, number), queued_seq=number)

    def seat(self, assignment: Assignment, now_ms: int) -> Conversation:
        """Give it to an agent."""
        return self._change(
            assignment.conversation_id,
            state=ACTIVE,
            agent_id=assignment.agent_id,
            slot_no=assignment.slot,
            handled_by=assignment.agent_id,
            assigned_at_ms=now_ms,
        )

    def end(self, conversation_id: int, now_ms: int) -> Conversation:
        """End it; the position is free."""
        return self._change(
            conversation_id,
            state=ENDED,
            agent_id=None,
            slot_no=None,
            unread=0,
            ended_at_ms=now_ms,
        )

    def touch(
        self, conversation_id: int, content: Content, at_ms: int, unread: int
    ) -> Conversation:
        """Show this content in the list; `unread` is added."""
        values = {
            "of_id": conversation_id,
            "new_preview": preview_of(content),
            "new_at_ms": at_ms,
            "more": unread,
        }
        row: Any = self._connection.execute(_TOUCH, values).one()
        return Conversation(*row)

    def preview(self, conversation_id: int, content: Content, kind: str) -> Conversation:
        """Show this content, or else the name of its kind, in the list."""
        return self._change(conversation_id, preview=preview_of(content) or kind)

    def mark_read(self, conversation_id: int) -> Conversation:
        """Nothing unread."""
        return self._change(conversation_id, unread=0)

    def active_of(self, agent_id: int) -> list[Conversation]:
        """What the agent attends, by position."""
        rows: Any = self._connection.execute(
            _SELECT.where(_COLUMNS.agent_id == agent_id, _COLUMNS.state == ACTIVE).order_by(
                _COLUMNS.slot_no
            )
        )
        return [Conversation(*row) for row in rows]

    def queued(self, service_id: int, limit: int) -> list[Queued]:
        """The head of a service's queue."""
        rows = self._connection.execute(
            select(_COLUMNS.id, _COLUMNS.service_id, _COLUMNS.queued_seq)
            .where(_COLUMNS.state == QUEUED, _COLUMNS.service_id == service_id)
            .order_by(_COLUMNS.queued_seq)
            .limit(limit)
        )
        return [Queued(*row) for row in rows]

    def queue_lengths(self) -> dict[int, int]:
        """Waiting conversations by service, services without any left out."""
        rows = self._connection.execute(
            select(_COLUMNS.service_id, func.count())
            .where(_COLUMNS.state == QUEUED)
            .group_by(_COLUMNS.service_id)
        )
        return {row[0]: row[1] for row in rows}

    def _first(self, *conditions: Any) -> Conversation | None:
        row: Any = self._connection.execute(
            _SELECT.where(*conditions).order_by(_COLUMNS.id.desc()).limit(1)
        ).one_or_none()
        return Conversation(*row) if row else None

    def _change(self, conversation_id: int, **values: Any) -> Conversation:
        row = self._connection.execute(
            update(conversation)
            .where(_COLUMNS.id == conversation_id)
            .values(**values)
            .returning(*_SELECT.selected_columns)
        ).one()
        return Conversation(*row)
