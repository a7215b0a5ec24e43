"""What a message holds besides text: templates, reactions, quotes, things to tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fake_meta.domain.templates import buttons_of
from fake_meta.domain.threads import MessageKind, Offer, Sender, ThreadMessage
from fake_meta.surfaces.addresses import own_path

_QUOTED = {
    MessageKind.IMAGE: "Photo",
    MessageKind.VIDEO: "Video",
    MessageKind.AUDIO: "Voice message",
    MessageKind.FILE: "File",
    MessageKind.LIKE_HEART: "\u2764\ufe0f",
    MessageKind.TEMPLATE: "Message with buttons",
    MessageKind.STORY_MENTION: "Story",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One element of a template; `picture` is a path on the emulator."""

    title: str
    subtitle: str
    picture: str | None
    buttons: tuple[Offer, ...]


def cards_of(message: ThreadMessage, origin: str) -> tuple[Card, ...]:
    """The elements of a generic template, or the one of a button template."""
    template = message.template
    if template is None:
        return ()
    elements: Sequence[Mapping[str, Any]] = template.get("elements") or [
        {"title": template["text"], "buttons": template["buttons"]}
    ]
    return tuple(
        Card(
            one["title"],
            one.get("subtitle", ""),
            own_path(one.get("image_url"), origin),
            buttons_of({"elements": [one]}),
        )
        for one in elements
    )


def pictures_of(message: ThreadMessage, origin: str) -> tuple[str, ...]:
    """The pictures of a message that carries several."""
    if len(message.attachments) < 2:
        return ()
    urls = (one.url for one in message.attachments if one.type in ("image", "story_mention"))
    paths = (own_path(url, origin) for url in urls)
    return tuple(path for path in paths if path is not None)


def quote_of(message: ThreadMessage | None) -> str:
    """How a message is quoted above its reply."""
    if message is None or message.unsent:
        return "Message unavailable"
    return message.text or _QUOTED.get(message.kind, "Attachment")


def own_reaction(message: ThreadMessage) -> str | None:
    """The word of the customer's own reaction."""
    return next((r.reaction for r in message.reactions if r.sender is Sender.CUSTOMER), None)
