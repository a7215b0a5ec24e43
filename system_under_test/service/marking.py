"""Puts marks on messages: reactions, edits and seen marks (meta-contract §3.5, §3.6, §3.9).

A mark may overtake its message, and one mark another: the first waits for its message, the older
of two of a kind changes nothing. Whose a message is, only the message tells: until then everybody's
mark is kept, and then only those count whose author may make them.
"""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain import events as ev
from system_under_test.domain.conversations import Conversation
from system_under_test.domain.marks import EDIT, REACTION, SEEN, Mark, is_newer, may_make
from system_under_test.domain.messages import Message, time_of
from system_under_test.service.announcer import Announcer
from system_under_test.service.arrivals import Arrival
from system_under_test.service.records import Records


@dataclass(frozen=True, slots=True)
class Marking:
    """The console's way with marks."""

    announcer: Announcer

    def reacted(self, arrival: Arrival, event: ev.Reacted) -> str:
        """Show or remove the customer's reaction."""
        at_ms = time_of(event.at_ms, arrival.received_ms)
        mark = Mark(REACTION, event.mid, event.customer_id, event.emoji, 0, at_ms)
        return self._take(arrival, mark)

    def edited(self, arrival: Arrival, event: ev.Edited) -> str:
        """Show the new text; its delivery is erased with the message."""
        arrival.records.marks.trace(arrival.channel.id, event.mid, arrival.delivery_id)
        at_ms = time_of(event.at_ms, arrival.received_ms)
        mark = Mark(EDIT, event.mid, event.author_id, event.text, event.number, at_ms)
        outcome = self._take(arrival, mark)
        if outcome == "deleted":
            arrival.records.deliveries.forget(arrival.delivery_id)
        return outcome

    def seen(self, arrival: Arrival, event: ev.MessageRead) -> str:
        """Mark our messages as seen: up to a message, or on Messenger up to a time."""
        at_ms = time_of(event.at_ms, arrival.received_ms)
        if event.mid is not None:
            mark = Mark(SEEN, event.mid, event.customer_id, None, 0, at_ms)
            return self._take(arrival, mark)
        customer = arrival.records.customers.find(arrival.channel.id, event.customer_id)
        if customer is None or event.watermark_ms is None:
            return "unknown_thread"
        marks = arrival.records.marks
        self._show(arrival.records, marks.see_until(customer.id, event.watermark_ms, at_ms))
        return "seen"

    def settle(self, arrival: Arrival, message: Message) -> None:
        """Give the message the marks that came before it."""
        if message.mid is not None:
            for mark in arrival.records.marks.take(arrival.channel.id, message.mid):
                self._apply(arrival, message, mark)

    def _take(self, arrival: Arrival, mark: Mark) -> str:
        records, channel = arrival.records, arrival.channel
        message = records.messages.by_mid(channel.id, mark.mid)
        if message is not None:
            return self._apply(arrival, message, mark)
        # Who withdrew what is not theirs withdrew nothing; an author without a thread: any does.
        author = None if mark.author_id in ("", channel.account_id) else mark.author_id
        if records.messages.is_buried(channel.id, mark.mid, author):
            return "deleted"
        records.marks.keep(channel.id, mark)
        return "remembered"

    def _apply(self, arrival: Arrival, message: Message, mark: Mark) -> str:
        records = arrival.records
        conversation = records.conversations.one(message.conversation_id)
        igsid = records.customers.get(conversation.customer_id).igsid
        if message.deleted:
            return "deleted"
        if not may_make(mark, message, igsid, arrival.channel.account_id):
            return f"ignored: {mark.author_id} marks a message of another thread"
        if mark.kind == SEEN:
            seen = records.marks.see_to(conversation.customer_id, message, mark.at_ms)
            self._show(records, seen)
            return "seen"
        if not is_newer(mark, message):
            return "outdated"
        marked = records.marks.set(message.id, mark)
        self.announcer.message(records, conversation, marked, is_new=False)
        if mark.kind == EDIT:
            self._show_edit(records, conversation, marked)
        return mark.kind

    def _show_edit(self, records: Records, conversation: Conversation, message: Message) -> None:
        last = records.messages.last(conversation.id)
        if last is not None and last.id == message.id:
            shown = records.conversations.preview(conversation.id, message.content, "")
            self.announcer.updated(records, shown)

    def _show(self, records: Records, messages: list[Message]) -> None:
        for message in messages:
            conversation = records.conversations.one(message.conversation_id)
            self.announcer.message(records, conversation, message, is_new=False)
