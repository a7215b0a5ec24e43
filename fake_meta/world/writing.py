"""What every verb that writes into a thread stands on: compose, append, withdraw, tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fake_meta.domain import events, identifiers, messenger_threads, routing
from fake_meta.domain.attachments import DRAWN_AS, WIRE_TYPES, WITHOUT_PAYLOAD
from fake_meta.domain.events import EventName, WebhookEvent, WebhookField
from fake_meta.domain.identifiers import Mid, StoryId
from fake_meta.domain.threads import (
    MEDIA_KINDS,
    Attachment,
    Folder,
    MessageKind,
    Sender,
    ThreadMessage,
)
from fake_meta.world.core import WorldCore
from fake_meta.world.state import CustomerRecord, ThreadRecord

_TITLED = {
    MessageKind.IG_POST: "id",
    MessageKind.IG_REEL: "reel_video_id",
    MessageKind.REEL: "reel_video_id",
}


NO_STICKERS = (
    "Instagram tells apps nothing of stickers, by the choice stickers (meta-contract §3.3)"
)
NO_UNSUPPORTED = (
    "Instagram tells apps nothing of what the API cannot show, by the choice unsupported_content "
    "(meta-contract §9.6)"
)
_UNTOLD = {
    MessageKind.STICKER: ("stickers", NO_STICKERS),
    MessageKind.UNSUPPORTED: ("unsupported_content", NO_UNSUPPORTED),
}
NO_EDITS = "Instagram tells apps nothing of edits, by the choice edit_events (meta-contract §3.14)"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that a customer is about to write."""

    kind: MessageKind
    text: str = ""
    story_id: StoryId | None = None
    also: tuple[MessageKind, ...] = ()
    reply_to: Mid | None = None
    quick_reply: str | None = None
    referral: Mapping[str, Any] | None = None
    is_self: bool = False
    file: tuple[str, bytes] | None = None


