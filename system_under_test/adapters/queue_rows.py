"""The queue, the agents' positions and what is due, as rows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import one_of
from system_under_test.adapters.schema import channel, conversation
from system_under_test.domain.agents import medium_of
from system_under_test.domain.conversations import HELD, QUEUED, Conversation
from system_under_test.domain.routing import Queued

COLUMNS = conversation.c
CONVERSATION = select(
    COLUMNS.id,
    COLUMNS.protocol,
    COLUMNS.channel_id,
    COLUMNS.customer_id,
    COLUMNS.service_id,
    COLUMNS.state,
    COLUMNS.agent_id,
    COLUMNS.slot_no,
    COLUMNS.handled_by,
    COLUMNS.queued_seq,
    COLUMNS.unread,
    COLUMNS.preview,
    COLUMNS.last_at_ms,
    COLUMNS.opened_at_ms,
    COLUMNS.ended_at_ms,
    COLUMNS.priority,
    COLUMNS.only_agent_id,
    COLUMNS.refused_by,
    COLUMNS.due_ms,
    COLUMNS.assigned_at_ms,
    COLUMNS.waiting_since_ms,
    COLUMNS.first_seated_ms,
    COLUMNS.first_reply_ms,
    COLUMNS.category,
    COLUMNS.end_reason,
)
_REFUSED_BY = 17  # its place in a row
_HELD = one_of(COLUMNS.state, *HELD)
_QUEUED_NOW = one_of(COLUMNS.state, QUEUED)

_QUEUED = select(
    COLUMNS.id,
    COLUMNS.service_id,
    COLUMNS.queued_seq,
    COLUMNS.priority,
    COLUMNS.only_agent_id,
    COLUMNS.refused_by,
    channel.c.flavour,
).join(channel, channel.c.id == COLUMNS.channel_id)
_QUEUE_ORDER = (COLUMNS.priority.desc(), COLUMNS.queued_seq)


class QueueRows:
    """The part of service.floor_records.Conversations that reads many."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held_by(self, agent_id: int) -> list[Conversation]:
        """What takes the agent's positions, in their order."""
        return self._all(
            CONVERSATION.where(COLUMNS.agent_id == agent_id, _HELD).order_by(COLUMNS.slot_no)
        )

    def held(self) -> dict[int, list[Conversation]]:
        """The same for every agent who holds something, in one read."""
        found = defaultdict(list)
        for one in self._all(CONVERSATION.where(_HELD).order_by(COLUMNS.slot_no)):
            found[one.agent_id or 0].append(one)
        return dict(found)

    def queued(self, service_id: int, limit: int) -> list[Queued]:
        """The head of a service's queue, and whatever waits for one agent alone."""
        waiting = (_QUEUED_NOW, COLUMNS.service_id == service_id)
        head = _QUEUED.where(*waiting, COLUMNS.only_agent_id.is_(None))
        meant = _QUEUED.where(*waiting, COLUMNS.only_agent_id.is_not(None))
        rows = [
            *self._connection.execute(head.order_by(*_QUEUE_ORDER).limit(limit)),
            *self._connection.execute(meant),
        ]
        return [
            Queued(
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                refused=_numbers(row[5]),
                medium=medium_of(row[6]).name,
            )
            for row in rows
        ]

    def waiting(self, service_id: int, limit: int) -> list[Conversation]:
        """The queue as people see it, in its order."""
        return self._all(
            CONVERSATION.where(_QUEUED_NOW, COLUMNS.service_id == service_id)
            .order_by(*_QUEUE_ORDER)
            .limit(limit)
        )

    def oldest_waiting_ms(self, service_id: int) -> int | None:
        """When the oldest of a queue was opened."""
        found: int | None = self._connection.scalar(
            select(func.min(COLUMNS.opened_at_ms)).where(
                _QUEUED_NOW, COLUMNS.service_id == service_id
            )
        )
        return found

    def unreached(self, service_id: int, before_ms: int, limit: int) -> list[Conversation]:
        """Those that wait since before then and never reached an agent, in the queue's order."""
        return self._all(
            CONVERSATION.where(
                _QUEUED_NOW,
                COLUMNS.service_id == service_id,
                COLUMNS.first_seated_ms.is_(None),
                COLUMNS.opened_at_ms <= before_ms,
            )
            .order_by(*_QUEUE_ORDER)
            .limit(limit)
        )

    def due(self, now_ms: int, limit: int) -> list[Conversation]:
        """Those whose time is over, the longest over first."""
        return self._all(
            CONVERSATION.where(COLUMNS.due_ms <= now_ms).order_by(COLUMNS.due_ms).limit(limit)
        )

    def next_due_ms(self) -> int | None:
        """When the next one's time is over."""
        found: int | None = self._connection.scalar(select(func.min(COLUMNS.due_ms)))
        return found

    def queue_lengths(self) -> dict[int, int]:
        """Waiting conversations by service, services without any left out."""
        rows = self._connection.execute(
            select(COLUMNS.service_id, func.count()).where(_QUEUED_NOW).group_by(COLUMNS.service_id)
        )
        return {row[0]: row[1] for row in rows}

    def _all(self, statement: Any) -> list[Conversation]:
        return [read_row(row) for row in self._connection.execute(statement)]


def read_row(row: Any) -> Conversation:
    """A conversation from a row of `CONVERSATION`."""
    values = list(row)
    values[_REFUSED_BY] = _numbers(values[_REFUSED_BY])
    return Conversation(*values)


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(one) for one in text.split(",") if one)
