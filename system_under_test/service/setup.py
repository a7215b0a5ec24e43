"""What an administrator describes: services, agents, channels, statuses, quick replies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from system_under_test.domain.agents import (
    AGENT,
    ANSWERS,
    AUTOMATIC,
    FACEBOOK_LOGIN,
    FLAVOURS,
    INSTAGRAM_LOGIN,
    LEAST_PASSWORD,
    PAGE_INBOX,
    ROLES,
    name_of_channel,
)
from system_under_test.domain.business_hours import HoursError, parse_hours
from system_under_test.domain.medium import INSTAGRAM
from system_under_test.domain.routing import LEAST_LOADED, PICKS, POSITIONS
from system_under_test.domain.services import OFFER_MS, WRAP_UP_MS
from system_under_test.domain.statuses import STATUSES, find_status

_MOST_NUMBER = 1_000_000
_MOST_TEXT_BYTES = INSTAGRAM.most_text  # what every medium takes
_NUMBERS = {
    "priority": 0, "offer_s": 1, "wrap_up_s": 0, "idle_end_minutes": 0, "queue_limit_minutes": 0,
}  # the least  # fmt: skip
_STATUS_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_LABEL = 40


class SetupError(Exception):
    """What was given cannot be set up; the text says what and where, for a command line.

    A page writes the catalogue's sentence `refused.<why>` beside the `field`, with the values.
    """

    def __init__(self, sentence: str, field: str = "", why: str = "", **values: object) -> None:
        super().__init__(sentence)
        self.field = field
        self.why = why
        self.values = values


@dataclass(frozen=True, slots=True)
class ServiceSetup:
    """A receptive service (docs/console.md); times in seconds, 0 where a timer is off."""

    name: str
    classification: bool = False
    post_service: bool = False
    priority: int = 0
    pick: str = LEAST_LOADED
    offer_s: int = OFFER_MS // 1000
    wrap_up_s: int = WRAP_UP_MS // 1000
    idle_end_minutes: int = 0
    queue_limit_minutes: int = 0
    hours: str = ""
    closed_text: str = ""
    queue_text: str = ""
    prefer_last: bool = False
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        about = f"service {self.name!r}"
        _check_filled(about, name=self.name)
        _check_choice(about, "pick", self.pick, PICKS)
        for name, least in _NUMBERS.items():
            number: int = getattr(self, name)
            if not least <= number <= _MOST_NUMBER:
                raise SetupError(
                    f"{about}: {name} must be {least} to {_MOST_NUMBER}, not {number}",
                    name, "number", least=least, most=_MOST_NUMBER,
                )  # fmt: skip
        _check_bytes(about, "closed_text", self.closed_text)
        _check_bytes(about, "queue_text", self.queue_text)
        try:
            parse_hours(self.hours)
        except HoursError as error:
            raise SetupError(f"{about}: {error}", "hours", error.why, **error.values) from error


@dataclass(frozen=True, slots=True)
class AgentSetup:
    """An agent; without `password_hash` the first login creates the password.

    How the agent answers is said for each medium; on Messenger "" is as on Instagram.
    """

    login: str
    name: str
    password_hash: str | None = None
    services: tuple[str, ...] = ()
    positions: int | tuple[int, ...] = POSITIONS
    role: str = AGENT
    chat_answer: str = AUTOMATIC
    messenger_answer: str = ""

    def __post_init__(self) -> None:
        about = f"agent {self.login!r}"
        _check_filled(about, login=self.login, name=self.name)
        _check_choice(about, "role", self.role, ROLES)
        _check_choice(about, "chat_answer", self.chat_answer, ANSWERS)
        if self.messenger_answer:
            _check_choice(about, "messenger_answer", self.messenger_answer, ANSWERS)

    @property
    def active_positions(self) -> frozenset[int]:
        """Numbers of the positions that are active."""
        if isinstance(self.positions, int):
            return frozenset(range(1, self.positions + 1))
        return frozenset(self.positions)


@dataclass(frozen=True, slots=True)
class ChannelSetup:
    """A Page with its Instagram account; without `service` the only one there is.

    A channel of Instagram Login has no Page: its `page_id` becomes the account's. One of Messenger
    has no account: its `account_id` becomes the Page's, and `username` is the Page's name.
    """

    page_id: str
    account_id: str
    username: str
    token: str
    service: str | None = None
    flavour: str = FACEBOOK_LOGIN

    def __post_init__(self) -> None:
        _check_choice(f"channel {self.account_id}", "flavour", self.flavour, FLAVOURS)
        if self.flavour == INSTAGRAM_LOGIN:
            object.__setattr__(self, "page_id", self.account_id)
        elif not self.page_id:
            about = self.account_id or self.username
            raise SetupError(
                f"channel {about}: page_id must be that of its Page", "page_id", "empty"
            )
        if self.flavour == PAGE_INBOX:
            object.__setattr__(self, "account_id", self.page_id)
        elif not self.account_id:
            raise SetupError(
                f"channel {self.username}: account_id must be that of the account",
                "account_id", "empty",
            )  # fmt: skip

    @property
    def shown_name(self) -> str:
        """As people write it."""
        return name_of_channel(self.flavour, self.username)


@dataclass(frozen=True, slots=True)
class QuickReplySetup:
    """A text at hand; `{name}` and `{agent}` in it are filled in. No text removes it."""

    name: str
    text: str
    service: str | None = None

    def __post_init__(self) -> None:
        about = f"quick reply {self.name!r}"
        if not self.name.strip() or any(one.isspace() for one in self.name):
            raise SetupError(f"{about}: name must be one word", "name", "one_word")
        _check_bytes(about, "text", self.text)


@dataclass(frozen=True, slots=True)
class StatusSetup:
    """A status beside the console's own: a pause with a reason, or one that receives."""

    id: str
    label: str
    routable: bool = False

    def __post_init__(self) -> None:
        about = f"status {self.id!r}"
        if not _STATUS_ID.fullmatch(self.id):
            raise SetupError(
                f"{about}: id must be small letters, digits and _, beginning with a letter",
                "id", "status_id",
            )  # fmt: skip
        if find_status(STATUSES, self.id) is not None:
            raise SetupError(f"{about}: the console has that status itself", "id", "own_status")
        _check_filled(about, label=self.label)
        if len(self.label) > _MOST_LABEL:
            raise SetupError(
                f"{about}: label must not be longer than {_MOST_LABEL} characters",
                "label", "long", most=_MOST_LABEL,
            )  # fmt: skip


