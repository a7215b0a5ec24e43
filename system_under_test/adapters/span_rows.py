"""When agents were in which status, as rows: what positions were offered is counted from them.

A span lasts while its agent is present. Who has gone without signing out offers nothing, however
long the status stays; who comes back begins another span.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, exists, func, insert, literal, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import Id
from system_under_test.adapters.measure_schema import status_span
from system_under_test.adapters.schema import agent, agent_position, session
from system_under_test.domain.agents import SESSION_CONSOLE
from system_under_test.domain.metrics import Span

_OPEN = status_span.c.until_ms.is_(None)
_COLUMNS = ("agent_id", "status", "positions", "from_ms")
_ACTIVE = (
    select(func.count())
    .where(agent_position.c.agent_id == agent.c.id, agent_position.c.active)
    .scalar_subquery()
)
_LAST_SEEN: Any = (
    select(func.max(session.c.lease_until_ms))
    .where(session.c.agent_id == status_span.c.agent_id, session.c.kind == SESSION_CONSOLE)
    .scalar_subquery()
)


class SpanRows:
    """Implements service.measure_records.Spans."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, agent_id: int, now_ms: int) -> None:
        """The agent has the status and the positions of this moment from now on."""
        self._connection.execute(
            update(status_span)
            .where(status_span.c.agent_id == agent_id, _OPEN)
            .values(until_ms=now_ms)
        )
        self._open(now_ms, agent.c.id == agent_id)

    def lapsed(self, now_ms: int) -> bool:
        """Whether somebody's span is open who is not there."""
        found = select(status_span.c.id).where(_OPEN, ~_present(now_ms)).limit(1)
        return self._connection.execute(found).first() is not None

    def close_lapsed(self, now_ms: int) -> None:
        """The spans of those who are not there ended with their lease."""
        begun = status_span.c.from_ms
        seen = func.coalesce(_LAST_SEEN, begun)
        self._connection.execute(
            update(status_span)
            .where(_OPEN, ~_present(now_ms))
            .values(until_ms=case((seen > begun, seen), else_=begun))
        )

    def resume(self, keys: Collection[str], now_ms: int) -> None:
        """Whoever has signed in with one of these keys is there again."""
        signed_in = select(session.c.agent_id).where(
            session.c.key.in_(keys),
            session.c.ended_ms.is_(None),
            session.c.kind == SESSION_CONSOLE,
        )
        counted = exists().where(status_span.c.agent_id == agent.c.id, _OPEN)
        self._open(now_ms, agent.c.id.in_(signed_in) & ~counted)

    def within(self, from_ms: int, until_ms: int, statuses: Collection[str]) -> list[Span]:
        """Spans of these statuses, at least partly in the period; open ones end with it."""
        span = status_span.c
        ends = func.coalesce(span.until_ms, until_ms)
        rows = self._connection.execute(
            select(span.agent_id, span.from_ms, ends, span.positions).where(
                span.status.in_(statuses),
                span.from_ms < until_ms,
                _OPEN | (span.until_ms > from_ms),
            )
        )
        return [Span(*row) for row in rows]

    def _open(self, now_ms: int, which: Any) -> None:
        begun = literal(now_ms, Id)
        found = select(agent.c.id, agent.c.status, _ACTIVE, begun).where(which)
        self._connection.execute(insert(status_span).from_select(_COLUMNS, found))


def _present(now_ms: int) -> Any:
    return exists().where(
        session.c.agent_id == status_span.c.agent_id,
        session.c.ended_ms.is_(None),
        session.c.kind == SESSION_CONSOLE,
        session.c.lease_until_ms > now_ms,
    )
