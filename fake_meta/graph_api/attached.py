"""What is attached to a message, as reads show it (meta-contract §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fake_meta.domain.field_syntax import Field
from fake_meta.domain.picture_sizes import FILM, size_of_picture
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MEDIA_KINDS, Attachment, MessageKind, ThreadMessage
from fake_meta.drawings import content_of
from fake_meta.graph_api.fields import chosen, plain
from fake_meta.world import AssetView, World

_ENDINGS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "audio/wav": ".wav",
    "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/aac": ".aac", "video/mp4": ".mp4",
    "video/webm": ".webm", "video/quicktime": ".mov", "application/pdf": ".pdf",
}  # fmt: skip
_Facts = tuple[str, int, tuple[int, int] | None]
_TEMPLATES = ("generic", "media", "button")


_FIELDS = plain(
    (
        "id", "mime_type", "name", "size", "image_data", "video_data", "file_url",
        "generic_template",
    )
)  # fmt: skip


def attachments_of(world: World, message: ThreadMessage, field: Field) -> Any:
    """Media with its addresses and sizes, templates with their buttons; nothing else."""
    held = [_media(world, one) for one in _attached(message) if one.type in MEDIA_KINDS]
    if message.template is not None and world.choices.listed_templates == "generic_template":
        held += [{"generic_template": one} for one in _elements(message.template)]
    asked, unknown = field.fields or _FIELDS, {one.name: ... for one in _FIELDS}
    shown = [chosen("MessageAttachment", {**unknown, **one}, asked) for one in held]
    return {"data": shown} if shown else ...


def _attached(message: ThreadMessage) -> tuple[Attachment, ...]:
    if message.kind in MEDIA_KINDS and not message.attachments:
        return (Attachment(str(message.kind), {"url": message.url}),)
    return message.attachments


def _media(world: World, attachment: Attachment) -> dict[str, Any]:
    """Messenger also tells id, type, name and size of the file."""
    view = world.asset_at(attachment.url or "")
    shown: dict[str, Any] = {}
    if view is not None and world.platform is Platform.MESSENGER:
        shown = _file(view)
    addresses = {"url": attachment.url, "preview_url": attachment.url}
    if attachment.type == MessageKind.IMAGE:
        return {**shown, "image_data": {**_size(view), **addresses}}
    if attachment.type == MessageKind.VIDEO:
        return {**shown, "video_data": {**_size(view), **addresses}}
    return {**shown, "file_url": attachment.url}


def _file(view: AssetView) -> dict[str, Any]:
    kind, size = _facts(view)[:2]
    name = f"{view.kind}-{view.id}{_ENDINGS.get(kind, '')}"
    return {"id": view.id, "mime_type": kind, "name": name, "size": size}


def _size(view: AssetView | None) -> dict[str, int]:
    """Of films only the emulator's own is measured."""
    found = None if view is None else _facts(view)[2]
    if found is None:
        return {}
    width, height = found
    return {"width": width, "height": height, "max_width": width, "max_height": height}


def _facts(view: AssetView) -> _Facts:
    """Type, bytes, and width and height; what is drawn is drawn once for them."""
    if view.content is None:
        return _facts_of_drawing(view)
    kind, content = view.content
    return kind, len(content), size_of_picture(content)


@lru_cache(maxsize=256)
def _facts_of_drawing(view: AssetView) -> _Facts:
    kind, content = content_of(view)
    size = FILM if view.kind == MessageKind.VIDEO else size_of_picture(content)
    return kind, len(content), size


def _elements(template: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One a card: title, subtitle, picture and `cta`, as apps that read them report."""
    if template.get("template_type") not in _TEMPLATES:
        return []
    cards = template.get("elements") or [{**template, "title": template.get("text")}]
    return [
        {
            **{name: card[key] for name, key in _SHOWN.items() if card.get(key)},
            "cta": [_call_to_action(one) for one in card.get("buttons", ())],
        }
        for card in cards
    ]


_SHOWN = {"title": "title", "subtitle": "subtitle", "media_url": "image_url"}


def _call_to_action(button: Mapping[str, Any]) -> dict[str, Any]:
    return {key: button[key] for key in ("title", "type", "url") if key in button}
