"""What an administrator describes: services, agents, channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from system_under_test.domain.routing import POSITIONS

_Setup = TypeVar("_Setup")


class SetupError(Exception):
    """The description cannot be applied; the text says what and where."""


@dataclass(frozen=True, slots=True)
class ServiceSetup:
    """A receptive service."""

    name: str
    classification: bool = False
    post_service: bool = False


@dataclass(frozen=True, slots=True)
class AgentSetup:
    """An agent; without `password_hash` the first login creates the password."""

    login: str
    name: str
    password_hash: str | None = None
    services: tuple[str, ...] = ()
    positions: int = POSITIONS


@dataclass(frozen=True, slots=True)
class ChannelSetup:
    """A Page with its Instagram account; without `service` the only one there is."""

    page_id: str
    account_id: str
    username: str
    token: str
    service: str | None = None


class SetupBook(Protocol):
    """Where the description is kept; every method creates or changes, and may be repeated."""

    def put_service(self, service: ServiceSetup) -> None:
        """By name."""

    def put_agent(self, agent: AgentSetup) -> None:
        """By login; an existing password stays when none is given."""

    def put_channel(self, channel: ChannelSetup) -> None:
        """By Instagram account."""

    def describe(self) -> list[str]:
        """One line for each thing there is; no secrets."""


@dataclass(frozen=True, slots=True)
class Description:
    """All of it at once; agents' passwords still in clear, by login."""

    services: tuple[ServiceSetup, ...]
    agents: tuple[AgentSetup, ...]
    channels: tuple[ChannelSetup, ...]
    passwords: Mapping[str, str]


def read_description(document: Mapping[str, Any], most_positions: int = POSITIONS) -> Description:
    """The description in a parsed TOML document (docs/console.md); SetupError when it is wrong."""
    unknown = sorted(set(document) - {"services", "agents", "channels"})
    if unknown:
        raise SetupError(f"unknown table {unknown[0]!r}; known: services, agents, channels")
    agents = _tables(document, "agents")
    passwords = {
        str(table["login"]): str(table.pop("password"))
        for table in agents
        if "password" in table and "login" in table
    }
    for table in agents:
        table["services"] = tuple(table.get("services", ()))
        check_positions(table.get("positions", POSITIONS), most_positions)
    return Description(
        services=tuple(_build(ServiceSetup, one) for one in _tables(document, "services")),
        agents=tuple(_build(AgentSetup, one) for one in agents),
        channels=tuple(_build(ChannelSetup, one) for one in _tables(document, "channels")),
        passwords=passwords,
    )


def check_positions(positions: object, most: int) -> None:
    """SetupError unless it is a whole number from 1 to `most`."""
    if not isinstance(positions, int) or not 1 <= positions <= most:
        raise SetupError(f"positions must be 1 to {most}, not {positions!r}")


def _tables(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    tables: Sequence[Any] = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise SetupError(f"{name} must be written as [[{name}]] tables")
    return [dict(table) for table in tables]


def _build(kind: type[_Setup], table: Mapping[str, Any]) -> _Setup:
    try:
        return kind(**table)
    except TypeError as error:
        raise SetupError(f"{kind.__name__}: {error}; given: {sorted(table)}") from error
