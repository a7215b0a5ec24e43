"""A floor that works: a tiny event-driven play of customers, a console and agents, as a history.

Everything takes 10 ms, ids tell who and which ("ana-2" is the second message of ana). Tests take
its history as the good one and spoil it.
"""

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

from harness.simulation.history import (
    AgentReplied,
    AgentSaw,
    ConversationEnded,
    ConversationOpened,
    ConversationRead,
    CustomerArrived,
    CustomerGotReply,
    CustomerSent,
    EndPressed,
    History,
    Observed,
    Routed,
    RunClosed,
    RunStarted,
    SlotsSeen,
    ThreadRead,
    WebhookAnswered,
)

TICK_MS = 10.0


@dataclass
class Chat:
    """One conversation as the pretended console keeps it."""

    id: str
    customer: str
    mids: list[str] = field(default_factory=list)
    agent: str | None = None
    slot: int = 0


class LittleFloor:
    """Plays customers that write `messages` each, waiting for every answer, then are ended."""

    def __init__(self, customers: list[str], agents: list[str], positions: int) -> None:
        self.events: list[Observed] = [
            RunStarted(
                at_ms=0.0,
                customers=len(customers),
                agents=len(agents),
                positions=positions,
                seed=1,
                target="little",
            )
        ]
        self._free = {agent: list(range(1, positions + 1)) for agent in agents}
        self._queue: deque[Chat] = deque()
        self._open: dict[str, Chat] = {}
        self._replies: dict[str, list[tuple[str, float]]] = {customer: [] for customer in customers}
        self._due: list[tuple[float, int, str, str, int]] = []
        self._seq = 0
        self._chats = 0

    def play(self, messages: dict[str, int]) -> History:
        """Let every customer write that many messages, one customer every tick."""
        for turn, customer in enumerate(messages):
            self.events.append(
                CustomerArrived(at_ms=0.0, customer=customer, igsid=f"ig-{customer}")
            )
            self._plan(10.0 + turn * TICK_MS, "write", customer, 1)
        while self._due:
            at_ms, _, verb, customer, order = heappop(self._due)
            if verb == "write":
                self._write(at_ms, customer, order)
            elif verb == "end":
                self._end(at_ms, self._open.pop(customer))
            elif order < messages[customer]:
                self._plan(at_ms + TICK_MS, "write", customer, order + 1)
            else:
                self._plan(at_ms + TICK_MS, "end", customer, order)
        return History([*self.events, *self._closing()])

    def _plan(self, at_ms: float, verb: str, customer: str, order: int) -> None:
        self._seq += 1
        heappush(self._due, (at_ms, self._seq, verb, customer, order))

    def _write(self, at_ms: float, customer: str, order: int) -> None:
        mid = f"{customer}-{order}"
        self._seq += 1
        self.events += [
            CustomerSent(at_ms=at_ms, customer=customer, mid=mid, order=order),
            WebhookAnswered(
                at_ms=at_ms + 1,
                seq=self._seq,
                mids=(mid,),
                attempt=1,
                status=200,
                duration_ms=2.0,
            ),
        ]
        chat = self._open.get(customer)
        if chat is None:
            self._chats += 1
            chat = self._open[customer] = Chat(f"c{self._chats}", customer)
            self._route(at_ms + 3, "queued", chat)
            self._queue.append(chat)
        chat.mids.append(mid)
        if chat.agent is not None:
            self._show(at_ms + 4, chat, mid)
        self._assign(at_ms + 4)

    def _assign(self, at_ms: float) -> None:
        while self._queue and any(self._free.values()):
            agent = max(self._free, key=lambda name: len(self._free[name]))
            chat = self._queue.popleft()
            chat.agent, chat.slot = agent, self._free[agent].pop(0)
            self._route(at_ms, "assigned", chat)
            self.events.append(
                ConversationOpened(
                    at_ms=at_ms,
                    agent=agent,
                    conversation=chat.id,
                    customer=chat.customer,
                    slot=chat.slot,
                )
            )
            for mid in chat.mids:
                self._show(at_ms, chat, mid)

    def _show(self, at_ms: float, chat: Chat, mid: str) -> None:
        agent, reply = chat.agent or "", f"R-{mid}"
        self.events += [
            AgentSaw(
                at_ms=at_ms,
                agent=agent,
                conversation=chat.id,
                message=f"m-{mid}",
                mid=mid,
                slot=chat.slot,
            ),
            SlotsSeen(
                at_ms=at_ms,
                agent=agent,
                slots=((chat.slot, chat.id),),
                queue_length=len(self._queue),
            ),
            AgentReplied(
                at_ms=at_ms + 5,
                agent=agent,
                conversation=chat.id,
                reply=reply,
                status=202,
                duration_ms=1.0,
            ),
            CustomerGotReply(
                at_ms=at_ms + 8,
                customer=chat.customer,
                mid=f"out-{mid}",
                reply=reply,
                landed_ms=at_ms + 7,
            ),
        ]
        self._replies[chat.customer].append((reply, at_ms + 7))
        order = int(mid.rsplit("-", 1)[1])
        self._plan(at_ms + 8, "answered", chat.customer, order)

    def _end(self, at_ms: float, chat: Chat) -> None:
        agent = chat.agent or ""
        self.events += [
            EndPressed(at_ms=at_ms, agent=agent, conversation=chat.id, status=200, duration_ms=1.0),
            ConversationEnded(at_ms=at_ms + 1, agent=agent, conversation=chat.id),
            ConversationRead(
                at_ms=at_ms + 2, agent=agent, conversation=chat.id, mids=tuple(chat.mids)
            ),
        ]
        self._route(at_ms, "released", chat)
        self._free[agent] = sorted([*self._free[agent], chat.slot])
        self._assign(at_ms + 1)

    def _route(self, at_ms: float, decision: str, chat: Chat) -> None:
        self._seq += 1
        self.events.append(
            Routed.model_validate(
                {
                    "at_ms": at_ms,
                    "seq": self._seq,
                    "decision": decision,
                    "conversation": chat.id,
                    "agent": chat.agent,
                    "slot": chat.slot or None,
                    "reason": "test",
                }
            )
        )

    def _closing(self) -> list[Observed]:
        threads = [
            ThreadRead(at_ms=1e6, customer=customer, replies=tuple(replies))
            for customer, replies in self._replies.items()
        ]
        return [*threads, RunClosed(at_ms=1e6, drained=True, queue_length=0, reason="")]
