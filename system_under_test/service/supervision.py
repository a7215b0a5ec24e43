"""What a supervisor sees and does: the whole floor, and every conversation on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.agents import SIGNED_OUT, Agent
from system_under_test.domain.conversations import ENDED, Conversation
from system_under_test.domain.services import Service
from system_under_test.domain.statuses import FIRST_STATUS, find_status
from system_under_test.service.announcer import session_audience
from system_under_test.service.desk import UnknownStatusError
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.router import Router
from system_under_test.service.sharing import NotYoursError, own
from system_under_test.service.timers import release_all

_MOST_WAITING = 100
_MOST_LOG = 200
HIGHEST_PRIORITY = 1_000_000


class NoSuchAgentError(Exception):
    """There is no agent of that login."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """The supervisor's use cases; moving conversations is `Transfers` with no giver."""

    store: Store
    clock: Clock
    router: Router

    def floor(self) -> dict[str, Any]:
        """Every service with its queue, every agent with what they hold, at one moment."""
        with self.store.reading() as records:
            now_ms = self.clock.now_ms()
            lengths = records.conversations.queue_lengths()
            eligible = {load.agent_id for load in self.router.eligible(records)}
            return {
                "now_ms": now_ms,
                "services": [
                    self._service(records, one, lengths.get(one.id, 0), now_ms)
                    for one in records.services.all()
                ],
                "agents": [
                    self._agent(records, one, one.id in eligible, now_ms)
                    for one in records.agents.all()
                ],
            }

    def peek(self, conversation_id: int) -> dict[str, Any]:
        """Any conversation with its messages; nobody notices."""
        with self.store.reading() as records:
            found = records.conversations.get(conversation_id)
            if found is None:
                raise NotYoursError
            return self.router.announcer.views.conversation_with_messages(records, found)

    def export(self, conversation_id: int) -> dict[str, Any]:
        """Everything about a conversation: messages, who had it when, every decision on its way."""
        view = self.peek(conversation_id)
        with self.store.reading() as records:
            logins = {one.id: one.login for one in records.agents.all()}
            return {
                "exported_ms": self.clock.now_ms(),
                "conversation": view,
                "legs": [
                    {**leg, "agent": logins.get(leg["agent_id"])}
                    for leg in records.legs.of_conversation(conversation_id)
                ],
                "routing_log": records.routing_log.of_conversation(conversation_id),
            }

    def set_priority(self, conversation_id: int, priority: int) -> dict[str, Any]:
        """Move a waiting conversation forward or back."""
        with self.store.writing() as records:
            own(records, None, conversation_id)
            changed = records.conversations.set_priority(conversation_id, priority)
            self.router.attendance.log(records, changed, "priority", f"priority_{priority}")
            return self.router.announcer.views.conversation(records, changed)

    def end(self, conversation_id: int) -> dict[str, Any]:
        """End any conversation, waiting ones too; again is harmless."""
        with self.store.writing() as records:
            conversation = own(records, None, conversation_id)
            if conversation.state != ENDED:
                records.conversations.end(conversation_id, self.clock.now_ms())
                conversation = self.router.attendance.ended(
                    records, conversation, "ended_by_supervisor"
                )
                self.router.run(records, "ended")
            return self.router.announcer.views.conversation(records, conversation)

    def force_status(self, login: str, status_id: str) -> dict[str, Any]:
        """Change an agent's status; what they hold stays with them (R11)."""
        status = find_status(self.router.statuses, status_id)
        if status is None or not status.selectable:
            raise UnknownStatusError(status_id)
        with self.store.writing() as records:
            agent = _find(records, login)
            changed = records.agents.set_status(agent.id, status_id, self.clock.now_ms())
            self.router.announcer.status(records, changed)
            self.router.run(records, "status")
            return self.router.announcer.views.status(changed)

    def sign_out(self, login: str) -> None:
        """End an agent's sessions; open conversations return to the queue with their age (R12)."""
        with self.store.writing() as records:
            agent, now_ms = _find(records, login), self.clock.now_ms()
            records.agents.set_status(agent.id, FIRST_STATUS, now_ms)
            for session in records.sessions.live_of(agent.id):
                records.sessions.end(session.key, SIGNED_OUT, now_ms)
                records.wake(session_audience(session.key))
            release_all(records, self.router, agent.id, "signed_out_by_supervisor")
            self.router.run(records, "signed_out")

    def log(self) -> list[dict[str, Any]]:
        """The newest routing decisions of all services, newest first."""
        with self.store.reading() as records:
            return records.routing_log.latest(_MOST_LOG)

    def _service(
        self, records: Records, service: Service, length: int, now_ms: int
    ) -> dict[str, Any]:
        waiting = records.conversations.waiting(service.id, _MOST_WAITING)
        return {
            "name": service.name,
            "open": service.is_open(now_ms),
            "opens_ms": service.hours.next_opening_ms(now_ms),
            "priority": service.priority,
            "queue_length": length,
            "oldest_ms": max((now_ms - one.opened_at_ms for one in waiting), default=0),
            "waiting": [
                {
                    **self._seen(records, one, now_ms),
                    "priority": one.priority,
                    "only_agent": (
                        records.agents.get(one.only_agent_id).login if one.only_agent_id else None
                    ),
                }
                for one in waiting
            ],
        }

    def _agent(
        self,
        records: Records,
        agent: Agent,
        is_eligible: bool,  # noqa: FBT001
        now_ms: int,
    ) -> dict[str, Any]:
        live = records.sessions.live_of(agent.id)
        return {
            "id": agent.id,
            "login": agent.login,
            "name": agent.name,
            "role": agent.role,
            "chat_answer": agent.chat_answer,
            "status": self.router.announcer.views.status(agent),
            "present": any(one.lease_until_ms > now_ms for one in live),
            "eligible": is_eligible,
            "positions": sum(records.agents.positions(agent.id).values()),
            "held": [
                {**self._seen(records, one, now_ms), "slot": one.slot}
                for one in records.conversations.held_by(agent.id)
            ],
        }

    def _seen(self, records: Records, one: Conversation, now_ms: int) -> dict[str, Any]:
        view = self.router.announcer.views
        since_ms = one.waiting_since_ms
        return {
            "id": str(one.id),
            "name": view.display_name(records.customers.get(one.customer_id)),
            "state": one.state,
            "age_ms": now_ms - one.opened_at_ms,
            "unanswered_ms": None if since_ms is None else now_ms - since_ms,
        }


def _find(records: Records, login: str) -> Agent:
    agent = records.agents.find(login)
    if agent is None:
        raise NoSuchAgentError(login)
    return agent
