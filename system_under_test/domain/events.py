"""What Meta's webhook can tell the console, as frozen values (meta-contract §3).

`account_id` is the company's Instagram account (IGID), on Messenger its Page; `customer_id` the
person (IGSID, PSID), `at_ms` Meta's timestamp in milliseconds or None when the event carried none.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment as Meta names it; `url` is None for content without an address."""

    type: str
    url: str | None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfInbox:
    """Something that happened in one of the company's inboxes; `medium` by its name."""

    medium: str = "instagram"


@dataclass(frozen=True, slots=True)
class Inbound(OfInbox):
    """Something a customer wrote; `mid` identifies it for ever."""

    account_id: str
    customer_id: str
    mid: str
    at_ms: int | None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    is_unsupported: bool = False
    story_url: str | None = None
    story_id: str | None = None
    reply_to_mid: str | None = None


@dataclass(frozen=True, slots=True)
class MessageReceived(Inbound):
    """A direct message (meta-contract §3.2)."""


@dataclass(frozen=True, slots=True)
class StoryMentioned(Inbound):
    """A customer's story mentions the account (meta-contract §9.2)."""


@dataclass(frozen=True, slots=True)
class StoryReplied(Inbound):
    """A reply to one of the account's stories (meta-contract §9.3)."""


@dataclass(frozen=True, slots=True)
class PostbackTapped(Inbound):
    """An ice breaker or a button was tapped; `text` holds its title (meta-contract §3.7)."""


@dataclass(frozen=True, slots=True)
class Echoed(OfInbox):
    """The account itself wrote, from any client or app (meta-contract §3.4)."""

    account_id: str
    customer_id: str
    mid: str
    at_ms: int | None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsent(OfInbox):
    """A message was withdrawn (meta-contract §9.1); `customer_id` is "" where Meta names nobody."""

    account_id: str
    mid: str
    at_ms: int | None
    by_business: bool = False
    customer_id: str = ""


@dataclass(frozen=True, slots=True)
class MessageRead(OfInbox):
    """The customer has read up to `mid`, on Messenger up to a time (meta-contract §3.6)."""

    account_id: str
    customer_id: str
    mid: str | None
    watermark_ms: int | None = None
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Reacted(OfInbox):
    """A reaction was set, or taken back with `emoji` None (meta-contract §3.5)."""

    account_id: str
    customer_id: str
    mid: str
    emoji: str | None
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Edited(OfInbox):
    """A message has another text now (meta-contract §3.9); `author_id` is "" without a sender."""

    account_id: str
    author_id: str
    mid: str
    text: str
    number: int
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class TestSent:
    """The dashboard's Test button (meta-contract §2.8)."""

    field: str


@dataclass(frozen=True, slots=True)
class StoodBy:
    """Another app owns the thread (meta-contract §3.11)."""

    account_id: str
    customer_id: str | None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A known kind of event that does not concern a contact centre."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A shape nobody described; kept for people to look at."""

    reason: str
    keys: tuple[str, ...] = field(default=())


Event = (
    Inbound
    | Echoed
    | Unsent
    | MessageRead
    | Reacted
    | Edited
    | TestSent
    | StoodBy
    | Ignored
    | Unknown
)
