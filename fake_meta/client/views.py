"""What the control API tells, as values (docs/emulator.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Company:
    """App, Page and Instagram account, as the App Dashboard shows them."""

    app_id: str
    app_secret: str
    verify_token: str
    page_id: str
    page_name: str
    page_token: str
    account_id: str
    account_username: str

    @property
    def app_token(self) -> str:
        """The app access token, app-id|app-secret."""
        return f"{self.app_id}|{self.app_secret}"


@dataclass(frozen=True)
class Person:
    """A customer on the emulated Instagram."""

    username: str
    name: str
    igsid: str
    password: str
    role: str | None
    raw: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Message:
    """A message as Instagram took it; `timestamp_ms` since 1970 on the virtual clock."""

    mid: str
    text: str
    kind: str
    timestamp_ms: int


@dataclass(frozen=True)
class Entry:
    """One exchange of the journal."""

    seq: int
    kind: str
    outcome: str
    reason: str | None
    customer: str | None
    mids: tuple[str, ...]
    events: tuple[str, ...]
    request_body: str
    status: int | None
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def payload(self) -> Any:
        """The request's body as JSON."""
        return json.loads(self.request_body)


def company_of(world: Mapping[str, Any]) -> Company:
    """Read a world."""
    app, page, account = world["app"], world["page"], world["account"]
    return Company(
        app_id=app["id"],
        app_secret=app["secret"],
        verify_token=app["verify_token"],
        page_id=page["id"],
        page_name=page["name"],
        page_token=page["access_token"],
        account_id=account["id"],
        account_username=account["username"],
    )


def person_of(raw: Mapping[str, Any]) -> Person:
    """Read a CUSTOMER."""
    names = ("username", "name", "igsid", "password", "role")
    return Person(**{name: raw[name] for name in names}, raw=raw)


def message_of(raw: Mapping[str, Any]) -> Message:
    """Read a MESSAGE."""
    return Message(raw["mid"], raw["text"], raw["kind"], raw["timestamp"])


def entry_of(raw: Mapping[str, Any]) -> Entry:
    """Read an ENTRY."""
    request, response = raw["request"] or {}, raw["response"] or {}
    return Entry(
        seq=raw["seq"],
        kind=raw["kind"],
        outcome=raw["outcome"],
        reason=raw["reason"],
        customer=raw["customer"],
        mids=tuple(raw["mids"]),
        events=tuple(raw["events"]),
        request_body=request.get("body", ""),
        status=response.get("status"),
        raw=raw,
    )
