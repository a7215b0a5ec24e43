"""The mutable records of the world and how a seed makes them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from fake_meta.archive import MessageArchive
from fake_meta.domain import identifiers, names
from fake_meta.domain.accounts import (
    AccessLevel,
    AccountType,
    AppMode,
    Customer,
    InstagramAccount,
    MetaApp,
    Page,
    Permission,
    Role,
    Subscription,
)
from fake_meta.domain.alerts import Alert
from fake_meta.domain.change_events import Comment, MediaType
from fake_meta.domain.choices import Choices
from fake_meta.domain.identifiers import Igsid, Mid, StoryId, ThreadNumber
from fake_meta.domain.login import Grants, Person
from fake_meta.domain.outgoing import Download
from fake_meta.domain.threads import Folder, ThreadMessage
from fake_meta.domain.usage import Meter
from fake_meta.world.login_state import LoginState, seeded_login
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


@dataclass(slots=True)
class Inbox:
    """What one company has: a Page and its Instagram account, their switches and threads.

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
    message_access: bool | None = None
    account_type: AccountType = AccountType.BUSINESS
    is_eligible: bool = True
    conversations_called: bool = False
    default_app: str | None = None

    @property
    def is_installed(self) -> bool:
        """The app is subscribed to the Page, or to the account by flavour B."""
        return self.page_fields is not None or self.account_fields is not None


@dataclass(slots=True)
class WorldState:
    """Everything that a reset replaces: what all companies share, and their inboxes.

    `inboxes` are by the account's id, the first company first; `homes` leads from the id of a
    Page, an account or its person to the account's id.
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

    def add_inbox(self, inbox: Inbox) -> None:
        """Let the inbox be found by the ids that calls name."""
        account_id = inbox.account.id
        self.inboxes[account_id] = inbox
        for known_as in (account_id, inbox.page.id, inbox.person.id):
            self.homes[known_as] = account_id


def seeded(seed: int, now_ms: int = 0, choices: Choices | None = None) -> WorldState:
    """The world that `seed` makes: the same ids, names and secrets every time."""
    ids = random.Random(seed)  # noqa: S311 - reproducible ids, not secrets
    app = MetaApp(
        id=identifiers.new_app_id(ids),
        name=APP_NAME,
        secret=identifiers.new_secret(ids),
        verify_token=identifiers.new_verify_token(ids),
        mode=AppMode.LIVE,
        access=dict.fromkeys(Permission, AccessLevel.STANDARD),
    )
    page = Page(
        id=identifiers.new_page_id(ids),
        name=COMPANY_NAME,
        access_token=identifiers.new_access_token(ids),
    )
    account = InstagramAccount(
        id=identifiers.new_igid(ids), username=ACCOUNT_USERNAME, name=COMPANY_NAME
    )
    login, person = seeded_login(seed, app, page, account, now_ms)
    source = random.Random(f"inbox 1 of {seed}")  # noqa: S311
    first = Inbox(page, account, source, person)
    state = WorldState(
        seed=seed,
        ids=ids,
        traces=random.Random(f"traces of {seed}"),  # noqa: S311
        extras=random.Random(f"extras of {seed}"),  # noqa: S311 - never moves the ids above
        app=app,
        login=login,
        choices=choices or Choices(),
        first=first,
    )
    state.add_inbox(first)
    state.second_app_id = identifiers.new_app_id(state.extras)
    add_customer(state, new_customer(state, role=Role.TESTER))
    return state


def new_customer(state: WorldState, role: Role | None = None) -> Customer:
    """The next customer of the seed, not yet part of the world."""
    number = state.customers_made
    while names.username_of(number) in state.first.customers:
        number += 1
    state.customers_made = number + 1
    return Customer(
        username=names.username_of(number),
        name=names.name_of(number),
        igsid=identifiers.new_igsid(state.ids),
        password=identifiers.new_password(state.ids),
        role=role,
    )


def add_customer(state: WorldState, customer: Customer) -> CustomerRecord:
    """Make `customer` part of the world, with an empty thread with the first company."""
    return _enter(state.first, customer, identifiers.new_thread_number(state.ids))


def meet(inbox: Inbox, customer: Customer) -> CustomerRecord:
    """Let a customer of the world be known to another company, by another IGSID (§0.3)."""
    scoped = replace(
        customer,
        igsid=identifiers.new_igsid(inbox.source),
        followed_by_business=False,
        follows_business=False,
        blocks_business=False,
    )
    return _enter(inbox, scoped, identifiers.new_thread_number(inbox.source))


def _enter(inbox: Inbox, customer: Customer, number: ThreadNumber) -> CustomerRecord:
    record = CustomerRecord(customer, ThreadRecord(number))
    inbox.customers[customer.username] = record
    register(inbox, record)
    return record


def register(inbox: Inbox, record: CustomerRecord) -> None:
    """Let the record be found by the ids that calls name."""
    inbox.by_igsid[record.customer.igsid] = record
    inbox.by_thread[record.thread.key] = record
    conversation = identifiers.conversation_id(inbox.account.id, record.thread.number)
    inbox.by_conversation[conversation] = record
