"""The `message` of a send as what it means, or as Meta's error (meta-contract §4.2, §4.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fake_meta.domain import templates
from fake_meta.domain.attachments import content_type_of, fault_of
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.outgoing import Download, Outgoing
from fake_meta.domain.platforms import Platform
from fake_meta.domain.text_limit import MESSENGER_LIMIT, TEXT_LIMITS
from fake_meta.domain.threads import MEDIA_KINDS, Attachment, MessageKind, Offer
from fake_meta.drawings import content_of
from fake_meta.graph_api.call import GraphCall, Json
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.page_personas import persona_of
from fake_meta.graph_api.request import UploadedFile

MOST_IMAGES, MOST_METADATA = 10, 1000
_ON_MESSENGER = ("audio", "file", "image", "template", "video")
_REAL_CDN = "https://lookaside.fbsbx.com/"
FILE = "filedata"
"""The part of a multipart body that holds the file."""


def outgoing_of(context: GraphContext, call: GraphCall, message: Json) -> Outgoing:
    """What `message` asks for; downloads happen here, before the world is asked."""
    offers: tuple[Offer, ...] = ()
    if message.get("quick_replies") is not None:
        offers = templates.quick_replies_of(message["quick_replies"])
    reply_to, metadata = _reply_to(call), _metadata(message)
    is_messenger = context.world.platform is Platform.MESSENGER
    persona = persona_of(context, call) if is_messenger else None
    text = _text_of(context, message)
    if text is not None:
        return Outgoing(
            MessageKind.TEXT,
            text,
            quick_replies=offers,
            reply_to=reply_to,
            metadata=metadata,
            persona=persona,
        )
    attached = _attachments_of(message)
    _check_kinds(context, attached)
    file = call.parameters.get(FILE)
    if len(attached) > 1:
        images = _images(context, attached)
        return Outgoing(
            MessageKind.IMAGE, downloads=images, quick_replies=offers, reply_to=reply_to
        )
    kind, attachment, download = _single(context, attached[0], file)
    return Outgoing(
        kind,
        attachments=() if attachment is None else (attachment,),
        downloads=() if download is None else (download,),
        quick_replies=offers,
        reply_to=reply_to,
        metadata=metadata,
        persona=persona,
    )


def _text_of(context: GraphContext, message: Json) -> str | None:
    """The text; beside an attachment it is refused or lost (choice text_with_attachment)."""
    text = message.get("text")
    if text is None:
        return None
    if message.get("attachment") or message.get("attachments"):
        if context.world.choices.text_with_attachment == "attachment_only":
            return None
        raise GraphCallError(MessagingError.TEXT_AND_ATTACHMENT)
    _check_text(context, text)
    return str(text)


def downloaded(context: GraphContext, attachment: Json, file: object = None) -> Download:
    """The file of a media attachment: in this call, uploaded before, or fetched from its `url`."""
    payload = attachment.get("payload")
    if attachment.get("type") not in MEDIA_KINDS or not isinstance(payload, dict):
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    kind = MessageKind(attachment["type"])
    if payload.get("attachment_id"):
        return _uploaded(context, kind, str(payload["attachment_id"]))
    url = payload.get("url")
    if isinstance(file, UploadedFile) and url is None:
        content = content_type_of(file.content_type, file.content), file.content
        _check_file(context, kind, content)
        return Download(kind, "", content)
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    if url.startswith(_REAL_CDN):
        return _own_media(context, kind, url)
    return context.fetcher.fetch(kind, url, context.world.platform)


def _own_media(context: GraphContext, kind: MessageKind, url: str) -> Download:
    """Under real host names the CDN's addresses are the emulator's, and no way leads to Meta."""
    view = context.world.asset_at(url)
    if view is None:
        raise GraphCallError(GraphError.ATTACHMENT_UNREACHABLE, detail="HTTP status 404")
    content = content_of(view)
    _check_file(context, kind, content)
    return Download(kind, url, content)


def _uploaded(context: GraphContext, kind: MessageKind, attachment_id: str) -> Download:
    """What was uploaded before, also for the other inbox, whose limits may be wider."""
    known = context.world.upload(attachment_id)
    if known.kind is not kind:
        raise GraphCallError(GraphError.ATTACHMENT_MISMATCH)
    if known.content is not None:
        _check_file(context, kind, known.content)
    return replace(known, upload=attachment_id)


def _check_file(context: GraphContext, kind: MessageKind, content: tuple[str, bytes]) -> None:
    """Hold it to the limits of a download (meta-contract §4.3)."""
    fault = fault_of(kind, content[0], len(content[1]), context.world.platform)
    if fault is not None:
        raise GraphCallError(fault)


def is_reusable(attachment: Json) -> bool:
    """The app wants an `attachment_id` for later."""
    payload = attachment.get("payload")
    wish = payload.get("is_reusable") if isinstance(payload, dict) else None
    return wish in (True, 1, "true", "1")


def _reply_to(call: GraphCall) -> Mid | None:
    wanted = call.object("reply_to")
    if wanted is None:
        return None
    if not isinstance(wanted.get("mid"), str) or not wanted["mid"]:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="reply_to[mid]")
    return Mid(wanted["mid"])


def _metadata(message: Json) -> str | None:
    """What comes back in Messenger's echo: less than 1000 characters (meta-contract §4.2)."""
    metadata = message.get("metadata")
    if metadata is not None and (not isinstance(metadata, str) or len(metadata) >= MOST_METADATA):
        detail = f"Length of param message[metadata] must be less than {MOST_METADATA}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return metadata


