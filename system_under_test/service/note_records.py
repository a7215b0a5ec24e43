"""Internal notes, as the use cases read and write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Note:
    """What an agent wrote for colleagues; it is never sent to anybody."""

    id: int
    conversation_id: int
    author: str
    text: str
    at_ms: int


class Notes(Protocol):
    """Notes by conversation; gone with the person they are about."""

    def add(self, conversation_id: int, author: str, text: str, at_ms: int) -> Note:
        """Keep it."""

    def of_conversation(self, conversation_id: int) -> list[Note]:
        """Those of a conversation, oldest first."""
