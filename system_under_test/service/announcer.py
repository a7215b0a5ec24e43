"""Puts changes on the event stream, in the transaction that makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from system_under_test.domain.agents import Agent, Channel
from system_under_test.domain.conversations import Conversation
from system_under_test.domain.messages import Message
from system_under_test.service.note_records import Note
from system_under_test.service.records import Records
from system_under_test.service.views import Views


def agent_audience(agent_id: int) -> str:
    """Topic of everything that one agent sees."""
    return f"agent:{agent_id}"


def service_audience(service_id: int) -> str:
    """Topic of what all agents of a service see."""
    return f"service:{service_id}"


def session_audience(key: str) -> str:
    """Topic of what concerns one sign-in only."""
    return f"session:{key}"


@dataclass(frozen=True, slots=True)
class Announcer:
    """Writes events of docs/console.md for whoever attends the conversation."""

    views: Views

    def opened(self, records: Records, conversation: Conversation) -> None:
        """The agent has a new conversation."""
        view = self.views.conversation_with_messages(records, conversation)
        self._tell(records, conversation, "conversation_opened", view)

    def updated(self, records: Records, conversation: Conversation) -> None:
        """Something in the list has changed."""
        if conversation.is_held:
            view = self.views.conversation(records, conversation)
            self._tell(records, conversation, "conversation_updated", view)

    def ended(self, records: Records, conversation: Conversation) -> None:
        """The conversation is over for the agent who attended it."""
        self._tell(records, conversation, "conversation_ended", {"id": str(conversation.id)})

    def removed(self, records: Records, conversation: Conversation, reason: str) -> None:
        """The conversation is no longer with the agent who had it, but not over."""
        data = {"id": str(conversation.id), "reason": reason}
        self._tell(records, conversation, "conversation_removed", data)

    def queue_of(self, records: Records, service_id: int) -> None:
        """A service's queue has changed, however long it is now."""
        lengths = records.conversations.queue_lengths()
        self.queue(records, service_id, lengths.get(service_id, 0))

    def message(
        self, records: Records, conversation: Conversation, message: Message, *, is_new: bool
    ) -> None:
        """A bubble is new or has changed."""
        data = {"conversation_id": str(conversation.id), "message": self.views.message(message)}
        kind = "message" if is_new else "message_updated"
        self._tell(records, conversation, kind, data, message.id)

    def note(self, records: Records, conversation: Conversation, note: Note) -> None:
        """Somebody has left a note."""
        data = {"conversation_id": str(conversation.id), "note": self.views.note(note)}
        self._tell(records, conversation, "note", data)

    def status(self, records: Records, agent: Agent) -> None:
        """The agent's status has changed."""
        records.ui_events.add(agent_audience(agent.id), "status", self.views.status(records, agent))

    def channel(self, records: Records, channel: Channel) -> None:
        """A channel can, or can no longer, be written through."""
        audience = service_audience(channel.service_id)
        records.ui_events.add(audience, "channel", self.views.channel(channel))

    def queue(self, records: Records, service_id: int, length: int) -> None:
        """A service's queue has changed."""
        records.ui_events.add(service_audience(service_id), "queue", {"length": length})

    def taken_over(self, records: Records, session_key: str) -> None:
        """A newer sign-in has ended this session."""
        text = self.views.text_of("session.taken_over")
        audience = session_audience(session_key)
        records.ui_events.add(audience, "taken_over", {"message": text})

    def _tell(
        self,
        records: Records,
        conversation: Conversation,
        kind: str,
        data: Mapping[str, object],
        message_id: int | None = None,
    ) -> None:
        # A queued conversation has no audience: its agent will be told everything by `opened`.
        if conversation.handled_by is not None:
            audience = agent_audience(conversation.handled_by)
            records.ui_events.add(audience, kind, data, conversation.id, message_id)
