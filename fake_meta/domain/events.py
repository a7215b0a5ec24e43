"""Webhook events of messages as Meta builds them: shapes and key order of meta-contract §3.

The order of keys is part of the wire form (meta-contract §2.4), so it is written in the modules of
events and nowhere else: here messages and envelopes, beside it gestures and changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fake_meta.domain.identifiers import Igid, Igsid, Mid, StoryId
from fake_meta.domain.threads import MessageKind, ThreadMessage

JsonObject = Mapping[str, Any]
IS_DELETED: bool | str = True


class EventName(StrEnum):
    """What an event tells, in the journal's words."""

    MESSAGE = "message"
    ECHO = "echo"
    STORY_MENTION = "story_mention"
    UNSEND = "unsend"
    ECHO_UNSEND = "echo_unsend"
    REACTION = "reaction"
    SEEN = "seen"
    DELIVERY = "delivery"
    OPTIN = "optin"
    POSTBACK = "postback"
    REFERRAL = "referral"
    EDIT = "edit"
    GHOST_EDIT = "ghost_edit"
    HANDOVER = "handover"
    COMMENT = "comment"
    MENTION = "mention"
    STORY_INSIGHTS = "story_insights"
    TEST = "test"
    CUSTOM = "custom"


class WebhookField(StrEnum):
    """What the app subscribes to (meta-contract §3.14)."""

    MESSAGES = "messages"
    REACTIONS = "message_reactions"
    SEEN = "messaging_seen"
    POSTBACKS = "messaging_postbacks"
    REFERRAL = "messaging_referral"
    EDIT = "message_edit"
    HANDOVER = "messaging_handover"
    STANDBY = "standby"
    COMMENTS = "comments"
    LIVE_COMMENTS = "live_comments"
    MENTIONS = "mentions"
    STORY_INSIGHTS = "story_insights"
    ECHOES = "message_echoes"
    READS = "message_reads"
    DELIVERIES = "message_deliveries"
    OPTINS = "messaging_optins"


INSTAGRAM_OBJECT = "instagram"
PAGE_OBJECT = "page"

CHANGE_FIELDS = frozenset(
    {
        WebhookField.COMMENTS,
        WebhookField.LIVE_COMMENTS,
        WebhookField.MENTIONS,
        WebhookField.STORY_INSIGHTS,
    }
)


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One item of `messaging[]`, `standby[]` or `changes[]` with what the journal says about it.

    `lane` keeps order: events of one lane are first attempted one after the other. `object` is
    what the app subscribes to; in `page` the account's id is the Page's.
    """

    name: EventName
    account_id: Igid
    lane: str
    customer: str
    mids: tuple[Mid, ...]
    item: JsonObject
    field: WebhookField = WebhookField.MESSAGES
    object: str = INSTAGRAM_OBJECT

    @property
    def told_as(self) -> str:
        """Its name in the journal: of Messenger with the platform before it."""
        if self.object == INSTAGRAM_OBJECT:
            return self.name
        return f"messenger_{_ON_MESSENGER.get(self.name, self.name)}"


_ON_MESSENGER = {EventName.SEEN: "read"}


def message_item(account: Igid, customer: Igsid, message: ThreadMessage) -> JsonObject:
    """The `messaging[]` item of a customer's message (meta-contract §3.2)."""
    body = _body(message)
    if message.is_self:
        return item_of(account, account, message.timestamp_ms, {**body, "is_self": True})
    return item_of(customer, account, message.timestamp_ms, body)


def story_reply_item(
    account: Igid, customer: Igsid, message: ThreadMessage, story: StoryId
) -> JsonObject:
    """The item of a reply to one of the company's stories (meta-contract §9.3)."""
    body = {
        "mid": message.mid,
        "text": message.text,
        "reply_to": {"story": {"url": message.url, "id": story}},
    }
    return item_of(customer, account, message.timestamp_ms, body)


def echo_item(
    account: Igid,
    customer: Igsid,
    message: ThreadMessage,
    app_id: str | None = None,
    metadata: str | None = None,
) -> JsonObject:
    """The item that repeats the company's own message, sent by `app_id` (meta-contract §3.4)."""
    body = {**_body(message), "is_echo": True}
    if app_id is not None:
        body["app_id"] = int(app_id)
    if metadata is not None:
        body["metadata"] = metadata
    return item_of(account, customer, message.timestamp_ms, body)


