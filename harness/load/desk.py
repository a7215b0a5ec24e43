"""An agent's head: what the stream told, which answer is due, when to press End. No I/O.

The agent answers every customer message once, the oldest first, and presses End after a drawn
number of answers, or when the customer has been silent for a while.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.load.plan import Pace, Person
from harness.simulation.history import AgentSaw, ConversationEnded, ConversationOpened, Observed

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """Work: answer a message of this conversation."""

    conversation: str


@dataclass(frozen=True)
class End:
    """Work: press End."""

    conversation: str


@dataclass
class Chat:
    """One conversation in the agent's hands."""

    id: str
    slot: int | None
    enough: int
    last_ms: float
    pending: deque[float] = field(default_factory=deque)  # when each unanswered message came
    known: set[str] = field(default_factory=set)
    answered: int = 0


class Desk:
    """One agent's conversations; `people` maps IGSIDs to customers."""

    def __init__(self, agent: str, person: Person, pace: Pace, people: Mapping[str, str]) -> None:
        self.agent = agent
        self.queue_length = 0
        self.chats: dict[str, Chat] = {}
        self._person = person
        self._pace = pace
        self._people = people

    def told(self, kind: str, data: Json, now_ms: float) -> list[Observed]:
        """Take one event of the stream in; return what is to be recorded of it."""
        if kind == "conversation_opened" and data["state"] == "active":
            return self._opened(data, now_ms)
        if kind == "message":
            return self._message(str(data["conversation_id"]), data["message"], now_ms)
        if kind == "conversation_ended":
            return self._ended(str(data["id"]), now_ms)
        if kind == "queue":
            self.queue_length = int(data["length"])
        return []

    def next_job(self, now_ms: float) -> Answer | End | None:
        """The oldest unanswered message, else a conversation that is over, else nothing."""
        waiting = [chat for chat in self.chats.values() if chat.pending]
        if waiting:
            return Answer(min(waiting, key=lambda chat: chat.pending[0]).id)
        for chat in self.chats.values():
            idle_ms = now_ms - chat.last_ms
            if chat.answered >= chat.enough or idle_ms >= self._pace.idle_s * 1000:
                return End(chat.id)
        return None

    def answered(self, conversation: str, now_ms: float) -> None:
        """One message of the conversation has its answer."""
        chat = self.chats.get(conversation)
        if chat is not None and chat.pending:
            chat.pending.popleft()
            chat.answered += 1
            chat.last_ms = now_ms

    def ended(self, conversation: str) -> None:
        """The conversation is out of the agent's hands."""
        self.chats.pop(conversation, None)

    def _opened(self, data: Json, now_ms: float) -> list[Observed]:
        conversation, slot = str(data["id"]), data["slot"]
        seen: list[Observed] = []
        if conversation not in self.chats:
            enough = self._person.count(self._pace.exchanges)
            self.chats[conversation] = Chat(conversation, slot, enough, now_ms)
            customer = self._people.get(str(data["customer"]["igsid"]))
            seen.append(
                ConversationOpened(
                    at_ms=now_ms,
                    agent=self.agent,
                    conversation=conversation,
                    customer=customer,
                    slot=slot,
                )
            )
        for message in data.get("messages", ()):
            seen += self._message(conversation, message, now_ms)
        return seen

    def _message(self, conversation: str, message: Json, now_ms: float) -> list[Observed]:
        if message["direction"] != "in":
            return []
        number = str(message["id"])
        chat = self.chats.get(conversation)
        if chat is not None and number not in chat.known:
            chat.known.add(number)
            chat.pending.append(now_ms)
            chat.last_ms = now_ms
        return [
            AgentSaw(
                at_ms=now_ms,
                agent=self.agent,
                conversation=conversation,
                message=number,
                mid=message["mid"],
                slot=chat.slot if chat else None,
            )
        ]

    def _ended(self, conversation: str, now_ms: float) -> list[Observed]:
        self.ended(conversation)
        return [
            ConversationEnded(at_ms=now_ms, agent=self.agent, conversation=conversation),
        ]
