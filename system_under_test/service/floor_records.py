"""Records of the floor: services, conversations, agents, their sign-ins, who got what and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from system_under_test.domain.agents import Agent, Channel, Session
from system_under_test.domain.conversations import Conversation
from system_under_test.domain.messages import Content
from system_under_test.domain.routing import AgentLoad, Assignment, Queued
from system_under_test.domain.services import Service


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a conversation waits: in which queue, for whom alone and until when, who let it pass.

    `only_agent` None waits for anybody.
    """

    service_id: int
    only_agent: int | None = None
    due_ms: int | None = None
    refused_by: frozenset[int] = frozenset()


class Services(Protocol):
    """Receptive services."""

    def get(self, service_id: int) -> Service:
        """The service of that id."""

    def find(self, name: str) -> Service | None:
        """The service of that name."""

    def of_conversation(self, conversation_id: int) -> Service:
        """The service in which the conversation waits or is attended."""

    def all(self) -> list[Service]:
        """Every service."""

    def quick_replies(self, services: Collection[int]) -> list[tuple[str, str]]:
        """Name and text of those of these services and of all services."""


class Conversations(Protocol):
    """Conversations and the queue."""

    def get(self, conversation_id: int) -> Conversation | None:
        """The conversation of that id."""

    def one(self, conversation_id: int) -> Conversation:
        """The conversation of an id that some other record has named."""

    def open_of(self, customer_id: int) -> Conversation | None:
        """The thread's conversation that has not ended."""

    def latest_of(self, customer_id: int) -> Conversation | None:
        """The thread's newest conversation."""

    def previous(self, conversation: Conversation) -> list[Conversation]:
        """Earlier ones of the thread, newest first, at most twenty."""

    def first_seen_ms(self, conversation: Conversation, previous: Sequence[Conversation]) -> int:
        """When the thread began; `previous` is what the method of that name gave."""

    def add(self, channel: Channel, customer_id: int, now_ms: int) -> Conversation:
        """A new one at the end of the queue."""

    def seat(self, assignment: Assignment, now_ms: int, due_ms: int | None) -> Conversation:
        """Give or offer it to an agent; `due_ms` is when an offer ends."""

    def activate(self, conversation_id: int, now_ms: int) -> Conversation:
        """Its agent attends it now."""

    def first_seated(self, conversation_id: int, now_ms: int) -> Conversation:
        """Remember when it reached an agent for the first time."""

    def release(self, conversation_id: int, placing: Placing) -> Conversation:
        """Back to a queue; its age stays."""

    def wrap_up(self, conversation_id: int, due_ms: int | None) -> Conversation:
        """Only the wrap-up is left."""

    def end(self, conversation_id: int, now_ms: int) -> Conversation:
        """End it; the position is free."""

    def book_end(self, conversation_id: int, reason: str, category: str | None) -> Conversation:
        """Why and as what it ended."""

    def answered(self, conversation_id: int, now_ms: int, due_ms: int) -> Conversation:
        """Nobody waits for an answer; `due_ms` ends the silence, 0: never."""

    def calm(self, conversation_id: int) -> Conversation:
        """Nobody waits for an answer, though no agent gave one."""

    def waits(self, conversation_id: int, since_ms: int) -> Conversation:
        """The customer waits for an answer since then."""

    def set_priority(self, conversation_id: int, priority: int) -> Conversation:
        """Higher goes first."""

    def touch(
        self,
        conversation_id: int,
        content: Content,
        at_ms: int,
        unread: int,
        inbound_ms: int | None = None,
    ) -> Conversation:
        """Show this content in the list; `unread` is added; `inbound_ms`: the customer waits."""

    def preview(self, conversation_id: int, content: Content, kind: str) -> Conversation:
        """Show this content in the list, nothing else changed."""

    def mark_read(self, conversation_id: int) -> Conversation:
        """Nothing unread."""

    def held_by(self, agent_id: int) -> list[Conversation]:
        """What takes the agent's positions, in their order."""

    def held(self) -> dict[int, list[Conversation]]:
        """The same for every agent who holds something, in one read."""

    def queued(self, service_id: int, limit: int) -> list[Queued]:
        """The head of a service's queue, and whatever waits for one agent alone."""

    def waiting(self, service_id: int, limit: int) -> list[Conversation]:
        """The queue as people see it, in its order."""

    def oldest_waiting_ms(self, service_id: int) -> int | None:
        """When the oldest of a queue was opened."""

    def unreached(self, service_id: int, before_ms: int, limit: int) -> list[Conversation]:
        """Those that wait since before then and never reached an agent, in the queue's order."""

    def due(self, now_ms: int, limit: int) -> list[Conversation]:
        """Those whose time is over, the longest over first."""

    def next_due_ms(self) -> int | None:
        """When the next one's time is over."""

    def queue_lengths(self) -> dict[int, int]:
        """Waiting conversations by service, services without any left out."""


