"""Legs and measured times as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.measure_schema import leg, sample
from system_under_test.adapters.schema import conversation
from system_under_test.domain.conversations import Conversation
from system_under_test.domain.measures import Measure
from system_under_test.domain.metrics import Span
from system_under_test.service.measure_records import Sample

_OPEN = leg.c.until_ms.is_(None)


class LegRows:
    """Implements service.floor_records.Legs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, conversation: Conversation, now_ms: int) -> None:
        """The agent holds it from now."""
        self._connection.execute(
            insert(leg).values(
                conversation_id=conversation.id,
                service_id=conversation.service_id,
                agent_id=conversation.agent_id,
                slot_no=conversation.slot,
                from_ms=now_ms,
            )
        )

    def begin_wrap_up(self, conversation_id: int, now_ms: int | None) -> None:
        """Its wrap-up begins now; None takes that back."""
        self._connection.execute(
            update(leg)
            .where(leg.c.conversation_id == conversation_id, _OPEN)
            .values(wrap_up_from_ms=now_ms)
        )

    def close(self, conversation_id: int, now_ms: int, outcome: str) -> int | None:
        """The agent holds it no longer; when the wrap-up began, None without one."""
        row = self._connection.execute(
            update(leg)
            .where(leg.c.conversation_id == conversation_id, _OPEN)
            .values(until_ms=now_ms, outcome=outcome)
            .returning(leg.c.wrap_up_from_ms)
        ).one_or_none()
        return row[0] if row else None

    def within(self, from_ms: int, until_ms: int) -> list[Span]:
        """Who held something when, at least partly in the period; open ones end with it."""
        rows = self._connection.execute(
            select(leg.c.agent_id, leg.c.from_ms, func.coalesce(leg.c.until_ms, until_ms)).where(
                leg.c.from_ms < until_ms, or_(_OPEN, leg.c.until_ms > from_ms)
            )
        )
        return [Span(*row) for row in rows]

    def count_ended(self, agent_id: int, from_ms: int) -> int:
        """How many conversations that agent has ended since then."""
        return (
            self._connection.scalar(
                select(func.count()).where(
                    leg.c.until_ms >= from_ms, leg.c.agent_id == agent_id, leg.c.outcome == "ended"
                )
            )
            or 0
        )

    def of_conversation(self, conversation_id: int) -> list[dict[str, Any]]:
        """Every leg in order: agent_id, slot, from_ms, wrap_up_from_ms, until_ms, outcome."""
        rows = self._connection.execute(
            select(
                leg.c.agent_id,
                leg.c.slot_no.label("slot"),
                leg.c.from_ms,
                leg.c.wrap_up_from_ms,
                leg.c.until_ms,
                leg.c.outcome,
            )
            .where(leg.c.conversation_id == conversation_id)
            .order_by(leg.c.id)
        )
        return [dict(row) for row in rows.mappings()]

    def last_agent(self, conversation_id: int) -> int | None:
        """Who had the thread's conversation before this one, None when nobody."""
        thread = (
            select(conversation.c.customer_id)
            .where(conversation.c.id == conversation_id)
            .scalar_subquery()
        )
        found: int | None = self._connection.scalar(
            select(conversation.c.handled_by)
            .where(conversation.c.customer_id == thread, conversation.c.id < conversation_id)
            .order_by(conversation.c.id.desc())
            .limit(1)
        )
        return found


class SampleRows:
    """Implements service.floor_records.Samples."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, measure: Measure, at_ms: int, value_ms: int, service_id: int, agent_id: int | None
    ) -> None:
        """Keep one."""
        self._connection.execute(
            insert(sample).values(
                kind=measure.key,
                at_ms=at_ms,
                value_ms=value_ms,
                service_id=service_id,
                agent_id=agent_id,
            )
        )

    def within(self, from_ms: int, until_ms: int) -> list[Sample]:
        """Those of a period."""
        return self._read(sample.c.at_ms > from_ms, sample.c.at_ms <= until_ms)

    def mean_of(self, measure: Measure, agent_id: int, from_ms: int) -> tuple[int, int | None]:
        """How many that agent has of one kind since then, and their mean."""
        count, mean = self._connection.execute(
            select(func.count(), func.avg(sample.c.value_ms)).where(
                sample.c.kind == measure.key,
                sample.c.at_ms >= from_ms,
                sample.c.agent_id == agent_id,
            )
        ).one()
        return count, None if mean is None else round(mean)

    def after(self, number: int, limit: int) -> list[Sample]:
        """Those after that number, oldest first."""
        return self._read(sample.c.id > number, limit=limit)

    def _read(self, *conditions: Any, limit: int | None = None) -> list[Sample]:
        rows = self._connection.execute(
            select(sample.c.id, sample.c.kind, sample.c.service_id, sample.c.value_ms)
            .where(*conditions)
            .order_by(sample.c.id)
            .limit(limit)
        )
        return [Sample(*row) for row in rows]
