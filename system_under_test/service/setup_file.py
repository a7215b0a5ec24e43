"""A whole set-up in one TOML document (docs/console.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from system_under_test.domain.routing import POSITIONS
from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupError,
    StatusSetup,
    check_positions,
)

_Setup = TypeVar("_Setup")


@dataclass(frozen=True, slots=True)
class Description:
    """All of it at once; agents' passwords still in clear, by login."""

    services: tuple[ServiceSetup, ...]
    agents: tuple[AgentSetup, ...]
    channels: tuple[ChannelSetup, ...]
    passwords: Mapping[str, str]
    quick_replies: tuple[QuickReplySetup, ...] = ()
    statuses: tuple[StatusSetup, ...] = ()


def read_description(document: Mapping[str, Any], most_positions: int = POSITIONS) -> Description:
    """The description in a parsed TOML document (docs/console.md); SetupError when it is wrong."""
    known = ("services", "agents", "channels", "quick_replies", "statuses")
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
        statuses=tuple(_build(StatusSetup, one) for one in _tables(document, "statuses")),
    )


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
