"""Verbs about Direct threads, seen from the customer's side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fake_meta.domain import events
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError, UnknownStoryError
from fake_meta.domain.events import EventName, WebhookEvent
from fake_meta.domain.identifiers import Mid, StoryId
from fake_meta.domain.stories import is_over
from fake_meta.domain.threads import MEDIA_KINDS, MessageKind, Sender, Surface, ThreadMessage
from fake_meta.world.core import WorldCore
from fake_meta.world.state import CustomerRecord


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: MessageKind
    text: str = ""
    story_id: StoryId | None = None


class ThreadVerbs(WorldCore):
    """Writing, replying, unsending, reading."""

    def thread_of(self, username: str) -> tuple[ThreadMessage, ...]:
        """Every message of the thread, oldest first."""
        with self._lock:
            thread = self._record(username).thread
            if thread.snapshot is None:
                thread.snapshot = tuple(thread.messages)
            return thread.snapshot

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
        drafts = [_Draft(MessageKind.TEXT, text) for text in texts]
        with self._lock:
            return self._write(self._record(username), drafts)

    def send_media(self, username: str, kind: MessageKind | str) -> ThreadMessage:
        """Send a picture, video, voice note or file."""
        if kind not in MEDIA_KINDS:
            raise InvalidRequestError(f"an attachment is image, video, audio or file, not {kind!r}")
        with self._lock:
            return self._write(self._record(username), [_Draft(MessageKind(kind))])[0]

    def reply_to_story(self, username: str, story_id: str, text: str) -> ThreadMessage:
        """Reply to one of the company's stories (meta-contract §9.3)."""
        if not text.strip():
            raise InvalidRequestError("a reply to a story needs a text that is not blank")
        with self._lock:
            record = self._record(username)
            story = self._state.stories.get(StoryId(story_id))
            if story is None or story.owner is not None:
                raise UnknownStoryError(
                    f"the company has no story {story_id!r}; GET /_control/world lists them, "
                    "POST /_control/account/stories publishes one"
                )
            if story.gone or is_over(story.published_ms, self._clock.now_ms()):
                raise NotAllowedError(f"the story {story_id} is over; nobody can reply to it")
            draft = _Draft(MessageKind.STORY_REPLY, text, StoryId(story_id))
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
            if surface is Surface.MOBILE:
                now_ms = self._clock.now_ms()
                item = events.unsend_item(
                    self._state.account.id, record.customer.igsid, message.mid, now_ms
                )
                self._emit(record.customer, [self._event(record, EventName.UNSEND, (mid,), item)])
            return gone

    def _withdraw(self, record: CustomerRecord, message: ThreadMessage) -> ThreadMessage:
        gone = replace(message, text="", url=None, unsent=True)
        record.thread.messages[record.thread.position[message.mid]] = gone
        self._touch(record.thread)
        return gone

    def _write(self, record: CustomerRecord, drafts: Sequence[_Draft]) -> tuple[ThreadMessage, ...]:
        now_ms = self._clock.now_ms()
        written = [self._compose(record, draft, now_ms) for draft in drafts]
        record.thread.last_customer_action_ms = now_ms
        for message, _ in written:
            self._append(record, message)
        self._emit(record.customer, [event for _, event in written])
        return tuple(message for message, _ in written)

    def _compose(
        self, record: CustomerRecord, draft: _Draft, now_ms: int
    ) -> tuple[ThreadMessage, WebhookEvent]:
        mid = self._new_mid(record)
        url = None
        if draft.story_id is not None:
            url = self._state.stories[draft.story_id].url
            record.thread.story_of[mid] = draft.story_id
        elif draft.kind is not MessageKind.TEXT:
            url = self._new_asset(str(draft.kind), record.customer.username, mid=mid)
        message = ThreadMessage(mid, Sender.CUSTOMER, draft.kind, draft.text, url, now_ms)
        account, igsid = self._state.account.id, record.customer.igsid
        if draft.story_id is not None:
            item = events.story_reply_item(account, igsid, message, draft.story_id)
        else:
            item = events.message_item(account, igsid, message)
        return message, self._event(record, EventName.MESSAGE, (mid,), item)

    def _event(
        self,
        record: CustomerRecord,
        name: EventName,
        mids: Sequence[str],
        item: events.JsonObject,
    ) -> WebhookEvent:
        return WebhookEvent(
            name=name,
            account_id=self._state.account.id,
            lane=record.customer.igsid,
            customer=record.customer.username,
            mids=tuple(Mid(mid) for mid in mids),
            item=item,
        )
