"""Calls about what goes over the wire: journal, callback, doctor, faults, time, limits."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, RootModel, WithJsonSchema

from fake_meta.control.contract.call import Call, Told, Wish
from fake_meta.control.contract.fields import Flag, Number, Text, Texts, Whole, word
from fake_meta.domain.alerts import AlertKind
from fake_meta.domain.doctor import Health
from fake_meta.domain.signature import Signing
from fake_meta.journal import EntryKind, EntryOutcome, Secrets

_NUMBERS = {"type": "array", "items": {"type": "integer"}, "maxItems": 1000}
_TIMES = {"type": "string", "enum": ["same", "fresh"]}


class Conditions(Wish):
    """Which entries."""

    after: Whole = None
    kind: word(EntryKind) = None  # type: ignore[valid-type]
    outcome: word(EntryOutcome) = None  # type: ignore[valid-type]
    status: Whole = None
    since_ms: Whole = None
    until_ms: Whole = None
    customer: Text = None
    mid: Text = None
    event: Text = None
    fault: Text = None
    path: Text = None
    limit: Whole = None


class JournalQuery(Conditions):
    """Which entries, how long to wait and for how many, and whether secrets are told."""

    wait_s: Number = None
    count: Whole = None
    secrets: word(Secrets) = None  # type: ignore[valid-type]


class RedeliverWish(Conditions):
    """One delivery, a list, or those that conditions find; `same` or `fresh` times."""

    seq: Whole = None
    seqs: Annotated[Any, WithJsonSchema(_NUMBERS)] = None
    entry_time: Annotated[Any, WithJsonSchema(_TIMES)] = None


class DoctorQuery(Wish):
    """Whose messages."""

    customer: str | None = None


class VerifyWish(Wish):
    """Another token than the subscription's."""

    verify_token: str | None = None


class SubscriptionWish(Wish):
    """What stands in the App Dashboard."""

    callback_url: Text
    verify_token: Text = None
    fields: Texts = None
    object: Text = None


class TestEventWish(Wish):
    """The form `messaging` or `changes`, of the object `instagram` or `page`."""

    __test__ = False
    form: Text = None
    object: Text = None


class DeliverWish(Wish):
    """Any payload, signed or not."""

    payload: Any
    signature: word(Signing) = None  # type: ignore[valid-type]


class ClockWish(Wish):
    """One of them."""

    freeze: Any = None
    advance_s: Number = None
    scale: Number = None
    real: Any = None


class FaultWish(Wish):
    """The name of a fault, its parameters and its scope."""

    model_config = ConfigDict(extra="allow")


class LimitsWish(Wish):
    """Sizes that go into the formulas, numbers in place of them, the switch."""

    enforced: Flag = None
    limits: Annotated[Any, WithJsonSchema({"type": "object"})] = None
    app_users: Whole = None
    engaged_users: Whole = None
    impressions: Whole = None


class Request(Told):
    """What was asked."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


class Response(Told):
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: str


class Entry(Told):
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


class Entries(Told):
    """Entries, oldest first."""

    entries: list[Entry]


class Redelivered(RootModel[Entry | Entries]):
    """ENTRY of one, or the entries of several."""


class Journal(Entries):
    """Entries, oldest first, the number of the oldest that is kept and of the newest ever."""

    first_seq: int | None
    last_seq: int


class Finding(Told):
    """FINDING."""

    layer: str
    health: Health
    seen: str
    cure: str
    section: str


class Findings(Told):
    """What the doctor saw."""

    healthy: bool
    first_wrong: Finding | None
    findings: list[Finding]


class Verified(Told):
    """Whether the callback answered the challenge."""

    verified: bool
    error: str | None


class Alert(Told):
    """An alert of the App Dashboard."""

    kind: AlertKind
    title: str
    text: str
    at_ms: int
    last_ms: int
    count: int
    resolved_ms: int | None


class Alerts(Told):
    """Alerts, oldest first."""

    alerts: list[Alert]


class Fault(Told):
    """A row of the catalogue."""

    name: str
    seam: str
    summary: str
    section: str
    quirks: list[int]
    parameters: list[dict[str, Any]]
    scope: list[str]


class Switched(Told):
    """A fault that is on."""

    id: str
    name: str
    parameters: dict[str, Any]
    scope: dict[str, Any]
    probability: float
    times_left: int | None
    struck: int
    is_over: bool


class On(Told):
    """What is switched on."""

    on: list[Switched]


class Faults(On):
    """What there is, and what is switched on."""

    catalogue: list[Fault]


class Clock(Told):
    """The virtual clock."""

    now_ms: int
    frozen: bool
    offset_ms: int
    scale: float


class Limit(Told):
    """One limit, and who used how much."""

    name: str
    window_s: int
    most: int | None
    code: int
    subcode: int | None
    used: dict[str, int]


class Limits(Told):
    """The rules, and the limits that they make."""

    enforced: bool
    app_users: int
    engaged_users: int
    impressions: int
    limits: list[Limit]


_FREEZE: dict[str, object] = {"freeze": True}

CALLS = (
    Call("GET", "/journal", "Read what came and went", Journal, query=JournalQuery),
    Call("GET", "/doctor", "Say why no webhook arrives", Findings, query=DoctorQuery),
    Call("GET", "/alerts", "Read the App Dashboard's alerts", Alerts),
    Call("POST", "/webhook/verify", "Check the callback once more", Verified, VerifyWish),
    Call("POST", "/webhook/subscription", "Verify and save", Verified, SubscriptionWish),
    Call("POST", "/webhook/test-event", "Press the Test button", Entry, TestEventWish),
    Call("POST", "/webhook/deliver", "Send any payload", Entry, DeliverWish),
    Call("POST", "/webhook/redeliver", "Send deliveries once more", Redelivered, RedeliverWish),
    Call("GET", "/faults", "List the faults", Faults),
    Call("POST", "/faults", "Switch a fault on", Switched, FaultWish, status=201),
    Call("DELETE", "/faults", "Switch all faults off", On),
    Call("DELETE", "/faults/<fault_id>", "Switch a fault off", Switched),
    Call("GET", "/clock", "Read the clock", Clock),
    Call("POST", "/clock", "Steer the clock", Clock, ClockWish, example=_FREEZE),
    Call("GET", "/limits", "Read the rate limits", Limits),
    Call("PATCH", "/limits", "Change the rate limits", Limits, LimitsWish),
)
