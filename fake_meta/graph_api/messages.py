"""The Send API and the reading of single messages (meta-contract §4, §5.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.text_limit import is_too_long
from fake_meta.domain.threads import MEDIA_KINDS, MessageKind, Sender, ThreadMessage
from fake_meta.graph_api.call import Answer, GraphCall, Json
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.world import MessageDetail

SENDER_ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")
HUMAN_AGENT = "HUMAN_AGENT"


def send(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{page-id}/messages`: a message or a sender action."""
    recipient = _recipient(call)
    message, action = call.object("message"), call.text("sender_action")
    if message is not None and action is not None:
        raise GraphCallError(GraphError.MESSAGE_AND_ACTION)
    if action is not None:
        return _act(context, recipient, action)
    if message is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="message")
    _check_tag(call)
    sent = _send_message(context, recipient, message)
    return Answer(
        {"recipient_id": recipient, "message_id": sent.mid},
        customer=context.world.username_of(recipient),
        mids=(sent.mid,),
        event="send",
    )


def refuse_account_as_sender(_context: GraphContext, _call: GraphCall) -> Answer:
    """`POST /{ig-id}/messages` on graph.facebook.com (meta-contract §4.1)."""
    raise GraphCallError(GraphError.NO_CAPABILITY)


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


def _recipient(call: GraphCall) -> str:
    recipient = call.object("recipient")
    if recipient is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient")
    igsid = recipient.get("id")
    if not igsid:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient[id]")
    return str(igsid)


def _act(context: GraphContext, recipient: str, action: str) -> Answer:
    if action not in SENDER_ACTIONS:
        known = ", ".join(SENDER_ACTIONS)
        detail = f"Param sender_action must be one of {{{known}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    customer = context.world.check_reachable(recipient)
    return Answer({"recipient_id": recipient}, customer=customer.username, event="sender_action")


def _check_tag(call: GraphCall) -> None:
    """Only HUMAN_AGENT is left of the tags, and its feature is not granted (meta-contract §4.5)."""
    tag = call.text("tag")
    if tag is None:
        return
    if tag != HUMAN_AGENT:
        raise GraphCallError(GraphError.TAG_RETIRED)
    raise GraphCallError(GraphError.NO_PERMISSION)


def _send_message(context: GraphContext, recipient: str, message: Json) -> ThreadMessage:
    text = message.get("text")
    if text is not None:
        if not isinstance(text, str) or not text.strip():
            raise GraphCallError(
                GraphError.PARAMETER, detail="Param message[text] must be a string."
            )
        if is_too_long(text):
            raise GraphCallError(GraphError.TEXT_TOO_LONG)
        return context.world.answer(recipient, text)
    kind, url = _attachment(message)
    return context.world.answer_with_media(recipient, kind, url)


def _attachment(message: Json) -> tuple[MessageKind, str]:
    attachment = message.get("attachment") or message.get("attachments")
    if isinstance(attachment, list) and attachment:
        attachment = attachment[0]
    if not isinstance(attachment, dict):
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="message[text]")
    payload = attachment.get("payload")
    url = payload.get("url") if isinstance(payload, dict) else None
    if attachment.get("type") not in MEDIA_KINDS or not isinstance(url, str):
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    return MessageKind(attachment["type"]), url


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
