"""The reading of single messages (meta-contract §5.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fake_meta.domain.threads import MEDIA_KINDS, MessageKind, Sender, ThreadMessage
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.world import MessageDetail


def read_message(context: GraphContext, call: GraphCall, detail: MessageDetail) -> Answer:
    """`GET /{mid}`."""
    world, message, customer = context.world, detail.message, detail.customer
    person = {"username": customer.username, "id": customer.igsid}
    company = {"username": world.account.username, "id": world.account.id}
    by_customer = message.sender is Sender.CUSTOMER
    available = {
        "id": message.mid,
        "created_time": iso_time(message.timestamp_ms),
        "from": person if by_customer else company,
        "to": {"data": [company if by_customer else person]},
        "message": message.text,
        "attachments": _attachments(message),
        "story": _story(detail),
        "shares": ...,
        "reactions": ...,
        "reply_to": ...,
        "is_unsupported": False,
        "tags": ...,
    }
    body = selected(call, "Message", available, ("id", "created_time"))
    return Answer(body, customer=customer.username, mids=(message.mid,), event="message_read")


def iso_time(timestamp_ms: int) -> str:
    """Graph's form of a time, for example 2026-02-11T19:11:07+0000."""
    return datetime.fromtimestamp(timestamp_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _attachments(message: ThreadMessage) -> Any:
    if message.kind not in MEDIA_KINDS:
        return ...
    if message.kind is MessageKind.IMAGE:
        return {"data": [{"image_data": {"url": message.url, "preview_url": message.url}}]}
    if message.kind is MessageKind.VIDEO:
        return {"data": [{"video_data": {"url": message.url, "preview_url": message.url}}]}
    return {"data": [{"file_url": message.url}]}


def _story(detail: MessageDetail) -> Any:
    if detail.story_id is None:
        return ...
    relation = "mention" if detail.message.kind is MessageKind.STORY_MENTION else "reply_to"
    return {relation: {"link": detail.message.url, "id": detail.story_id}}
