"""Executes the routing policy inside the writer's transaction (contact-centre R5, R18, R19).

All state is in the records, so a restart loses nothing: the router simply runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from system_under_test.domain.conversations import Conversation
from system_under_test.domain.routing import AgentLoad, Assignment, Queued
from system_under_test.domain.statuses import Status, routable_ids
from system_under_test.service.announcer import Announcer
from system_under_test.service.ports import Clock
from system_under_test.service.records import Records

Policy = Callable[[Sequence[Queued], Sequence[AgentLoad]], list[Assignment]]


@dataclass(frozen=True, slots=True)
class Router:
    """Runs the policy until no pair of conversation and agent is left."""

    decide: Policy
    statuses: tuple[Status, ...]
    announcer: Announcer
    clock: Clock

    def run(self, records: Records, trigger: str, arrived: Conversation | None = None) -> None:
        """Assign what can be assigned; `trigger` and, on arrival, the newcomer go to the log."""
        lengths = records.conversations.queue_lengths()
        if not lengths:
            return
        assignments = self._decide(records, lengths)
        seated = {one.conversation_id: self._seat(records, one, trigger) for one in assignments}
        if arrived is not None and arrived.id not in seated:
            self._log_wait(records, trigger, arrived, lengths)
        moved = {one.service_id for one in seated.values() if one != arrived}
        if arrived is not None:
            moved = set() if arrived.id in seated else {arrived.service_id}
        after = records.conversations.queue_lengths() if moved else {}
        for service_id in sorted(moved):
            self.announcer.queue(records, service_id, after.get(service_id, 0))

    def _decide(self, records: Records, lengths: dict[int, int]) -> list[Assignment]:
        agents = records.agents.loads(routable_ids(self.statuses), self.clock.now_ms())
        free = sum(len(agent.free_slots) for agent in agents)
        served = {service for agent in agents for service in agent.services}
        queue = [
            queued
            for service_id in sorted(served & lengths.keys())
            for queued in records.conversations.queued(service_id, free)
        ]
        return self.decide(queue, agents) if queue else []

    def _seat(self, records: Records, assignment: Assignment, trigger: str) -> Conversation:
        conversation = records.conversations.seat(assignment, self.clock.now_ms())
        length = records.conversations.queue_lengths().get(conversation.service_id, 0)
        number = records.routing_log.add(trigger, conversation.service_id, length, assignment)
        records.agents.stamp(assignment.agent_id, number)
        self.announcer.opened(records, conversation)
        return conversation

    def _log_wait(
        self, records: Records, trigger: str, arrived: Conversation, lengths: dict[int, int]
    ) -> None:
        decision = Assignment(arrived.id, agent_id=0, slot=0, reason="no_free_position")
        length = lengths.get(arrived.service_id, 0)
        records.routing_log.add(trigger, arrived.service_id, length, decision)
