"""What a Direct thread shows: one bubble a message, with a heading where time has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from fake_meta.domain.threads import MessageKind, Offer, Reaction, Sender, ThreadMessage
from fake_meta.surfaces.addresses import own_path
from fake_meta.surfaces.cards import Card, cards_of, own_reaction, pictures_of, quote_of

HEADING_AFTER_MS = 3600 * 1000
_WEEK_DAYS = 7

_NOTICES = {
    (Sender.CUSTOMER, MessageKind.STORY_MENTION): "You mentioned @{company} in your story",
    (Sender.CUSTOMER, MessageKind.STORY_REPLY): "You replied to @{company}'s story",
    (Sender.BUSINESS, MessageKind.STORY_MENTION): "{company} mentioned you in their story",
}
_CARDS = {
    MessageKind.IMAGE: "Photo",
    MessageKind.VIDEO: "Video",
    MessageKind.AUDIO: "Voice message",
    MessageKind.FILE: "File",
    MessageKind.STICKER: "Sticker",
    MessageKind.SHARE: "Shared post",
    MessageKind.IG_POST: "Shared post",
    MessageKind.IG_REEL: "Shared reel",
    MessageKind.REEL: "Shared reel",
    MessageKind.IG_STORY: "Shared story",
    MessageKind.EPHEMERAL: "View once",
    MessageKind.UNSUPPORTED: "This message cannot be shown here",
}
_PICTURES = {
    MessageKind.STICKER: "Sticker unavailable",
    MessageKind.SHARE: "Post unavailable",
    MessageKind.IG_POST: "Post unavailable",
    MessageKind.IG_STORY: "Story no longer available",
    MessageKind.IMAGE: "Photo unavailable",
    MessageKind.STORY_MENTION: "Story no longer available",
    MessageKind.STORY_REPLY: "Story no longer available",
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as the page draws it; `picture` and `link` are paths on the emulator."""

    mid: str
    sender: str
    kind: str
    text: str
    time: str
    iso_time: str
    heading: str | None
    notice: str | None
    picture: str | None
    picture_gone: str
    card: str | None
    link: str | None
    quote: str | None = None
    pictures: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    quick_replies: tuple[Offer, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reacted: str | None = None
    is_heart: bool = False
    is_edited: bool = False
    is_seen: bool = False
    persona: str | None = None

    @property
    def own(self) -> bool:
        """True when the customer wrote it."""
        return self.sender == Sender.CUSTOMER


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where a thread is seen; `zone` None means the computer's own time zone."""

    company: str
    origin: str
    now_ms: int
    zone: tzinfo | None = None
    company_seen: str | None = None

    def moment(self, time_ms: int) -> datetime:
        """That instant on the viewer's clock."""
        return datetime.fromtimestamp(time_ms / 1000, UTC).astimezone(self.zone)


def bubbles_of(messages: Sequence[ThreadMessage], view: Viewpoint) -> tuple[Bubble, ...]:
    """The messages that still stand, oldest first; an unsent one leaves no trace."""
    standing = [message for message in messages if not message.unsent]
    earlier = [None, *(message.timestamp_ms for message in standing[:-1])]
    known = {message.mid: message for message in standing}
    drawn = [
        replace(
            _bubble(message, view, heading_of(before, message.timestamp_ms, view)),
            quote=None if message.reply_to is None else quote_of(known.get(message.reply_to)),
        )
        for before, message in zip(earlier, standing, strict=False)
    ]
    if drawn:
        drawn[-1] = replace(drawn[-1], quick_replies=standing[-1].quick_replies)
    return tuple(drawn)


def heading_of(before_ms: int | None, time_ms: int, view: Viewpoint) -> str | None:
    """Day and time above a message that comes an hour or a day after the one before."""
    moment = view.moment(time_ms)
    if before_ms is not None:
        same_day = view.moment(before_ms).date() == moment.date()
        if same_day and time_ms - before_ms < HEADING_AFTER_MS:
            return None
    return f"{day_of(moment, view.moment(view.now_ms))} {moment:%H:%M}"


def day_of(moment: datetime, now: datetime) -> str:
    """The day as people say it: Today, Yesterday, a weekday, a date."""
    days = (now.date() - moment.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    if 1 < days < _WEEK_DAYS:
        return f"{moment:%a}"
    return f"{moment.day} {moment:%b %Y},"


def _bubble(message: ThreadMessage, view: Viewpoint, heading: str | None) -> Bubble:
    path = own_path(message.url, view.origin)
    picture = path if message.kind in _PICTURES else None
    moment = view.moment(message.timestamp_ms)
    notice = _NOTICES.get((message.sender, message.kind))
    return Bubble(
        mid=message.mid,
        sender=message.sender,
        kind=message.kind,
        text=message.text,
        time=f"{moment:%H:%M}",
        iso_time=moment.isoformat(timespec="seconds"),
        heading=heading,
        notice=None if notice is None else notice.format(company=view.company),
        picture=picture,
        picture_gone=_PICTURES.get(message.kind, ""),
        card=None if picture else _CARDS.get(message.kind),
        link=path,
        pictures=pictures_of(message, view.origin),
        cards=cards_of(message, view.origin),
        reactions=message.reactions,
        reacted=own_reaction(message),
        is_heart=message.kind is MessageKind.LIKE_HEART,
        is_edited=message.edits > 0,
        is_seen=message.mid == view.company_seen,
        persona=message.persona,
    )
