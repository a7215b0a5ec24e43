"""What an agent does and sees; always and only with the agent's own conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.agents import Session
from system_under_test.domain.conversations import (
    ACTIVE,
    ENDED,
    OFFERED,
    WRAP_UP,
    Conversation,
)
from system_under_test.domain.messages import Content, check_text
from system_under_test.domain.services import check_category, needs_wrap_up
from system_under_test.service.announcer import Announcer
from system_under_test.service.attendance import EndRule
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.replies import Reply, check_window, queue_reply, repeat_reply
from system_under_test.service.router import Router
from system_under_test.service.sharing import NotYoursError, WrongStateError, may_read, own
from system_under_test.service.status_records import find_any


class AlreadyEndedError(Exception):
    """The conversation has ended; nothing can be sent in it."""


class KeyReusedError(Exception):
    """The idempotency key belongs to a reply with another text."""

    def __init__(self) -> None:
        super().__init__(
            "this idempotency_key was used for another text; give every reply a key of its own"
        )


class UnknownStatusError(Exception):
    """The STATUS menu has no such entry."""


def check_selectable(records: Records, router: Router, status_id: str) -> None:
    """UnknownStatusError unless people may select that status."""
    status = find_any(records, router.statuses, status_id)
    if status is None or not status.selectable:
        raise UnknownStatusError(status_id)


@dataclass(frozen=True, slots=True)
class Desk:
    """The agent's use cases."""

    store: Store
    clock: Clock
    announcer: Announcer
    router: Router
    end_rule: EndRule

    def state(self, session: Session) -> dict[str, Any]:
        """STATE but for csrf_token and language, which belong to the web."""
        views = self.announcer.views
        with self.store.reading() as records:
            agent = records.agents.get(session.agent_id)
            active = records.conversations.held_by(agent.id)
            by_slot = {one.slot: str(one.id) for one in active}
            positions = records.agents.positions(agent.id)
            services = records.agents.services(agent.id)
            channels = [one for one in records.channels.all() if one.service_id in services]
            return {
                "cursor": records.ui_events.last_id(),
                "agent": {"login": agent.login, "name": agent.name},
                "status": views.status(records, agent),
                "statuses": views.menu(records),
                "slots": [
                    {"number": slot, "active": on, "conversation_id": by_slot.get(slot)}
                    for slot, on in sorted(positions.items())
                ],
                "queue_length": queue_length(records, agent.id),
                "channels": [views.channel(one) for one in channels],
                "quick_replies": [
                    {"name": name, "text": text}
                    for name, text in records.services.quick_replies(services)
                ],
                "conversations": [views.conversation(records, one) for one in active],
            }

    def select_status(self, agent_id: int, status_id: str) -> dict[str, Any]:
        """Change the status; a routable one pulls the queue at once (R5)."""
        with self.store.writing() as records:
            check_selectable(records, self.router, status_id)
            agent = records.agents.set_status(agent_id, status_id, self.clock.now_ms())
            self.announcer.status(records, agent)
            self.router.run(records, "status")
            return self.announcer.views.status(records, agent)

    def conversation(self, agent_id: int, conversation_id: int) -> dict[str, Any]:
        """CONVERSATION with messages and previous; also an earlier one of a thread at hand."""
        with self.store.reading() as records:
            found = records.conversations.get(conversation_id)
            if found is None or not may_read(records, found, agent_id):
                raise NotYoursError
            return self.announcer.views.conversation_with_messages(records, found)

    def reply(
        self, agent_id: int, conversation_id: int, text: str, key: str | None
    ) -> dict[str, Any]:
        """Queue a reply and show it as sending; the same key and text give the same message."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            earlier = records.outbox.by_key(conversation_id, key) if key else None
            if earlier is not None:
                if earlier.file_id is not None or earlier.text != text.strip():
                    raise KeyReusedError
                return self.announcer.views.message(records.messages.get(earlier.message_id))
            if conversation.state == ENDED:
                raise AlreadyEndedError
            if conversation.state != ACTIVE:
                raise WrongStateError(conversation.state)
            medium = records.channels.get(conversation.channel_id).medium
            content = Content("text", check_text(text, medium))
            author = records.agents.get(agent_id).name
            reply = Reply(content, author, key)
            now_ms = self.clock.now_ms()
            check_window(records, conversation, now_ms)
            message = queue_reply(records, self.announcer, conversation, reply, now_ms)
            self.router.attendance.replied(records, conversation)
            return self.announcer.views.message(message)

    def send_again(self, agent_id: int, conversation_id: int, message_id: int) -> dict[str, Any]:
        """Send a reply that has failed once more; any other is left as it is."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            message = records.messages.of_replies(conversation_id, message_id)
            if message is None:
                raise NotYoursError
            if message.state == "failed" and not message.deleted:
                if conversation.state == ENDED:
                    raise AlreadyEndedError
                check_window(records, conversation, self.clock.now_ms())
                message = repeat_reply(
                    records, self.announcer, conversation, message, self.clock.now_ms()
                )
            return self.announcer.views.message(message)

    def mark_read(self, agent_id: int, conversation_id: int) -> dict[str, Any]:
        """Nothing is unread any more."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.unread:
                conversation = records.conversations.mark_read(conversation_id)
                self.announcer.updated(records, conversation)
            return self.announcer.views.conversation(records, conversation)

    def end(
        self, agent_id: int, conversation_id: int, category: str | None = None
    ) -> dict[str, Any]:
        """End it, or begin its wrap-up, and let the router use what is free; again is harmless."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.state == OFFERED:
                raise WrongStateError(conversation.state)
            if conversation.state == ACTIVE:
                service = records.services.get(conversation.service_id)
                if needs_wrap_up(service, category):
                    conversation = self.router.attendance.wrap_up(records, conversation)
                else:
                    conversation = self._finish(records, conversation, category)
            return self.announcer.views.conversation(records, conversation)

    def finish(self, agent_id: int, conversation_id: int, category: str | None) -> dict[str, Any]:
        """Finish the wrap-up, with its classification; again is harmless."""
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.state == WRAP_UP:
                conversation = self._finish(records, conversation, category)
            elif conversation.state != ENDED:
                raise WrongStateError(conversation.state)
            return self.announcer.views.conversation(records, conversation)

    def _finish(
        self, records: Records, conversation: Conversation, category: str | None
    ) -> Conversation:
        service = records.services.get(conversation.service_id)
        checked = check_category(service, category)
        ended = self.router.attendance.end(
            records, conversation, "ended_by_agent", checked, self.end_rule
        )
        self.router.run(records, "ended")
        return ended

    def routing_log(self, agent_id: int, after: int) -> list[dict[str, Any]]:
        """Routing decisions of the agent's services, at most 500."""
        with self.store.reading() as records:
            services = records.agents.services(agent_id)
            return records.routing_log.after(services, after, 500)


def queue_length(records: Records, agent_id: int) -> int:
    """Conversations waiting in the agent's services."""
    lengths = records.conversations.queue_lengths()
    return sum(lengths.get(service, 0) for service in records.agents.services(agent_id))
