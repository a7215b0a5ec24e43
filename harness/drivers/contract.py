"""What hands can do and what they bring back; nothing here judges.

Views are frozen. Times are milliseconds since the epoch, durations carry their unit in the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Customer:
    """A person on the emulated Instagram (CUSTOMER of docs/emulator.md)."""

    username: str
    name: str
    igsid: str
    password: str
    role: str | None = None
    private: bool = False
    profile_fault: str | None = None


@dataclass(frozen=True)
class World:
    """Ids, secrets and addresses of the emulated Meta; `choices` are those not the default."""

    seed: int
    app_id: str
    app_secret: str
    verify_token: str
    access: Mapping[str, str]
    page_id: str
    page_token: str
    account_id: str
    account_username: str
    account_name: str
    testers: tuple[Customer, ...]
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def app_token(self) -> str:
        """The app access token, in the form APP_ID|APP_SECRET (meta-contract §2.1)."""
        return f"{self.app_id}|{self.app_secret}"


@dataclass(frozen=True)
class LoginFlavour:
    """One of Meta's two log-ins (meta-contract §1.1): its app, and the person who can log in."""

    name: str
    client_id: str
    client_secret: str
    login: str
    password: str


@dataclass(frozen=True)
class Finding:
    """What the emulator's doctor saw at one layer; `health` is good, wrong or unknown."""

    layer: str
    health: str
    seen: str
    cure: str
    section: str


@dataclass(frozen=True)
class SentMessage:
    """A message as Instagram took it from the customer."""

    mid: str
    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Story:
    """A published story; `mid` is the mention's, None when Meta tells nobody."""

    id: str
    mid: str | None
    not_sent_because: str | None


@dataclass(frozen=True)
class ThreadMessage:
    """One message of a thread as the customer sees it."""

    mid: str
    sender: str  # "customer" or "business"
    kind: str
    text: str
    unsent: bool = False


DELIVERY = "webhook_delivery"  # a JournalEntry's kind


@dataclass(frozen=True)
class JournalEntry:
    """One exchange, or one silence, of the emulated Meta (ENTRY of docs/emulator.md)."""

    seq: int
    kind: str
    customer: str | None
    mids: tuple[str, ...]
    events: tuple[str, ...]
    attempt: int
    outcome: str
    reason: str | None
    status: int | None
    raw: Mapping[str, object] = field(repr=False)

    @property
    def delivered(self) -> bool:
        """Whether it is a webhook that was answered with 2xx, so that Meta never repeats it."""
        return self.kind == DELIVERY and self.outcome == "delivered"


@dataclass(frozen=True)
class Verification:
    """What came of asking the console's webhook for the challenge (meta-contract §2.2)."""

    verified: bool
    error: str | None


@dataclass(frozen=True)
class CompanyPage:
    """The company's page on Instagram as it stands in front of the customer."""

    title: str
    heading: str
    logged_in: bool
    asks_to_save_login: bool
    offers: tuple[str, ...]  # labels of the buttons and links


class Camera(Protocol):
    """Takes a picture of one window."""

    @property
    def label(self) -> str:
        """Whose window this is: "console", "instagram", "phone"."""

    @property
    def is_gone(self) -> bool:
        """Whether the window was closed for good."""

    def shoot(self) -> bytes | None:
        """A PNG or JPEG; None when the window is gone or nothing was done in it since the last."""


class CustomerHands(Protocol):
    """One customer in front of one surface of Instagram."""

    @property
    def camera(self) -> Camera | None:
        """A camera at this customer's window; None when there is nothing to see."""

    def open_company_page(self) -> CompanyPage:
        """Open the company's page by its address."""

    def log_in(self) -> CompanyPage:
        """Press Enter and log in; what stands there afterwards."""

    def decline_saved_login(self) -> CompanyPage:
        """Select Not now; what stands there afterwards."""

    def arrive_logged_in(self) -> CompanyPage:
        """Stand logged in on the company's page without walking through the form."""

    def send(self, text: str) -> SentMessage:
        """Open Direct if it is not open yet, write the text, send it."""

    def send_picture(self) -> SentMessage:
        """Send a picture in Direct."""

    def thread(self) -> tuple[ThreadMessage, ...]:
        """Direct as this customer sees it now, without reloading it."""

    def unsend(self, mid: str) -> None:
        """Withdraw one message in the way of this surface."""

    def publish_story(self, mention: str, caption: str) -> Story:
        """Publish a story that mentions the account `mention`."""


class Hands(Protocol):
    """Lends hands to customers."""

    def on_website(self, customer: Customer) -> CustomerHands:
        """The customer at Instagram's website."""

    def on_phone(self, customer: Customer) -> CustomerHands:
        """The customer at Instagram's phone app."""

    def put_away(self) -> None:
        """Close every window that was lent since the last time."""
