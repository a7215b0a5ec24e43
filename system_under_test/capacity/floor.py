"""One simulated floor: a heap of what happens next, and the console's routing between.

Who gets which conversation is decided by the very policy that the console uses (R1 to R7), so what
is found here holds for it. Nothing is drawn but times.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from system_under_test.capacity.assumptions import Assumptions
from system_under_test.domain.routing import AgentLoad, Assignment, Queued, decide

Policy = Callable[[Sequence[Queued], Iterable[AgentLoad]], list[Assignment]]
_SERVICE = frozenset({1})


class BrokenFloorError(AssertionError):
    """The simulation contradicts itself; its figures are worth nothing."""


@dataclass(slots=True)
class Chat:
    """A customer, from the first message to End or to giving up; times in seconds."""

    number: int
    arrived_s: float
    assigned_s: float | None = None
    agent: int = 0
    slot: int = 0
    asked_s: float = 0.0
    first_reply_s: float | None = None
    left_s: float | None = None
    gave_up: bool = False
    replies_s: list[float] = field(default_factory=list)  # how long each answer took
    beside: list[int] = field(default_factory=list)  # the agent's conversations at each answer

    @property
    def waited_s(self) -> float:
        """From the first message to a position, or to giving up; only of who is gone."""
        until_s = self.left_s if self.assigned_s is None else self.assigned_s
        assert until_s is not None
        return until_s - self.arrived_s

    @property
    def handled_s(self) -> float:
        """From the position to End; nothing for who gave up."""
        if self.assigned_s is None:
            return 0.0
        assert self.left_s is not None
        return self.left_s - self.assigned_s


@dataclass(slots=True)
class Agent:
    """Writes one answer at a time, to whoever has waited longest."""

    number: int
    free: list[int]
    held: int = 0
    last_assigned: int = 0
    idle_since_ms: int = 0
    to_answer: deque[Chat] = field(default_factory=deque)
    is_writing: bool = False

    def load(self) -> AgentLoad:
        """The agent as the routing sees them."""
        return AgentLoad(
            self.number, _SERVICE, self.held, tuple(self.free), self.last_assigned,
            self.idle_since_ms,
        )  # fmt: skip


@dataclass(slots=True)
class Areas:
    """Seconds under each curve: of the whole run, and of the hours that are measured."""

    queue: float = 0.0
    held: float = 0.0
    measured_held: float = 0.0
    measured_writing: float = 0.0


class Floor:
    """A run from the first customer to the last; `trace` keeps every move, for comparisons."""

    def __init__(
        self, assumed: Assumptions, chance: random.Random, policy: Policy = decide
    ) -> None:
        self.assumed, self.areas = assumed, Areas()
        self.chats: list[Chat] = []
        self.trace: list[tuple[str, float, int, int, int]] = []
        self.agents = [
            Agent(number, list(range(1, assumed.positions + 1)))
            for number in range(1, assumed.agents + 1)
        ]
        self._chance, self._policy = chance, policy
        self._queue: dict[int, Chat] = {}
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._given = 0
        self._held = self._writing = 0
        self.now_s = 0.0

    def run(self) -> Floor:
        """Let everything happen; BrokenFloorError when the books do not balance afterwards."""
        assumed = self.assumed
        for _ in range(assumed.backlog):
            self._arrive()
        if assumed.burst:
            self._after(assumed.opens_s + assumed.burst_at_h * 3600, self._burst)
        self._next_arrival()
        while self._events:
            at_s, _, happen = heapq.heappop(self._events)
            self._pass_to(at_s)
            happen()
        self._balance()
        return self

    # --- what happens ------------------------------------------------------------------------

    def _next_arrival(self) -> None:
        rate = self.assumed.arrivals_per_h / 3600
        if rate and (at_s := self.now_s + self._chance.expovariate(rate)) < self.assumed.closes_s:
            self._at(at_s, self._arrival)

    def _arrival(self) -> None:
        self._arrive()
        self._next_arrival()

    def _burst(self) -> None:
        for _ in range(self.assumed.burst):
            self._arrive()

    def _arrive(self) -> None:
        chat = Chat(len(self.chats) + 1, self.now_s, asked_s=self.now_s)
        self.chats.append(chat)
        self._queue[chat.number] = chat
        self.trace.append(("write", self.now_s, chat.number, 0, 0))
        self._route()
        if chat.assigned_s is None and self.assumed.patience_s is not None:
            self._after(self._draw(self.assumed.patience_s), lambda: self._give_up(chat))

    def _give_up(self, chat: Chat) -> None:
        if self._queue.pop(chat.number, None) is not None:
            chat.gave_up, chat.left_s = True, self.now_s

    def _route(self) -> None:
        if not self._queue:
            return
        able = [one for one in self.agents if one.free]
        room = sum(len(one.free) for one in able)
        waiting = itertools.islice(self._queue.values(), room)
        queue = [Queued(one.number, 1, one.number, pick=self.assumed.pick) for one in waiting]
        for made in self._policy(queue, [one.load() for one in able]) if room else []:
            self._assign(self._queue.pop(made.conversation_id), made)

    def _assign(self, chat: Chat, made: Assignment) -> None:
        agent = self.agents[made.agent_id - 1]
        agent.free.remove(made.slot)
        agent.held += 1
        self._held += 1
        self._given += 1
        agent.last_assigned, agent.idle_since_ms = self._given, self._now_ms()
        chat.assigned_s, chat.agent, chat.slot = self.now_s, agent.number, made.slot
        self.trace.append(("assign", self.now_s, chat.number, agent.number, made.slot))
        self._ask(chat)

    def _ask(self, chat: Chat) -> None:
        agent = self.agents[chat.agent - 1]
        agent.to_answer.append(chat)
        if not agent.is_writing:
            self._write(agent)

    def _write(self, agent: Agent) -> None:
        agent.is_writing = True
        self._writing += 1
        chat = agent.to_answer[0]
        self._after(self._draw(self.assumed.writing_s), lambda: self._answer(agent, chat))

    def _answer(self, agent: Agent, chat: Chat) -> None:
        agent.to_answer.popleft()
        agent.is_writing = False
        self._writing -= 1
        chat.replies_s.append(self.now_s - max(chat.asked_s, chat.assigned_s or 0.0))
        chat.beside.append(agent.held)
        if chat.first_reply_s is None:
            chat.first_reply_s = self.now_s
        over = len(chat.replies_s) == self.assumed.exchanges
        self._after(
            self._draw(self.assumed.thinking_s),
            (lambda: self._end(agent, chat)) if over else (lambda: self._ask_again(chat)),
        )
        if agent.to_answer:
            self._write(agent)

    def _ask_again(self, chat: Chat) -> None:
        chat.asked_s = self.now_s
        self._ask(chat)

    def _end(self, agent: Agent, chat: Chat) -> None:
        chat.left_s = self.now_s
        agent.free.append(chat.slot)
        agent.free.sort()
        agent.held -= 1
        self._held -= 1
        agent.idle_since_ms = self._now_ms()
        self.trace.append(("end", self.now_s, chat.number, agent.number, chat.slot))
        self._route()

    # --- time --------------------------------------------------------------------------------

    def _draw(self, mean_s: float) -> float:
        return self._chance.expovariate(1 / mean_s) if mean_s else 0.0

    def _after(self, wait_s: float, happen: Callable[[], None]) -> None:
        self._at(self.now_s + wait_s, happen)

    def _at(self, at_s: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (at_s, next(self._order), happen))

    def _now_ms(self) -> int:
        return round(self.now_s * 1000)

    def _pass_to(self, at_s: float) -> None:
        past_s = at_s - self.now_s
        self.areas.queue += len(self._queue) * past_s
        self.areas.held += self._held * past_s
        begun = max(self.now_s, self.assumed.opens_s)
        measured_s = max(0.0, min(at_s, self.assumed.closes_s) - begun)
        self.areas.measured_held += self._held * measured_s
        self.areas.measured_writing += self._writing * measured_s
        self.now_s = at_s

    def _balance(self) -> None:
        """Little's law and the seconds of positions, counted twice (contact-centre §E.4)."""
        ended = [one for one in self.chats if one.left_s is not None]
        waited = sum(one.waited_s for one in ended)
        handled = sum(one.handled_s for one in ended)
        for name, one, other in (
            ("the queue's seconds", waited, self.areas.queue),
            ("the positions' seconds", handled, self.areas.held),
            ("customers", float(len(ended)), float(len(self.chats))),
        ):
            if abs(one - other) > 1e-6 * max(1.0, one, other):
                raise BrokenFloorError(f"{name}: {one} by customers, {other} by the clock")
