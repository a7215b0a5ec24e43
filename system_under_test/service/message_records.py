"""Bubbles and tombstones as the use cases read and write them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from system_under_test.domain.marks import Mark
from system_under_test.domain.messages import Content, Message


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A bubble to be stored; `event_ms` is Meta's timestamp, None for a reply of ours."""

    conversation_id: int
    channel_id: int
    mid: str | None
    direction: str
    content: Content
    state: str
    at_ms: int
    event_ms: int | None = None
    author: str | None = None
    deleted: bool = False
    delivery_id: int | None = None


class Messages(Protocol):
    """Bubbles and tombstones."""

    def add(self, message: NewMessage) -> Message:
        """Keep a bubble."""

    def get(self, message_id: int) -> Message:
        """The bubble of that id."""

    def by_mid(self, channel_id: int, mid: str) -> Message | None:
        """The bubble of Meta's id."""

    def of_conversation(self, conversation_id: int) -> list[Message]:
        """All, in display order."""

    def of_replies(self, conversation_id: int, message_id: int) -> Message | None:
        """The reply of that id, if it is one of the conversation's."""

    def last(self, conversation_id: int) -> Message | None:
        """The latest."""

    def settle(self, message_id: int, state: str, reason: str | None, mid: str | None) -> Message:
        """Set the state of an outgoing one; `mid` None keeps what is there."""

    def send_again(self, message_id: int) -> Message:
        """An agent wants it sent once more."""

    def erase(self, message_id: int) -> Message:
        """Remove the content; the bubble stays as deleted."""

    def remove(self, message_id: int) -> None:
        """Remove the bubble itself."""

    def delivery_of(self, message_id: int) -> int | None:
        """The delivery that brought it."""

    def bury(self, channel_id: int, mid: str, author_id: str, at_ms: int) -> None:
        """Remember that this person's message was unsent, whether or not it is known yet.

        `author_id` is the customer of the thread, "" where Meta names nobody.
        """

    def directions_after(self, message_id: int) -> tuple[dict[str, int], int]:
        """How many there are of each direction after that one, and the newest one's id."""

    def all_unsent_ms(self, conversation_id: int) -> int | None:
        """When the customer had withdrawn all they wrote; None when something is left."""

    def unanswered_since(self, conversation_id: int) -> int | None:
        """Meta's time of the oldest message after every answer that has not failed."""

    def is_buried(self, channel_id: int, mid: str, author_id: str | None = None) -> bool:
        """Whether it was unsent in this person's thread; None: in anybody's."""


class Marks(Protocol):
    """Reactions, edits, seen marks; and which deliveries hold a message's text."""

    def keep(self, channel_id: int, mark: Mark) -> None:
        """Remember a mark whose message is not known; the newest of its kind and author."""

    def take(self, channel_id: int, mid: str) -> list[Mark]:
        """The marks that came before this message, older ones first; they are no longer early."""

    def drop(self, channel_id: int, mid: str, authors: Collection[str] = ()) -> None:
        """Forget those of these authors; of everybody when none is named."""

    def set(self, message_id: int, mark: Mark) -> Message:
        """Put a reaction or another text on a message."""

    def see_to(self, customer_id: int, last: Message, at_ms: int) -> list[Message]:
        """Mark our messages of the thread up to this one as seen; those that were not."""

    def see_until(self, customer_id: int, watermark_ms: int, at_ms: int) -> list[Message]:
        """Mark our messages of the thread up to a time as seen; those that were not."""

    def trace(self, channel_id: int, mid: str, delivery_id: int) -> None:
        """Remember that this delivery holds the message's text, too."""

    def traced(self, channel_id: int, mid: str) -> list[int]:
        """The further deliveries that hold its text."""