class SetupBook(Protocol):
    """Where the description is kept; every method creates or changes, and may be repeated."""

    def put_service(self, service: ServiceSetup) -> None:
        """By name."""

    def rename_service(self, name: str, new: str) -> None:
        """Everything of it stays; SetupError when there is one of the new name."""

    def rename_agent(self, login: str, new: str) -> None:
        """Everything of the agent stays; SetupError when there is one of the new login."""

    def put_agent(self, agent: AgentSetup) -> None:
        """By login; an existing password stays when none is given."""

    def put_channel(self, channel: ChannelSetup) -> None:
        """By Instagram account."""

    def put_quick_reply(self, quick_reply: QuickReplySetup) -> None:
        """By name."""

    def put_status(self, status: StatusSetup) -> None:
        """By id; a removed one is there again."""

    def remove_status(self, status_id: str) -> None:
        """Offer it no more; who is in it stays."""

    def statuses(self) -> list[StatusSetup]:
        """Every status that was added and not removed."""

    def quick_replies(self) -> list[QuickReplySetup]:
        """Every quick reply."""

    def services(self) -> list[ServiceSetup]:
        """Every service."""

    def agents(self) -> list[AgentSetup]:
        """Every agent, with the hash of the password."""

    def channels(self) -> list[ChannelSetup]:
        """Every channel, without its token."""

    def describe(self) -> list[str]:
        """One line for each thing there is; no secrets."""


def check_positions(positions: object, most: int) -> None:
    """SetupError unless it is a number of positions from 1 to `most`, or a list of such numbers."""
    numbers = positions if isinstance(positions, list | tuple) else [positions]
    if not numbers or not all(type(one) is int and 1 <= one <= most for one in numbers):
        raise SetupError(
            f"positions must be 1 to {most}, or a list of such numbers, not {positions!r}",
            "positions", "positions", most=most,
        )  # fmt: skip


def check_password(password: str) -> str:
    """The password, if it may be one; SetupError otherwise."""
    if len(password) < LEAST_PASSWORD:
        raise SetupError(
            f"a password must have at least {LEAST_PASSWORD} characters",
            "password", "short", least=LEAST_PASSWORD,
        )  # fmt: skip
    return password


def read_positions(text: str, most: int) -> int | tuple[int, ...]:
    """Positions as written on a command line or in a form: `8`, or `1,2,5`."""
    try:
        numbers = tuple(int(one) for one in text.split(","))
    except ValueError as error:
        raise SetupError(f"positions must look like 8 or 1,2,5, not {text!r}") from error
    positions = numbers if "," in text else numbers[0]
    check_positions(positions, most)
    return positions


def _check_filled(about: str, **fields: str) -> None:
    for name, value in fields.items():
        if not value.strip():
            raise SetupError(f"{about}: {name} must not be empty", name, "empty")


def _check_choice(about: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        listed = ", ".join(allowed)
        raise SetupError(
            f"{about}: {name} must be one of {listed}, not {value!r}", name, "choice", listed=listed
        )


def _check_bytes(about: str, name: str, text: str) -> None:
    size = INSTAGRAM.size_of(text)
    if size > _MOST_TEXT_BYTES:
        raise SetupError(
            f"{about}: {name} has {size} bytes, {_MOST_TEXT_BYTES} allowed",
            name, "bytes", size=size, most=_MOST_TEXT_BYTES,
        )  # fmt: skip
