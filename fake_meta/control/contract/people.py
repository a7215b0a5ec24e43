"""Calls about customers: who they are, what they write, publish and touch."""

from __future__ import annotations

from typing import Any

from pydantic import Field, RootModel

from fake_meta.control.contract.call import Call, Nothing, Told, Wish
from fake_meta.control.contract.fields import (
    Flag,
    MaybeText,
    Object,
    PersonName,
    Text,
    Texts,
    Username,
    Whole,
    word,
)
from fake_meta.domain.accounts import ProfileFault, Role
from fake_meta.domain.stories import MentionVariant
from fake_meta.domain.threads import Attachment, MessageKind, Offer, Reaction, Sender, Surface
from fake_meta.personas import Persona
from fake_meta.world import ThreadState


class CustomerWish(Wish):
    """Traits of a person; what is absent comes from the seed."""

    username: Username = None
    name: PersonName = None
    igsid: Text = None
    password: Text = None
    role: word(Role, or_null=True) = None  # type: ignore[valid-type]
    role_accepted: Flag = None
    private: Flag = None
    followed_by_business: Flag = None
    follows_business: Flag = None
    profile_fault: word(ProfileFault, or_null=True) = None  # type: ignore[valid-type]
    blocks_business: Flag = None
    persona: word(Persona) = None  # type: ignore[valid-type]
    count: Whole = None


class MessageWish(Wish):
    """Text, reply_to or referral with text, attachment, attachments, reply_to_story or texts."""

    text: Text = None
    texts: Texts = None
    attachment: Text = None
    attachments: Texts = None
    reply_to: Text = None
    reply_to_story: Text = None
    referral: Object = None


class UnsendWish(Wish):
    """Where the message is withdrawn; on Messenger it makes no difference and may be left out."""

    surface: word(Surface) | None = None  # type: ignore[valid-type]


class StoryWish(Wish):
    """A story of a customer."""

    mentions: Texts = None
    caption: str | None = None
    variant: word(MentionVariant) = None  # type: ignore[valid-type]


class ReactionWish(Wish):
    """A word of Instagram's or an emoji."""

    reaction: Text = None


class TapWish(Wish):
    """A payload or a title: either of a quick reply or of a button."""

    quick_reply: Text = None
    button: Text = None


class TextWish(Wish):
    """Words."""

    text: Text


class TitleWish(Wish):
    """An ice breaker or a menu entry."""

    title: Text


class ReferralWish(Wish):
    """An ig.me link."""

    ref: Text
    source: Any = None
    type: Any = None


class OptInWish(Wish):
    """Under which `user_ref` the checkbox was shown, and the data that the Page gave it."""

    user_ref: Text
    ref: Text = None


class CommentWish(Wish):
    """A comment on a post, or an answer to one."""

    media: MaybeText = None
    text: Text
    parent: MaybeText = None


class MentionWish(Wish):
    """Where the company is mentioned."""

    in_comment: Flag = None


class Customer(Told):
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


class Customers(Told):
    """Several."""

    customers: list[Customer]


class Created(RootModel[Customer | Customers]):
    """One customer; several where a persona was asked for."""


class Message(Told):
    """MESSAGE."""

    mid: str
    timestamp: int
    text: str
    kind: MessageKind


class Written(Told):
    """One MESSAGE, or, where several texts were sent, all of them."""

    mid: str | None = None
    timestamp: int | None = None
    text: str | None = None
    kind: MessageKind | None = None
    messages: list[Message] | None = None


class ThreadMessage(Told):
    """A message as it stands in its thread; what it does not have is absent at the end."""

    mid: str
    sender: Sender = Field(alias="from")
    kind: MessageKind
    text: str
    url: str | None
    timestamp: int
    unsent: bool
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None
    quick_reply: str | None = None
    postback: str | None = None
    quick_replies: tuple[Offer, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    edits: int = 0
    persona: str | None = None


class Thread(Told):
    """A thread as the customer sees it."""

    messages: list[ThreadMessage]
    state: ThreadState


class Story(Told):
    """A story as its publication answers it."""

    id: str
    mid: str | None
    not_sent_because: str | None


class Stories(Told):
    """Stories, oldest first."""

    stories: list[Story]


class Done(Told):
    """It is done."""

    success: bool


class Seen(Told):
    """The company's message that was seen, null when there was nothing new."""

    mid: str | None


class Commented(Told):
    """A comment."""

    id: str
    not_sent_because: str | None


class OptedIn(Told):
    """Why the app does not hear of it, if so."""

    not_sent_because: str | None


class Mentioned(Told):
    """A mention of the company."""

    media_id: str
    comment_id: str | None = None
    not_sent_because: str | None


_PERSON = "/customers/<username>"
_MESSAGE = f"{_PERSON}/messages/<mid>"

CALLS = (
    Call("POST", "/customers", "Create a customer, or many", Created, CustomerWish, status=201),
    Call("GET", _PERSON, "Read a customer", Customer),
    Call("PATCH", _PERSON, "Change a customer", Customer, CustomerWish),
    Call("POST", f"{_PERSON}/messages", "Write to the company", Written, MessageWish, status=201),
    Call("POST", f"{_MESSAGE}/unsend", "Withdraw a message", ThreadMessage, UnsendWish),
    Call("GET", f"{_PERSON}/thread", "Read the thread", Thread),
    Call("POST", f"{_PERSON}/stories", "Publish a story", Story, StoryWish, status=201),
    Call("GET", f"{_PERSON}/stories", "List the stories", Stories),
    Call("POST", f"{_PERSON}/stories/<story_id>/expire", "Let a story's 24 hours pass", Done),
    Call("DELETE", f"{_PERSON}/stories/<story_id>", "Delete a story", Done),
    Call("POST", f"{_MESSAGE}/reaction", "React to a message", ThreadMessage, ReactionWish),
    Call("DELETE", f"{_MESSAGE}/reaction", "Take a reaction back", ThreadMessage),
    Call("POST", f"{_MESSAGE}/tap", "Tap what a message offers", Message, TapWish, status=201),
    Call("POST", f"{_MESSAGE}/edit", "Edit a message", ThreadMessage, TextWish),
    Call("POST", f"{_MESSAGE}/ghost-edit", "Send the edit nobody made", Done, Nothing),
    Call("POST", f"{_PERSON}/seen", "Read to the end", Seen, Nothing),
    Call("POST", f"{_PERSON}/accept", "Accept the company's request", Done, Nothing),
    Call("POST", f"{_PERSON}/postbacks", "Tap a menu entry", Message, TitleWish, status=201),
    Call("POST", f"{_PERSON}/referrals", "Open an ig.me link", Done, ReferralWish),
    Call("POST", f"{_PERSON}/comments", "Comment on a post", Commented, CommentWish, status=201),
    Call(
        "POST", f"{_PERSON}/opt-ins", "Tick a checkbox of the Page", OptedIn, OptInWish, status=201
    ),
    Call("POST", f"{_PERSON}/mentions", "Mention the company", Mentioned, MentionWish, status=201),
)
