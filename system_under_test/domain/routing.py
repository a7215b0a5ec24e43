"""Which agent gets which conversation (contact-centre R1 to R5, R7).

The queue is strictly first in, first out within a service; the agent with the fewest active
conversations wins, then the one whose last assignment is longest ago, then the lowest id; the
lowest free position is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

POSITIONS = 8


@dataclass(frozen=True, slots=True)
class Queued:
    """A conversation waiting for an agent; a lower `seq` came first."""

    conversation_id: int
    service_id: int
    seq: int


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """An eligible agent: services, active conversations, free active positions."""

    agent_id: int
    services: frozenset[int]
    active: int
    free_slots: tuple[int, ...]
    last_assigned: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """One decision, with the reason and the agents that could have been chosen."""

    conversation_id: int
    agent_id: int
    slot: int
    reason: str
    eligible: tuple[int, ...] = ()


@dataclass(slots=True)
class _Desk:
    """An agent's load while decisions of one run accumulate."""

    load: AgentLoad
    active: int
    free: list[int] = field(default_factory=list)
    turn: int = 0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return (self.active, self.turn, self.load.last_assigned, self.load.agent_id)


def decide(queue: Sequence[Queued], agents: Iterable[AgentLoad]) -> list[Assignment]:
    """Assignments for as much of the queue as free positions allow, oldest conversation first."""
    desks = [_Desk(agent, agent.active, sorted(agent.free_slots)) for agent in agents]
    assignments: list[Assignment] = []
    for turn, waiting in enumerate(sorted(queue, key=lambda queued: queued.seq), start=1):
        able = [desk for desk in desks if desk.free and waiting.service_id in desk.load.services]
        if not able:
            continue
        chosen = min(able, key=lambda desk: desk.rank)
        assignments.append(
            Assignment(
                conversation_id=waiting.conversation_id,
                agent_id=chosen.load.agent_id,
                slot=chosen.free[0],
                reason=_reason(chosen, able),
                eligible=tuple(sorted(desk.load.agent_id for desk in able)),
            )
        )
        _seat(chosen, turn)
    return assignments


def _seat(desk: _Desk, turn: int) -> None:
    desk.free.pop(0)
    desk.active += 1
    desk.turn = turn


def _reason(chosen: _Desk, able: Sequence[_Desk]) -> str:
    if len(able) == 1:
        return "only_eligible"
    as_free = [desk for desk in able if desk.active == chosen.active]
    if len(as_free) == 1:
        return "fewest_active"
    as_idle = [desk for desk in as_free if desk.rank[:3] == chosen.rank[:3]]
    return "longest_since_assignment" if len(as_idle) == 1 else "lowest_id"
