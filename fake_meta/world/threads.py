"""Verbs about Direct threads, seen from the customer's side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.domain import events, messenger_threads, referrals
from fake_meta.domain.attachments import content_type_of, kind_of_file
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError, UnknownStoryError
from fake_meta.domain.events import EventName
from fake_meta.domain.identifiers import StoryId
from fake_meta.domain.stories import is_over
from fake_meta.domain.threads import MEDIA_KINDS, MessageKind, Sender, Surface, ThreadMessage
from fake_meta.world.state import CustomerRecord
from fake_meta.world.writing import Draft, WritingCore

WRITABLE_KINDS = frozenset(MessageKind) - {
    MessageKind.TEXT,
    MessageKind.STORY_MENTION,
    MessageKind.STORY_REPLY,
    MessageKind.TEMPLATE,
    MessageKind.POSTBACK,
}
"""What a customer can attach (meta-contract §3.3)."""


MOST_REMEMBERED = 100
"""A thread that is no longer is kept as it was read, for who reads it again."""


class ThreadVerbs(WritingCore):
    """Writing, replying, unsending, reading."""

    def thread_of(self, username: str) -> tuple[ThreadMessage, ...]:
        """Every message of the thread, oldest first."""
        with self._lock:
            thread = self._record(username).thread
            if thread.snapshot is not None:
                return thread.snapshot
            messages = self._state.archive.thread(thread.key, thread.count)
            if thread.count <= MOST_REMEMBERED:
                thread.snapshot = messages
            return messages

    def message_of(self, username: str, mid: str) -> ThreadMessage:
        """One message of the thread, or `UnknownMessageError`."""
        with self._lock:
            return self._message(self._record(username), mid)

    def revision_of(self, username: str) -> int:
        """A number that grows with each change of that thread."""
        with self._lock:
            return self._record(username).thread.revision

    def send_text(self, username: str, text: str) -> ThreadMessage:
        """Write to the company as this customer."""
        return self.send_texts(username, (text,))[0]

    def send_texts(self, username: str, texts: Sequence[str]) -> tuple[ThreadMessage, ...]:
        """Write several messages at once; they are delivered concurrently."""
        if not texts or not all(text.strip() for text in texts):
            raise InvalidRequestError("a message needs a text that is not blank")
        drafts = [Draft(MessageKind.TEXT, text) for text in texts]
        with self._lock:
            return self._write(self._writer(username), drafts)

    def send_reply(self, username: str, text: str, reply_to: str) -> ThreadMessage:
        """Answer one message of the thread inline (meta-contract §3.2)."""
        if not text.strip():
            raise InvalidRequestError("a reply needs a text that is not blank")
        with self._lock:
            record = self._writer(username)
            answered = self._standing(record, reply_to)
            return self._write(record, [Draft(MessageKind.TEXT, text, reply_to=answered.mid)])[0]

    def send_from_advertisement(
        self, username: str, text: str, referral: Mapping[str, Any]
    ) -> ThreadMessage:
        """Write after a click on an advertisement or on a product of the shop (§3.2)."""
        told = referrals.of_message(self.platform, referral)
        with self._lock:
            draft = Draft(MessageKind.TEXT, text, referral=told)
            return self._write(self._writer(username), [draft])[0]

    def send_media(self, username: str, kind: MessageKind | str) -> ThreadMessage:
        """Send anything that is not text; `MEDIA_KINDS` are drawn by the emulator."""
        return self.send_attachments(username, (kind,))

    def send_attachments(self, username: str, kinds: Sequence[MessageKind | str]) -> ThreadMessage:
        """Send one message with several attachments, pictures and the like."""
        writable = messenger_threads.KINDS if self._is_on_messenger else WRITABLE_KINDS
        if not kinds or not set(kinds) <= writable:
            known = ", ".join(sorted(writable))
            raise InvalidRequestError(f"an attachment is one of {known}, not {list(kinds)!r}")
        first, *also = (MessageKind(kind) for kind in kinds)
        if also and not {first, *also} <= MEDIA_KINDS:
            raise InvalidRequestError("only image, video, audio and file come several at once")
        with self._lock:
            return self._write(self._writer(username), [Draft(first, also=tuple(also))])[0]

    def send_file(self, username: str, declared: str, body: bytes) -> ThreadMessage:
        """Send a file of the customer's own; its bytes lie on the CDN as they are."""
        content_type = content_type_of(declared, body)
        kind = kind_of_file(content_type, len(body), self.platform)
        if kind is None or not body:
            raise InvalidRequestError(
                f"a file of {len(body)} bytes and the type {content_type or 'unknown'} cannot be "
                "sent: pictures up to 8 MB; videos, sound and PDF up to 25 MB (meta-contract §4.3)"
            )
        with self._lock:
            draft = Draft(kind, file=(content_type, body))
            return self._write(self._writer(username), [draft])[0]

    def reply_to_story(self, username: str, story_id: str, text: str) -> ThreadMessage:
        """Reply to one of the company's stories (meta-contract §9.3)."""
        self._refuse_on_messenger("stories")
        if not text.strip():
            raise InvalidRequestError("a reply to a story needs a text that is not blank")
        with self._lock:
            record = self._writer(username)
            story = self._inbox.stories.get(StoryId(story_id))
            if story is None or story.owner is not None:
                raise UnknownStoryError(
                    f"the company has no story {story_id!r}; GET /_control/world lists them, "
                    "POST /_control/account/stories publishes one"
                )
            if story.gone or is_over(story.published_ms, self._clock.now_ms()):
                raise NotAllowedError(f"the story {story_id} is over; nobody can reply to it")
            draft = Draft(MessageKind.STORY_REPLY, text, StoryId(story_id))
            return self._write(record, [draft])[0]

    def unsend(self, username: str, mid: str, surface: Surface) -> ThreadMessage:
        """Withdraw a message; only the phone app tells the company's app (meta-contract §9.1)."""
        with self._lock:
            record = self._record(username)
            message = self._message(record, mid)
            if message.sender is not Sender.CUSTOMER:
                raise NotAllowedError(f"{username} can unsend only messages that {username} wrote")
            if message.unsent:
                raise NotAllowedError(f"the message {mid} is already unsent")
            gone = self._withdraw(record, message)
            if self._is_on_messenger:
                event = self._event(record, EventName.UNSEND, (mid,), {})
                self._journal_silence(event, messenger_threads.NO_DELETION)
            elif surface is Surface.MOBILE or self.choices.web_unsend == "event":
                now_ms = self._clock.now_ms()
                item = events.unsend_item(
                    self._inbox.account.id,
                    record.customer.igsid,
                    message.mid,
                    now_ms,
                    flag=self._deleted_flag,
                )
                self._emit(record.customer, [self._event(record, EventName.UNSEND, (mid,), item)])
            return gone

    def _refuse_on_messenger(self, what: str) -> None:
        if self._is_on_messenger:
            raise NotAllowedError(f"there are no {what} on Messenger; leave out platform")

    def _writer(self, username: str) -> CustomerRecord:
        """The record of somebody who can write: who blocked the company cannot."""
        record = self._record(username)
        if record.customer.blocks_business:
            raise NotAllowedError(
                f"{username} has blocked the company; PATCH blocks_business to false first"
            )
        return record

    def _standing(self, record: CustomerRecord, mid: str) -> ThreadMessage:
        """A message of the thread that is not unsent."""
        message = self._message(record, mid)
        if message.unsent:
            raise NotAllowedError(f"the message {mid} is unsent")
        return message
