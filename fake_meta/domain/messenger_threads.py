"""What threads are on Messenger where they differ from Direct (meta-contract §3.3 to §3.8, §3.13).

Ids of a Messenger thread are the Page's and the PSID, so most items of `events` and
`gesture_events` serve both platforms; here is the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_meta.domain.events import EventName, JsonObject, WebhookField
from fake_meta.domain.threads import MEDIA_KINDS, MessageKind, Origin

PAGE_INBOX_APP = "26390203743090"
"""`app_id` of an echo that the Page's own inbox sent (meta-contract §3.4)."""

LIKE_STICKER = 369239263222822
KINDS = MEDIA_KINDS | {MessageKind.STICKER, MessageKind.SHARE, MessageKind.REEL}
"""What a person can attach on Messenger."""

WIRE_TYPES: Mapping[MessageKind, str] = {MessageKind.SHARE: "fallback"}
NO_FEED = (
    "comments and posts on a Page come in the field feed, which is left out here: answer by the id "
    "that this call tells (meta-contract §3.12)"
)
NO_DELETION = (
    "Messenger tells apps nothing of an unsent message: reading it afterwards fails with 9000001 "
    "(meta-contract §3.13)"
)
_FIELDS = {
    EventName.ECHO: WebhookField.ECHOES,
    EventName.SEEN: WebhookField.READS,
    EventName.DELIVERY: WebhookField.DELIVERIES,
}


def field_of(name: EventName, field: WebhookField) -> WebhookField:
    """What the app subscribes to on Messenger for what is `field` on Instagram (§3.14)."""
    return _FIELDS.get(name, field)


def payload_of(kind: MessageKind, url: str, username: str, extra_id: str) -> dict[str, Any]:
    """The payload of an attachment as Messenger's webhooks show it (meta-contract §3.3)."""
    more: Mapping[MessageKind, dict[str, Any]] = {
        MessageKind.STICKER: {"sticker_id": LIKE_STICKER},
        MessageKind.SHARE: {"title": f"Shared by {username}"},
        MessageKind.REEL: {"title": f"Shared by {username}", "reel_video_id": extra_id},
    }
    return {"url": url, **more.get(kind, {})}


def echo_sender(origin: Origin, app_id: str, second_app_id: str) -> str:
    """The app that an echo names: always one, also for the Page's own inbox (§3.4)."""
    return {Origin.API: app_id, Origin.OTHER_TOOL: second_app_id}.get(origin, PAGE_INBOX_APP)


def read_item(page: str, psid: str, timestamp_ms: int) -> JsonObject:
    """The person has read everything up to this time (meta-contract §3.6)."""
    heads = _heads(page, psid)
    return {**heads, "timestamp": timestamp_ms, "read": {"watermark": timestamp_ms}}


def delivery_item(page: str, psid: str, mid: str, timestamp_ms: int) -> JsonObject:
    """A message has reached the person; without `timestamp`, as in Meta's example (§3.6)."""
    delivery = {"mids": [mid], "watermark": timestamp_ms}
    return {**_heads(page, psid), "delivery": delivery}


def optin_item(page: str, user_ref: str, ref: str, timestamp_ms: int) -> JsonObject:
    """A checkbox of the Page was ticked: nobody is named but by `user_ref` (SEND-MP)."""
    optin = {"ref": ref, "user_ref": user_ref}
    return {"recipient": {"id": page}, "timestamp": timestamp_ms, "optin": optin}


def reply_item(item: JsonObject, *, is_self_reply: bool) -> JsonObject:
    """A message that answers one inline says whose that was (meta-contract §3.13)."""
    message = item["message"]
    reply_to = {**message["reply_to"], "is_self_reply": is_self_reply}
    return {**item, "message": {**message, "reply_to": reply_to}}


def _heads(page: str, psid: str) -> dict[str, Any]:
    return {"sender": {"id": psid}, "recipient": {"id": page}}