def _check_text(context: GraphContext, text: Any) -> None:
    if not isinstance(text, str):
        detail = "Param message[text] must be a string."
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    if not text.strip():
        detail = "Param message[text] must be a non-empty UTF-8 encoded string"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    world = context.world
    is_messenger = world.platform is Platform.MESSENGER
    limit = TEXT_LIMITS[MESSENGER_LIMIT if is_messenger else world.choices.text_limit]
    if limit.is_exceeded_by(text):
        raise GraphCallError(GraphError.TEXT_TOO_LONG, most=str(limit.most))


def _attachments_of(message: Json) -> list[Json]:
    attached = message.get("attachment") or message.get("attachments")
    several = attached if isinstance(attached, list) else [attached]
    objects: list[Json] = [one for one in several if isinstance(one, dict)]
    if not objects or len(objects) != len(several):
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="message[text]")
    return objects


def _check_kinds(context: GraphContext, attached: list[Json]) -> None:
    """Messenger takes one attachment, and none of Instagram's own (meta-contract §4.2, §4.3)."""
    if context.world.platform is not Platform.MESSENGER:
        return
    if len(attached) > 1:
        detail = "Param message[attachments] must have one element on Messenger"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    if attached[0].get("type") not in _ON_MESSENGER:
        known = ", ".join(_ON_MESSENGER).upper()
        detail = f"Param message[attachment][type] must be one of {{{known}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)


def _images(context: GraphContext, attached: list[Json]) -> tuple[Download, ...]:
    """Several pictures at once; nothing else comes several at once (meta-contract §4.2)."""
    if len(attached) > MOST_IMAGES or any(one.get("type") != "image" for one in attached):
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    return tuple(downloaded(context, one) for one in attached)


def _single(
    context: GraphContext, attachment: Json, file: object
) -> tuple[MessageKind, Attachment | None, Download | None]:
    special = _SPECIAL.get(str(attachment.get("type")))
    if special is not None:
        kind, make = special
        return kind, make(context, attachment.get("payload")), None
    download = downloaded(context, attachment, file)
    return download.kind, None, download


def _like_heart(_context: GraphContext, _payload: Any) -> Attachment:
    return Attachment("like_heart")


def _template(_context: GraphContext, payload: Any) -> Attachment:
    if not isinstance(payload, dict):
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    return Attachment("template", templates.checked_template(payload))


def _media_share(context: GraphContext, payload: Any) -> Attachment:
    """A post of the company's own (meta-contract §4.3)."""
    media_id = payload.get("id") if isinstance(payload, dict) else None
    post = context.world.own_post(str(media_id))
    if post is None:
        raise GraphCallError(GraphError.INVALID_MESSAGE_DATA)
    return Attachment("ig_post", {"url": post.url, "title": post.caption, "id": str(media_id)})


_SPECIAL: Mapping[str, tuple[MessageKind, Callable[[GraphContext, Any], Attachment]]] = {
    "like_heart": (MessageKind.LIKE_HEART, _like_heart),
    "template": (MessageKind.TEMPLATE, _template),
    "MEDIA_SHARE": (MessageKind.IG_POST, _media_share),
}
