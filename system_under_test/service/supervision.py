"""What a supervisor sees and does: the whole floor, and every conversation on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from system_under_test.domain.agents import SIGNED_OUT, Agent
from system_under_test.domain.conversations import ENDED, Conversation
from system_under_test.domain.services import Service
from system_under_test.domain.statuses import FIRST_STATUS
from system_under_test.service.announcer import session_audience
from system_under_test.service.desk import check_selectable
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
            held = records.conversations.held()
            waiting = {
                one.id: records.conversations.waiting(one.id, _MOST_WAITING)
                for one in records.services.all()
            }
            shown = chain(*held.values(), *waiting.values())
            records.customers.fetch(one.customer_id for one in shown)
            look = _Look(records, self.router, self.clock.now_ms(), records.agents.all())
            return {
                "now_ms": look.now_ms,
                "statuses": self.router.announcer.views.menu(records),
                "services": [look.service(one, waiting[one.id]) for one in records.services.all()],
                "agents": look.staff(held),
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
                conversation = self.router.attendance.end(
                    records, conversation, "ended_by_supervisor"
                )
                self.router.run(records, "ended")
            return self.router.announcer.views.conversation(records, conversation)

    def force_status(self, login: str, status_id: str) -> dict[str, Any]:
        """Change an agent's status; what they hold stays with them (R11)."""
        with self.store.writing() as records:
            check_selectable(records, self.router, status_id)
            agent = _find(records, login)
            changed = records.agents.set_status(agent.id, status_id, self.clock.now_ms())
            self.router.announcer.status(records, changed)
            self.router.run(records, "status")
            return self.router.announcer.views.status(records, changed)

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


@dataclass(frozen=True, slots=True)
class _Look:
    """One moment of the floor, with everything about it read in a few queries."""

    records: Records
    router: Router
    now_ms: int
    agents: list[Agent]

    def service(self, service: Service, waiting: list[Conversation]) -> dict[str, Any]:
        """A service with its queue."""
        conversations = self.records.conversations
        oldest_ms = conversations.oldest_waiting_ms(service.id)
        logins = {agent.id: agent.login for agent in self.agents}
        return {
            "name": service.name,
            "open": service.is_open(self.now_ms),
            "opens_ms": service.hours.next_opening_ms(self.now_ms),
            "priority": service.priority,
            "queue_length": conversations.queue_lengths().get(service.id, 0),
            "oldest_ms": 0 if oldest_ms is None else max(0, self.now_ms - oldest_ms),
            "waiting": [
                {
                    **self._seen(one),
                    "priority": one.priority,
                    "only_agent": logins.get(one.only_agent_id or 0),
                }
                for one in waiting
            ],
        }

    def staff(self, held: Mapping[int, list[Conversation]]) -> list[dict[str, Any]]:
        """Every agent with what they hold."""
        present = self.records.sessions.present(self.now_ms)
        positions = self.records.agents.active_positions()
        eligible = {load.agent_id for load in self.router.eligible(self.records)}
        return [
            {
                "id": agent.id,
                "login": agent.login,
                "name": agent.name,
                "role": agent.role,
                "chat_answer": agent.chat_answer,
                "messenger_answer": agent.messenger_answer or agent.chat_answer,
                "status": self.router.announcer.views.status(self.records, agent),
                "present": agent.id in present,
                "eligible": agent.id in eligible,
                "positions": positions.get(agent.id, 0),
                "held": [{**self._seen(one), "slot": one.slot} for one in held.get(agent.id, [])],
            }
            for agent in self.agents
        ]

    def _seen(self, one: Conversation) -> dict[str, Any]:
        customer = self.records.customers.get(one.customer_id)
        since_ms = one.waiting_since_ms
        return {
            "id": str(one.id),
            "name": self.router.announcer.views.name(self.records, customer),
            "state": one.state,
            "age_ms": max(0, self.now_ms - one.opened_at_ms),
            "unanswered_ms": None if since_ms is None else max(0, self.now_ms - since_ms),
        }


def _find(records: Records, login: str) -> Agent:
    agent = records.agents.find(login)
    if agent is None:
        raise NoSuchAgentError(login)
    return agent