class Channels(Protocol):
    """The company's accounts."""

    def by_account(self, account_id: str) -> Channel | None:
        """The channel of an Instagram account."""

    def get(self, channel_id: int) -> Channel:
        """The channel of that id."""

    def all(self) -> list[Channel]:
        """Every channel."""

    def recheck(self, at_ms: int) -> None:
        """Ask all of them again whether their tokens work."""

    def plan_token(self, channel_id: int, due_ms: int) -> None:
        """When to refresh its token."""

    def renew_token(self, channel_id: int, old: str, new: str, due_ms: int) -> None:
        """Put a new token in the place of the old one, unless somebody has meanwhile."""

    def flag(self, channel_id: int, trouble: str | None, at_ms: int | None) -> Channel:
        """Remember why nothing can be sent through it; None: all is well."""


class Agents(Protocol):
    """Agents and what they can take."""

    def get(self, agent_id: int) -> Agent:
        """The agent of that id."""

    def find(self, login: str) -> Agent | None:
        """The agent of that login, whatever its case."""

    def set_status(self, agent_id: int, status: str, now_ms: int) -> Agent:
        """Change the status."""

    def set_password(self, agent_id: int, password_hash: str) -> None:
        """Change the password."""

    def services(self, agent_id: int) -> tuple[int, ...]:
        """Services of which the agent is a member."""

    def positions(self, agent_id: int) -> dict[int, bool]:
        """Position number to whether it is active."""

    def active_positions(self) -> dict[int, int]:
        """How many positions are active, by agent, in one read."""

    def loads(self, statuses: Collection[str], now_ms: int) -> list[AgentLoad]:
        """Agents with a live lease, one of these statuses and a free position (R1)."""

    def stamp(self, agent_id: int, sequence: int, now_ms: int) -> None:
        """Remember the latest assignment; a higher number is later."""

    def rest(self, agent_id: int, now_ms: int) -> None:
        """The agent has given something up: idle since now."""

    def absent(self, before_ms: int) -> list[int]:
        """Who holds conversations and whose presence lease ended before that."""

    def all(self) -> list[Agent]:
        """Every agent."""

    def members(self, service_id: int) -> list[int]:
        """Who serves this service."""


class Sessions(Protocol):
    """Sign-ins."""

    def add(self, session: Session) -> None:
        """Keep it."""

    def get(self, key: str) -> Session | None:
        """The session of that key, ended or not."""

    def present(self, now_ms: int) -> set[int]:
        """Agents with a sign-in whose presence lease lasts, in one read."""

    def live_of(self, agent_id: int) -> list[Session]:
        """The agent's sessions that have not ended."""

    def end(self, key: str, reason: str, now_ms: int) -> None:
        """End it."""

    def renew(self, keys: Collection[str], until_ms: int) -> None:
        """Extend the presence lease."""


class RoutingLog(Protocol):
    """Every routing decision, append-only (contact-centre R18)."""

    def add(self, trigger: str, service_id: int, queue_length: int, decision: Assignment) -> int:
        """Append; a decision without agent has agent_id 0 and slot 0. The entry's number."""

    def after(self, services: Collection[int], number: int, limit: int) -> list[dict[str, Any]]:
        """Entries of these services after that number."""

    def of_conversation(self, conversation_id: int) -> list[dict[str, Any]]:
        """Every entry about a conversation, oldest first."""

    def latest(self, limit: int) -> list[dict[str, Any]]:
        """The newest entries of all services, newest first."""
