"""What each kind of event does to conversations; all of it is idempotent by Meta's message id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from system_under_test.domain import events as ev
from system_under_test.domain.conversations import WRAP_UP, Conversation
from system_under_test.domain.customers import Customer
from system_under_test.domain.messages import (
    NO_CONTENT,
    Content,
    Message,
    content_of,
    same_text,
    time_of,
)
from system_under_test.domain.windows import opened_at
from system_under_test.service.announcer import Announcer
from system_under_test.service.arrivals import Arrival, Handler
from system_under_test.service.marking import Marking
from system_under_test.service.message_records import NewMessage
from system_under_test.service.records import Letter, Records
from system_under_test.service.replies import Reply, queue_reply
from system_under_test.service.router import Router

PROFILES, INBOX = "worker:profiles", "worker:inbox"


@dataclass(frozen=True, slots=True)
class Handlers:
    """The console's way with events."""

    router: Router
    announcer: Announcer

    def inbound(self, arrival: Arrival, event: ev.Inbound) -> str:
        """Append to the thread's open conversation, or open one (R10, R14)."""
        records, channel = arrival.records, arrival.channel
        known = records.messages.by_mid(channel.id, event.mid)
        if known is not None:
            if known.deleted:
                records.deliveries.forget(arrival.delivery_id)
            else:
                records.marks.trace(channel.id, event.mid, arrival.delivery_id)
            return "duplicate"
        customer = self._customer(arrival, event.customer_id)
        records.customers.open_window(customer.id, opened_at(event.at_ms, arrival.received_ms))
        conversation = records.conversations.open_of(customer.id)
        if conversation is not None:
            self._append(arrival, conversation, event)
            return "appended"
        if customer.name or customer.username:
            # Names change, and the picture's address is good for a few days only (§5.3).
            self._ask_profile(arrival, customer)
        opened = records.conversations.add(channel, customer.id, arrival.received_ms)
        self._append(arrival, opened, event)
        self.router.run(records, "arrived", opened)
        self._tell_closed(records, opened, arrival.now_ms)
        return "opened"

    def _tell_closed(self, records: Records, opened: Conversation, now_ms: int) -> None:
        """Only where a service has a text for it: nobody wants to be greeted by a machine (R13)."""
        service = records.services.get(opened.service_id)
        if service.closed_text and not service.is_open(now_ms):
            author = self.announcer.views.text_of("message.automatic")
            reply = Reply(Content("text", service.closed_text), author, by_human=False)
            queue_reply(records, self.announcer, opened, reply, now_ms)

    def echoed(self, arrival: Arrival, event: ev.Echoed) -> str:
        """Confirm a reply of ours, or show what was written elsewhere; never open (R15)."""
        records, channel = arrival.records, arrival.channel
        records.marks.trace(channel.id, event.mid, arrival.delivery_id)
        known = records.messages.by_mid(channel.id, event.mid)
        if known is not None:
            self.marking.settle(arrival, known)
            return "duplicate"
        customer = records.customers.find(channel.id, event.customer_id)
        if customer is None:
            return "unknown_thread"
        letters = records.outbox.awaiting_echo(customer.id)
        letter = next((one for one in letters if _is_echo(one, event)), None)
        if letter is not None:
            message = confirm(records, self.announcer, letter, event.mid)
            self.marking.settle(arrival, message)
            return "confirmed"
        conversation = records.conversations.open_of(customer.id)
        # What the company wrote after End, from the phone or by another program, is the end of the
        # last one's history: whoever answers the customer next has to see it.
        written = conversation or records.conversations.latest_of(customer.id)
        if written is None:
            return "no_conversation"
        self._append(arrival, written, event)
        newest = records.messages.last(written.id)
        if conversation is not None and newest is not None and newest.mid == event.mid:
            self.router.attendance.answered_elsewhere(records, conversation)
        return "appended" if conversation else "appended_after_end"

    def unsent(self, arrival: Arrival, event: ev.Unsent) -> str:
        """Remove the content; remember the id so that a late message arrives deleted (§9.1)."""
        records, channel = arrival.records, arrival.channel
        message = records.messages.by_mid(channel.id, event.mid)
        if message is not None and event.customer_id not in ("", self._author(records, message)):
            return f"ignored: {event.customer_id} withdraws a message of another thread"
        at_ms = time_of(event.at_ms, arrival.received_ms)
        records.messages.bury(channel.id, event.mid, event.customer_id, at_ms)
        # Until the message is known, somebody else's unsend says nothing about the author's marks.
        theirs = (event.customer_id, channel.account_id, "")
        is_anybodys = message is not None or not event.customer_id
        records.marks.drop(channel.id, event.mid, () if is_anybodys else theirs)
        for delivery in records.marks.traced(channel.id, event.mid):
            records.deliveries.forget(delivery)
        if message is None:
            return "remembered"
        if message.deleted:
            return "duplicate"
        source = records.messages.delivery_of(message.id)
        if source is not None:
            records.deliveries.forget(source)
        erased = records.messages.erase(message.id)
        records.outbox.forget(message.id)
        view = self.announcer.views.message(erased)
        records.ui_events.scrub(erased.conversation_id, erased.id, view)
        conversation = records.conversations.one(erased.conversation_id)
        self.announcer.message(records, conversation, erased, is_new=False)
        last = records.messages.last(conversation.id)
        if last is not None and last.id == erased.id:
            label = self.announcer.views.preview_label("deleted")
            shown = records.conversations.preview(conversation.id, NO_CONTENT, label)
            self.announcer.updated(records, shown)
        return "deleted"

    def _author(self, records: Records, message: Message) -> str:
        conversation = records.conversations.one(message.conversation_id)
        return records.customers.get(conversation.customer_id).igsid

    def noted(self, _arrival: Arrival, _event: ev.Event) -> str:
        """What opens nothing, extends nothing and shows nothing."""
        return "noted"

    @property
    def marking(self) -> Marking:
        """What is said about messages later."""
        return Marking(self.announcer)

    def _customer(self, arrival: Arrival, igsid: str) -> Customer:
        customers = arrival.records.customers
        customer = customers.find(arrival.channel.id, igsid)
        if customer is None:
            customer = customers.add(arrival.channel.id, igsid)
        if not (customer.name or customer.username):
            self._ask_profile(arrival, customer)
        return customer

    def _ask_profile(self, arrival: Arrival, customer: Customer) -> None:
        if customer.profile_due_ms is not None:
            return  # asked already; while Graph fails, a crowd that writes must not ask it at once
        arrival.records.customers.plan_profile(customer.id, 0, arrival.now_ms)
        arrival.records.wake(PROFILES)

    def _append(
        self, arrival: Arrival, conversation: Conversation, event: ev.Inbound | ev.Echoed
    ) -> None:
        records = arrival.records
        buried = records.messages.is_buried(arrival.channel.id, event.mid, event.customer_id)
        content = NO_CONTENT if buried else content_of(event)
        inbound = isinstance(event, ev.Inbound)
        at_ms = time_of(event.at_ms, arrival.received_ms)
        message = records.messages.add(
            NewMessage(
                conversation_id=conversation.id,
                channel_id=arrival.channel.id,
                mid=event.mid,
                direction="in" if inbound else "out",
                content=content,
                state="received" if inbound else "sent",
                at_ms=at_ms,
                event_ms=at_ms,
                author=None if inbound else arrival.channel.medium.label,
                deleted=buried,
                delivery_id=arrival.delivery_id,
            )
        )
        if buried:
            records.deliveries.forget(arrival.delivery_id)
        shown = records.conversations.touch(
            conversation.id,
            content,
            message.at_ms,
            unread=1 if inbound else 0,
            inbound_ms=arrival.received_ms if inbound else None,
        )
        if inbound and shown.state == WRAP_UP:
            shown = self.router.attendance.resume(records, shown)
        if not shown.preview:
            label = self.announcer.views.preview_label("deleted" if buried else content.kind)
            shown = records.conversations.preview(conversation.id, content, label)
        self.announcer.message(records, shown, message, is_new=True)
        self.announcer.updated(records, shown)
        self.marking.settle(arrival, message)


