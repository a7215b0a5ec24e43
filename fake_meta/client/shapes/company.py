"""Dictionaries about the company's account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Required, TypedDict

from fake_meta.client.shapes.words import AccountType, Folder, MediaType, MessageKind, Origin


class Account(TypedDict):
    """The company's account."""

    message_access: bool
    default_app: str | None
    account_type: AccountType
    eligible: bool
    of_a_business: bool
    second_app_id: str
    messenger_profile: dict[str, Any]
    media: list[Post]


class AccountWish(TypedDict, total=False):
    """Switches of the account."""

    message_access: bool
    default_app: str | None
    account_type: AccountType | None
    eligible: bool
    of_a_business: bool


class CompanyMessageWish(TypedDict, total=False):
    """To whom the company writes, and a text or an attachment."""

    to: Required[str]
    text: str
    attachment: MessageKind
    origin: Origin


class ToWish(TypedDict, total=False):
    """In whose thread."""

    to: Required[str]


class SelfMessageWish(TypedDict, total=False):
    """What the account writes to itself."""

    text: Required[str]


class CompanyStoryWish(TypedDict, total=False):
    """A story of the company."""

    caption: str
    mentions: Sequence[str]


class Silence(TypedDict):
    """Why the app hears nothing; null: it does."""

    not_sent_because: str | None


class PostWish(TypedDict, total=False):
    """A post, reel, advertisement or live broadcast."""

    type: MediaType
    caption: str


class Post(TypedDict):
    """A post of the company."""

    id: str
    type: MediaType
    caption: str
    url: str
    is_over: bool


class InFolder(TypedDict):
    """Where the thread lies."""

    folder: Folder


class SecondAppWish(TypedDict, total=False):
    """What the second app does with a thread."""

    call: Required[str]
    metadata: str | None


class Control(TypedDict):
    """Who controls the thread."""

    controller: str | None
    not_sent_because: str | None
