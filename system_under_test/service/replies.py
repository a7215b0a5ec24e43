"""Puts an outgoing text or file on its way: a bubble, a row of the outbox, the stream."""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain.conversations import Conversation
from system_under_test.domain.messages import Content, Message
from system_under_test.domain.windows import tag_for
from system_under_test.service.announcer import Announcer
from system_under_test.service.message_records import NewMessage
from system_under_test.service.records import Outgoing, Records

OUTBOX = "worker:outbox"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is kept here, and where Meta fetches it."""

    file_id: int
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be sent, who wrote it, its idempotency key; without one it gets its own."""

    content: Content
    author: str
    key: str | None = None
    by_human: bool = True
    attached: Attached | None = None


def check_window(records: Records, conversation: Conversation, now_ms: int) -> None:
    """WindowClosedError when not even a human may write to the customer any more."""
    customer = records.customers.get(conversation.customer_id)
    tag_for(customer.window_ms, now_ms, by_human=True)


def repeat_reply(
    records: Records,
    announcer: Announcer,
    conversation: Conversation,
    message: Message,
    now_ms: int,
) -> Message:
    """Leave a reply that has failed to the outbox once more, under the same bubble."""
    letter = records.outbox.of_message(message.id)
    assert letter is not None
    # Not its first attempt: a late echo of the one before may still confirm it.
    records.outbox.set_state(letter.id, "pending", 1, now_ms)
    records.wake(OUTBOX)
    again = records.messages.send_again(message.id)
    announcer.message(records, conversation, again, is_new=False)
    return again


def queue_reply(
    records: Records,
    announcer: Announcer,
    conversation: Conversation,
    reply: Reply,
    now_ms: int,
) -> Message:
    """Show the reply as sending and leave it to the outbox."""
    message = records.messages.add(
        NewMessage(
            conversation_id=conversation.id,
            channel_id=conversation.channel_id,
            mid=None,
            direction="out",
            content=reply.content,
            state="sending",
            at_ms=now_ms,
            author=reply.author,
        )
    )
    key = reply.key or f"message:{message.id}"
    file = reply.attached
    kept = Outgoing(key, reply.by_human, file.file_id if file else None, file.url if file else None)
    records.outbox.add(message, conversation.customer_id, kept, now_ms)
    records.wake(OUTBOX)
    shown = records.conversations.touch(conversation.id, reply.content, message.at_ms, unread=0)
    if not shown.preview:
        label = announcer.views.preview_label(reply.content.kind)
        shown = records.conversations.preview(conversation.id, reply.content, label)
    announcer.message(records, shown, message, is_new=True)
    announcer.updated(records, shown)
    return message
