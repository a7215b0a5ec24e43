"""A conversation: one episode of service on a thread, from first message to End."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

QUEUED, ACTIVE, ENDED = "queued", "active", "ended"


@dataclass(frozen=True, slots=True)
class Conversation:
    """State of one conversation; `agent_id` and `slot` are set exactly while it is active."""

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


def protocol_number(opened_at_ms: int, number: int) -> str:
    """The protocol number told to customers: day in UTC and the conversation's number."""
    day = datetime.fromtimestamp(opened_at_ms / 1000, tz=UTC)
    return f"{day:%Y%m%d}-{number:06d}"
