"""Reads the whole database for the audit, in one snapshot."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.message_rows import DISPLAY_ORDER
from system_under_test.adapters.schema import (
    agent_position,
    conversation,
    customer,
    delivery,
    message,
    outbox,
    routing_log,
)
from system_under_test.domain.audit import Book, Bubble, Held, Move

_HELD: Select[Any] = select(
    conversation.c.id,
    conversation.c.customer_id,
    conversation.c.service_id,
    conversation.c.state,
    conversation.c.agent_id,
    conversation.c.slot_no,
    conversation.c.queued_seq,
    conversation.c.priority,
).order_by(conversation.c.id)
# Threads one after the other, each as it is shown.
_BUBBLES: Select[Any] = (
    select(
        message.c.id,
        message.c.conversation_id,
        message.c.channel_id,
        customer.c.igsid,
        message.c.mid,
        message.c.direction,
        message.c.state,
        message.c.reason,
        message.c.text,
        message.c.author,
        message.c.deleted,
        outbox.c.key,
        outbox.c.state,
    )
    .join(conversation, conversation.c.id == message.c.conversation_id)
    .join(customer, customer.c.id == conversation.c.customer_id)
    .outerjoin(outbox, outbox.c.message_id == message.c.id)
    .order_by(customer.c.id, conversation.c.id, *DISPLAY_ORDER)
)
_MOVES: Select[Any] = select(
    routing_log.c.id,
    routing_log.c.service_id,
    routing_log.c.conversation_id,
    routing_log.c.agent_id,
    routing_log.c.slot,
    routing_log.c.reason,
    routing_log.c.eligible != "[]",
).order_by(routing_log.c.id)


def read_book(connection: Connection) -> Book:
    """What the audit judges."""
    positions: dict[int, set[int]] = defaultdict(set)
    # Also inactive ones: who has a conversation keeps it when the position is closed.
    for agent_id, slot in connection.execute(
        select(agent_position.c.agent_id, agent_position.c.slot_no)
    ):
        positions[agent_id].add(slot)
    states = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    return Book(
        positions={agent_id: frozenset(slots) for agent_id, slots in positions.items()},
        conversations=tuple(Held(*row) for row in connection.execute(_HELD)),
        bubbles=tuple(Bubble(*row) for row in connection.execute(_BUBBLES)),
        moves=tuple(Move(*row) for row in connection.execute(_MOVES)),
        deliveries={row[0]: row[1] for row in connection.execute(states)},
    )