def _is_echo(letter: Letter, event: ev.Echoed) -> bool:
    if letter.file_id is None:
        return bool(letter.text) and same_text(letter.text, event.text)
    return [one.type for one in event.attachments] == [letter.kind]


def confirm(records: Records, announcer: Announcer, letter: Letter, mid: str) -> Message:
    """A reply has reached Meta under this id, as the answer or an echo says."""
    message = records.messages.get(letter.message_id)
    twin = records.messages.by_mid(message.channel_id, mid)
    if twin is not None and twin.id != message.id:
        # Its echo came first with a text that did not look like ours: one bubble, not two.
        records.messages.remove(twin.id)
    records.outbox.set_state(letter.id, "sent", letter.attempts, None)
    settled = records.messages.settle(message.id, "sent", None, mid)
    conversation = records.conversations.one(letter.conversation_id)
    announcer.message(records, conversation, settled, is_new=False)
    is_waiting = letter.by_human and conversation.waiting_since_ms is not None
    if is_waiting and records.messages.unanswered_since(conversation.id) is None:
        # It had failed, so that the customer waited again: sent once more, it is an answer.
        announcer.updated(records, records.conversations.calm(conversation.id))
    return settled


def default_table(handlers: Handlers) -> Mapping[type[Any], Handler]:
    """Which handler takes which kind of event."""
    return {
        ev.MessageReceived: handlers.inbound,
        ev.StoryMentioned: handlers.inbound,
        ev.StoryReplied: handlers.inbound,
        ev.PostbackTapped: handlers.inbound,
        ev.Echoed: handlers.echoed,
        ev.Unsent: handlers.unsent,
        ev.MessageRead: handlers.marking.seen,
        ev.Reacted: handlers.marking.reacted,
        ev.Edited: handlers.marking.edited,
    }