class WritingCore(WorldCore):
    """Threads from the inside."""

    def _write(self, record: CustomerRecord, drafts: Sequence[Draft]) -> tuple[ThreadMessage, ...]:
        now_ms = self._clock.now_ms()
        written = [self._compose(record, draft, now_ms) for draft in drafts]
        self._customer_acted(record, now_ms)
        for message, _ in written:
            self._append(record, message)
        self._tell_messages(record, drafts, [event for _, event in written])
        return tuple(message for message, _ in written)

    def _tell_messages(
        self, record: CustomerRecord, drafts: Sequence[Draft], events_: Sequence[WebhookEvent]
    ) -> None:
        """Of stickers and polls the app may hear nothing (stickers, unsupported_content)."""
        kind = drafts[0].kind
        if kind in _UNTOLD and not self._is_on_messenger:
            choice, reason = _UNTOLD[kind]
            if getattr(self.choices, choice) == "no_webhook":
                self._journal_silence(events_[0], reason)
                return
        self._emit(record.customer, events_)

    @property
    def _deleted_flag(self) -> bool | str:
        return "true" if self.choices.deleted_flag == "text" else events.IS_DELETED

    def _customer_acted(self, record: CustomerRecord, now_ms: int) -> None:
        """The window opens, a new thread finds its folder, a request is accepted (§4.5, §9.5)."""
        thread = record.thread
        thread.last_customer_action_ms = now_ms
        thread.is_asked = False
        if thread.folder is None:
            follows = record.customer.follows_business or self._is_on_messenger
            thread.folder = Folder.PRIMARY if follows else Folder.REQUESTS

    def _compose(
        self, record: CustomerRecord, draft: Draft, now_ms: int
    ) -> tuple[ThreadMessage, WebhookEvent]:
        mid = self._new_mid(record)
        account, igsid = self._inbox.account.id, record.customer.igsid
        if draft.story_id is not None:
            url = self._inbox.stories[draft.story_id].url
            record.thread.story_of[mid] = draft.story_id
            message = ThreadMessage(mid, Sender.CUSTOMER, draft.kind, draft.text, url, now_ms)
            item = events.story_reply_item(account, igsid, message, draft.story_id)
        else:
            message = self._drafted(record, draft, mid, now_ms)
            item = events.message_item(account, igsid, message)
            if self._is_on_messenger and message.reply_to is not None:
                answered = self._message(record, message.reply_to)
                is_own = answered.sender is Sender.CUSTOMER
                item = messenger_threads.reply_item(item, is_self_reply=is_own)
        return message, self._event(record, EventName.MESSAGE, (mid,), item)

    def _drafted(
        self, record: CustomerRecord, draft: Draft, mid: Mid, now_ms: int
    ) -> ThreadMessage:
        attachments: tuple[Attachment, ...] = ()
        url = None
        if draft.file is not None:
            url = self._new_hosted_asset(str(draft.kind), draft.file, mid)
        elif draft.kind in MEDIA_KINDS and not draft.also:
            url = self._new_media(draft.kind, record.customer.username, mid)
        elif draft.kind not in (MessageKind.TEXT, MessageKind.UNSUPPORTED):
            kinds = (draft.kind, *draft.also)
            attachments = tuple(self._attachment(record, kind, mid) for kind in kinds)
            url = attachments[0].url
        return ThreadMessage(
            mid,
            Sender.CUSTOMER,
            draft.kind,
            draft.text,
            url,
            now_ms,
            attachments=attachments,
            reply_to=draft.reply_to,
            quick_reply=draft.quick_reply,
            referral=draft.referral,
            is_self=draft.is_self,
        )

    def _new_media(self, kind: MessageKind, username: str, mid: Mid) -> str:
        if self._is_on_messenger:
            return self._new_extra_asset(str(kind), username, mid)
        return self._new_asset(str(kind), username, mid=mid)

    def _attachment(self, record: CustomerRecord, kind: MessageKind, mid: Mid) -> Attachment:
        wire_type = WIRE_TYPES.get(kind, str(kind))
        if kind in WITHOUT_PAYLOAD:
            return Attachment(wire_type)
        username = record.customer.username
        if self._is_on_messenger:
            url = self._new_extra_asset(DRAWN_AS[kind], username, mid)
            wire_type = messenger_threads.WIRE_TYPES.get(kind, str(kind))
            extra_id = "179" + identifiers.digits(self._inbox.source, 14)
            payload = messenger_threads.payload_of(kind, url, username, extra_id)
            return Attachment(wire_type, payload)
        payload = {"url": self._new_asset(DRAWN_AS[kind], username, mid=mid)}
        if kind in _TITLED:
            payload["title"] = f"Shared by {username}"
            payload[_TITLED[kind]] = self._new_extra_id("179")
        return Attachment(wire_type, payload)

    def _withdraw(self, record: CustomerRecord, message: ThreadMessage) -> ThreadMessage:
        gone = ThreadMessage(
            message.mid,
            message.sender,
            message.kind,
            "",
            None,
            message.timestamp_ms,
            unsent=True,
            origin=message.origin,
        )
        self._change(record, gone)
        return gone

    def _react(
        self, record: CustomerRecord, message: ThreadMessage, reaction: Any, sender: Sender
    ) -> ThreadMessage:
        """Put `sender`'s reaction in place of the one before; None takes it away."""
        others = tuple(one for one in message.reactions if one.sender is not sender)
        changed = replace(message, reactions=others + (() if reaction is None else (reaction,)))
        self._change(record, changed)
        return changed

    def _is_controlled_elsewhere(self, thread: ThreadRecord) -> bool:
        """Another app controls this thread; without a default app every app may answer (§3.11)."""
        controller = self._controller(thread)
        return controller is not None and controller != self._state.app.id

    def _controller(self, thread: ThreadRecord) -> str | None:
        if thread.owner is not None and routing.is_in_control(
            thread.owner_until_ms, thread.last_customer_action_ms, self._clock.now_ms()
        ):
            return thread.owner
        return self._inbox.default_app

    def _event(
        self,
        record: CustomerRecord,
        name: EventName,
        mids: Sequence[str],
        item: events.JsonObject,
        field: WebhookField = WebhookField.MESSAGES,
    ) -> WebhookEvent:
        if self._is_on_messenger:
            field = messenger_threads.field_of(name, field)
        heard = field
        if record.thread.owner is not None or self._inbox.default_app is not None:
            elsewhere = self._is_controlled_elsewhere(record.thread)
            heard = routing.field_heard(field, is_controlled_elsewhere=elsewhere)
        if heard is not field:
            item = routing.on_standby(item)
        return WebhookEvent(
            name=name,
            account_id=self._inbox.account.id,
            lane=record.customer.igsid,
            customer=record.customer.username,
            mids=tuple(Mid(mid) for mid in mids),
            item=item,
            field=heard,
            object=self._rules.object,
        )