def unsend_item(
    account: Igid, customer: Igsid, mid: Mid, timestamp_ms: int, *, flag: bool | str = IS_DELETED
) -> JsonObject:
    """The item that reports an unsent message; it reuses the mid (meta-contract §9.1)."""
    return item_of(customer, account, timestamp_ms, {"mid": mid, "is_deleted": flag})


def echo_unsend_item(
    account: Igid, customer: Igsid, mid: Mid, timestamp_ms: int, *, flag: bool | str = IS_DELETED
) -> JsonObject:
    """The item of a message that the company unsent in Instagram (meta-contract §9.1)."""
    body = {"mid": mid, "is_deleted": flag, "is_echo": True}
    return item_of(account, customer, timestamp_ms, body)


def item_of(sender: str, recipient: str, timestamp_ms: int, message: JsonObject) -> JsonObject:
    """An item that carries `message`."""
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": timestamp_ms,
        "message": message,
    }


def envelope(account: Igid, item: JsonObject, time_ms: int) -> JsonObject:
    """The body of one delivery of a message; `time_ms` is when Meta sends it (§3.1)."""
    return _enveloped(account, "messaging", item, time_ms)


def envelope_of(event: WebhookEvent, time_ms: int, *, is_bare: bool = False) -> JsonObject:
    """The body of one delivery of `event`: seconds for changes, milliseconds else (§3.1).

    `is_bare`: field and value of a change stand on the entry itself.
    """
    if event.field in CHANGE_FIELDS:
        change = {"field": str(event.field), "value": event.item}
        if is_bare:
            entry = {"time": time_ms // 1000, "id": event.account_id, **change}
            return {"object": event.object, "entry": [entry]}
        return _enveloped(event.account_id, "changes", change, time_ms // 1000)
    form = "standby" if event.field is WebhookField.STANDBY else "messaging"
    entry = {"time": time_ms, "id": event.account_id, form: [event.item]}
    return {"object": event.object, "entry": [entry]}


def batch_envelope(events: Sequence[WebhookEvent], time_ms: int, *, apart: bool) -> JsonObject:
    """The body of one delivery of several events; `apart`: each in an entry of its own (§3.1)."""
    entries: list[dict[str, Any]] = []
    for event in events:
        (entry,) = envelope_of(event, time_ms)["entry"]
        last = entries[-1] if entries else None
        if last is None or apart or (last["id"], last["time"], set(last)) != (
            entry["id"], entry["time"], set(entry),
        ):  # fmt: skip
            entries.append(dict(entry))
            continue
        form = next(key for key in entry if key not in ("id", "time"))
        last[form] = [*last[form], *entry[form]]
    return {"object": events[0].object, "entry": entries}


def test_payload(time_ms: int, of: str, *, in_changes: bool) -> JsonObject:
    """The fixed sample of the dashboard's Test button, in either envelope (meta-contract §2.8)."""
    value = {
        "sender": {"id": "12334"},
        "recipient": {"id": "23245"},
        "timestamp": "1527459824",
        "message": {"mid": "random_mid", "text": "random_text"},
    }
    if in_changes:
        entry = {"time": time_ms, "id": "0", "changes": [{"field": "messages", "value": value}]}
    else:
        entry = {"time": time_ms, "id": "0", "messaging": [value]}
    return {"object": of, "entry": [entry]}


def _enveloped(account: Igid, form: str, item: JsonObject, time: int) -> JsonObject:
    return {"object": "instagram", "entry": [{"time": time, "id": account, form: [item]}]}


def _body(message: ThreadMessage) -> dict[str, Any]:
    """`mid`, then text, attachments and what the message refers to (meta-contract §3.2)."""
    body: dict[str, Any] = {"mid": message.mid}
    if message.kind is MessageKind.UNSUPPORTED:
        body["is_unsupported"] = True
        return body
    if message.text:
        body["text"] = message.text
    if message.attachments:
        body["attachments"] = [_attached(one.type, one.payload) for one in message.attachments]
    elif message.kind is not MessageKind.TEXT:
        body["attachments"] = [_attached(str(message.kind), {"url": message.url})]
    if message.quick_reply is not None:
        body["quick_reply"] = {"payload": message.quick_reply}
    if message.reply_to is not None:
        body["reply_to"] = {"mid": message.reply_to}
    if message.referral is not None:
        body["referral"] = message.referral
    return body


def _attached(kind: str, payload: JsonObject | None) -> JsonObject:
    return {"type": kind} if payload is None else {"type": kind, "payload": payload}
