"""The mutable records of the world and how a seed makes them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fake_meta.archive import MessageArchive
from fake_meta.domain import identifiers
from fake_meta.domain.accounts import (
    AccountType,
    Customer,
    InstagramAccount,
    MetaApp,
    Page,
    Subscription,
)
from fake_meta.domain.alerts import Alert
from fake_meta.domain.change_events import Comment, MediaType
from fake_meta.domain.choices import Choices
from fake_meta.domain.identifiers import Igid, Igsid, Mid, StoryId, ThreadNumber
from fake_meta.domain.login import Grants, Person
from fake_meta.domain.outgoing import Download
from fake_meta.domain.page_personas import PagePersona
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import Folder, ThreadMessage
from fake_meta.domain.usage import Meter
from fake_meta.world.login_state import LoginState
from fake_meta.world.recency import Recency
from fake_meta.world.review_state import ReviewDesk

_KEY_DIGITS = 15
"""What of a thread's number differs from thread to thread."""

ACCOUNT_USERNAME = "empresa.exemplo"
COMPANY_NAME = "Empresa Exemplo"
APP_NAME = "Interact"


@dataclass(slots=True)
class Asset:
    """What one CDN address shows; it goes when its message or story goes.

    `content` is what Meta downloaded, type and bytes; without it the emulator draws something.
    `home` is the account in whose inbox its message or story is.
    """

    kind: str
    label: str
    signature: str
    mid: Mid | None = None
    story_id: StoryId | None = None
    content: tuple[str, bytes] | None = None
    home: str = ""


@dataclass(slots=True)
class ThreadRecord:
    """The thread of one customer with the company; its `count` messages are in the archive.

    `key` is what the archive knows it by; `updated_ms` is the newest message's time.
    `read_count` messages are read by the company (§4.4); `customer_seen` and `company_seen` are
    the last messages of the other one that each has seen; `owner` is the app that controls it.
    """

    number: ThreadNumber
    key: int = field(init=False)
    count: int = 0
    updated_ms: int = 0
    story_of: dict[Mid, StoryId] = field(default_factory=dict)
    revision: int = 0
    last_customer_action_ms: int | None = None
    snapshot: tuple[ThreadMessage, ...] | None = ()
    folder: Folder | None = None
    read_count: int = 0
    unread: int = 0
    last_customer_mid: Mid | None = None
    last_company_mid: Mid | None = None
    customer_seen: Mid | None = None
    company_seen: Mid | None = None
    typing_until_ms: int = 0
    owner: str | None = None
    owner_until_ms: int = 0
    is_asked: bool = False

    def __post_init__(self) -> None:
        self.key = int(self.number[-_KEY_DIGITS:])


@dataclass(slots=True)
class StoryRecord:
    """A story; `owner` is a customer's username, None for the company."""

    owner: str | None
    caption: str
    url: str
    published_ms: int
    mid: Mid | None = None
    not_sent_because: str | None = None
    gone: bool = False


@dataclass(slots=True)
class MediaRecord:
    """A post, reel, advertisement or live broadcast of the company."""

    type: MediaType
    caption: str
    url: str
    is_over: bool = False


@dataclass(slots=True)
class CustomerRecord:
    """A customer and everything that belongs to them."""

    customer: Customer
    thread: ThreadRecord
    stories: list[StoryId] = field(default_factory=list)


