"""`POST /{page-id}/messages` and `/message_attachments` (meta-contract §4.2 to §4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.outgoing import Recipient
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MEDIA_KINDS
from fake_meta.graph_api.call import Answer, GraphCall, Json
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.metering import count_message
from fake_meta.graph_api.sending.actions import act
from fake_meta.graph_api.sending.content import FILE, downloaded, is_reusable, outgoing_of

HUMAN_AGENT = "HUMAN_AGENT"
NOTIFICATION_TYPES = ("REGULAR", "SILENT_PUSH", "NO_PUSH")
MESSAGING_TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY")


def send(context: GraphContext, call: GraphCall) -> Answer:
    """A message or a sender action; unknown extra parameters are ignored."""
    recipient = _recipient(context, call)
    message, action = call.object("message"), call.text("sender_action")
    if message is not None and action is not None:
        raise GraphCallError(GraphError.MESSAGE_AND_ACTION)
    if action is not None:
        return act(context, call, recipient, action)
    if message is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="message")
    if message.get("text") is None:
        context.world.check_recipient(recipient)  # before anything is downloaded for nobody
    outgoing = outgoing_of(context, call, message)
    if recipient.comment_id is None:
        count_message(context.world, call, outgoing.kind)
    else:
        context.world.count_private_reply(recipient.comment_id)
    sent, customer = context.world.send(recipient, outgoing)
    body: dict[str, Any] = {"recipient_id": customer.igsid, "message_id": sent.mid}
    if recipient.user_ref is not None:
        del body["recipient_id"]  # the app learns who it is from their answer (§4.4)
    attachment = message.get("attachment")
    if outgoing.downloads and isinstance(attachment, dict) and is_reusable(attachment):
        body["attachment_id"] = context.world.keep_upload(outgoing.downloads[0])
    return Answer(body, customer=customer.username, mids=(sent.mid,), event="send")


def upload_attachment(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{page-id}/message_attachments`: an `attachment_id` to send again and again."""
    attachment = (call.object("message") or {}).get("attachment")
    if not isinstance(attachment, dict):
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="message[attachment]")
    if attachment.get("type") not in MEDIA_KINDS:
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    context.world.check_message_access()
    download = downloaded(context, attachment, call.parameters.get(FILE))
    return Answer({"attachment_id": context.world.keep_upload(download)}, event="upload")


def refuse_account_as_sender(_context: GraphContext, _call: GraphCall) -> Answer:
    """`POST /{ig-id}/messages` on graph.facebook.com (meta-contract §4.1)."""
    raise GraphCallError(GraphError.NO_CAPABILITY)


def _recipient(context: GraphContext, call: GraphCall) -> Recipient:
    wanted = call.object("recipient")
    if wanted is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient")
    is_tagged = _is_tagged(context, call)
    if _named(wanted, "comment_id"):
        return Recipient(None, _named(wanted, "comment_id"))
    if context.world.platform is Platform.MESSENGER:
        if _named(wanted, "post_id"):
            return Recipient(None, _named(wanted, "post_id"), is_post=True)
        if _named(wanted, "user_ref"):
            return Recipient(None, user_ref=_named(wanted, "user_ref"))
    igsid = _named(wanted, "id")
    if igsid is None:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="recipient[id]")
    return Recipient(igsid, is_tagged=is_tagged)


def _one_of(call: GraphCall, name: str, known: Sequence[str]) -> str:
    """A parameter that has one of these values, in any case, or is absent."""
    value = (call.text(name) or "").upper()
    if value and value not in known:
        detail = f"Param {name} must be one of {{{', '.join(known)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return value


def _named(recipient: Json, key: str) -> str | None:
    value = recipient.get(key)
    return str(value) if value else None


def _is_tagged(context: GraphContext, call: GraphCall) -> bool:
    """Only HUMAN_AGENT is left of the tags, for apps with the feature (meta-contract §4.5)."""
    tag, kind = call.text("tag"), _one_of(call, "messaging_type", MESSAGING_TYPES)
    if context.world.platform is Platform.MESSENGER:
        _one_of(call, "notification_type", NOTIFICATION_TYPES)
    if tag is None:
        if kind == "MESSAGE_TAG":
            raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="tag")
        return False
    if tag != HUMAN_AGENT:
        raise GraphCallError(GraphError.TAG_RETIRED)
    if not context.world.has_human_agent:
        raise GraphCallError(GraphError.HUMAN_AGENT_REFUSED)
    return True
