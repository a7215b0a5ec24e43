"""Calls about the company in Instagram itself."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from fake_meta.control.contract.call import Call, Nothing, Told, Wish
from fake_meta.control.contract.fields import (
    Flag,
    MaybeText,
    Text,
    Texts,
    word,
)
from fake_meta.control.contract.people import Message, Story, ThreadMessage
from fake_meta.domain.accounts import AccountType
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.threads import Folder, MessageKind, Origin


class AccountWish(Wish):
    """Switches of the account."""

    message_access: Flag = None
    default_app: MaybeText = None
    account_type: word(AccountType, or_null=True) = None  # type: ignore[valid-type]
    eligible: Flag = None
    of_a_business: Flag = None


class CompanyMessageWish(Wish):
    """To whom the company writes, and a text or an attachment."""

    to: Text
    text: Text = None
    attachment: word(MessageKind) = None  # type: ignore[valid-type]
    origin: word(Origin) = None  # type: ignore[valid-type]


class ToWish(Wish):
    """In whose thread."""

    to: Text


class SelfMessageWish(Wish):
    """What the account writes to itself."""

    text: Text


class CompanyStoryWish(Wish):
    """A story of the company."""

    caption: Text = None
    mentions: Texts = None


class InsightsWish(Wish):
    """Counts of a story, by name."""

    model_config = ConfigDict(extra="allow")


class PostWish(Wish):
    """A post, reel, advertisement or live broadcast."""

    type: word(MediaType) = None  # type: ignore[valid-type]
    caption: Text = None


class SecondAppWish(Wish):
    """What the second app does with a thread."""

    call: Text
    metadata: MaybeText = None


class Post(Told):
    """A post of the company."""

    id: str
    type: MediaType
    caption: str
    url: str
    is_over: bool


class Account(Told):
    """The company's account."""

    message_access: bool
    default_app: str | None
    account_type: AccountType
    eligible: bool
    of_a_business: bool
    second_app_id: str
    messenger_profile: dict[str, Any]
    media: list[Post]


class Silence(Told):
    """Why the app hears nothing; null: it does."""

    not_sent_because: str | None


class InFolder(Told):
    """Where the thread lies."""

    folder: Folder


class Control(Told):
    """Who controls the thread."""

    controller: str | None
    not_sent_because: str | None


_THREAD = "/account/threads/<username>"

CALLS = (
    Call("GET", "/account", "Read the account", Account),
    Call("PATCH", "/account", "Change switches of the account", Account, AccountWish),
    Call(
        "POST",
        "/account/messages",
        "Write as the company without the app",
        Message,
        CompanyMessageWish,
        status=201,
    ),
    Call(
        "POST",
        "/account/messages/<mid>/unsend",
        "Withdraw a message of the company",
        ThreadMessage,
        ToWish,
    ),
    Call(
        "POST",
        "/account/self-messages",
        "Let the account write to itself",
        Message,
        SelfMessageWish,
        status=201,
    ),
    Call(
        "POST",
        "/account/stories",
        "Publish a story of the company",
        Story,
        CompanyStoryWish,
        status=201,
    ),
    Call(
        "POST", "/account/stories/<story_id>/insights", "Send story insights", Silence, InsightsWish
    ),
    Call("POST", "/account/media", "Publish a post", Post, PostWish, status=201),
    Call("POST", "/account/media/<media_id>/end", "End a broadcast", Post, Nothing),
    Call("POST", f"{_THREAD}/accept", "Move a thread out of the Requests", InFolder, Nothing),
    Call("POST", f"{_THREAD}/second-app", "Steer the second app", Control, SecondAppWish),
)
