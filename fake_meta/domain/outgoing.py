"""What the company's app asks the Send API to send, as one value (meta-contract §4.2)."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import Attachment, MessageKind, Offer


@dataclass(frozen=True, slots=True)
class Download:
    """A file that Meta fetched: its kind, address, content type and bytes.

    `content` None: it was not fetched, because downloads are switched off. `upload` is the
    `attachment_id` by which it was sent, if it was.
    """

    kind: MessageKind
    url: str
    content: tuple[str, bytes] | None = None
    upload: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message; `downloads` become attachments that lie on Meta's CDN.

    `metadata` comes back in Messenger's echo; `persona` is the name under which it comes there.
    """

    kind: MessageKind
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    downloads: tuple[Download, ...] = ()
    quick_replies: tuple[Offer, ...] = ()
    reply_to: Mid | None = None
    metadata: str | None = None
    persona: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: `igsid`, or who wrote the comment `comment_id`; `is_tagged`: HUMAN_AGENT.

    On Messenger `is_post` says that `comment_id` is the id of what a visitor posted on the Page,
    and `user_ref` is who ticked a checkbox of the Page.
    """

    igsid: str | None
    comment_id: str | None = None
    is_tagged: bool = False
    is_post: bool = False
    user_ref: str | None = None
