"""Moves conversations between agents and services, never beyond a position (contact-centre R6, R7).

A transfer to an agent is a place in the queue that only this agent can be given; the router fills
it in the same transaction, so positions are swapped at once or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.conversations import ACTIVE, OFFERED, QUEUED, Conversation
from system_under_test.service.floor_records import Placing
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.router import Router
from system_under_test.service.sharing import WrongStateError, own
from system_under_test.service.status_records import find_any
from system_under_test.service.timers import refuse_offer

WAIT_MS = 120_000  # how long a conversation waits for one agent alone


class NoSuchTargetError(Exception):
    """There is no such agent or service, or the agent does not serve that service."""


class AgentBusyError(Exception):
    """The agent cannot be given it now: `why` is full or away."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Transfers:
    """Accepting, declining and passing on."""

    store: Store
    clock: Clock
    router: Router

    def accept(self, agent_id: int, conversation_id: int) -> dict[str, Any]:
        """Take an offered conversation; again is harmless."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.state == OFFERED:
                conversation = self.router.attendance.accept(records, conversation)
            elif conversation.state != ACTIVE:
                raise WrongStateError(conversation.state)
            return self._view(records, conversation)

    def decline(self, agent_id: int, conversation_id: int) -> None:
        """Let an offered conversation pass; it returns to its place in the queue."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.state != OFFERED:
                raise WrongStateError(conversation.state)
            refuse_offer(records, self.router, conversation, "declined")
            self.router.run(records, "declined")

    def to_agent(
        self, conversation_id: int, login: str, *, giver: int | None, wait: bool
    ) -> dict[str, Any]:
        """Give it to that agent, from the queue or from another agent.

        `giver` is who must have it now, None for a supervisor. AgentBusyError unless the agent is
        free, or `wait` lets it wait for them in the queue for two minutes.
        """
        with self.store.writing() as records:
            conversation = self._movable(records, conversation_id, giver)
            agent = records.agents.find(login)
            if agent is None or conversation.service_id not in records.agents.services(agent.id):
                raise NoSuchTargetError(login)
            if agent.id == conversation.agent_id:
                return self._view(records, conversation)
            why = self._why_not(records, agent.id)
            if why and not wait:
                raise AgentBusyError(why)
            due_ms = self.clock.now_ms() + WAIT_MS
            placing = Placing(conversation.service_id, agent.id, due_ms)
            return self._move(records, conversation, "transferred", placing)

    def to_service(self, conversation_id: int, name: str, *, giver: int | None) -> dict[str, Any]:
        """Put it into another service's queue with its age; the giver gets it back last."""
        with self.store.writing() as records:
            conversation = self._movable(records, conversation_id, giver)
            service = records.services.find(name)
            if service is None:
                raise NoSuchTargetError(name)
            refused = frozenset({conversation.agent_id or 0})
            placing = Placing(service.id, refused_by=refused)
            return self._move(records, conversation, "transferred", placing)

    def requeue(self, conversation_id: int) -> dict[str, Any]:
        """Take it from its agent, back to the queue with its age."""
        with self.store.writing() as records:
            conversation = self._movable(records, conversation_id, None)
            placing = Placing(
                conversation.service_id, refused_by=frozenset({conversation.agent_id or 0})
            )
            return self._move(records, conversation, "requeued", placing)

    def targets(self, agent_id: int) -> dict[str, Any]:
        """To whom an agent can pass on: colleagues with their load, services with their queue."""
        with self.store.reading() as records:
            mine = records.agents.services(agent_id)
            members = {one for service in mine for one in records.agents.members(service)}
            lengths = records.conversations.queue_lengths()
            positions, held = records.agents.active_positions(), records.conversations.held()
            free = {load.agent_id for load in self.router.eligible(records)}
            return {
                "agents": [
                    {
                        "login": one.login,
                        "name": one.name,
                        "status": self.router.announcer.views.status(records, one),
                        "active": len(held.get(one.id, [])),
                        "positions": positions.get(one.id, 0),
                        "free": one.id in free,
                    }
                    for one in records.agents.all()
                    if one.id in members and one.id != agent_id
                ],
                "services": [
                    {"name": one.name, "queue_length": lengths.get(one.id, 0)}
                    for one in records.services.all()
                ],
            }

    def _move(
        self, records: Records, conversation: Conversation, reason: str, placing: Placing
    ) -> dict[str, Any]:
        self.router.attendance.release(records, conversation, reason, placing)
        self.router.run(records, reason)
        moved = records.conversations.one(conversation.id)
        return self._view(records, moved)

    def _movable(self, records: Records, conversation_id: int, giver: int | None) -> Conversation:
        conversation = own(records, giver, conversation_id)
        allowed = (ACTIVE,) if giver is not None else (ACTIVE, OFFERED, QUEUED)
        if conversation.state not in allowed:
            raise WrongStateError(conversation.state)
        return conversation

    def _why_not(self, records: Records, agent_id: int) -> str | None:
        if any(load.agent_id == agent_id for load in self.router.eligible(records)):
            return None
        status = find_any(records, self.router.statuses, records.agents.get(agent_id).status)
        held = records.conversations.held_by(agent_id)
        full = len(held) >= sum(records.agents.positions(agent_id).values())
        return "full" if full and status is not None and status.routable else "away"

    def _view(self, records: Records, conversation: Conversation) -> dict[str, Any]:
        return self.router.announcer.views.conversation(records, conversation)
