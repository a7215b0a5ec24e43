"""What an administrator describes: services, agents, channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from system_under_test.domain.agents import (
    AGENT,
    ANSWERS,
    AUTOMATIC,
    FACEBOOK_LOGIN,
    FLAVOURS,
    INSTAGRAM_LOGIN,
    PAGE_INBOX,
    ROLES,
    name_of_channel,
)
from system_under_test.domain.business_hours import HoursError, parse_hours
from system_under_test.domain.medium import INSTAGRAM
from system_under_test.domain.routing import LEAST_LOADED, PICKS, POSITIONS
from system_under_test.domain.services import OFFER_MS, WRAP_UP_MS

_Setup = TypeVar("_Setup")
_MOST_NUMBER = 1_000_000
_MOST_TEXT_BYTES = INSTAGRAM.most_text  # what every medium takes
_NUMBERS = f"priority, offer_s, wrap_up_s, idle_end_minutes must be 0 to {_MOST_NUMBER}"


class SetupError(Exception):
    """The description cannot be applied; the text says what and where."""


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
    hours: str = ""
    closed_text: str = ""
    prefer_last: bool = False
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = (self.priority, self.offer_s, self.wrap_up_s, self.idle_end_minutes)
        for is_wrong, sentence in (
            (not self.name.strip(), "name must not be empty"),
            (self.pick not in PICKS, f"pick must be one of {', '.join(PICKS)}"),
            (any(not 0 <= one <= _MOST_NUMBER for one in numbers), _NUMBERS),
            (self.offer_s == 0, "offer_s must be at least 1"),
            (
                INSTAGRAM.size_of(self.closed_text) > _MOST_TEXT_BYTES,
                f"closed_text must not be longer than {_MOST_TEXT_BYTES} bytes",
            ),
        ):
            if is_wrong:
                raise SetupError(f"service {self.name!r}: {sentence}")
        try:
            parse_hours(self.hours)
        except HoursError as error:
            raise SetupError(f"service {self.name!r}: {error}") from error


@dataclass(frozen=True, slots=True)
class AgentSetup:
    """An agent; without `password_hash` the first login creates the password."""

    login: str
    name: str
    password_hash: str | None = None
    services: tuple[str, ...] = ()
    positions: int | tuple[int, ...] = POSITIONS
    role: str = AGENT
    chat_answer: str = AUTOMATIC

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("role", self.role, ROLES),
            ("chat_answer", self.chat_answer, ANSWERS),
        ):
            if value not in allowed:
                listed = ", ".join(allowed)
                raise SetupError(f"agent {self.login!r}: {name} must be one of {listed}")

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
        if self.flavour not in FLAVOURS:
            listed = ", ".join(FLAVOURS)
            raise SetupError(f"channel {self.account_id}: flavour must be one of {listed}")
        if self.flavour == INSTAGRAM_LOGIN:
            object.__setattr__(self, "page_id", self.account_id)
        elif not self.page_id:
            about = self.account_id or self.username
            raise SetupError(f"channel {about}: page_id must be that of its Page")
        if self.flavour == PAGE_INBOX:
            object.__setattr__(self, "account_id", self.page_id)
        elif not self.account_id:
            raise SetupError(f"channel {self.username}: account_id must be that of the account")

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
        size = INSTAGRAM.size_of(self.text)
        if not self.name.strip() or any(one.isspace() for one in self.name):
            raise SetupError(f"quick reply {self.name!r}: name must be one word")
        if size > _MOST_TEXT_BYTES:
            raise SetupError(
                f"quick reply {self.name!r}: text has {size} bytes, {_MOST_TEXT_BYTES} allowed"
            )


class SetupBook(Protocol):
    """Where the description is kept; every method creates or changes, and may be repeated."""

    def put_service(self, service: ServiceSetup) -> None:
        """By name."""

    def put_agent(self, agent: AgentSetup) -> None:
        """By login; an existing password stays when none is given."""

    def put_channel(self, channel: ChannelSetup) -> None:
        """By Instagram account."""

    def put_quick_reply(self, quick_reply: QuickReplySetup) -> None:
        """By name."""

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


@dataclass(frozen=True, slots=True)
class Description:
    """All of it at once; agents' passwords still in clear, by login."""

    services: tuple[ServiceSetup, ...]
    agents: tuple[AgentSetup, ...]
    channels: tuple[ChannelSetup, ...]
    passwords: Mapping[str, str]
    quick_replies: tuple[QuickReplySetup, ...] = ()


def read_description(document: Mapping[str, Any], most_positions: int = POSITIONS) -> Description:
    """The description in a parsed TOML document (docs/console.md); SetupError when it is wrong."""
    known = ("services", "agents", "channels", "quick_replies")
    unknown = sorted(set(document) - set(known))
    if unknown:
        raise SetupError(f"unknown table {unknown[0]!r}; known: {', '.join(known)}")
    agents = _tables(document, "agents")
    passwords = {
        str(table["login"]): str(table.pop("password"))
        for table in agents
        if "password" in table and "login" in table
    }
    for table in agents:
        table["services"] = tuple(table.get("services", ()))
        check_positions(table.get("positions", POSITIONS), most_positions)
        if isinstance(table.get("positions"), list):
            table["positions"] = tuple(table["positions"])
    services = _tables(document, "services")
    for table in services:
        if "categories" in table:
            table["categories"] = tuple(str(one) for one in table["categories"])
    return Description(
        services=tuple(_build(ServiceSetup, one) for one in services),
        agents=tuple(_build(AgentSetup, one) for one in agents),
        channels=tuple(
            _build(ChannelSetup, {"page_id": "", "account_id": "", **one})
            for one in _tables(document, "channels")
        ),
        passwords=passwords,
        quick_replies=tuple(
            _build(QuickReplySetup, one) for one in _tables(document, "quick_replies")
        ),
    )


def check_positions(positions: object, most: int) -> None:
    """SetupError unless it is a number of positions from 1 to `most`, or a list of such numbers."""
    numbers = positions if isinstance(positions, list | tuple) else [positions]
    if not numbers or not all(type(one) is int and 1 <= one <= most for one in numbers):
        raise SetupError(
            f"positions must be 1 to {most}, or a list of such numbers, not {positions!r}"
        )


def read_positions(text: str, most: int) -> int | tuple[int, ...]:
    """Positions as written on a command line or in a form: `8`, or `1,2,5`."""
    try:
        numbers = tuple(int(one) for one in text.split(","))
    except ValueError as error:
        raise SetupError(f"positions must look like 8 or 1,2,5, not {text!r}") from error
    positions = numbers if "," in text else numbers[0]
    check_positions(positions, most)
    return positions


def _tables(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    tables: Sequence[Any] = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise SetupError(f"{name} must be written as [[{name}]] tables")
    return [dict(table) for table in tables]


def _build(kind: type[_Setup], table: Mapping[str, Any]) -> _Setup:
    try:
        return kind(**table)
    except (TypeError, AttributeError) as error:
        raise SetupError(f"{kind.__name__}: {error}; given: {sorted(table)}") from error
