"""Conversations and the queue as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, select, text, update

from system_under_test.adapters.columns import Id
from system_under_test.adapters.queue_rows import COLUMNS, CONVERSATION, QueueRows, read_row
from system_under_test.adapters.schema import conversation, service
from system_under_test.domain.agents import Channel
from system_under_test.domain.conversations import (
    ACTIVE,
    ENDED,
    OFFERED,
    QUEUED,
    WRAP_UP,
    Conversation,
    protocol_number,
)
from system_under_test.domain.messages import Content, preview_of
from system_under_test.domain.routing import Assignment
from system_under_test.service.floor_records import Placing

_PREVIOUS = 20
# Statements of the hot path are built once: building one costs more than running it.
_OPEN_OF = CONVERSATION.where(
    COLUMNS.customer_id == bindparam("of_customer"), COLUMNS.state != text("'ended'")
)
_TOUCH = (
    update(conversation)
    .where(COLUMNS.id == bindparam("of_id"))
    .values(
        preview=bindparam("new_preview"),
        last_at_ms=bindparam("new_at_ms"),
        unread=COLUMNS.unread + bindparam("more"),
        waiting_since_ms=func.coalesce(COLUMNS.waiting_since_ms, bindparam("inbound_ms", type_=Id)),
        # Whoever writes is not silent.
        due_ms=case(
            (and_(bindparam("inbound_ms", type_=Id).is_not(None), COLUMNS.state == ACTIVE), None),
            else_=COLUMNS.due_ms,
        ),
    )
    .returning(*CONVERSATION.selected_columns)
)


class ConversationRows(QueueRows):
    """Implements service.floor_records.Conversations."""

    def get(self, conversation_id: int) -> Conversation | None:
        """The conversation of that id."""
        return self._first(COLUMNS.id == conversation_id)

    def one(self, conversation_id: int) -> Conversation:
        """The conversation of an id that some other record has named."""
        by_id = CONVERSATION.where(COLUMNS.id == conversation_id)
        return read_row(self._connection.execute(by_id).one())

    def open_of(self, customer_id: int) -> Conversation | None:
        """The thread's conversation that has not ended."""
        row: Any = self._connection.execute(_OPEN_OF, {"of_customer": customer_id}).one_or_none()
        return read_row(row) if row else None

    def latest_of(self, customer_id: int) -> Conversation | None:
        """The thread's newest conversation."""
        return self._first(COLUMNS.customer_id == customer_id)

    def previous(self, conversation: Conversation) -> list[Conversation]:
        """Earlier ones of the thread, newest first, at most twenty."""
        return self._all(
            CONVERSATION.where(
                COLUMNS.customer_id == conversation.customer_id, COLUMNS.id < conversation.id
            )
            .order_by(COLUMNS.id.desc())
            .limit(_PREVIOUS)
        )

    def first_seen_ms(self, conversation: Conversation, previous: Sequence[Conversation]) -> int:
        """When the thread began; `previous` is what the method of that name gave."""
        if len(previous) < _PREVIOUS:
            return previous[-1].opened_at_ms if previous else conversation.opened_at_ms
        first: int = self._connection.execute(
            select(func.min(COLUMNS.opened_at_ms)).where(
                COLUMNS.customer_id == conversation.customer_id
            )
        ).scalar_one()
        return first

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
                priority=select(service.c.priority)
                .where(service.c.id == channel.service_id)
                .scalar_subquery(),
                last_at_ms=now_ms,
                opened_at_ms=now_ms,
            )
            .returning(COLUMNS.id)
        )
        number: int = result.scalar_one()
        # Ids grow in the order of intake, so they are the queue's order too.
        return self._change(number, protocol=protocol_number(now_ms, number), queued_seq=number)

    def seat(self, assignment: Assignment, now_ms: int, due_ms: int | None) -> Conversation:
        """Give or offer it to an agent; `due_ms` is when an offer ends."""
        return self._change(
            assignment.conversation_id,
            state=OFFERED if assignment.offered else ACTIVE,
            agent_id=assignment.agent_id,
            slot_no=assignment.slot,
            handled_by=assignment.agent_id,
            assigned_at_ms=None if assignment.offered else now_ms,
            only_agent_id=None,
            due_ms=due_ms,
        )

    def activate(self, conversation_id: int, now_ms: int) -> Conversation:
        """Its agent attends it now; an attendance that goes on began when it began."""
        began: Any = func.coalesce(COLUMNS.assigned_at_ms, now_ms)
        return self._change(
            conversation_id, state=ACTIVE, assigned_at_ms=began, due_ms=None, refused_by=""
        )

    def first_seated(self, conversation_id: int, now_ms: int) -> Conversation:
        """Remember when it reached an agent for the first time."""
        return self._change(conversation_id, first_seated_ms=now_ms)

    def release(self, conversation_id: int, placing: Placing) -> Conversation:
        """Back to a queue; its age stays."""
        return self._change(
            conversation_id,
            state=QUEUED,
            service_id=placing.service_id,
            agent_id=None,
            slot_no=None,
            handled_by=None,
            assigned_at_ms=None,
            only_agent_id=placing.only_agent,
            refused_by=",".join(str(one) for one in sorted(placing.refused_by)),
            due_ms=placing.due_ms,
        )

    def wrap_up(self, conversation_id: int, due_ms: int | None) -> Conversation:
        """Only the wrap-up is left."""
        return self._change(
            conversation_id, state=WRAP_UP, due_ms=due_ms, unread=0, waiting_since_ms=None
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
            only_agent_id=None,
            due_ms=None,
            waiting_since_ms=None,
        )

    def book_end(self, conversation_id: int, reason: str, category: str | None) -> Conversation:
        """Why and as what it ended."""
        return self._change(conversation_id, end_reason=reason, category=category)

    def answered(self, conversation_id: int, now_ms: int, due_ms: int) -> Conversation:
        """Nobody waits for an answer; `due_ms` ends the silence, 0: never."""
        first: Any = func.coalesce(COLUMNS.first_reply_ms, now_ms)
        return self._change(
            conversation_id, first_reply_ms=first, waiting_since_ms=None, due_ms=due_ms or None
        )

    def calm(self, conversation_id: int) -> Conversation:
        """Nobody waits for an answer, though no agent gave one."""
        return self._change(conversation_id, waiting_since_ms=None)

    def waits(self, conversation_id: int, since_ms: int) -> Conversation:
        """The customer waits for an answer since then, and no silence of theirs ends it."""
        return self._change(conversation_id, waiting_since_ms=since_ms, due_ms=None)

    def set_priority(self, conversation_id: int, priority: int) -> Conversation:
        """Higher goes first."""
        return self._change(conversation_id, priority=priority)

    def touch(
        self,
        conversation_id: int,
        content: Content,
        at_ms: int,
        unread: int,
        inbound_ms: int | None = None,
    ) -> Conversation:
        """Show this content in the list; `unread` is added; `inbound_ms`: the customer waits."""
        values = {
            "of_id": conversation_id,
            "new_preview": preview_of(content),
            "new_at_ms": at_ms,
            "more": unread,
            "inbound_ms": inbound_ms,
        }
        row: Any = self._connection.execute(_TOUCH, values).one()
        return read_row(row)

    def preview(self, conversation_id: int, content: Content, kind: str) -> Conversation:
        """Show this content, or else the name of its kind, in the list."""
        return self._change(conversation_id, preview=preview_of(content) or kind)

    def mark_read(self, conversation_id: int) -> Conversation:
        """Nothing unread."""
        return self._change(conversation_id, unread=0)

    def _first(self, *conditions: Any) -> Conversation | None:
        row: Any = self._connection.execute(
            CONVERSATION.where(*conditions).order_by(COLUMNS.id.desc()).limit(1)
        ).one_or_none()
        return read_row(row) if row else None

    def _change(self, conversation_id: int, **values: Any) -> Conversation:
        row = self._connection.execute(
            update(conversation)
            .where(COLUMNS.id == conversation_id)
            .values(**values)
            .returning(*CONVERSATION.selected_columns)
        ).one()
        return read_row(row)
