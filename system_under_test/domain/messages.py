"""Messages as the console keeps them, and what an event's content becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from system_under_test.domain.events import Attachment, Echoed, Inbound
from system_under_test.domain.medium import Medium

# Attachment types of meta-contract §3.3 that the console can show; all others are a placeholder.
KINDS: Mapping[str, str] = {
    "image": "image",
    "sticker": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "story_mention": "story_mention",
}
AHEAD_MS = 60_000  # how far after its arrival an event with an impossible time is put
# Our clock may be late by a wrong time zone; what Meta tells beyond that is nonsense.
_LATEST_CLOCK_MS = 24 * 3_600_000
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
    """When an event of Meta happened: as it says, unless it says a day after its arrival, or more.

    One timestamp of the far future would otherwise keep its message below all later ones for ever.
    """
    if event_ms is None:
        return arrived_ms
    return event_ms if event_ms <= arrived_ms + _LATEST_CLOCK_MS else arrived_ms + AHEAD_MS


@dataclass(frozen=True, slots=True)
class Latest:
    """`order_ms` of the latest bubble of a conversation, of the latest that we wrote and of the
    latest that came too late for its place; 0 without one.
    """

    any_ms: int = 0
    out_ms: int = 0
    late_ms: int = 0


def place_in_order(event_ms: int | None, latest: Latest) -> int:
    """`order_ms` of a new bubble: where it stands in its conversation, in Meta's time.

    An event of Meta stands at its own timestamp, so a late one finds its place, but never before
    a reply that was written without it. A reply (no timestamp of Meta's) stands at the end. So our
    clock and Meta's meet in `time_of` alone.

    Those that are too late for the same reply share its `order_ms` and stand after it in the order
    of their own timestamps; a reply to them needs a place of its own.
    """
    if event_ms is not None:
        return max(event_ms, latest.out_ms)
    return latest.any_ms + (0 < latest.any_ms == latest.late_ms)


class TextRefusedError(Exception):
    """A reply that Meta would not take; `code` is empty or too_long."""

    def __init__(self, code: str, size: int, medium: Medium) -> None:
        super().__init__(f"{code}: {size} {medium.text_unit}, 1 to {medium.most_text} allowed")
        self.code = code
        self.size = size
        self.medium = medium


def check_text(text: str, medium: Medium) -> str:
    """The text without surrounding blanks; TextRefusedError when empty or longer than allowed."""
    stripped = text.strip()
    size = medium.size_of(stripped)
    if not stripped:
        raise TextRefusedError("empty", size, medium)
    if size > medium.most_text:
        raise TextRefusedError("too_long", size, medium)
    return stripped


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for blanks, which Meta may trim."""
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
