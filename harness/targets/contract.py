"""What the review asks of a console: a target, its console windows, the agent's desk.

A target acts and observes, it never judges: a console that behaves oddly is described by what was
seen (a redirect, the same window, no such button), and the steps decide. Whoever adapts another
console writes first a selector table, then, if that is not enough, these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NewType, Protocol, runtime_checkable

if TYPE_CHECKING:
    from harness.drivers.contract import Camera
    from harness.drivers.meta_control import MetaControl
    from harness.processes import Launcher

ConversationId = NewType("ConversationId", str)


@dataclass(frozen=True)
class Credentials:
    """How an agent signs in, and the name the console shows for that agent."""

    login: str
    password: str
    name: str


@dataclass(frozen=True)
class Staff:
    """The agents the review may use; an absent one makes its scenarios not applicable."""

    agent: Credentials
    spare: Credentials | None = None  # may be locked out
    newcomer: Credentials | None = None  # never signed in, has no password yet


@dataclass(frozen=True)
class WindowWish:
    """The browser window in which the reviewer opens the console."""

    width: int = 1440
    height: int = 900
    notifications: Literal["allow", "block"] = "allow"
    blocks_windows: bool = False
    label: str = "console"


@dataclass(frozen=True)
class Arrival:
    """Where the reviewer stands after typing the address of the test page."""

    requested_url: str
    final_url: str
    redirects: tuple[str, ...]
    status: int
    title: str
    has_login_form: bool
    labels: tuple[str, ...]
    buttons: tuple[str, ...]
    links: tuple[str, ...]
    fits_window: bool | None  # None: there is no window


class Outcome(StrEnum):
    """What ENTER led to."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    THROTTLED = "throttled"
    PASSWORD_CREATION = "password_creation"  # noqa: S105 - a screen, not a secret
    WINDOW_BLOCKED = "window_blocked"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class SignIn:
    """The result of one sign-in; `new_window` is None where windows do not exist."""

    outcome: Outcome
    message: str
    new_window: bool | None
    desk: Desk | None


@dataclass(frozen=True)
class StatusOption:
    """One entry of the STATUS menu."""

    label: str
    is_pause: bool


@dataclass(frozen=True)
class ConversationView:
    """One conversation in the agent's list."""

    id: ConversationId
    name: str
    preview: str


@dataclass(frozen=True)
class MessageView:
    """One message of a conversation as the agent sees it."""

    mid: str | None
    direction: Literal["in", "out"]
    kind: str
    text: str
    state: str
    deleted: bool
    has_markup: bool
    media_url: str | None
    media_visible: bool | None  # None: there is no window
    placeholder: str | None  # what stands where a story or a deleted message was


@dataclass(frozen=True)
class SlotView:
    """One of the agent's simultaneous positions."""

    number: int
    conversation_id: ConversationId | None


@dataclass(frozen=True)
class PreviousView:
    """One earlier conversation that the console names; `id` only where the console tells it."""

    id: ConversationId | None
    label: str


@dataclass(frozen=True)
class NotificationView:
    """One notification that the browser was told to show."""

    title: str
    body: str


@dataclass(frozen=True)
class NotificationsView:
    """How the console and the browser's notifications stand to each other."""

    asked: bool
    permission: str  # "default", "granted", "denied"
    shown: tuple[NotificationView, ...]


class Desk(Protocol):
    """The console with an agent signed in. Ids that do not exist raise TargetError."""

    def statuses(self) -> tuple[StatusOption, ...]:
        """The entries of the STATUS menu."""

    def select_status(self, label: str) -> None:
        """Choose an entry of the STATUS menu by its label."""

    def status(self) -> str:
        """The label of the present status."""

    def conversations(self) -> tuple[ConversationView, ...]:
        """The agent's open conversations."""

    def messages(self, conversation_id: ConversationId) -> tuple[MessageView, ...]:
        """The messages of one conversation, oldest first; empty when it is no longer open."""

    def reply(self, conversation_id: ConversationId, text: str) -> None:
        """Write to the customer and send; does not wait for the delivery."""

    def end(self, conversation_id: ConversationId) -> None:
        """Press End."""

    def reload(self) -> None:
        """Reload the console as the browser's button does."""

    def holds(self, text: str) -> bool:
        """Whether the text occurs anywhere in what the console gives this agent."""


@runtime_checkable
class ShowsSlots(Protocol):
    """A desk that shows which positions are taken."""

    def slots(self) -> tuple[SlotView, ...]:
        """All positions, taken or free."""


@runtime_checkable
class ShowsHistory(Protocol):
    """A desk that names earlier conversations with the same customer."""

    def previous(self, conversation_id: ConversationId) -> tuple[PreviousView, ...]:
        """The earlier conversations that the given one names."""


@runtime_checkable
class AsksNotifications(Protocol):
    """A desk in a browser, where notifications may be allowed."""

    def accept_notifications(self) -> None:
        """Press the console's own offer to enable notifications, if it makes one."""

    def notifications(self) -> NotificationsView:
        """What was asked and shown in this window so far."""


@runtime_checkable
class SaysTakenOver(Protocol):
    """A desk that says when another sign-in has ended it."""

    def taken_over(self) -> str | None:
        """The console's words, None while this desk works."""


@runtime_checkable
class KnowsReload(Protocol):
    """A desk that knows how often it was loaded anew since the sign-in."""

    def reloads(self) -> int:
        """Number of reloads, whoever caused them."""


@runtime_checkable
class ShowsQueue(Protocol):
    """A desk that shows how many customers wait."""

    def queue_length(self) -> int:
        """Number of waiting conversations."""


class Console(Protocol):
    """One browser window (or one HTTP session) in front of the login page."""

    @property
    def camera(self) -> Camera | None:
        """A camera at the newest window of this console; None when there is nothing to see."""

    def arrive(self) -> Arrival:
        """Open the address of the test page; redirects are followed and reported."""

    def sign_in(self, credentials: Credentials) -> SignIn:
        """Fill in the credentials and press ENTER; arrives first if that has not happened."""

    def close(self) -> None:
        """Close every window of this console."""


@runtime_checkable
class OffersLink(Protocol):
    """A console whose login page offers a link when the browser blocks the new window."""

    def link(self) -> str | None:
        """The visible link's label, None when there is none."""

    def follow_link(self) -> SignIn:
        """Press that link."""


class Target(Protocol):
    """A console under review."""

    @property
    def name(self) -> str:
        """The name used in homolog.toml and in reports."""

    @property
    def console_url(self) -> str:
        """The address of the submission: the test page itself."""

    @property
    def webhook_url(self) -> str:
        """Where Meta delivers; known after `start`."""

    @property
    def staff(self) -> Staff:
        """The agents and how they sign in."""

    def start(self, launcher: Launcher, meta: MetaControl) -> None:
        """Start the console, or make sure that one started elsewhere answers."""

    def connect(self, meta: MetaControl) -> None:
        """Register the webhook at Meta by `POST /{app-id}/subscriptions` (meta-contract §2.1)."""

    def check_alive(self) -> str | None:
        """Why the console cannot be judged any more, in one sentence; None while it lives."""

    def open_console(self, wish: WindowWish) -> Console:
        """A fresh window in front of the console, sharing nothing with earlier ones."""

    def stop(self) -> None:
        """Stop what `start` started and close what is open."""
