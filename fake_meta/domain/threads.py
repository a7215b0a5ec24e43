"""Messages of a Direct thread, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fake_meta.domain.identifiers import Mid


class Sender(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BUSINESS = "business"


class Surface(StrEnum):
    """Where somebody acts on Instagram; unsending differs between them (meta-contract §9.1)."""

    WEB = "web"
    MOBILE = "mobile"


class Folder(StrEnum):
    """Where the company's inbox keeps a thread (meta-contract §9.5)."""

    PRIMARY = "primary"
    GENERAL = "general"
    REQUESTS = "requests"


class Origin(StrEnum):
    """With what the company wrote: this app, another tool, or the Instagram app."""

    API = "api"
    OTHER_TOOL = "other_tool"
    INSTAGRAM = "instagram"


class MessageKind(StrEnum):
    """What a message carries."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"
    STORY_MENTION = "story_mention"
    STORY_REPLY = "story_reply"
    STICKER = "sticker"
    SHARE = "share"
    IG_POST = "ig_post"
    IG_REEL = "ig_reel"
    REEL = "reel"
    IG_STORY = "ig_story"
    LIKE_HEART = "like_heart"
    EPHEMERAL = "ephemeral"
    UNSUPPORTED = "unsupported"
    TEMPLATE = "template"
    POSTBACK = "postback"


MEDIA_KINDS = frozenset({MessageKind.IMAGE, MessageKind.VIDEO, MessageKind.AUDIO, MessageKind.FILE})
SHARE_KINDS = frozenset(
    {
        MessageKind.SHARE,
        MessageKind.IG_POST,
        MessageKind.IG_REEL,
        MessageKind.REEL,
        MessageKind.IG_STORY,
    }
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment as a webhook shows it; `payload` None: the type says everything."""

    type: str
    payload: Mapping[str, Any] | None = None

    @property
    def url(self) -> str | None:
        """Where it lies, None for what has no address."""
        url = None if self.payload is None else self.payload.get("url")
        return url if isinstance(url, str) else None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a customer can tap: a quick reply, or a button of a template (`url`: a link)."""

    title: str
    payload: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """One person's reaction to a message."""

    sender: Sender
    reaction: str
    emoji: str


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message; `text` is "" and `url` None where there is none, and after unsending.

    `attachments` holds everything that is attached, `url` the first address among it;
    `reply_to` is the message that this one answers inline; `quick_reply` and `postback` are the
    payload that was tapped; `quick_replies` are what the company offers to tap; `persona` is the
    name under which the Page wrote.
    """

    mid: Mid
    sender: Sender
    kind: MessageKind
    text: str
    url: str | None
    timestamp_ms: int
    unsent: bool = False
    attachments: tuple[Attachment, ...] = ()
    reply_to: Mid | None = None
    quick_reply: str | None = None
    postback: str | None = None
    quick_replies: tuple[Offer, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    referral: Mapping[str, Any] | None = None
    edits: int = 0
    is_self: bool = False
    origin: Origin = Origin.API
    persona: str | None = None

    @property
    def template(self) -> Mapping[str, Any] | None:
        """The payload of the template that this message is, if it is one."""
        if self.kind is not MessageKind.TEMPLATE or not self.attachments:
            return None
        return self.attachments[0].payload
