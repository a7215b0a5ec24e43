"""Messages as the console keeps them, and what an event's content becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from system_under_test.domain.events import Attachment, Echoed, Inbound

MOST_TEXT_BYTES = 1000  # meta-contract §4.2: Instagram counts UTF-8 bytes

# Attachment types of meta-contract §3.3 that the console can show; all others are a placeholder.
KINDS: Mapping[str, str] = {
    "image": "image",
    "sticker": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "story_mention": "story_mention",
}
AHEAD_MS = 60_000  # how far Meta's clock may be before ours
_HEART = "❤️"


@dataclass(frozen=True, slots=True)
class Part:
    """One attachment, by the console's kind."""

    kind: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a bubble shows."""

    kind: str
    text: str = ""
    url: str | None = None
    parts: tuple[Part, ...] = ()
    available: bool = True


NO_CONTENT = Content("text")


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble; `state` is received, sending, sent or failed."""

    id: int
    conversation_id: int
    channel_id: int
    mid: str | None
    direction: str
    content: Content
    deleted: bool
    state: str
    reason: str | None
    author: str | None
    at_ms: int
    order_ms: int
    reaction: str | None = None
    reaction_ms: int = 0
    edits: int = 0
    seen_ms: int | None = None
    tries: int = 0


def time_of(event_ms: int | None, arrived_ms: int) -> int:
    """When an event of Meta happened: as it says, but not later than a minute after its arrival.

    One timestamp of the far future would otherwise keep its message below all later ones for ever.
    """
    return arrived_ms if event_ms is None else min(event_ms, arrived_ms + AHEAD_MS)


def place_in_order(event_ms: int | None, latest_ms: int, latest_out_ms: int) -> int:
    """Where a new bubble stands among those of its conversation, in Meta's time.

    An event of Meta stands at its own timestamp, so a late one finds its place, but never before
    a reply that was written without it. A reply (no timestamp of Meta's) stands at the end. So our
    clock and Meta's meet in `time_of` alone. `latest_ms`, `latest_out_ms`: 0 without a bubble.
    """
    return latest_ms if event_ms is None else max(event_ms, latest_out_ms)


class TextRefusedError(Exception):
    """A reply that Instagram would not take; `code` is empty or too_long."""

    def __init__(self, code: str, size: int) -> None:
        super().__init__(f"{code}: {size} bytes, 1 to {MOST_TEXT_BYTES} allowed")
        self.code = code
        self.size = size


def check_text(text: str) -> str:
    """The text without surrounding blanks; TextRefusedError when empty or over 1000 UTF-8 bytes."""
    stripped = text.strip()
    size = len(stripped.encode("utf-8", "replace"))
    if not stripped:
        raise TextRefusedError("empty", size)
    if size > MOST_TEXT_BYTES:
        raise TextRefusedError("too_long", size)
    return stripped


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for blanks, which Instagram may trim."""
    return one.split() == other.split()


def content_of(event: Inbound | Echoed) -> Content:
    """What the bubble of this event shows; anything unknown becomes the kind `unsupported`."""
    story_url = event.story_url if isinstance(event, Inbound) else None
    story_id = event.story_id if isinstance(event, Inbound) else None
    if story_url or story_id:
        parts = tuple(_part(one) for one in event.attachments)
        return Content("story_reply", event.text, story_url, parts, available=bool(story_url))
    if event.attachments:
        return _attached(event.text, event.attachments)
    if isinstance(event, Inbound) and event.is_unsupported:
        return Content("unsupported", event.text)
    return Content("text", event.text) if event.text else Content("unsupported")


def preview_of(content: Content) -> str:
    """The line that a list shows for this content; empty when only its kind can be named."""
    return " ".join(content.text.split())[:120]


def _part(attachment: Attachment) -> Part:
    return Part(KINDS.get(attachment.type, "unsupported"), attachment.url)


def _attached(text: str, attachments: tuple[Attachment, ...]) -> Content:
    if [one.type for one in attachments] == ["like_heart"]:
        return Content("text", text or _HEART)
    parts = tuple(_part(one) for one in attachments)
    # A mention decides the bubble's looks even when Meta lists another attachment first.
    first = next((part for part in parts if part.kind == "story_mention"), parts[0])
    caption = text or attachments[0].title
    return Content(first.kind, caption, first.url, parts, available=first.url is not None)
