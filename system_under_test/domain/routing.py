"""Which agent gets which conversation (contact-centre R1 to R7, R10).

The queue is served by priority, then strictly first in, first out. Of the agents who may take a
conversation, the service's way of picking chooses one; that agent's lowest free position is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from system_under_test.domain.medium import INSTAGRAM

POSITIONS = 8
LEAST_LOADED, LONGEST_IDLE, ROUND_ROBIN = "least_loaded", "longest_idle", "round_robin"


@dataclass(frozen=True, slots=True)
class Queued:
    """A conversation waiting for an agent; a lower `seq` came first, a higher priority goes first.

    `only_agent` waits for that agent alone, `last_agent` would have them if they are free anyway,
    `refused` have let it pass and get it again only when nobody else can.
    """

    conversation_id: int
    service_id: int
    seq: int
    priority: int = 0
    only_agent: int | None = None
    refused: frozenset[int] = frozenset()
    last_agent: int | None = None
    pick: str = LEAST_LOADED
    medium: str = INSTAGRAM.name


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """An eligible agent: services, conversations held, free active positions.

    `last_assigned` grows with every assignment of anybody; `idle_since_ms` is when the agent last
    took up or gave up anything; in a `manual` medium the agent
    accepts before the attendance begins (R6).
    """

    agent_id: int
    services: frozenset[int]
    active: int
    free_slots: tuple[int, ...]
    last_assigned: int = 0
    idle_since_ms: int = 0
    manual: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One decision, with the reason and the agents that could have been chosen."""

    conversation_id: int
    agent_id: int
    slot: int
    reason: str
    eligible: tuple[int, ...] = ()
    offered: bool = False


@dataclass(slots=True)
class _Desk:
    """An agent's load while decisions of one run accumulate."""

    load: AgentLoad
    active: int
    free: list[int] = field(default_factory=list)
    turn: int = 0


_Rank = tuple[int, ...]

# How each way of picking ranks agents, lowest first; who got one in this very run comes after.
_RANKS: Mapping[str, Callable[[_Desk], _Rank]] = {
    LEAST_LOADED: lambda desk: (desk.active, desk.turn, desk.load.last_assigned),
    LONGEST_IDLE: lambda desk: (desk.turn, desk.load.idle_since_ms),
    ROUND_ROBIN: lambda desk: (desk.turn, desk.load.last_assigned),
}
PICKS = tuple(_RANKS)


def decide(queue: Sequence[Queued], agents: Iterable[AgentLoad]) -> list[Assignment]:
    """Assignments for as much of the queue as free positions allow, in the queue's order."""
    desks = [_Desk(agent, agent.active, sorted(agent.free_slots)) for agent in agents]
    assignments: list[Assignment] = []
    ordered = sorted(queue, key=lambda queued: (-queued.priority, queued.seq))
    for turn, waiting in enumerate(ordered, start=1):
        able = _able(waiting, desks)
        if not able:
            continue
        chosen, reason = _choose(waiting, able)
        assignments.append(
            Assignment(
                conversation_id=waiting.conversation_id,
                agent_id=chosen.load.agent_id,
                slot=chosen.free[0],
                reason=reason,
                eligible=tuple(sorted(desk.load.agent_id for desk in able)),
                offered=waiting.medium in chosen.load.manual,
            )
        )
        _seat(chosen, turn)
    return assignments


def _able(waiting: Queued, desks: Iterable[_Desk]) -> list[_Desk]:
    able = [
        desk
        for desk in desks
        if desk.free
        and waiting.service_id in desk.load.services
        and waiting.only_agent in (None, desk.load.agent_id)
    ]
    return [desk for desk in able if desk.load.agent_id not in waiting.refused] or able


def _choose(waiting: Queued, able: Sequence[_Desk]) -> tuple[_Desk, str]:
    if waiting.only_agent is not None:
        return able[0], "meant_for_this_agent"
    last = next((desk for desk in able if desk.load.agent_id == waiting.last_agent), None)
    if last is not None:
        return last, "last_agent"
    rank = _RANKS[waiting.pick]
    chosen = min(able, key=lambda desk: (*rank(desk), desk.load.agent_id))
    return chosen, _reason(waiting.pick, chosen, able)


def _seat(desk: _Desk, turn: int) -> None:
    desk.free.pop(0)
    desk.active += 1
    desk.turn = turn


def _reason(pick: str, chosen: _Desk, able: Sequence[_Desk]) -> str:
    if len(able) == 1:
        return "only_eligible"
    rank = _RANKS[pick]
    if [rank(desk) for desk in able].count(rank(chosen)) > 1:
        return "lowest_id"
    if pick == LONGEST_IDLE:
        return "longest_idle"
    fewest = [desk for desk in able if desk.active == chosen.active]
    if pick == LEAST_LOADED and len(fewest) == 1:
        return "fewest_active"
    return "longest_since_assignment"
