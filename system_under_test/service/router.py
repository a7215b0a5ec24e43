"""Executes the routing policy inside the writer's transaction (contact-centre R5, R18, R19).

All state is in the records, so a restart loses nothing: the router simply runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from system_under_test.domain.conversations import Conversation
from system_under_test.domain.routing import AgentLoad, Assignment, Queued
from system_under_test.domain.services import Service
from system_under_test.domain.statuses import Status
from system_under_test.service.announcer import Announcer
from system_under_test.service.attendance import Attendance
from system_under_test.service.ports import Clock
from system_under_test.service.records import Records
from system_under_test.service.status_records import receiving

Policy = Callable[[Sequence[Queued], Sequence[AgentLoad]], list[Assignment]]


@dataclass(frozen=True, slots=True)
class Router:
    """Runs the policy until no pair of conversation and agent is left."""

    decide: Policy
    statuses: tuple[Status, ...]
    announcer: Announcer
    clock: Clock

    @property
    def attendance(self) -> Attendance:
        """What happens to conversations once they are decided about."""
        return Attendance(self.announcer, self.clock)

    def run(self, records: Records, trigger: str, arrived: Conversation | None = None) -> None:
        """Assign what can be assigned; `trigger` and, on arrival, the newcomer go to the log."""
        lengths = records.conversations.queue_lengths()
        if not lengths:
            return
        now_ms = self.clock.now_ms()
        services = {one.id: one for one in records.services.all() if one.id in lengths}
        opened = {number: one for number, one in services.items() if one.is_open(now_ms)}
        attendance = self.attendance
        seated = {
            one.conversation_id: attendance.seat(records, one, trigger)
            for one in self._decide(records, opened)
        }
        if arrived is not None and arrived.id not in seated:
            reason = "no_free_position" if arrived.service_id in opened else "closed"
            self._log_wait(records, trigger, arrived, lengths, reason)
        moved = {one.service_id for one in seated.values() if one != arrived}
        if arrived is not None:
            moved = set() if arrived.id in seated else {arrived.service_id}
        after = records.conversations.queue_lengths() if moved else {}
        for service_id in sorted(moved):
            self.announcer.queue(records, service_id, after.get(service_id, 0))

    def eligible(self, records: Records) -> list[AgentLoad]:
        """Agents that could get a conversation of their services now (R1)."""
        return records.agents.loads(receiving(records, self.statuses), self.clock.now_ms())

    def _decide(self, records: Records, services: Mapping[int, Service]) -> list[Assignment]:
        agents = self.eligible(records)
        free = sum(len(agent.free_slots) for agent in agents)
        served = {service for agent in agents for service in agent.services}
        queue = [
            _as_the_service_wants(records, queued, services[service_id])
            for service_id in sorted(served & services.keys())
            for queued in records.conversations.queued(service_id, free)
        ]
        return self.decide(queue, agents) if queue else []

    def _log_wait(
        self,
        records: Records,
        trigger: str,
        arrived: Conversation,
        lengths: dict[int, int],
        reason: str,
    ) -> None:
        decision = Assignment(arrived.id, agent_id=0, slot=0, reason=reason)
        length = lengths.get(arrived.service_id, 0)
        records.routing_log.add(trigger, arrived.service_id, length, decision)


def _as_the_service_wants(records: Records, queued: Queued, service: Service) -> Queued:
    last = records.legs.last_agent(queued.conversation_id) if service.prefer_last else None
    return replace(queued, pick=service.pick, last_agent=last)
