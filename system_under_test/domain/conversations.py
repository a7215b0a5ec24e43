"""A conversation: one episode of service on a thread, from first message to End."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

QUEUED, OFFERED, ACTIVE, WRAP_UP, ENDED = "queued", "offered", "active", "wrap_up", "ended"
HELD = (OFFERED, ACTIVE, WRAP_UP)  # these take a position


@dataclass(frozen=True, slots=True)
class Conversation:
    """State of one conversation; `agent_id` and `slot` are set exactly while it is held.

    `due_ms` ends what the state waits for: an offer, a wrap-up, the wait for one agent, silence.
    `waiting_since_ms` is the oldest message of the customer that nobody has answered.
    """

    id: int
    protocol: str
    channel_id: int
    customer_id: int
    service_id: int
    state: str
    agent_id: int | None
    slot: int | None
    handled_by: int | None
    queued_seq: int
    unread: int
    preview: str
    last_at_ms: int
    opened_at_ms: int
    ended_at_ms: int | None
    priority: int = 0
    only_agent_id: int | None = None
    refused_by: frozenset[int] = frozenset()
    due_ms: int | None = None
    assigned_at_ms: int | None = None
    waiting_since_ms: int | None = None
    first_seated_ms: int | None = None
    first_reply_ms: int | None = None
    category: str | None = None
    end_reason: str | None = None

    @property
    def is_held(self) -> bool:
        """Whether it takes a position of an agent."""
        return self.state in HELD


def protocol_number(opened_at_ms: int, number: int) -> str:
    """The protocol number told to customers: day in UTC and the conversation's number."""
    day = datetime.fromtimestamp(opened_at_ms / 1000, tz=UTC)
    return f"{day:%Y%m%d}-{number:06d}"
