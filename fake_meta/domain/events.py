"""Webhook events as Meta builds them: shapes and key order of meta-contract §3.

The order of keys is part of the wire form (meta-contract §2.4), so it is written here and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fake_meta.domain.identifiers import Igid, Igsid, Mid, StoryId
from fake_meta.domain.threads import MessageKind, ThreadMessage

JsonObject = Mapping[str, Any]


class EventName(StrEnum):
    """What an event tells, in the journal's words."""

    MESSAGE = "message"
    ECHO = "echo"
    STORY_MENTION = "story_mention"
    UNSEND = "unsend"
    TEST = "test"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One item of `messaging[]` with what the journal says about it.

    `lane` keeps order: events of one lane are first attempted one after the other.
    """

    name: EventName
    account_id: Igid
    lane: str
    customer: str
    mids: tuple[Mid, ...]
    item: JsonObject


def message_item(account: Igid, customer: Igsid, message: ThreadMessage) -> JsonObject:
    """The `messaging[]` item of a customer's text, media or story mention (meta-contract §3.2)."""
    return _item(customer, account, message.timestamp_ms, _body(message))


def story_reply_item(
    account: Igid, customer: Igsid, message: ThreadMessage, story: StoryId
) -> JsonObject:
    """The item of a reply to one of the company's stories (meta-contract §9.3)."""
    body = {
        "mid": message.mid,
        "text": message.text,
        "reply_to": {"story": {"url": message.url, "id": story}},
    }
    return _item(customer, account, message.timestamp_ms, body)


def echo_item(account: Igid, customer: Igsid, message: ThreadMessage) -> JsonObject:
    """The item that repeats the company's own message (meta-contract §3.4)."""
    return _item(account, customer, message.timestamp_ms, {**_body(message), "is_echo": True})


def unsend_item(account: Igid, customer: Igsid, mid: Mid, timestamp_ms: int) -> JsonObject:
    """The item that reports an unsent message; it reuses the mid (meta-contract §9.1)."""
    return _item(customer, account, timestamp_ms, {"mid": mid, "is_deleted": True})


def envelope(account: Igid, item: JsonObject, time_ms: int) -> JsonObject:
    """The body of one delivery; `time_ms` is when Meta sends it (meta-contract §3.1)."""
    return {
        "object": "instagram",
        "entry": [{"time": time_ms, "id": account, "messaging": [item]}],
    }


def test_payload(time_ms: int, *, in_changes: bool) -> JsonObject:
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
    return {"object": "instagram", "entry": [entry]}


def _body(message: ThreadMessage) -> dict[str, Any]:
    if message.kind is MessageKind.TEXT:
        return {"mid": message.mid, "text": message.text}
    attachment = {"type": str(message.kind), "payload": {"url": message.url}}
    return {"mid": message.mid, "attachments": [attachment]}


def _item(sender: str, recipient: str, timestamp_ms: int, message: JsonObject) -> JsonObject:
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": timestamp_ms,
        "message": message,
    }
