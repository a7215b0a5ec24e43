"""Agents and sessions as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, exists, func, insert, literal, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.columns import one_of
from system_under_test.adapters.schema import (
    agent,
    agent_position,
    conversation,
    membership,
    session,
)
from system_under_test.adapters.span_rows import SpanRows
from system_under_test.domain.agents import SESSION_CONSOLE, Agent, Session, manual_media
from system_under_test.domain.conversations import HELD
from system_under_test.domain.routing import AgentLoad

_AGENT = select(
    agent.c.id,
    agent.c.login,
    agent.c.name,
    agent.c.password_hash,
    agent.c.status,
    agent.c.status_since_ms,
    agent.c.role,
    agent.c.chat_answer,
    agent.c.messenger_answer,
)
_SESSION = select(
    session.c.key,
    session.c.agent_id,
    session.c.kind,
    session.c.lease_until_ms,
    session.c.created_ms,
    session.c.end_reason,
)


# Positions as the bits of a number: position 3 is bit 3.
_POSITIONS = (
    select(
        agent_position.c.agent_id,
        func.sum(literal(1, BigInteger).bitwise_lshift(agent_position.c.slot_no)),
    )
    .where(agent_position.c.active)
    .group_by(agent_position.c.agent_id)
)
_HELD_SLOTS = (
    select(
        conversation.c.agent_id,
        func.sum(literal(1, BigInteger).bitwise_lshift(conversation.c.slot_no)),
    )
    .where(one_of(conversation.c.state, *HELD))
    .group_by(conversation.c.agent_id)
)


@cache
def _numbers(bits: int) -> tuple[int, ...]:
    return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)


def _free(active: int, held: int) -> tuple[int, ...]:
    """Who still holds something at a position that was deactivated has one less to fill (R7)."""
    left = active.bit_count() - held.bit_count()
    return _numbers(active & ~held)[: max(0, left)]


def _eligible(statuses: Collection[str], now_ms: int) -> Any:
    present = exists().where(
        session.c.agent_id == agent.c.id,
        session.c.ended_ms.is_(None),
        session.c.kind == SESSION_CONSOLE,
        session.c.lease_until_ms > now_ms,
    )
    columns = (
        agent.c.id,
        agent.c.last_assigned,
        agent.c.idle_since_ms,
        agent.c.chat_answer,
        agent.c.messenger_answer,
    )
    return select(*columns).where(agent.c.status.in_(statuses), present)


class AgentRows:
    """Implements service.records.Agents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, agent_id: int) -> Agent:
        """The agent of that id."""
        return Agent(*self._connection.execute(_AGENT.where(agent.c.id == agent_id)).one())

    def find(self, login: str) -> Agent | None:
        """The agent of that login, whatever its case."""
        row = self._connection.execute(
            _AGENT.where(agent.c.login == login.strip().lower())
        ).one_or_none()
        return Agent(*row) if row else None

    def set_status(self, agent_id: int, status: str, now_ms: int) -> Agent:
        """Change the status, and book how long the one before lasted."""
        self._update(agent_id, status=status, status_since_ms=now_ms, idle_since_ms=now_ms)
        SpanRows(self._connection).begin(agent_id, now_ms)
        return self.get(agent_id)

    def set_password(self, agent_id: int, password_hash: str) -> None:
        """Change the password."""
        self._update(agent_id, password_hash=password_hash)

    def services(self, agent_id: int) -> tuple[int, ...]:
        """Services of which the agent is a member."""
        rows = self._connection.scalars(
            select(membership.c.service_id).where(membership.c.agent_id == agent_id)
        )
        return tuple(rows)

    def positions(self, agent_id: int) -> dict[int, bool]:
        """Position number to whether it is active."""
        rows = self._connection.execute(
            select(agent_position.c.slot_no, agent_position.c.active).where(
                agent_position.c.agent_id == agent_id
            )
        )
        return {row[0]: row[1] for row in rows}

    def active_positions(self) -> dict[int, int]:
        """How many positions are active, by agent, in one read."""
        rows = self._connection.execute(_POSITIONS)
        return {row[0]: int(row[1]).bit_count() for row in rows}

    def loads(self, statuses: Collection[str], now_ms: int) -> list[AgentLoad]:
        """Agents with a live lease, one of these statuses and a free position (R1)."""
        # Plain reads, an agent's positions as one number each: a fifth of the cost of one query
        # that looks for free positions row by row.
        agents = self._connection.execute(_eligible(statuses, now_ms)).all()
        if not agents:
            return []
        positions = {row[0]: row[1] for row in self._connection.execute(_POSITIONS)}
        held = {row[0]: row[1] for row in self._connection.execute(_HELD_SLOTS)}
        services = defaultdict(set)
        for agent_id, service_id in self._connection.execute(select(membership)):
            services[agent_id].add(service_id)
        return [
            AgentLoad(
                agent_id=agent_id,
                services=frozenset(services[agent_id]),
                active=int(held.get(agent_id, 0)).bit_count(),
                free_slots=free,
                last_assigned=last_assigned,
                idle_since_ms=idle_since_ms,
                manual=manual_media(*answers),
            )
            for agent_id, last_assigned, idle_since_ms, *answers in agents
            if (free := _free(int(positions.get(agent_id, 0)), int(held.get(agent_id, 0))))
        ]

    def stamp(self, agent_id: int, sequence: int, now_ms: int) -> None:
        """Remember the latest assignment; a higher number is later."""
        self._update(agent_id, last_assigned=sequence, idle_since_ms=now_ms)

    def rest(self, agent_id: int, now_ms: int) -> None:
        """The agent has given something up: idle since now."""
        self._update(agent_id, idle_since_ms=now_ms)

    def absent(self, before_ms: int) -> list[int]:
        """Who holds conversations and whose presence lease ended before that."""
        present = exists().where(
            session.c.agent_id == conversation.c.agent_id,
            session.c.ended_ms.is_(None),
            session.c.kind == SESSION_CONSOLE,
            session.c.lease_until_ms > before_ms,
        )
        rows = self._connection.scalars(
            select(conversation.c.agent_id)
            .where(one_of(conversation.c.state, *HELD), ~present)
            .distinct()
            .order_by(conversation.c.agent_id)
        )
        return [number for number in rows if number is not None]

    def all(self) -> list[Agent]:
        """Every agent."""
        return [Agent(*row) for row in self._connection.execute(_AGENT.order_by(agent.c.id))]

    def members(self, service_id: int) -> list[int]:
        """Who serves this service."""
        rows = self._connection.scalars(
            select(membership.c.agent_id)
            .where(membership.c.service_id == service_id)
            .order_by(membership.c.agent_id)
        )
        return list(rows)

    def _update(self, agent_id: int, **values: Any) -> None:
        self._connection.execute(update(agent).where(agent.c.id == agent_id).values(**values))


