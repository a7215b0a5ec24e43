"""Agents, services, channels and sessions as values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from system_under_test.domain.medium import INSTAGRAM, MESSENGER, Medium

AGENT, SUPERVISOR = "agent", "supervisor"
ROLES = (AGENT, SUPERVISOR)
AUTOMATIC, MANUAL = "automatic", "manual"
ANSWERS = (AUTOMATIC, MANUAL)
LEAST_PASSWORD = 6


FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PAGE_INBOX = "facebook_login", "instagram_login", "messenger"
FLAVOURS = (FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PAGE_INBOX)
"""How a channel was connected, which decides host, node, token and secret (meta-contract §1.1).

Instagram by either login, or Messenger, which is the inbox of a Page.
"""


def medium_of(flavour: str) -> Medium:
    """Where the customers of such a channel write."""
    return MESSENGER if flavour == PAGE_INBOX else INSTAGRAM


def name_of_channel(flavour: str, username: str) -> str:
    """As people write it: an account with an at sign, a Page by its name."""
    return username if flavour == PAGE_INBOX else f"@{username}"


@dataclass(frozen=True, slots=True)
class Agent:
    """The human at the console; an empty `messenger_answer` is as `chat_answer`."""

    id: int
    login: str
    name: str
    password_hash: str | None
    status: str
    status_since_ms: int
    role: str = "agent"
    chat_answer: str = "automatic"
    messenger_answer: str = ""

    @property
    def is_supervisor(self) -> bool:
        """Whether this agent sees and moves what others attend."""
        return self.role == SUPERVISOR


@dataclass(frozen=True, slots=True)
class Channel:
    """A Page with its Instagram account; `token` is the Page access token.

    With Instagram Login there is no Page: `page_id` is the account's, `token` the account's own,
    which is to be refreshed at `token_due_ms` (None: not planned yet). On Messenger there is no
    account: `account_id` is the Page's, and `username` its name.

    `trouble` says why nothing can be sent through it, since `trouble_ms`; None when all is well.
    What was found out before `recheck_ms` is to be found out again.
    """

    id: int
    page_id: str
    account_id: str
    username: str
    token: str
    service_id: int
    trouble: str | None = None
    trouble_ms: int | None = None
    recheck_ms: int = 0
    flavour: str = FACEBOOK_LOGIN
    token_due_ms: int | None = None

    @property
    def medium(self) -> Medium:
        """Where its customers write."""
        return medium_of(self.flavour)

    @property
    def shown_name(self) -> str:
        """As people write it."""
        return name_of_channel(self.flavour, self.username)


def manual_media(chat_answer: str, messenger_answer: str) -> frozenset[str]:
    """Media in which an agent accepts by hand (R6)."""
    answers = {INSTAGRAM.name: chat_answer, MESSENGER.name: messenger_answer or chat_answer}
    return frozenset(medium for medium, answer in answers.items() if answer == MANUAL)


SESSION_CONSOLE, SESSION_FIRST_LOGIN = "console", "first_login"
TAKEN_OVER, SIGNED_OUT, IDLE, EXPIRED = "taken_over", "signed_out", "idle", "expired"
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class SessionLife:
    """How long a session may be unused, and how long it may last however much it is used."""

    idle_ms: int
    whole_ms: int

    @classmethod
    def of_hours(cls, idle: float, whole: float) -> SessionLife:
        """As the settings tell it."""
        return cls(round(idle * _HOUR_MS), round(whole * _HOUR_MS))


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in; `key` is the hash of the cookie's value, which is nowhere stored."""

    key: str
    agent_id: int
    kind: str
    lease_until_ms: int
    created_ms: int
    end_reason: str | None = None

    def at(self, now_ms: int, life: SessionLife) -> Session:
        """The session as it stands now: nobody there for so long is an end, and so is its age.

        An open window renews the lease by itself, also in front of an empty chair.
        """
        if self.end_reason is not None:
            return self
        if now_ms - self.created_ms > life.whole_ms:
            return replace(self, end_reason=EXPIRED)
        return (
            replace(self, end_reason=IDLE) if now_ms - self.lease_until_ms > life.idle_ms else self
        )
