"""What the console's JSON looks like (docs/console.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from system_under_test.domain.agents import Agent, Channel
from system_under_test.domain.conversations import Conversation
from system_under_test.domain.customers import Customer
from system_under_test.domain.failure_reasons import parts_of
from system_under_test.domain.medium import Medium
from system_under_test.domain.messages import Message
from system_under_test.domain.statuses import Status
from system_under_test.domain.windows import Window
from system_under_test.service.note_records import Note
from system_under_test.service.records import Records
from system_under_test.service.status_records import every_status, find_any


@dataclass(frozen=True, slots=True)
class Views:
    """Renders records; `text_of` looks a catalogue key up in the console's language."""

    statuses: tuple[Status, ...]
    display_name: Callable[[Customer, Medium], str]
    text_of: Callable[..., str]

    def status(self, records: Records, agent: Agent) -> dict[str, Any]:
        """STATUS of an agent."""
        found = find_any(records, self.statuses, agent.status)
        status = found or Status(agent.status, routable=False)
        return {**self._status(status), "since_ms": agent.status_since_ms}

    def menu(self, records: Records) -> list[dict[str, Any]]:
        """The STATUS menu."""
        every = every_status(records, self.statuses)
        return [self._status(one) for one in every if one.selectable]

    def _status(self, status: Status) -> dict[str, Any]:
        return {
            "id": status.id,
            "label": status.label or self.text_of(f"status.{status.id}"),
            "routable": status.routable,
        }

    def message(self, message: Message) -> dict[str, Any]:
        """MESSAGE."""
        content = message.content
        return {
            "id": str(message.id),
            "mid": message.mid,
            "direction": message.direction,
            "kind": content.kind,
            "text": content.text,
            "url": content.url,
            "attachments": [{"kind": part.kind, "url": part.url} for part in content.parts],
            "available": content.available,
            "deleted": message.deleted,
            "state": message.state,
            "reason": self._reason(message.reason),
            "author": message.author,
            "at_ms": message.at_ms,
            "order_ms": message.order_ms,
            "reaction": message.reaction,
            "edited": message.edits > 0 and not message.deleted,
            "seen_at_ms": message.seen_ms,
            "tries": message.tries,
        }

    def note(self, note: Note) -> dict[str, Any]:
        """NOTE."""
        return {"id": str(note.id), "author": note.author, "text": note.text, "at_ms": note.at_ms}

    def channel(self, channel: Channel) -> dict[str, Any]:
        """CHANNEL."""
        trouble = channel.trouble and {
            "reason": self._reason(channel.trouble),
            "since_ms": channel.trouble_ms,
        }
        return {
            "id": str(channel.id),
            "kind": channel.medium.name,
            "label": channel.medium.label,
            "username": channel.username,
            "name": channel.shown_name,
            "text_limit": {"most": channel.medium.most_text, "unit": channel.medium.text_unit},
            "trouble": trouble or None,
        }

    def name(self, records: Records, customer: Customer) -> str:
        """What a customer is called."""
        return self.display_name(customer, records.channels.get(customer.channel_id).medium)

    def conversation(self, records: Records, conversation: Conversation) -> dict[str, Any]:
        """CONVERSATION without messages and history."""
        customer = records.customers.get(conversation.customer_id)
        channel = records.channels.get(conversation.channel_id)
        service = records.services.get(conversation.service_id)
        window = Window(customer.window_ms)
        return {
            "id": str(conversation.id),
            "protocol": conversation.protocol,
            "state": conversation.state,
            "slot": conversation.slot,
            "name": self.name(records, customer),
            "customer": {
                "igsid": customer.igsid,
                "name": customer.name,
                "username": customer.username,
                "avatar_url": customer.avatar_url,
                "followers": customer.followers,
            },
            "channel": self.channel(channel),
            "window": {
                "opened_at_ms": window.opened_ms,
                "standard_until_ms": window.standard_until_ms,
                "human_until_ms": window.human_until_ms,
            },
            "unread": conversation.unread,
            "preview": conversation.preview,
            "last_at_ms": conversation.last_at_ms,
            "opened_at_ms": conversation.opened_at_ms,
            "ended_at_ms": conversation.ended_at_ms,
            "service": {
                "name": service.name,
                "classification": service.classification,
                "categories": list(service.categories),
            },
            "due_ms": conversation.due_ms,
            "waiting_since_ms": conversation.waiting_since_ms,
            "assigned_at_ms": conversation.assigned_at_ms,
            "category": conversation.category,
        }

    def conversation_with_messages(
        self, records: Records, conversation: Conversation
    ) -> dict[str, Any]:
        """CONVERSATION with `messages`, `notes`, `previous`, and when the customer came first."""
        view = self.conversation(records, conversation)
        messages = records.messages.of_conversation(conversation.id)
        view["messages"] = [self.message(message) for message in messages]
        previous = records.conversations.previous(conversation)
        view["previous"] = [
            {
                "id": str(one.id),
                "protocol": one.protocol,
                "opened_at_ms": one.opened_at_ms,
                "ended_at_ms": one.ended_at_ms,
            }
            for one in previous
        ]
        view["notes"] = [self.note(one) for one in records.notes.of_conversation(conversation.id)]
        view["first_seen_ms"] = records.conversations.first_seen_ms(conversation, previous)
        return view

    def _reason(self, kept: str | None) -> str | None:
        """In the console's language; a sentence that an earlier version has kept stays as it is."""
        found = parts_of(kept) if kept else None
        if found is None:
            return kept
        name, values = found
        return self.text_of(f"reason.{name}", **values)

    def preview_label(self, kind: str) -> str:
        """The line in the list for content without text."""
        return self.text_of(f"preview.{kind}")