class SessionRows:
    """Implements service.records.Sessions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        """Keep it."""
        self._connection.execute(
            insert(_SESSION.selected_columns.key.table).values(
                key=session.key,
                agent_id=session.agent_id,
                kind=session.kind,
                created_ms=session.created_ms,
                lease_until_ms=session.lease_until_ms,
            )
        )

    def get(self, key: str) -> Session | None:
        """The session of that key, ended or not."""
        row = self._connection.execute(_SESSION.where(session.c.key == key)).one_or_none()
        return Session(*row) if row else None

    def present(self, now_ms: int) -> set[int]:
        """Agents with a sign-in whose presence lease lasts, in one read."""
        rows = self._connection.scalars(
            select(session.c.agent_id).where(
                session.c.ended_ms.is_(None), session.c.lease_until_ms > now_ms
            )
        )
        return set(rows)

    def live_of(self, agent_id: int) -> list[Session]:
        """The agent's sessions that have not ended."""
        rows = self._connection.execute(
            _SESSION.where(session.c.agent_id == agent_id, session.c.ended_ms.is_(None))
        )
        return [Session(*row) for row in rows]

    def end(self, key: str, reason: str, now_ms: int) -> None:
        """End it."""
        self._connection.execute(
            update(session).where(session.c.key == key).values(ended_ms=now_ms, end_reason=reason)
        )

    def renew(self, keys: Collection[str], until_ms: int) -> None:
        """Extend the presence lease."""
        self._connection.execute(
            update(session)
            .where(session.c.key.in_(keys), session.c.ended_ms.is_(None))
            .values(lease_until_ms=until_ms)
        )