Installed = tuple[tuple[str, ...] | None, tuple[str, ...] | None]
"""The fields for which the app is installed on a Page and, by flavour B, on an account."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """Who ticked a checkbox of the Page, under which `user_ref`, and when."""

    username: str
    at_ms: int


@dataclass(slots=True)
class Inbox:
    """What one company has: a Page and its Instagram account, their switches and threads.

    `messenger` is the Page's inbox on Messenger, whose `account` is the Page itself and whose
    `by_igsid` leads from PSIDs; what is installed on the Page stands in the account's inbox.
    `source` draws the ids of what comes to it later; `person` logs in by flavour B, and
    `installer` is the token that last subscribed it. A switch that nobody touched is None.
    """

    page: Page
    account: InstagramAccount
    source: random.Random
    person: Person
    grants: Grants = field(default_factory=Grants)
    page_fields: tuple[str, ...] | None = None
    account_fields: tuple[str, ...] | None = None
    installer: str | None = None
    customers: dict[str, CustomerRecord] = field(default_factory=dict)
    by_igsid: dict[Igsid, CustomerRecord] = field(default_factory=dict)
    by_thread: dict[int, CustomerRecord] = field(default_factory=dict)
    by_conversation: dict[str, CustomerRecord] = field(default_factory=dict)
    recency: Recency[Igsid] = field(default_factory=Recency)
    recency_of_role_holders: Recency[Igsid] = field(default_factory=Recency)
    messages_made: int = 0
    stories: dict[StoryId, StoryRecord] = field(default_factory=dict)
    media: dict[str, MediaRecord] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    uploads: dict[str, Download] = field(default_factory=dict)
    messenger_profile: dict[str, Any] = field(default_factory=dict)
    personas: dict[str, PagePersona] = field(default_factory=dict)
    opted_in: dict[str, OptIn] = field(default_factory=dict)
    message_access: bool | None = None
    account_type: AccountType = AccountType.BUSINESS
    is_eligible: bool = True
    is_of_a_business: bool = False
    conversations_called: bool = False
    default_app: str | None = None
    platform: Platform = Platform.INSTAGRAM
    messenger: Inbox | None = None

    @property
    def is_installed(self) -> bool:
        """The app is subscribed to the Page, or to the account by flavour B."""
        return self.page_fields is not None or self.account_fields is not None


@dataclass(slots=True)
class WorldState:
    """Everything that a reset replaces: what all companies share, and their inboxes.

    `inboxes` are by the account's id, the first company first; `homes` leads from the id of a
    Page, an account or its person to the account's id. `installed_before`: what the app was
    installed for before the reset, by the number of a company that may come again.
    """

    seed: int
    ids: random.Random
    traces: random.Random
    extras: random.Random
    app: MetaApp
    login: LoginState
    choices: Choices
    first: Inbox
    inboxes: dict[str, Inbox] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    reviews: ReviewDesk = field(default_factory=ReviewDesk)
    archive: MessageArchive = field(default_factory=MessageArchive)
    meter: Meter = field(default_factory=Meter)
    alerts: list[Alert] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    customers_made: int = 0
    human_agent: bool | None = None
    second_app_id: str = ""
    installed_before: dict[int, Installed] = field(default_factory=dict)

    def add_inbox(self, inbox: Inbox) -> None:
        """Let the inbox be found by the ids that calls name."""
        account_id = inbox.account.id
        kept = self.installed_before.pop(len(self.inboxes) + 1, None)
        if kept is not None:
            inbox.page_fields, inbox.account_fields = kept
        inbox.messenger = messenger_inbox(inbox, self.seed)
        self.inboxes[account_id] = inbox
        for known_as in (account_id, inbox.page.id, inbox.person.id):
            self.homes[known_as] = account_id

    def installed(self) -> dict[int, Installed]:
        """For what the app is installed, by the number of the company."""
        now = {
            number: (inbox.page_fields, inbox.account_fields)
            for number, inbox in enumerate(self.inboxes.values(), 1)
        }
        return {**self.installed_before, **now}

    def all_inboxes(self) -> Iterator[Inbox]:
        """Of every company the inbox on Instagram, then the one on Messenger."""
        for inbox in self.inboxes.values():
            yield inbox
            if inbox.messenger is not None:
                yield inbox.messenger


def messenger_inbox(home: Inbox, seed: int) -> Inbox:
    """The Page's inbox on Messenger; its ids are drawn apart from the world's (§0.3)."""
    page = home.page
    return Inbox(
        page,
        InstagramAccount(Igid(page.id), home.account.username, page.name),
        random.Random(f"messenger of {page.id} of {seed}"),  # noqa: S311
        home.person,
        message_access=True,
        platform=Platform.MESSENGER,
    )


def conversation_id(inbox: Inbox, thread: ThreadRecord) -> str:
    """The thread's id as the Conversations API shows it (meta-contract §0.3)."""
    if inbox.platform is Platform.MESSENGER:
        return thread.number
    return identifiers.conversation_id(inbox.account.id, thread.number)
