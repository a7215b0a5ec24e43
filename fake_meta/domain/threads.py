"""Messages of a Direct thread, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fake_meta.domain.identifiers import Mid


class Sender(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BUSINESS = "business"


class Surface(StrEnum):
    """Where somebody acts on Instagram; unsending differs between them (meta-contract §9.1)."""

    WEB = "web"
    MOBILE = "mobile"


class MessageKind(StrEnum):
    """What a message carries."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"
    STORY_MENTION = "story_mention"
    STORY_REPLY = "story_reply"


MEDIA_KINDS = frozenset({MessageKind.IMAGE, MessageKind.VIDEO, MessageKind.AUDIO, MessageKind.FILE})


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message; `text` is "" and `url` None where there is none, and after unsending."""

    mid: Mid
    sender: Sender
    kind: MessageKind
    text: str
    url: str | None
    timestamp_ms: int
    unsent: bool = False
