"""Dictionaries about customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, Required, TypedDict

from fake_meta.client.shapes.words import (
    Folder,
    MentionVariant,
    MessageKind,
    Persona,
    ProfileFault,
    Role,
    Sender,
    Surface,
)


class Message(TypedDict):
    """MESSAGE."""

    mid: str
    timestamp: int
    text: str
    kind: MessageKind


_From = TypedDict("_From", {"from": Sender})


class ThreadMessage(_From):
    """A message as it stands in its thread; what it does not have is absent at the end."""

    mid: str
    kind: MessageKind
    text: str
    url: str | None
    timestamp: int
    unsent: bool
    attachments: NotRequired[list[Attachment]]
    reply_to: NotRequired[str | None]
    quick_reply: NotRequired[str | None]
    postback: NotRequired[str | None]
    quick_replies: NotRequired[list[Offer]]
    reactions: NotRequired[list[Reaction]]
    edits: NotRequired[int]
    persona: NotRequired[str | None]


class Story(TypedDict):
    """A story as its publication answers it."""

    id: str
    mid: str | None
    not_sent_because: str | None


class Traits(TypedDict, total=False):
    """Traits of a person; what is absent comes from the seed."""

    username: str
    name: str
    igsid: str
    password: str
    role: Role | None
    role_accepted: bool
    private: bool
    followed_by_business: bool
    follows_business: bool
    profile_fault: ProfileFault | None
    blocks_business: bool


class CustomerWish(Traits, total=False):
    """Traits of a person, or how many of which persona."""

    persona: Persona
    count: int


class Customer(TypedDict):
    """CUSTOMER."""

    username: str
    name: str
    igsid: str
    password: str
    role: Role | None
    role_accepted: bool
    private: bool
    followed_by_business: bool
    follows_business: bool
    profile_fault: ProfileFault | None
    blocks_business: bool


class Customers(TypedDict):
    """Several."""

    customers: list[Customer]


class OneMessage(TypedDict, total=False):
    """Text, reply_to or referral with text, attachment, attachments or reply_to_story."""

    text: str
    attachment: str
    attachments: Sequence[str]
    reply_to: str
    reply_to_story: str
    referral: Mapping[str, object]


class MessageWish(OneMessage, total=False):
    """A message, or several texts."""

    texts: Sequence[str]


class Messages(TypedDict):
    """Several messages."""

    messages: list[Message]


class UnsendWish(TypedDict, total=False):
    """Where the message is withdrawn; on Messenger it makes no difference and may be left out."""

    surface: Surface


class Thread(TypedDict):
    """A thread as the customer sees it."""

    messages: list[ThreadMessage]
    state: ThreadState


class StoryWish(TypedDict, total=False):
    """A story of a customer."""

    mentions: Sequence[str]
    caption: str | None
    variant: MentionVariant


class Stories(TypedDict):
    """Stories, oldest first."""

    stories: list[Story]


class Done(TypedDict):
    """It is done."""

    success: bool


class ReactionWish(TypedDict, total=False):
    """A word of Instagram's or an emoji."""

    reaction: str


class TapWish(TypedDict, total=False):
    """A payload or a title: either of a quick reply or of a button."""

    quick_reply: str
    button: str


class TextWish(TypedDict, total=False):
    """Words."""

    text: Required[str]


class Seen(TypedDict):
    """The company's message that was seen, null when there was nothing new."""

    mid: str | None


class TitleWish(TypedDict, total=False):
    """An ice breaker or a menu entry."""

    title: Required[str]


class ReferralWish(TypedDict, total=False):
    """An ig.me link."""

    ref: Required[str]
    source: str
    type: str


class OptInWish(TypedDict, total=False):
    """Under which `user_ref` the checkbox was shown, and the data that the Page gave it."""

    user_ref: Required[str]
    ref: str


class OptedIn(TypedDict):
    """Why the app does not hear of it, if so."""

    not_sent_because: str | None


class CommentWish(TypedDict, total=False):
    """A comment on a post, or an answer to one."""

    media: str | None
    text: Required[str]
    parent: str | None


class Commented(TypedDict):
    """A comment."""

    id: str
    not_sent_because: str | None


class MentionWish(TypedDict, total=False):
    """Where the company is mentioned."""

    in_comment: bool


class Mentioned(TypedDict):
    """A mention of the company."""

    media_id: str
    comment_id: NotRequired[str | None]
    not_sent_because: str | None


class Attachment(TypedDict):
    """One attachment as a webhook shows it; `payload` None: the type says everything."""

    type: str
    payload: dict[str, Any] | None


class Offer(TypedDict):
    """What a customer can tap: a quick reply, or a button of a template (`url`: a link)."""

    title: str
    payload: str | None
    url: str | None


class Reaction(TypedDict):
    """One person's reaction to a message."""

    sender: Sender
    reaction: str
    emoji: str


class ThreadState(TypedDict):
    """`is_asked`: the company wrote first, and the customer has not accepted yet."""

    folder: Folder | None
    unread: int
    is_typing: bool
    company_seen: str | None
    customer_seen: str | None
    controller: str | None
    is_asked: bool
