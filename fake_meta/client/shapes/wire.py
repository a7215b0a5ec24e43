"""Dictionaries about what goes over the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from fake_meta.client.shapes.words import (
    AlertKind,
    EntryKind,
    EntryOutcome,
    Health,
    Secrets,
    Signing,
)

EntryTime = Literal["same", "fresh"]


class Conditions(TypedDict, total=False):
    """Which entries."""

    after: int
    kind: EntryKind
    outcome: EntryOutcome
    status: int
    since_ms: int
    until_ms: int
    customer: str
    mid: str
    event: str
    fault: str
    path: str
    limit: int


class JournalQuery(Conditions, total=False):
    """Which entries, how long to wait and for how many, and whether secrets are told."""

    wait_s: float
    count: int
    secrets: Secrets


class Entries(TypedDict):
    """Entries, oldest first."""

    entries: list[Entry]


class Journal(Entries):
    """Entries, oldest first, the number of the oldest that is kept and of the newest ever."""

    first_seq: int | None
    last_seq: int


class DoctorQuery(TypedDict, total=False):
    """Whose messages."""

    customer: str | None


class Findings(TypedDict):
    """What the doctor saw."""

    healthy: bool
    first_wrong: Finding | None
    findings: list[Finding]


class Alerts(TypedDict):
    """Alerts, oldest first."""

    alerts: list[Alert]


class VerifyWish(TypedDict, total=False):
    """Another token than the subscription's."""

    verify_token: str | None


class Verified(TypedDict):
    """Whether the callback answered the challenge."""

    verified: bool
    error: str | None


class SubscriptionWish(TypedDict, total=False):
    """What stands in the App Dashboard."""

    callback_url: Required[str]
    verify_token: str
    fields: Sequence[str]
    object: str


class TestEventWish(TypedDict, total=False):
    """The form `messaging` or `changes`, of the object `instagram` or `page`."""

    form: Literal["messaging", "changes"]
    object: Literal["instagram", "page"]


class Entry(TypedDict):
    """ENTRY."""

    seq: int
    kind: EntryKind
    at_ms: int
    duration_ms: float
    customer: str | None
    mids: list[str]
    events: list[str]
    attempt: int | None
    request: Request | None
    response: Response | None
    outcome: EntryOutcome
    reason: str | None
    faults: list[str]


class DeliverWish(TypedDict, total=False):
    """Any payload, signed or not."""

    payload: Required[object]
    signature: Signing


class Several(Conditions, total=False):
    """A list of deliveries, or those that conditions find; `same` or `fresh` times."""

    seqs: Sequence[int]
    entry_time: EntryTime


class RedeliverWish(Several, total=False):
    """One delivery, or several."""

    seq: int


class On(TypedDict):
    """What is switched on."""

    on: list[Switched]


class Faults(On):
    """What there is, and what is switched on."""

    catalogue: list[Fault]


class Switched(TypedDict):
    """A fault that is on."""

    id: str
    name: str
    parameters: dict[str, Any]
    scope: dict[str, Any]
    probability: float
    times_left: int | None
    struck: int
    is_over: bool


class Clock(TypedDict):
    """The virtual clock."""

    now_ms: int
    frozen: bool
    offset_ms: int
    scale: float


class ClockWish(TypedDict, total=False):
    """One of them."""

    freeze: bool
    advance_s: float
    scale: float
    real: bool


class Limits(TypedDict):
    """The rules, and the limits that they make."""

    enforced: bool
    app_users: int
    engaged_users: int
    impressions: int
    limits: list[Limit]


class LimitsWish(TypedDict, total=False):
    """Sizes that go into the formulas, numbers in place of them, the switch."""

    enforced: bool
    limits: Mapping[str, object]
    app_users: int
    engaged_users: int
    impressions: int


class Finding(TypedDict):
    """FINDING."""

    layer: str
    health: Health
    seen: str
    cure: str
    section: str


class Alert(TypedDict):
    """An alert of the App Dashboard."""

    kind: AlertKind
    title: str
    text: str
    at_ms: int
    last_ms: int
    count: int
    resolved_ms: int | None


class Request(TypedDict):
    """What was asked."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


class Response(TypedDict):
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: str


class Fault(TypedDict):
    """A row of the catalogue."""

    name: str
    seam: str
    summary: str
    section: str
    quirks: list[int]
    parameters: list[dict[str, Any]]
    scope: list[str]


class Limit(TypedDict):
    """One limit, and who used how much."""

    name: str
    window_s: int
    most: int | None
    code: int
    subcode: int | None
    used: dict[str, int]
